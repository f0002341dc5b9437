use domain::{
    authz::{Actor, SendVoucher},
    kernel::ids::VoucherId,
};

use super::{
    promise::{Event, VoucherLetter},
    same,
};
use crate::{
    Error, Services,
    store::{self, Audit},
};

/// Sends an approved voucher: the supplier sees it and is promised a letter; this day is day 0 of its delays.
pub async fn send(services: &Services, actor: &Actor, id: VoucherId, version: i32) -> Result<(), Error> {
    let tx = services.begin().await?;
    let voucher = store::vouchers::lock(&tx, actor.scope(), id).await?;
    let (tx, permitted) = tx.permit::<SendVoucher>(actor, voucher).await?;

    let after = match permitted.subject().may_send(tx.now()) {
        Ok(after) => after,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await,
    };
    same(permitted.subject(), version)?;

    let sent = store::vouchers::sent(&tx, &permitted, after).await?;
    let promised = tx.promise(&VoucherLetter { voucher: id, event: Event::Sent }).await?;
    let audit = Audit::of(&permitted)
        .with("voucher", id.to_string())
        .with("number", permitted.subject().number.map(|number| number.to_string()));
    tx.commit(audit, [sent, promised]).await
}
