use chrono::NaiveDate;
use domain::{
    authz::{Actor, DeliverVoucher},
    kernel::ids::VoucherId,
    voucher::{Quantities, Status, Step},
};

use super::{
    promise::{Event, VoucherLetter},
    same, today,
};
use crate::{
    Error, Services,
    store::{self, Audit},
};

/// What a supplier says that it delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryDraft {
    pub on: NaiveDate,
    pub note: String,
    pub quantities: Quantities,
}

/// The supplier states a delivery; the authority is promised a letter and accepts or refuses it.
pub async fn deliver(
    services: &Services,
    actor: &Actor,
    id: VoucherId,
    version: i32,
    draft: &DeliveryDraft,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let voucher = store::vouchers::lock(&tx, actor.scope(), id).await?;
    let (tx, permitted) = tx.permit::<DeliverVoucher>(actor, voucher).await?;

    let after = match permitted.subject().may_deliver(draft.on, today(&tx), &draft.quantities) {
        Ok(after) => after,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await,
    };
    same(permitted.subject().version, version)?;

    let step = if after == Status::Delivered { Step::DeliverAll } else { Step::DeliverPart };
    let delivered =
        store::vouchers::deliver(&tx, &permitted, (step, after), draft.on, &draft.note, &draft.quantities).await?;
    let promised = tx.promise(&VoucherLetter { voucher: id, event: Event::Delivered }).await?;
    let audit = Audit::of(&permitted)
        .with("voucher", id.to_string())
        .with("number", permitted.subject().number.map(|number| number.to_string()))
        .with("delivered_on", draft.on.to_string());
    tx.commit(audit, [delivered, promised]).await
}
