use chrono::NaiveDate;
use domain::{
    authz::{Actor, PayVoucher},
    execution::{self, Unanswerable},
    kernel::{Money, ids::VoucherId},
    parameter::ParameterSet,
    refusal::Refusal,
    voucher::{LatePayment, Refusal as No, Voucher},
};

use super::{
    missing,
    promise::{Event, VoucherLetter},
    same, today,
};
use crate::{
    Error, Services,
    store::{self, Audit},
};

/// What the finance director finds of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payment {
    pub on: NaiveDate,
    /// Of the penalties that were decided, what is set off against it: the person decides, nothing is withheld of itself.
    pub withheld: Money,
    /// Interest and flat sum were paid with the invoice; else they are written down as owed.
    pub with_interest: bool,
}

/// The finance director finds that the invoice was paid on this day, with nothing withheld. After its delay, interest and
/// flat sum are written down as owed.
pub async fn pay(services: &Services, actor: &Actor, id: VoucherId, version: i32, on: NaiveDate) -> Result<(), Error> {
    settle(services, actor, id, version, Payment { on, withheld: Money::ZERO, with_interest: false }).await
}

/// The same, of all that the person finds.
pub async fn settle(
    services: &Services,
    actor: &Actor,
    id: VoucherId,
    version: i32,
    payment: Payment,
) -> Result<(), Error> {
    let law = store::parameters::set(services).await?;
    let tx = services.begin().await?;
    let voucher = store::vouchers::lock(&tx, actor.scope(), id).await?;
    let (tx, permitted) = tx.permit::<PayVoucher>(actor, voucher).await?;

    let voucher = permitted.subject();
    let open = store::execution::open_penalties_in_write(&tx, voucher).await?;
    let decided = voucher
        .may_pay(actor.person(), payment.on, today(&tx))
        .and_then(|after| voucher.may_withhold(payment.withheld, open).map(|()| after))
        .map_err(Refusal::from)
        .and_then(|after| Ok((after, late(&law, voucher, payment.on, payment.with_interest)?)));
    let (after, late) = match decided {
        Ok(decided) => decided,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };
    same(voucher.version, version)?;

    let kept = store::vouchers::pay(&tx, &permitted, after, (payment.on, payment.withheld), late).await?;
    let promised = tx.promise(&VoucherLetter { voucher: id, event: Event::Paid }).await?;
    let audit = Audit::of(&permitted)
        .with("voucher", id.to_string())
        .with("number", voucher.number.map(|number| number.to_string()))
        .with("paid_on", payment.on.to_string())
        .with("withheld", payment.withheld.is_positive().then(|| payment.withheld.to_iso()))
        .with("days_late", late.map(|late| late.days))
        .with("interest", late.and_then(|late| late.interest).map(Money::to_iso))
        .with("flat", late.and_then(|late| late.flat).map(Money::to_iso))
        .with("settled", late.map(|late| late.is_settled));
    tx.commit(audit, [kept, promised]).await
}

/// What the payment owes on that day; nothing in time. Where no rate is published for a day of it, the days and the flat
/// sum are known, and nothing can have been paid with it.
fn late(
    law: &ParameterSet,
    voucher: &Voucher,
    on: NaiveDate,
    is_settled: bool,
) -> Result<Option<LatePayment>, Refusal> {
    let Some(unpaid) = voucher.unpaid() else { return Ok(None) };
    let (Some(days), Some(interest)) = (unpaid.days_late(on), unpaid.interest(law, on)) else { return Ok(None) };
    match interest {
        Ok(interest) => {
            let (interest, flat) = (Some(interest.interest), Some(interest.flat));
            Ok(Some(LatePayment { days, interest, flat, is_settled }))
        }
        Err(Unanswerable::Missing(key)) if is_settled => Err(missing(key)),
        Err(Unanswerable::Missing(_)) => {
            let flat = unpaid.due_on.and_then(|due_on| execution::flat(law, due_on).ok());
            Ok(Some(LatePayment { days, interest: None, flat, is_settled }))
        }
        Err(
            Unanswerable::Amount
            | Unanswerable::Others
            | Unanswerable::Length
            | Unanswerable::Weights
            | Unanswerable::Terms
            | Unanswerable::Index
            | Unanswerable::TooLarge,
        ) => Err(No::TooLarge.into()),
    }
}
