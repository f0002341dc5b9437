//! The French word of every role and of every kind of organisation.

use domain::organisation::{OrganisationKind, Role};

use crate::pages::words::t;

pub(crate) fn kind(kind: OrganisationKind) -> &'static str {
    match kind {
        OrganisationKind::Commune => t!(organisation.commune),
        OrganisationKind::Cpas => t!(organisation.cpas),
        OrganisationKind::Intercommunale => t!(organisation.intercommunale),
        OrganisationKind::Union => t!(organisation.union),
        OrganisationKind::Region => t!(organisation.region),
        OrganisationKind::Sme => t!(organisation.sme),
        OrganisationKind::OtherPublic => t!(organisation.other_public),
    }
}

pub(crate) fn role(role: Role) -> &'static str {
    match role {
        Role::ProcurementOfficer => t!(role.procurement_officer),
        Role::ContractManager => t!(role.contract_manager),
        Role::FinanceDirector => t!(role.finance_director),
        Role::Executive => t!(role.executive),
        Role::Council => t!(role.council),
        Role::ChiefExecutive => t!(role.chief_executive),
        Role::Coordinator => t!(role.coordinator),
        Role::SmeMember => t!(role.sme_member),
        Role::Evaluator => t!(role.evaluator),
        Role::Auditor => t!(role.auditor),
        Role::PlatformAdministrator => t!(role.platform_administrator),
    }
}

/// Several roles in one line.
pub(crate) fn roles<'a>(held: impl IntoIterator<Item = &'a Role>) -> String {
    held.into_iter().map(|held| role(*held)).collect::<Vec<_>>().join(", ")
}
