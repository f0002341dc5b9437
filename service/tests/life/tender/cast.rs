use domain::{
    authz::Actor,
    organisation::{Organisation, OrganisationKind, Role},
};
use service::testing::World;

use super::step::Who;

/// The same people for every tender of the test.
pub(super) struct Cast {
    people: Vec<Actor>,
    pub(super) partner: Organisation,
    pub(super) firms: [Organisation; 2],
}

impl Cast {
    pub(super) async fn of(world: &World) -> Self {
        let pilot = world.established("Ville de Namur", "92094", "1000000021", 114_000).await;
        let partner = world.established("Commune de Gembloux", "92142", "1000000219", 27_000).await;
        let stranger = world.commune("Dinant").await;
        let firms = [
            world.organisation(OrganisationKind::Sme, "PME 1").await,
            world.organisation(OrganisationKind::Sme, "PME 2").await,
        ];
        let uninvited = world.organisation(OrganisationKind::Sme, "PME 3").await;
        let union = world.organisation(OrganisationKind::Union, "UVCW").await;
        let region = world.organisation(OrganisationKind::Region, "Région").await;
        let mut people = Vec::new();
        for who in Who::ALL {
            let (organisation, role) = match who {
                Who::Officer => (&pilot, Role::ProcurementOfficer),
                Who::Council => (&pilot, Role::Council),
                Who::Executive => (&pilot, Role::Executive),
                Who::Chief => (&pilot, Role::ChiefExecutive),
                Who::Director => (&pilot, Role::FinanceDirector),
                Who::Manager => (&pilot, Role::ContractManager),
                Who::Evaluator => (&pilot, Role::Evaluator),
                Who::Auditor => (&pilot, Role::Auditor),
                Who::Partner => (&partner, Role::ProcurementOfficer),
                Who::PartnerChief => (&partner, Role::ChiefExecutive),
                Who::Stranger => (&stranger, Role::ProcurementOfficer),
                Who::First => (&firms[0], Role::SmeMember),
                Who::Second => (&firms[1], Role::SmeMember),
                Who::Uninvited => (&uninvited, Role::SmeMember),
                Who::Coordinator => (&union, Role::Coordinator),
                Who::RegionAuditor => (&region, Role::Auditor),
            };
            people.push(world.member(organisation, role).await);
        }
        Self { people, partner, firms }
    }

    pub(super) fn actor(&self, who: Who) -> &Actor {
        let place = Who::ALL.iter().position(|one| *one == who).expect("everybody is in the list");
        &self.people[place]
    }
}
