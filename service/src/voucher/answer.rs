use domain::{
    authz::{Actor, AnswerVoucher},
    kernel::ids::VoucherId,
    voucher::Step,
};

use super::{
    promise::{Event, VoucherLetter},
    same, today,
};
use crate::{
    Error, Services,
    store::{self, Audit},
};

/// The supplier accepts the voucher.
pub async fn confirm(services: &Services, actor: &Actor, id: VoucherId, version: i32) -> Result<(), Error> {
    answer(services, actor, id, version, None).await
}

/// The supplier refuses it and says why: its amount goes back to the allotment.
pub async fn decline(
    services: &Services,
    actor: &Actor,
    id: VoucherId,
    version: i32,
    reason: &str,
) -> Result<(), Error> {
    answer(services, actor, id, version, Some(reason)).await
}

/// No, where a reason is given.
async fn answer(
    services: &Services,
    actor: &Actor,
    id: VoucherId,
    version: i32,
    reason: Option<&str>,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let voucher = store::vouchers::lock(&tx, actor.scope(), id).await?;
    let (tx, permitted) = tx.permit::<AnswerVoucher>(actor, voucher).await?;

    let (step, event) =
        if reason.is_some() { (Step::Decline, Event::Declined) } else { (Step::Confirm, Event::Confirmed) };
    let decided =
        if reason.is_some() { permitted.subject().after(step) } else { permitted.subject().may_confirm(tx.now()) };
    let after = match decided {
        Ok(after) => after,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await,
    };
    same(permitted.subject().version, version)?;

    let answered = store::vouchers::move_to(&tx, &permitted, step, after, reason).await?;
    let back = permitted.subject().releases_all().filter(|_| reason.is_some());
    let released = store::vouchers::record(&tx, &permitted, back).await?;
    let freed = store::vouchers::release_surety(&tx, &permitted, after, today(&tx)).await?;
    let promised = tx.promise(&VoucherLetter { voucher: id, event }).await?;
    let audit = Audit::of(&permitted)
        .with("voucher", id.to_string())
        .with("number", permitted.subject().number.map(|number| number.to_string()))
        .with("answer", step.code())
        .with("reason", reason);
    tx.commit(audit, [answered, released, freed, promised]).await
}
