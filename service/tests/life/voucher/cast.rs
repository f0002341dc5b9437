use domain::{
    authz::Actor,
    organisation::{OrganisationKind, Role},
};
use service::testing::{Concluded, World};

use super::step::{Post, Who};

/// HTVA. The pilot's part is about two thirds of it, and one sixth is that of the other authority.
const CEILING: &str = "60000.00";

/// A contract, and everybody who tries something on it.
pub(super) struct Cast {
    pub(super) concluded: Concluded,
    other_firm: Actor,
    stranger: Actor,
}

impl Cast {
    pub(super) async fn of(world: &World) -> Self {
        let other_firm = world.organisation(OrganisationKind::Sme, "Une autre PME").await;
        Self {
            concluded: world.concluded_contract(CEILING).await,
            other_firm: world.member(&other_firm, Role::SmeMember).await,
            stranger: world.officer("Dinant").await,
        }
    }

    /// On another contract of the same authorities.
    pub(super) async fn again(self, world: &World) -> Self {
        Self { concluded: world.concluded_again(&self.concluded, CEILING).await, ..self }
    }

    pub(super) fn actor(&self, who: Who) -> &Actor {
        match who {
            Who::Of(authority, post) => {
                let party = &self.concluded.parties[authority];
                match post {
                    Post::Officer => &party.officer,
                    Post::Director => &party.director,
                    Post::Executive => &party.executive,
                    Post::Manager => &party.manager,
                }
            }
            Who::Firm => &self.concluded.firm,
            Who::OtherFirm => &self.other_firm,
            Who::Stranger => &self.stranger,
        }
    }
}
