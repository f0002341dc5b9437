use domain::{
    authz::{Actor, InviteMember},
    fault::Fault,
    kernel::{EmailAddress, ids::OrganisationId},
    organisation::Role,
    refusal::Refusal,
};

use crate::{
    Error, FieldErrors, Services,
    mail::{Letter, Template},
    store::{
        Audit,
        links::{self, Link, Purpose},
        organisations, people,
    },
};

/// Invites the reader of a mailbox to hold a role in the actor's own organisation.
pub async fn invite(
    services: &Services,
    actor: &Actor,
    organisation: OrganisationId,
    email: &EmailAddress,
    role: Role,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let organisation = organisations::lock(&tx, organisation).await?;
    let (tx, permitted) = tx.permit::<InviteMember>(actor, organisation).await?;

    let organisation = permitted.subject();
    if !organisation.kind.roles().contains(&role) {
        return Err(FieldErrors::one("role", Fault::NotAChoice).into());
    }
    if people::holds(&tx, email.as_str(), organisation.id, role).await? {
        return tx.refuse(Audit::refused(&permitted, &Refusal::AlreadyDone), Refusal::AlreadyDone).await;
    }

    let link = Link { email: email.to_string(), organisation: Some(organisation.id), role: Some(role) };
    let (id, linked) = links::insert(&tx, Purpose::Invitation, &link).await?;
    let template = Template::Invitation { organisation: organisation.name.clone() };
    let promised = tx.promise(&Letter::new(email.clone(), template).carrying(id)).await?;
    let audit = Audit::of(&permitted).with("email", email.as_str()).with("role", role.code());
    tx.commit(audit, [linked, promised]).await
}
