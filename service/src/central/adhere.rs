use chrono::NaiveDate;
use domain::{
    audit::Stream,
    authz::{AcceptAccession, Actor, AdhereToBody, EndAccession, SendAccession},
    central::{Accession, AccessionDraft, Refusal as No, warnings_of_accession},
    kernel::ids::{AccessionId, OrganisationId},
    parameter::MissingParameter,
    refusal::Refusal,
};

use super::{same, today};
use crate::{
    Error, FormKey, Services,
    store::{self, Audit},
    tender::accepted,
};

/// Records that the actor's authority adheres to a body: its council decided, the convention is signed. The body accepts
/// it. A form sent twice makes one accession.
pub async fn adhere(
    services: &Services,
    actor: &Actor,
    body: OrganisationId,
    key: Option<&FormKey>,
    draft: &AccessionDraft,
    reason: Option<&str>,
) -> Result<AccessionId, Error> {
    let law = store::parameters::set(services).await?;
    let tx = services.begin().await?;
    let body = store::organisations::lock_with(&tx, body, actor.organisation()).await?;
    if !store::central::is_body(&tx, body.id).await? {
        return Err(Error::NotFound);
    }
    let (tx, permitted) = tx.permit::<AdhereToBody>(actor, body).await?;
    let (tx, made) = store::form_keys::made(tx, &permitted, key).await?;
    if let Some(made) = made {
        return Ok(made);
    }

    let today = today(&tx);
    let standing = store::central::current(&tx, permitted.subject().id, actor.organisation(), today).await?;
    let decided = match standing {
        Some(_) => Err(No::AccessionStands.into()),
        None => draft.holds(today).map_err(Refusal::from),
    };
    let decided = decided.and_then(|()| {
        let warnings = warnings_of_accession(&law, draft, today).map_err(missing)?;
        accepted(Audit::of(&permitted), &warnings, reason)
    });
    let audit = match decided {
        Ok(audit) => audit,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    let (id, inserted) = store::central::insert_accession(&tx, &permitted, draft).await?;
    let spent = store::form_keys::spend(&tx, &permitted, key, id).await?;
    let audit = audit
        .with("accession", id.to_string())
        .with("number", draft.number.clone())
        .with("deliberated_on", draft.deliberated_on.to_string())
        .with("convention_on", draft.convention_on.to_string())
        .with("transmitted_on", draft.transmitted_on.map(|on| on.to_string()));
    let own = audit.clone().on(Stream::Organisation(actor.organisation()));
    tx.commit_telling([audit, own], [inserted, spent]).await?;
    Ok(id)
}

/// Accepts an accession, for the body: the authority adheres from today on.
pub async fn accept(services: &Services, actor: &Actor, id: AccessionId, version: i32) -> Result<(), Error> {
    let tx = services.begin().await?;
    let accession = store::central::lock_accession(&tx, actor.scope(), id).await?;
    let (tx, permitted) = tx.permit::<AcceptAccession>(actor, accession).await?;

    if let Err(refusal) = permitted.subject().may_accept() {
        return tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await;
    }
    same(permitted.subject().version, version)?;

    let changed = store::central::accept_accession(&tx, &permitted).await?;
    let audits = told(Audit::of(&permitted), permitted.subject());
    tx.commit_telling(audits, [changed]).await
}

/// Records that the deliberation was sent to the supervising Region.
pub async fn send_to_supervision(
    services: &Services,
    actor: &Actor,
    id: AccessionId,
    version: i32,
    on: NaiveDate,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let accession = store::central::lock_accession(&tx, actor.scope(), id).await?;
    let (tx, permitted) = tx.permit::<SendAccession>(actor, accession).await?;

    if let Err(refusal) = permitted.subject().may_send(on, today(&tx)) {
        return tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await;
    }
    same(permitted.subject().version, version)?;

    let changed = store::central::send(&tx, &permitted, on).await?;
    let audits = told(Audit::of(&permitted).with("transmitted_on", on.to_string()), permitted.subject());
    tx.commit_telling(audits, [changed]).await
}

/// The actor's authority leaves the body: it orders no more from this day on, and what it ordered goes on.
pub async fn withdraw(
    services: &Services,
    actor: &Actor,
    id: AccessionId,
    version: i32,
    from: NaiveDate,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let accession = store::central::lock_accession(&tx, actor.scope(), id).await?;
    let (tx, permitted) = tx.permit::<EndAccession>(actor, accession).await?;

    if let Err(refusal) = permitted.subject().may_end(from, today(&tx)) {
        return tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await;
    }
    same(permitted.subject().version, version)?;

    let changed = store::central::end(&tx, &permitted, from).await?;
    let audits = told(Audit::of(&permitted).with("ended_on", from.to_string()), permitted.subject());
    tx.commit_telling(audits, [changed]).await
}

/// On the trail of the body and on that of the authority.
fn told(audit: Audit, accession: &Accession) -> [Audit; 2] {
    let audit = audit
        .with("accession", accession.id.to_string())
        .with("organisation", accession.organisation_name.clone())
        .with("body", accession.body_name.clone());
    let own = audit.clone().on(Stream::Organisation(accession.organisation));
    [audit, own]
}

/// The law of that day is not known.
fn missing(missing: MissingParameter) -> Refusal {
    Refusal::MissingParameter { key: missing.key, on: missing.on }
}
