use chrono::NaiveDate;
use domain::{
    authz::{Actor, KeepOrderSurety},
    kernel::ids::VoucherId,
};

use super::{same, today};
use crate::{
    Error, Services,
    store::{self, Audit},
};

/// The proof of the deposit that secures an order came; it goes back when the whole order is accepted.
pub async fn deposit_surety(
    services: &Services,
    actor: &Actor,
    id: VoucherId,
    version: i32,
    deposited_on: NaiveDate,
    reference: &str,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let voucher = store::vouchers::lock(&tx, actor.scope(), id).await?;
    let (tx, permitted) = tx.permit::<KeepOrderSurety>(actor, voucher).await?;

    if let Err(refusal) = permitted.subject().may_deposit_surety(deposited_on, today(&tx)) {
        return tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await;
    }
    same(permitted.subject().version, version)?;

    let deposited = store::vouchers::deposit_surety(&tx, &permitted, deposited_on, reference).await?;
    let audit = Audit::of(&permitted)
        .with("voucher", id.to_string())
        .with("number", permitted.subject().number.map(|number| number.to_string()))
        .with("deposited_on", deposited_on.to_string())
        .with("reference", reference);
    tx.commit(audit, [deposited]).await
}
