use chrono::NaiveDate;
use domain::{
    authz::{Actor, InvoiceVoucher, PayVoucher},
    kernel::{Money, ids::VoucherId},
    refusal::Refusal,
    voucher::{Voucher, payment_term},
};

use super::{
    missing,
    promise::{Event, VoucherLetter},
    same, today,
};
use crate::{
    Error, Services,
    store::{self, Audit, vouchers::NewInvoice},
};

/// What the supplier states; the document itself travels by Peppol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceDraft {
    pub number: String,
    pub issued_on: NaiveDate,
    pub excluding: Money,
    pub vat: Money,
    pub including: Money,
}

/// States an invoice of what was accepted: the days to pay begin.
pub async fn state_invoice(
    services: &Services,
    actor: &Actor,
    id: VoucherId,
    version: i32,
    draft: &InvoiceDraft,
) -> Result<(), Error> {
    let law = store::parameters::set(services).await?;
    let tx = services.begin().await?;
    let voucher = store::vouchers::lock(&tx, actor.scope(), id).await?;
    let (tx, permitted) = tx.permit::<InvoiceVoucher>(actor, voucher).await?;

    let (voucher, today) = (permitted.subject(), today(&tx));
    let stated = (draft.excluding, draft.vat, draft.including);
    let decided = voucher.may_invoice(stated, draft.issued_on, today).map_err(Refusal::from).and_then(|after| {
        let accepted_on = accepted_on(voucher).unwrap_or(today);
        let term = payment_term(&law, voucher.contract.called_on, accepted_on, today).map_err(missing)?;
        Ok((after, term))
    });
    let (after, term) = match decided {
        Ok(decided) => decided,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };
    same(voucher, version)?;

    let new = NewInvoice {
        number: draft.number.clone(),
        issued_on: draft.issued_on,
        received_on: today,
        due_on: term.map(|term| term.deadline.end),
        excluding: draft.excluding,
        vat: draft.vat,
        including: draft.including,
    };
    let kept = store::vouchers::invoice(&tx, &permitted, after, &new).await?;
    let promised = tx.promise(&VoucherLetter { voucher: id, event: Event::Invoiced }).await?;
    let audit = Audit::of(&permitted)
        .with("voucher", id.to_string())
        .with("number", voucher.number.map(|number| number.to_string()))
        .with("invoice", draft.number.clone())
        .with("including", draft.including.to_iso())
        .with("due_on", new.due_on.map(|on| on.to_string()));
    tx.commit(audit, [kept, promised]).await
}

/// The finance director finds that the invoice was paid on this day.
pub async fn pay(services: &Services, actor: &Actor, id: VoucherId, version: i32, on: NaiveDate) -> Result<(), Error> {
    let tx = services.begin().await?;
    let voucher = store::vouchers::lock(&tx, actor.scope(), id).await?;
    let (tx, permitted) = tx.permit::<PayVoucher>(actor, voucher).await?;

    let after = match permitted.subject().may_pay(actor.person(), on, today(&tx)) {
        Ok(after) => after,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await,
    };
    same(permitted.subject(), version)?;

    let paid = store::vouchers::pay(&tx, &permitted, after, on).await?;
    let promised = tx.promise(&VoucherLetter { voucher: id, event: Event::Paid }).await?;
    let audit = Audit::of(&permitted)
        .with("voucher", id.to_string())
        .with("number", permitted.subject().number.map(|number| number.to_string()))
        .with("paid_on", on.to_string());
    tx.commit(audit, [paid, promised]).await
}

/// The finding that the work is done, in whole or part.
fn accepted_on(voucher: &Voucher) -> Option<NaiveDate> {
    voucher
        .deliveries
        .iter()
        .filter_map(|delivery| delivery.acceptance.as_ref())
        .filter(|acceptance| !acceptance.quantities.is_empty())
        .map(|acceptance| acceptance.accepted_on)
        .max()
}
