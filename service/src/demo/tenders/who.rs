//! The people of the demo, by their place and role.

use domain::{
    authz::Actor,
    kernel::ids::OrganisationId,
    organisation::{OrganisationKind, Role},
};

use super::super::people::UNION;
use crate::{
    Error, Services,
    store::{self, organisations},
};

pub(in crate::demo) async fn actor(services: &Services, authority: &str, role: Role) -> Result<Actor, Error> {
    let kind = if authority == UNION { OrganisationKind::Union } else { OrganisationKind::Commune };
    let authority = organisations::by_name(services, kind, authority).await?;
    member(services, authority.id, role).await
}

pub(in crate::demo) async fn firm_member(services: &Services, firm: &str) -> Result<Actor, Error> {
    let firm = organisations::by_name(services, OrganisationKind::Sme, firm).await?;
    member(services, firm.id, Role::SmeMember).await
}

/// The demo person who holds this role there.
async fn member(services: &Services, organisation: OrganisationId, role: Role) -> Result<Actor, Error> {
    for person in store::people::of_the_demo(services).await? {
        for membership in store::people::memberships(services, person.id).await? {
            if membership.organisation.id == organisation && membership.roles.contains(&role) {
                return Ok(membership.actor(person.id));
            }
        }
    }
    Err(Error::NotFound)
}
