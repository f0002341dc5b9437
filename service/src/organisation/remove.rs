use domain::{
    authz::{Actor, RemoveMember},
    kernel::ids::{OrganisationId, PersonId},
    organisation::Role,
    refusal::Refusal,
};

use crate::{
    Error, Services,
    store::{Audit, organisations, people},
};

/// Takes a role away from somebody of the actor's own organisation; somebody stays who may invite.
pub async fn remove(
    services: &Services,
    actor: &Actor,
    organisation: OrganisationId,
    person: PersonId,
    role: Role,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let organisation = organisations::lock(&tx, organisation).await?;
    let (tx, permitted) = tx.permit::<RemoveMember>(actor, organisation).await?;

    let organisation = permitted.subject();
    let left = people::holding(&tx, organisation.id, &Role::INVITING).await?;
    if Role::INVITING.contains(&role) && left == [(person, role)] {
        return tx.refuse(Audit::refused(&permitted, &Refusal::LastManager), Refusal::LastManager).await;
    }

    let name = people::find(services, person).await?.name;
    let removed = people::remove_role(&tx, &permitted, person, role).await?;
    tx.commit(Audit::of(&permitted).with("name", name).with("role", role.code()), [removed]).await
}
