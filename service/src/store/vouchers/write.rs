use chrono::NaiveDate;
use domain::{
    authz::{
        AcceptDelivery, Action, ApproveVoucher, Authorised, CheckVoucher, DeliverVoucher, DraftVoucher, EditVoucher,
        InvoiceVoucher, PayVoucher, SendVoucher,
    },
    document::Document,
    fault::Fault,
    kernel::{
        Money,
        ids::{DeliveryId, FileId, OrganisationId, VoucherId},
        reference::VoucherRef,
        vat::VatTotals,
    },
    tender::Organ,
    voucher::{Acceptance, Commitment, Quantities, Status, Step, Voucher, VoucherDraft, VoucherLine},
};
use entity::{acceptance, delivery, invoice, ledger_entry, organisation, person, voucher, voucher_line, voucher_step};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter, UpdateMany, sea_query::Expr};
use uuid::Uuid;

use crate::{
    Error, Services,
    store::{Change, Tx, files, unique},
};

/// A new voucher of the actor's authority on the permitted contract.
pub async fn insert(
    tx: &Tx,
    permitted: &Authorised<DraftVoucher>,
    draft: &VoucherDraft,
    lines: &[VoucherLine],
    totals: &VatTotals,
) -> Result<(VoucherId, Change), Error> {
    let id = tx.next_id();
    let (actor, contract) = (permitted.actor(), permitted.subject());
    voucher::Entity::insert(voucher::ActiveModel {
        id: Set(id),
        contract_id: Set(contract.id.as_uuid()),
        organisation_id: Set(actor.organisation().as_uuid()),
        supplier_id: Set(contract.supplier.as_uuid()),
        status: Set(Status::Draft.code().to_owned()),
        year: Set(None),
        number: Set(None),
        object: Set(draft.object.clone()),
        delivery_address: Set(draft.delivery_address.clone()),
        wanted_on: Set(draft.wanted_on),
        excluding_cents: Set(totals.excluding.cents()),
        vat_cents: Set(totals.vat.cents()),
        including_cents: Set(totals.including.cents()),
        budget_article: Set(None),
        credit_cents: Set(None),
        commitment_number: Set(None),
        commitment_on: Set(None),
        organ: Set(None),
        decision_number: Set(None),
        sent_at: Set(None),
        refusal: Set(None),
        created_by: Set(actor.person().as_uuid()),
        document: Set(None),
        file_id: Set(None),
        version: Set(1),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    insert_lines(tx, id, lines).await?;
    insert_step(tx, permitted, id, Step::Edit, None).await?;
    Ok((VoucherId::from_uuid(id), Change::written()))
}

/// Other lines in place of those that stood there; a control that was made is void.
pub async fn update(
    tx: &Tx,
    permitted: &Authorised<EditVoucher>,
    draft: &VoucherDraft,
    lines: &[VoucherLine],
    totals: &VatTotals,
) -> Result<Change, Error> {
    let id = permitted.subject().id.as_uuid();
    let nothing: Option<String> = None;
    change(tx, permitted.subject(), Status::Draft, |update| {
        update
            .col_expr(voucher::Column::Object, Expr::value(draft.object.clone()))
            .col_expr(voucher::Column::DeliveryAddress, Expr::value(draft.delivery_address.clone()))
            .col_expr(voucher::Column::WantedOn, Expr::value(draft.wanted_on))
            .col_expr(voucher::Column::ExcludingCents, Expr::value(totals.excluding.cents()))
            .col_expr(voucher::Column::VatCents, Expr::value(totals.vat.cents()))
            .col_expr(voucher::Column::IncludingCents, Expr::value(totals.including.cents()))
            .col_expr(voucher::Column::BudgetArticle, Expr::value(nothing.clone()))
            .col_expr(voucher::Column::CreditCents, Expr::value(None::<i64>))
            .col_expr(voucher::Column::CommitmentNumber, Expr::value(nothing.clone()))
            .col_expr(voucher::Column::CommitmentOn, Expr::value(None::<NaiveDate>))
    })
    .await?;
    voucher_line::Entity::delete_many().filter(voucher_line::Column::VoucherId.eq(id)).exec(tx.raw()).await?;
    insert_lines(tx, id, lines).await?;
    insert_step(tx, permitted, id, Step::Edit, None).await?;
    Ok(Change::written())
}

/// What the finance director declared.
pub async fn check(
    tx: &Tx,
    permitted: &Authorised<CheckVoucher>,
    after: Status,
    commitment: &Commitment,
) -> Result<Change, Error> {
    change(tx, permitted.subject(), after, |update| {
        update
            .col_expr(voucher::Column::BudgetArticle, Expr::value(Some(commitment.article.to_string())))
            .col_expr(voucher::Column::CreditCents, Expr::value(Some(commitment.credit.cents())))
            .col_expr(voucher::Column::CommitmentNumber, Expr::value(Some(commitment.number.clone())))
            .col_expr(voucher::Column::CommitmentOn, Expr::value(Some(commitment.on)))
    })
    .await?;
    step(tx, permitted, Step::Check, Some(commitment.number.clone())).await
}

/// It has its number, and what it says is frozen.
pub async fn approve(
    tx: &Tx,
    permitted: &Authorised<ApproveVoucher>,
    after: Status,
    number: VoucherRef,
    (organ, decision): (Organ, &str),
    document: &Document,
) -> Result<Change, Error> {
    let corrupt = |error: &dyn std::fmt::Display| Error::Corrupt(error.to_string());
    let place = i32::try_from(number.number()).map_err(|error| corrupt(&error))?;
    let document = serde_json::to_value(document).map_err(|error| corrupt(&error))?;
    change(tx, permitted.subject(), after, |update| {
        update
            .col_expr(voucher::Column::Year, Expr::value(Some(i32::from(number.year()))))
            .col_expr(voucher::Column::Number, Expr::value(Some(place)))
            .col_expr(voucher::Column::Organ, Expr::value(Some(organ.code())))
            .col_expr(voucher::Column::DecisionNumber, Expr::value(Some(decision.to_owned())))
            .col_expr(voucher::Column::Document, Expr::value(Some(document)))
    })
    .await?;
    step(tx, permitted, Step::Approve, Some(decision.to_owned())).await
}

/// It is on its way: from now on its supplier sees it.
pub async fn sent(tx: &Tx, permitted: &Authorised<SendVoucher>, after: Status) -> Result<Change, Error> {
    change(tx, permitted.subject(), after, |update| {
        update.col_expr(voucher::Column::SentAt, Expr::value(Some(tx.now())))
    })
    .await?;
    step(tx, permitted, Step::Send, None).await
}

/// A step that changes the status alone; `note` says why, where somebody said no.
pub async fn move_to<A: Action<Subject = Voucher>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    taken: Step,
    after: Status,
    note: Option<&str>,
) -> Result<Change, Error> {
    change(tx, permitted.subject(), after, |update| {
        if matches!(taken, Step::Decline | Step::Cancel) {
            update.col_expr(voucher::Column::Refusal, Expr::value(note.map(str::to_owned)))
        } else {
            update
        }
    })
    .await?;
    step(tx, permitted, taken, note.map(str::to_owned)).await
}

/// An entry of the ledger: above zero commits, below zero releases.
pub async fn ledger<A: Action<Subject = Voucher>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    amount: Money,
) -> Result<Change, Error> {
    let voucher = permitted.subject();
    ledger_entry::Entity::insert(ledger_entry::ActiveModel {
        id: Set(tx.next_id()),
        contract_id: Set(voucher.contract.id.as_uuid()),
        organisation_id: Set(voucher.organisation.as_uuid()),
        voucher_id: Set(voucher.id.as_uuid()),
        kind: Set(if amount.is_negative() { "release" } else { "commit" }.to_owned()),
        amount_cents: Set(amount.cents()),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(Change::written())
}

pub async fn deliver(
    tx: &Tx,
    permitted: &Authorised<DeliverVoucher>,
    (taken, after): (Step, Status),
    on: NaiveDate,
    note: &str,
    brought: &Quantities,
) -> Result<Change, Error> {
    change(tx, permitted.subject(), after, |update| update).await?;
    delivery::Entity::insert(delivery::ActiveModel {
        id: Set(tx.next_id()),
        voucher_id: Set(permitted.subject().id.as_uuid()),
        delivered_on: Set(on),
        note: Set(note.to_owned()),
        lines: Set(kept(brought)?),
        created_by: Set(Some(permitted.actor().person().as_uuid())),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    step(tx, permitted, taken, None).await
}

pub async fn accept(
    tx: &Tx,
    permitted: &Authorised<AcceptDelivery>,
    (taken, after): (Step, Status),
    delivery: DeliveryId,
    found: &Acceptance,
) -> Result<Change, Error> {
    change(tx, permitted.subject(), after, |update| update).await?;
    acceptance::Entity::insert(acceptance::ActiveModel {
        id: Set(tx.next_id()),
        voucher_id: Set(permitted.subject().id.as_uuid()),
        delivery_id: Set(delivery.as_uuid()),
        result: Set(found.verdict.code().to_owned()),
        accepted_on: Set(found.accepted_on),
        lines: Set(kept(&found.quantities)?),
        reasons: Set(found.reasons.clone()),
        file_id: Set(found.minutes.map(FileId::as_uuid)),
        created_by: Set(Some(permitted.actor().person().as_uuid())),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    step(tx, permitted, taken, found.reasons.clone()).await
}

/// An invoice as it is stated, and until when it is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvoice {
    pub number: String,
    pub issued_on: NaiveDate,
    pub received_on: NaiveDate,
    pub due_on: Option<NaiveDate>,
    pub excluding: Money,
    pub vat: Money,
    pub including: Money,
}

pub async fn invoice(
    tx: &Tx,
    permitted: &Authorised<InvoiceVoucher>,
    after: Status,
    new: &NewInvoice,
) -> Result<Change, Error> {
    change(tx, permitted.subject(), after, |update| update).await?;
    invoice::Entity::insert(invoice::ActiveModel {
        id: Set(tx.next_id()),
        voucher_id: Set(permitted.subject().id.as_uuid()),
        supplier_id: Set(permitted.subject().contract.supplier.as_uuid()),
        number: Set(new.number.clone()),
        issued_on: Set(new.issued_on),
        received_on: Set(new.received_on),
        excluding_cents: Set(new.excluding.cents()),
        vat_cents: Set(new.vat.cents()),
        including_cents: Set(new.including.cents()),
        due_on: Set(new.due_on),
        paid_on: Set(None),
        created_by: Set(Some(permitted.actor().person().as_uuid())),
        paid_by: Set(None),
        version: Set(1),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await
    .map_err(number_taken)?;
    step(tx, permitted, Step::Invoice, Some(new.number.clone())).await
}

/// A firm states each number once, also when two of its vouchers are invoiced at the same moment.
fn number_taken(error: DbErr) -> Error {
    unique::taken(error, ("invoice_once", "invoice.number"), "facture", Fault::InvoiceNumberTaken)
}

/// The invoice that waits is paid.
pub async fn pay(tx: &Tx, permitted: &Authorised<PayVoucher>, after: Status, on: NaiveDate) -> Result<Change, Error> {
    let Some(unpaid) = permitted.subject().unpaid() else { return Err(Error::Stale) };
    change(tx, permitted.subject(), after, |update| update).await?;
    let done = invoice::Entity::update_many()
        .col_expr(invoice::Column::PaidOn, Expr::value(Some(on)))
        .col_expr(invoice::Column::PaidBy, Expr::value(Some(permitted.actor().person().as_uuid())))
        .filter(invoice::Column::Id.eq(unpaid.id.as_uuid()))
        .filter(invoice::Column::PaidOn.is_null())
        .exec(tx.raw())
        .await?;
    if done.rows_affected != 1 {
        return Err(Error::Stale);
    }
    step(tx, permitted, Step::Pay, Some(unpaid.number.clone())).await
}

/// The painted voucher is kept, once; whoever comes later leaves the first.
pub async fn keep_file(services: &Services, id: VoucherId, kept: &files::Kept) -> Result<(), Error> {
    let tx = services.begin().await?;
    let row = tx.locked(voucher::Entity::find_by_id(id.as_uuid())).one(tx.raw()).await?.ok_or(Error::NotFound)?;
    if row.file_id.is_some() {
        return Ok(());
    }
    let file = files::insert_painted(&tx, OrganisationId::from_uuid(row.organisation_id), kept).await?;
    voucher::Entity::update_many()
        .col_expr(voucher::Column::FileId, Expr::value(Some(file.as_uuid())))
        .filter(voucher::Column::Id.eq(row.id))
        .exec(tx.raw())
        .await?;
    tx.commit_unaudited().await
}

async fn insert_lines(tx: &Tx, voucher: Uuid, lines: &[VoucherLine]) -> Result<(), Error> {
    let rows = (0..).zip(lines).map(|(position, line)| voucher_line::ActiveModel {
        voucher_id: Set(voucher),
        code: Set(line.code.clone()),
        position: Set(position),
        item: Set(line.item.clone()),
        unit: Set(line.unit.clone()),
        quantity_thousandths: Set(line.quantity.thousandths()),
        unit_price_ten_thousandths: Set(line.unit_price.ten_thousandths()),
        vat_millionths: Set(line.vat.millionths()),
        amount_cents: Set(line.amount.cents()),
    });
    voucher_line::Entity::insert_many(rows).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// One update of the row that was read, and of no other version of it.
async fn change(
    tx: &Tx,
    voucher: &Voucher,
    after: Status,
    columns: impl FnOnce(UpdateMany<voucher::Entity>) -> UpdateMany<voucher::Entity>,
) -> Result<(), Error> {
    let done = columns(voucher::Entity::update_many())
        .col_expr(voucher::Column::Status, Expr::value(after.code()))
        .col_expr(voucher::Column::Version, Expr::value(voucher.version + 1))
        .filter(voucher::Column::Id.eq(voucher.id.as_uuid()))
        .filter(voucher::Column::Version.eq(voucher.version))
        .exec(tx.raw())
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

async fn step<A: Action<Subject = Voucher>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    taken: Step,
    note: Option<String>,
) -> Result<Change, Error> {
    insert_step(tx, permitted, permitted.subject().id.as_uuid(), taken, note).await?;
    Ok(Change::written())
}

async fn insert_step<A: Action>(
    tx: &Tx,
    permitted: &Authorised<A>,
    voucher: Uuid,
    taken: Step,
    note: Option<String>,
) -> Result<(), Error> {
    let actor = permitted.actor();
    let person = person::Entity::find_by_id(actor.person().as_uuid()).one(tx.raw()).await?;
    let organisation = organisation::Entity::find_by_id(actor.organisation().as_uuid()).one(tx.raw()).await?;
    let name = |name: Option<String>| name.unwrap_or_default();
    voucher_step::Entity::insert(voucher_step::ActiveModel {
        id: Set(tx.next_id()),
        voucher_id: Set(voucher),
        step: Set(taken.code().to_owned()),
        who: Set(format!("{}, {}", name(person.map(|row| row.name)), name(organisation.map(|row| row.name)))),
        note: Set(note),
        person_id: Set(Some(actor.person().as_uuid())),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(())
}

fn kept(quantities: &Quantities) -> Result<serde_json::Value, Error> {
    serde_json::to_value(quantities).map_err(|error| Error::Corrupt(error.to_string()))
}
