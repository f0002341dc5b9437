use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{
    authz::{Action, Actor, Authorised, InvoiceVoucher},
    fault::Fault,
    invoice::{Judgement, Receiving},
    kernel::{
        Money,
        ids::{InvoiceId, VoucherId},
    },
    parameter::ParameterSet,
    refusal::Refusal,
    voucher::{Quantities, Refusal as No, Status, Voucher, may_set_off, payment_term},
};

use super::{
    missing,
    promise::{Event, VoucherLetter},
    same, today,
};
use crate::{
    Error, FieldErrors, Services,
    contract::to_set_off,
    store::{self, Audit, Change, Tx, execution::AdvanceState, received_invoices::Head, vouchers::NewInvoice},
};

const TOLERANCE: &str = "payment.invoice_tolerance";
const NUMBER_FIELD: &str = "facture";

/// What the supplier states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceDraft {
    pub number: String,
    pub issued_on: NaiveDate,
    pub excluding: Money,
    pub vat: Money,
    pub including: Money,
    /// What it sets off of the advance of the contract, TVAC.
    pub prepaid: Money,
}

/// States an invoice of what was accepted: the days to pay begin. One of other amounts or of a used number is kept as
/// refused, with the reason.
pub async fn state_invoice(
    services: &Services,
    actor: &Actor,
    id: VoucherId,
    version: i32,
    draft: &InvoiceDraft,
) -> Result<(), Error> {
    let answer = match stated(services, actor, id, version, draft).await {
        Err(race) if is_number_taken(&race) => stated(services, actor, id, version, draft).await?,
        answer => answer?,
    };
    answer.map_or(Ok(()), |refusal| Err(error(refusal)))
}

/// None when it is taken; else why it was kept as refused.
async fn stated(
    services: &Services,
    actor: &Actor,
    id: VoucherId,
    version: i32,
    draft: &InvoiceDraft,
) -> Result<Option<No>, Error> {
    let law = store::parameters::set(services).await?;
    let tx = services.begin().await?;
    let voucher = store::vouchers::lock(&tx, actor.scope(), id).await?;
    let (tx, permitted) = tx.permit::<InvoiceVoucher>(actor, voucher).await?;

    let voucher = permitted.subject();
    let numbers = store::received_invoices::taken(&tx, voucher.contract.supplier, &draft.number, None).await?;
    let advance = store::execution::advance_state_in_write(&tx, voucher.contract.id).await?;
    let term = Term::of(&law, voucher, advance.as_ref(), (today(&tx), today(&tx)));
    let term = match term.and_then(|term| term.sets_off(draft)) {
        Ok(term) => term,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };
    let totals = (draft.excluding, draft.vat, draft.including);
    let refusal = match voucher.may_invoice(totals, term.tolerance, draft.issued_on, term.today) {
        Ok(_) => No::InvoiceNumberTaken { number: draft.number.clone() },
        Err(refusal @ No::InvoiceDiffers { .. }) => refusal,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await,
    };
    same(voucher.version, version)?;

    let receiving = term.receiving(voucher, &numbers);
    let judgement = receiving.of_form(&draft.number, draft.issued_on, totals);
    match &judgement.decided {
        Ok(after) => {
            let quantities = judgement.quantities();
            let (invoice, taken) = take(&tx, &permitted, *after, (draft, quantities), &term).await?;
            let kept = keep(&tx, &permitted, draft, &judgement, Some(invoice)).await?;
            let audit =
                told(Audit::of(&permitted), voucher, draft).with("due_on", term.due_on.map(|on| on.to_string()));
            tx.commit(audit, [taken, kept]).await?;
            Ok(None)
        }
        Err(_) => {
            let kept = keep_once(&tx, &permitted, draft, &judgement).await?;
            let audit = Audit::refused(&permitted, &refusal.clone().into());
            tx.commit(told(audit, voucher, draft), [kept]).await?;
            Ok(Some(refusal))
        }
    }
}

/// Another invoice took the number between the comparison and the write: compared again, it is a duplicate.
pub(super) fn is_number_taken(error: &Error) -> bool {
    matches!(error, Error::Invalid(errors) if errors.of(NUMBER_FIELD) == Some(&Fault::InvoiceNumberTaken))
}

/// A used number is said where it was typed.
fn error(refusal: No) -> Error {
    if matches!(refusal, No::InvoiceNumberTaken { .. }) {
        FieldErrors::one(NUMBER_FIELD, Fault::InvoiceNumberTaken).into()
    } else {
        Error::Refused(refusal.into())
    }
}

fn told(audit: Audit, voucher: &Voucher, draft: &InvoiceDraft) -> Audit {
    audit
        .with("voucher", voucher.id.to_string())
        .with("number", voucher.number.map(|number| number.to_string()))
        .with("invoice", draft.number.clone())
        .with("including", draft.including.to_iso())
        .with("prepaid", draft.prepaid.is_positive().then(|| draft.prepaid.to_iso()))
}

async fn keep(
    tx: &Tx,
    permitted: &Authorised<InvoiceVoucher>,
    draft: &InvoiceDraft,
    judgement: &Judgement,
    invoice: Option<InvoiceId>,
) -> Result<Change, Error> {
    let (_, kept) = store::received_invoices::insert(tx, permitted, &head(draft), judgement, (None, invoice)).await?;
    Ok(kept)
}

/// One that is refused for the same reasons as before is there already.
async fn keep_once(
    tx: &Tx,
    permitted: &Authorised<InvoiceVoucher>,
    draft: &InvoiceDraft,
    judgement: &Judgement,
) -> Result<Change, Error> {
    let voucher = permitted.subject().id;
    if store::received_invoices::is_kept_as_refused(tx, voucher, &head(draft), judgement.objections()).await? {
        return Ok(Change::all(Vec::new()));
    }
    keep(tx, permitted, draft, judgement, None).await
}

fn head(draft: &InvoiceDraft) -> Head {
    Head { number: Some(draft.number.clone()), issued_on: Some(draft.issued_on), including: Some(draft.including) }
}

/// The delay to pay an invoice that came on a day, and the figures it is compared by.
pub(super) struct Term {
    pub(super) received_on: NaiveDate,
    pub(super) today: NaiveDate,
    pub(super) due_on: Option<NaiveDate>,
    pub(super) tolerance: Money,
    /// What may be set off of the advance, TVAC.
    pub(super) set_off: Money,
}

impl Term {
    pub(super) fn of(
        law: &ParameterSet,
        voucher: &Voucher,
        advance: Option<&AdvanceState>,
        (received_on, today): (NaiveDate, NaiveDate),
    ) -> Result<Self, Refusal> {
        let accepted_on = accepted_on(voucher).unwrap_or(received_on);
        let term = payment_term(law, voucher.contract.called_on, accepted_on, received_on).map_err(missing)?;
        let due_on = term.map(|term| term.deadline.end);
        let tolerance = law.money_on(TOLERANCE, due_on.unwrap_or(today)).map_err(missing)?;
        let set_off = to_set_off(law, &voucher.contract, advance)?;
        Ok(Self { received_on, today, due_on, tolerance, set_off })
    }

    /// What is typed sets off no more than is due.
    fn sets_off(self, draft: &InvoiceDraft) -> Result<Self, Refusal> {
        may_set_off(draft.prepaid, self.set_off, draft.including)?;
        Ok(self)
    }

    /// Without the number of who ordered, which a form does not ask.
    pub(super) fn receiving<'a>(&self, voucher: &'a Voucher, numbers: &'a BTreeSet<String>) -> Receiving<'a> {
        let (tolerance, set_off) = (self.tolerance, self.set_off);
        Receiving { voucher, buyer: None, numbers, set_off, tolerance, today: self.today }
    }
}

/// It is of these quantities, that were accepted and not invoiced yet; the finance director is told.
pub(super) async fn take<A: Action<Subject = Voucher>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    after: Status,
    (draft, quantities): (&InvoiceDraft, Option<Quantities>),
    term: &Term,
) -> Result<(InvoiceId, Change), Error> {
    let voucher = permitted.subject();
    let quantities = quantities.ok_or_else(|| Error::Corrupt(format!("voucher {}: quantities", voucher.id)))?;
    let new = NewInvoice {
        number: draft.number.clone(),
        issued_on: draft.issued_on,
        received_on: term.received_on,
        due_on: term.due_on,
        excluding: draft.excluding,
        vat: draft.vat,
        including: draft.including,
        prepaid: draft.prepaid,
        quantities,
    };
    let (invoice, taken) = store::vouchers::invoice(tx, permitted, after, &new).await?;
    let promised = tx.promise(&VoucherLetter { voucher: voucher.id, event: Event::Invoiced }).await?;
    Ok((invoice, Change::all(vec![taken, promised])))
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
