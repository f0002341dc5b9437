use domain::{
    authz::{Actor, CancelVoucher, CloseVoucher},
    kernel::ids::VoucherId,
    ledger::Movement,
    voucher::Step,
};

use super::{
    promise::{Event, VoucherLetter},
    same, today,
};
use crate::{
    Error, Services,
    store::{self, Audit, Change},
};

/// Cancels a voucher and says why. A number that was given stays; the amount goes back to the allotment.
pub async fn cancel(
    services: &Services,
    actor: &Actor,
    id: VoucherId,
    version: i32,
    reason: &str,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let voucher = store::vouchers::lock(&tx, actor.scope(), id).await?;
    let (tx, permitted) = tx.permit::<CancelVoucher>(actor, voucher).await?;

    let after = match permitted.subject().may_cancel() {
        Ok(after) => after,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await,
    };
    same(permitted.subject().version, version)?;

    let voucher = permitted.subject();
    let cancelled = store::vouchers::move_to(&tx, &permitted, Step::Cancel, after, Some(reason)).await?;
    let released = store::vouchers::record(&tx, &permitted, voucher.releases_all()).await?;
    let freed = store::vouchers::release_surety(&tx, &permitted, after, today(&tx)).await?;
    let promised = if voucher.is_known_to_the_supplier() {
        tx.promise(&VoucherLetter { voucher: id, event: Event::Cancelled }).await?
    } else {
        Change::all(Vec::new())
    };
    let audit = Audit::of(&permitted)
        .with("voucher", id.to_string())
        .with("number", voucher.number.map(|number| number.to_string()))
        .with("reason", reason);
    tx.commit(audit, [cancelled, released, freed, promised]).await
}

/// Closes a voucher of which something was accepted, once all of that is paid (nothing is due at no price): what was
/// ordered and not accepted goes back to the allotment.
pub async fn close(services: &Services, actor: &Actor, id: VoucherId, version: i32) -> Result<(), Error> {
    let tx = services.begin().await?;
    let voucher = store::vouchers::lock(&tx, actor.scope(), id).await?;
    let (tx, permitted) = tx.permit::<CloseVoucher>(actor, voucher).await?;

    let (after, rest) = match permitted.subject().may_close() {
        Ok(decided) => decided,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await,
    };
    same(permitted.subject().version, version)?;

    let closed = store::vouchers::move_to(&tx, &permitted, Step::Close, after, None).await?;
    let released = store::vouchers::record(&tx, &permitted, Movement::release(rest)).await?;
    let freed = store::vouchers::release_surety(&tx, &permitted, after, today(&tx)).await?;
    let audit = Audit::of(&permitted)
        .with("voucher", id.to_string())
        .with("number", permitted.subject().number.map(|number| number.to_string()))
        .with("released", rest.to_iso());
    tx.commit(audit, [closed, released, freed]).await
}
