//! The file of an invoice: read, compared, kept with what became of it.

use domain::{
    authz::{Action, Actor, Authorised, JudgeInvoice, ReceiveInvoice},
    invoice::{ElectronicInvoice, Judgement, Objection, ReceivedInvoice, ReceivedStatus, Receiving},
    kernel::{
        Money,
        ids::{InvoiceId, OrganisationId, ReceivedInvoiceId, VoucherId},
        time::brussels,
    },
    parameter::ParameterSet,
    refusal::Refusal,
    voucher::{Refusal as No, Voucher},
};

use super::{
    invoice::{InvoiceDraft, Term, is_number_taken, take},
    promise::{Event, VoucherLetter},
    today,
    upload::{InvoiceFile, Read, kept_again, read_and_kept},
};
use crate::{
    Error, FormKey, Services,
    store::{self, Audit, Change, Tx, files, received_invoices as received, received_invoices::Head},
};

/// Takes the invoice of the file, lets it wait, or refuses it; it is kept in each case. The same form sent twice is one.
pub async fn receive_invoice(
    services: &Services,
    actor: &Actor,
    id: VoucherId,
    key: Option<&FormKey>,
    file: InvoiceFile,
) -> Result<ReceivedInvoiceId, Error> {
    let law = store::parameters::set(services).await?;
    let read_and_kept = read_and_kept(services, actor, id, file).await?;
    let file = (&*law, read_and_kept.as_ref());
    match receive(services, actor, id, key, file).await {
        Err(race) if is_number_taken(&race) => receive(services, actor, id, key, file).await,
        answer => answer,
    }
}

async fn receive(
    services: &Services,
    actor: &Actor,
    id: VoucherId,
    key: Option<&FormKey>,
    (law, read_and_kept): (&ParameterSet, Option<&(Read, files::Kept)>),
) -> Result<ReceivedInvoiceId, Error> {
    let tx = services.begin().await?;
    let voucher = store::vouchers::lock(&tx, actor.scope(), id).await?;
    let (tx, permitted) = tx.permit::<ReceiveInvoice>(actor, voucher).await?;
    let (tx, made) = store::form_keys::made(tx, &permitted, key).await?;
    if let Some(made) = made {
        return Ok(made);
    }

    let voucher = permitted.subject();
    let allowed = voucher.may_receive_invoice().map_err(Refusal::from);
    let advance = store::execution::advance_state_in_write(&tx, voucher.contract.id).await?;
    let term = allowed.and_then(|()| Term::of(law, voucher, advance.as_ref(), (today(&tx), today(&tx))));
    let term = match term {
        Ok(term) => term,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };
    // The voucher moved on between the reading and the write.
    let Some((read, kept)) = read_and_kept else { return Err(Error::Stale) };

    let judgement = judged(&tx, voucher, &term, (read, None)).await?;
    let (file, named) = files::insert(&tx, actor, kept).await?;
    let (invoice, taken) = taken(&tx, &permitted, &judgement, read, &term).await?;
    let (received, inserted) =
        received::insert(&tx, &permitted, &head(read), &judgement, (Some(file), invoice)).await?;
    let spent = store::form_keys::spend(&tx, &permitted, key, received).await?;
    let audit = told(Audit::of(&permitted), voucher, &head(read), judgement.status());
    let audit = audit.with("sha256", kept.sha256.clone());
    let promised = promised(&tx, &permitted, judgement.status()).await?;
    tx.commit(audit, [named, taken, inserted, spent, promised]).await?;
    Ok(received)
}

/// Whether this actor may bring a file now; one who may not is written down.
pub async fn may_receive_invoice(services: &Services, actor: &Actor, id: VoucherId) -> Result<(), Error> {
    let tx = services.begin().await?;
    let voucher = store::vouchers::lock(&tx, actor.scope(), id).await?;
    let (tx, permitted) = tx.permit::<ReceiveInvoice>(actor, voucher).await?;
    match permitted.subject().may_receive_invoice() {
        Ok(()) => Ok(()),
        Err(refusal) => tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await,
    }
}

/// Compares an invoice that waits with what is accepted by now.
pub async fn compare_invoice(
    services: &Services,
    actor: &Actor,
    id: VoucherId,
    waiting: ReceivedInvoiceId,
    version: i32,
) -> Result<ReceivedStatus, Error> {
    let law = store::parameters::set(services).await?;
    let read = kept_again(services, actor.scope(), id, waiting).await?;
    match compare(services, actor, id, (waiting, version), (&*law, &read)).await {
        Err(race) if is_number_taken(&race) => compare(services, actor, id, (waiting, version), (&*law, &read)).await,
        answer => answer,
    }
}

async fn compare(
    services: &Services,
    actor: &Actor,
    id: VoucherId,
    (waiting, version): (ReceivedInvoiceId, i32),
    (law, read): (&ParameterSet, &Read),
) -> Result<ReceivedStatus, Error> {
    let tx = services.begin().await?;
    let voucher = store::vouchers::lock(&tx, actor.scope(), id).await?;
    let (tx, permitted) = tx.permit::<JudgeInvoice>(actor, voucher).await?;

    let voucher = permitted.subject();
    let found = received::lock(&tx, id, waiting).await?;
    let received_on = brussels(found.received_at).date();
    let advance = store::execution::advance_state_in_write(&tx, voucher.contract.id).await?;
    let term = waits(&found).and_then(|()| Term::of(law, voucher, advance.as_ref(), (received_on, today(&tx))));
    let term = match term {
        Ok(term) => term,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };
    unchanged(&found, version)?;

    let judgement = judged(&tx, voucher, &term, (read, Some(waiting))).await?;
    let (invoice, taken) = taken(&tx, &permitted, &judgement, read, &term).await?;
    let written = received::judge(&tx, &permitted, &found, &judgement, invoice).await?;
    let audit = told(Audit::of(&permitted), voucher, &head(read), judgement.status());
    let promised = promised(&tx, &permitted, judgement.status()).await?;
    tx.commit(audit, [taken, written, promised]).await?;
    Ok(judgement.status())
}

/// Refuses an invoice that waits, and says why.
pub async fn refuse_invoice(
    services: &Services,
    actor: &Actor,
    id: VoucherId,
    waiting: ReceivedInvoiceId,
    version: i32,
    reason: &str,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let voucher = store::vouchers::lock(&tx, actor.scope(), id).await?;
    let (tx, permitted) = tx.permit::<JudgeInvoice>(actor, voucher).await?;

    let found = received::lock(&tx, id, waiting).await?;
    if let Err(refusal) = waits(&found) {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }
    unchanged(&found, version)?;

    let refused = received::refuse(&tx, &permitted, &found, reason).await?;
    let head = Head { number: found.number, issued_on: found.issued_on, including: found.including };
    let audit = told(Audit::of(&permitted), permitted.subject(), &head, ReceivedStatus::Refused).with("reason", reason);
    let promised = promised(&tx, &permitted, ReceivedStatus::Refused).await?;
    tx.commit(audit, [refused, promised]).await
}

/// A waiting one is no duplicate of itself.
async fn judged(
    tx: &Tx,
    voucher: &Voucher,
    term: &Term,
    (read, waiting): (&Read, Option<ReceivedInvoiceId>),
) -> Result<Judgement, Error> {
    let invoice = match read {
        Ok(invoice) => invoice,
        Err(fault) => return Ok(Judgement::against(vec![Objection::Unreadable(fault.clone())])),
    };
    let buyer = store::organisations::in_write(tx, voucher.organisation).await?;
    let numbers = received::taken(tx, voucher.contract.supplier, &invoice.number, waiting).await?;
    let supplier = supplier(tx, invoice).await?;
    let buyer = buyer.bce.and_then(|bce| bce.parse().ok());
    Ok(Receiving { buyer, ..term.receiving(voucher, &numbers) }.of_file(invoice, supplier))
}

/// Whose enterprise number the file bears.
async fn supplier(tx: &Tx, invoice: &ElectronicInvoice) -> Result<Option<OrganisationId>, Error> {
    let Some(bce) = invoice.supplier.bce() else { return Ok(None) };
    store::organisations::with_bce(tx, bce).await
}

/// Where the judgement takes it.
async fn taken<A: Action<Subject = Voucher>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    judgement: &Judgement,
    read: &Read,
    term: &Term,
) -> Result<(Option<InvoiceId>, Change), Error> {
    let (Ok(after), Ok(invoice)) = (&judgement.decided, read) else { return Ok((None, Change::all(Vec::new()))) };
    let draft = InvoiceDraft {
        number: invoice.number.clone(),
        issued_on: invoice.issued_on,
        excluding: invoice.totals.excluding,
        vat: invoice.totals.vat,
        including: invoice.totals.including,
        prepaid: invoice.totals.prepaid,
    };
    take(tx, permitted, *after, (&draft, judgement.quantities()), term)
        .await
        .map(|(invoice, change)| (Some(invoice), change))
}

/// Who did not bring it, or does not judge it, is told what became of it; of one that is taken the letter is written there.
async fn promised<A: Action<Subject = Voucher>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    status: ReceivedStatus,
) -> Result<Change, Error> {
    let voucher = permitted.subject();
    let by_supplier = permitted.actor().organisation() == voucher.contract.supplier;
    let event = match status {
        ReceivedStatus::Received if by_supplier => Event::InvoiceWaiting,
        ReceivedStatus::Refused if !by_supplier => Event::InvoiceRefused,
        ReceivedStatus::Received | ReceivedStatus::Refused | ReceivedStatus::Accepted => {
            return Ok(Change::all(Vec::new()));
        }
    };
    tx.promise(&VoucherLetter { voucher: voucher.id, event }).await
}

fn head(read: &Read) -> Head {
    read.as_ref().map_or_else(
        |_| Head::default(),
        |invoice| Head {
            number: Some(invoice.number.clone()),
            issued_on: Some(invoice.issued_on),
            including: Some(invoice.totals.including),
        },
    )
}

fn waits(found: &ReceivedInvoice) -> Result<(), Refusal> {
    if found.status == ReceivedStatus::Received { Ok(()) } else { Err(No::InvoiceNotWaiting.into()) }
}

fn unchanged(found: &ReceivedInvoice, version: i32) -> Result<(), Error> {
    if found.version == version { Ok(()) } else { Err(Error::Stale) }
}

fn told(audit: Audit, voucher: &Voucher, head: &Head, status: ReceivedStatus) -> Audit {
    audit
        .with("voucher", voucher.id.to_string())
        .with("number", voucher.number.map(|number| number.to_string()))
        .with("invoice", head.number.clone())
        .with("including", head.including.map(Money::to_iso))
        .with("status", status.code())
}
