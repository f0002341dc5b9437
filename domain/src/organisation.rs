//! The bodies that act in Beffroi, and the roles that people hold in them.

use serde::{Deserialize, Serialize};

use crate::{
    audit::Stream,
    authz::Subject,
    kernel::{decimal::to_french, ids::OrganisationId},
};

/// What an organisation is; it decides which roles its members may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationKind {
    Commune,
    /// Centre public d'action sociale.
    Cpas,
    Intercommunale,
    /// The Union des Villes et Communes de Wallonie.
    Union,
    Region,
    /// A firm that answers calls.
    Sme,
    OtherPublic,
}

impl OrganisationKind {
    pub const ALL: [Self; 7] =
        [Self::Commune, Self::Cpas, Self::Intercommunale, Self::Union, Self::Region, Self::Sme, Self::OtherPublic];

    /// May it award public contracts? Firms and the Region's supervision do not do so here.
    pub fn is_contracting_authority(self) -> bool {
        match self {
            Self::Commune | Self::Cpas | Self::Intercommunale | Self::Union | Self::OtherPublic => true,
            Self::Region | Self::Sme => false,
        }
    }

    /// Roles that a member of such an organisation may hold. A firm's account never belongs to a commune.
    pub fn roles(self) -> &'static [Role] {
        match self {
            Self::Commune | Self::Cpas | Self::Intercommunale | Self::OtherPublic => &Role::OF_AN_AUTHORITY,
            Self::Union => &Role::OF_THE_UNION,
            Self::Region => &[Role::Auditor],
            Self::Sme => &[Role::SmeMember],
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Commune => "commune",
            Self::Cpas => "cpas",
            Self::Intercommunale => "intercommunale",
            Self::Union => "union",
            Self::Region => "region",
            Self::Sme => "sme",
            Self::OtherPublic => "other_public",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What a person may do for one organisation. One person may hold several, in several organisations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Agent marchés publics.
    ProcurementOfficer,
    /// Fonctionnaire dirigeant (AR 14 January 2013, art. 11).
    ContractManager,
    /// Directeur financier.
    FinanceDirector,
    /// Collège communal, or the clerk who writes down what it decided.
    Executive,
    /// Conseil communal, or the clerk who writes down what it decided.
    Council,
    /// Directeur général.
    ChiefExecutive,
    /// Coordinateur UVCW.
    Coordinator,
    SmeMember,
    /// Member of an evaluation committee.
    Evaluator,
    /// Tutelle, Court of Audit, external auditor: reads files and the whole log, decides nothing.
    Auditor,
    /// Runs the platform: technical only, never sealed content, never a decision.
    PlatformAdministrator,
}

impl Role {
    /// Those who invite people into their organisation, and take their roles away.
    pub const INVITING: [Self; 3] = [Self::ChiefExecutive, Self::SmeMember, Self::Coordinator];
    pub const ALL: [Self; 11] = [
        Self::ProcurementOfficer,
        Self::ContractManager,
        Self::FinanceDirector,
        Self::Executive,
        Self::Council,
        Self::ChiefExecutive,
        Self::Coordinator,
        Self::SmeMember,
        Self::Evaluator,
        Self::Auditor,
        Self::PlatformAdministrator,
    ];

    const OF_AN_AUTHORITY: [Self; 8] = [
        Self::ProcurementOfficer,
        Self::ContractManager,
        Self::FinanceDirector,
        Self::Executive,
        Self::Council,
        Self::ChiefExecutive,
        Self::Evaluator,
        Self::Auditor,
    ];

    const OF_THE_UNION: [Self; 10] = [
        Self::ProcurementOfficer,
        Self::ContractManager,
        Self::FinanceDirector,
        Self::Executive,
        Self::Council,
        Self::ChiefExecutive,
        Self::Coordinator,
        Self::Evaluator,
        Self::Auditor,
        Self::PlatformAdministrator,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::ProcurementOfficer => "procurement_officer",
            Self::ContractManager => "contract_manager",
            Self::FinanceDirector => "finance_director",
            Self::Executive => "executive",
            Self::Council => "council",
            Self::ChiefExecutive => "chief_executive",
            Self::Coordinator => "coordinator",
            Self::SmeMember => "sme_member",
            Self::Evaluator => "evaluator",
            Self::Auditor => "auditor",
            Self::PlatformAdministrator => "platform_administrator",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// A commune, a firm, the union… as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    pub id: OrganisationId,
    pub kind: OrganisationKind,
    pub name: String,
    /// INS code of a commune: five digits.
    pub nis: Option<String>,
    pub bce: Option<String>,
    pub province: Option<String>,
    pub postal_codes: Option<String>,
    pub population: Option<Population>,
    pub address: Option<String>,
    pub email: Option<String>,
    pub iban: Option<String>,
    pub peppol_id: Option<String>,
    /// The organisation itself has confirmed its page.
    pub claimed: bool,
    pub version: i32,
}

impl Organisation {
    /// Of which nothing is known but its name: nobody claimed its page yet.
    pub fn named(id: OrganisationId, kind: OrganisationKind, name: impl Into<String>) -> Self {
        Self {
            id,
            kind,
            name: name.into(),
            nis: None,
            bce: None,
            province: None,
            postal_codes: None,
            population: None,
            address: None,
            email: None,
            iban: None,
            peppol_id: None,
            claimed: false,
            version: 1,
        }
    }
}

/// A number of inhabitants is never without its year and its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Population {
    pub inhabitants: i64,
    /// On 1 January of this year.
    pub year: i32,
    pub source: String,
}

impl Population {
    /// The number of inhabitants, written in French.
    pub fn inhabitants_french(&self) -> String {
        to_french(self.inhabitants, 0, 0)
    }
}

impl Subject for Organisation {
    fn stream(&self) -> Stream {
        Stream::Organisation(self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back_as_what_they_were() {
        assert!(OrganisationKind::ALL.into_iter().all(|kind| OrganisationKind::from_code(kind.code()) == Some(kind)));
        assert!(Role::ALL.into_iter().all(|role| Role::from_code(role.code()) == Some(role)));
    }

    #[test]
    fn inhabitants_are_grouped_by_thousands() {
        let namur = Population { inhabitants: 111_432, year: 2020, source: "Statbel".to_owned() };

        assert_eq!(namur.inhabitants_french(), "111\u{202f}432");
    }

    #[test]
    fn a_firm_has_no_role_of_a_commune() {
        assert_eq!(OrganisationKind::Sme.roles(), [Role::SmeMember]);
        assert!(!OrganisationKind::Commune.roles().contains(&Role::SmeMember));
    }
}
