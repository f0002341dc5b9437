use domain::{
    authz::{Actor, RegisterSuspension},
    award::Refusal,
    kernel::reference::TenderRef,
    tender::{ActKind, Stage, Step},
};

use crate::{
    Error, Services,
    store::{self, Audit, acts::Act},
};

/// Registers a request for suspension: nothing is concluded until it is lifted (loi du 17 juin 2013, art. 11).
pub async fn register_suspension(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    details: &str,
) -> Result<(), Error> {
    set(services, actor, reference, details, true).await
}

/// The judge decided, or the request was withdrawn: the ban ends.
pub async fn lift_suspension(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    details: &str,
) -> Result<(), Error> {
    set(services, actor, reference, details, false).await
}

async fn set(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    details: &str,
    registers: bool,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<RegisterSuspension>(actor, tender).await?;

    let award = store::award::in_write(&tx, permitted.subject().id).await?;
    let found = match (permitted.subject().stage, award) {
        (Stage::Informed | Stage::Supervision, Some(award)) => match (award.suspended_at, registers) {
            (None, true) | (Some(_), false) => Ok(award),
            (Some(_), true) => Err(domain::refusal::Refusal::AlreadyDone),
            (None, false) => Err(Refusal::NoSuspension.into()),
        },
        (from, _) => Err(domain::refusal::Refusal::Step { from, step: Step::Conclude }),
    };
    let award = match found {
        Ok(award) => award,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    let kind = if registers { ActKind::Suspension } else { ActKind::SuspensionLifted };
    let act = Act { text: Some(details.to_owned()), ..Act::new(kind) };
    let written = store::acts::insert(&tx, &permitted, &act).await?;
    let changed = store::award::suspend(&tx, &permitted, &award, registers.then(|| tx.now())).await?;
    let audit = Audit::of(&permitted).with("act", kind.code()).with("details", details);
    tx.commit(audit, [written, changed]).await
}
