//! Invoices as they came: each is kept with what became of it, and why.

use std::collections::BTreeSet;

use domain::{
    authz::{Action, Authorised},
    invoice::{Judgement, Objection, ReceivedInvoice, ReceivedStatus},
    kernel::{
        Money,
        ids::{FileId, InvoiceId, OrganisationId, ReceivedInvoiceId, VoucherId},
    },
    voucher::Voucher,
};
use entity::{invoice, received_invoice, voucher};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect as _, Select,
    sea_query::{Expr, Query},
};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::{
    Error, Services,
    store::{Change, Tx},
};

/// What the document says of itself; nothing of a file that can't be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    pub number: Option<String>,
    pub issued_on: Option<chrono::NaiveDate>,
    pub including: Option<Money>,
}

pub async fn insert<A: Action<Subject = Voucher>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    head: &Head,
    judgement: &Judgement,
    (file, invoice): (Option<FileId>, Option<InvoiceId>),
) -> Result<(ReceivedInvoiceId, Change), Error> {
    let id = tx.next_id();
    received_invoice::Entity::insert(received_invoice::ActiveModel {
        id: Set(id),
        voucher_id: Set(permitted.subject().id.as_uuid()),
        status: Set(judgement.status().code().to_owned()),
        number: Set(head.number.clone()),
        issued_on: Set(head.issued_on),
        including_cents: Set(head.including.map(Money::cents)),
        objections: Set(as_json(&judgement.objections())?),
        comparison: Set(judgement.comparison.as_ref().map(as_json).transpose()?),
        reason: Set(None),
        file_id: Set(file.map(FileId::as_uuid)),
        invoice_id: Set(invoice.map(InvoiceId::as_uuid)),
        created_by: Set(permitted.actor().person().as_uuid()),
        version: Set(1),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok((ReceivedInvoiceId::from_uuid(id), Change::written()))
}

/// Compared once more.
pub async fn judge<A: Action<Subject = Voucher>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    received: &ReceivedInvoice,
    judgement: &Judgement,
    invoice: Option<InvoiceId>,
) -> Result<Change, Error> {
    let comparison = judgement.comparison.as_ref().map(as_json).transpose()?;
    let update = received_invoice::Entity::update_many()
        .col_expr(received_invoice::Column::Status, Expr::value(judgement.status().code()))
        .col_expr(received_invoice::Column::Objections, Expr::value(as_json(&judgement.objections())?))
        .col_expr(received_invoice::Column::Comparison, Expr::value(comparison))
        .col_expr(received_invoice::Column::InvoiceId, Expr::value(invoice.map(InvoiceId::as_uuid)));
    written(tx, permitted.subject(), received, update).await
}

/// Refused by a person, who says why.
pub async fn refuse<A: Action<Subject = Voucher>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    received: &ReceivedInvoice,
    reason: &str,
) -> Result<Change, Error> {
    let update = received_invoice::Entity::update_many()
        .col_expr(received_invoice::Column::Status, Expr::value(ReceivedStatus::Refused.code()))
        .col_expr(received_invoice::Column::Reason, Expr::value(Some(reason.to_owned())));
    written(tx, permitted.subject(), received, update).await
}

/// Of the row that was read, and of no other version of it.
async fn written(
    tx: &Tx,
    voucher: &Voucher,
    received: &ReceivedInvoice,
    update: sea_orm::UpdateMany<received_invoice::Entity>,
) -> Result<Change, Error> {
    let done = update
        .col_expr(received_invoice::Column::Version, Expr::value(received.version + 1))
        .filter(received_invoice::Column::Id.eq(received.id.as_uuid()))
        .filter(received_invoice::Column::VoucherId.eq(voucher.id.as_uuid()))
        .filter(received_invoice::Column::Version.eq(received.version))
        .exec(tx.raw())
        .await?;
    if done.rows_affected == 1 { Ok(Change::written()) } else { Err(Error::Stale) }
}

/// Those of a voucher that the caller has found in their scope, oldest first.
pub async fn of(services: &Services, voucher: VoucherId) -> Result<Vec<ReceivedInvoice>, Error> {
    let rows = all(voucher).all(services.store().reader()).await?;
    rows.into_iter().map(read).collect()
}

/// Those that wait for the decision of this authority, oldest first.
pub async fn waiting(
    services: &Services,
    organisation: OrganisationId,
    most: u64,
) -> Result<Vec<(VoucherId, ReceivedInvoiceId)>, Error> {
    let own = Query::select()
        .column(voucher::Column::Id)
        .from(voucher::Entity)
        .and_where(voucher::Column::OrganisationId.eq(organisation.as_uuid()))
        .to_owned();
    let rows: Vec<(Uuid, Uuid)> = received_invoice::Entity::find()
        .filter(received_invoice::Column::Status.eq(ReceivedStatus::Received.code()))
        .filter(received_invoice::Column::VoucherId.in_subquery(own))
        .order_by_asc(received_invoice::Column::CreatedAt)
        .limit(most)
        .select_only()
        .column(received_invoice::Column::VoucherId)
        .column(received_invoice::Column::Id)
        .into_tuple()
        .all(services.store().reader())
        .await?;
    let ids = |(voucher, id)| (VoucherId::from_uuid(voucher), ReceivedInvoiceId::from_uuid(id));
    Ok(rows.into_iter().map(ids).collect())
}

/// One of a voucher that the caller has found in their scope.
pub async fn find(services: &Services, voucher: VoucherId, id: ReceivedInvoiceId) -> Result<ReceivedInvoice, Error> {
    let row = one(voucher, id).one(services.store().reader()).await?.ok_or(Error::NotFound)?;
    read(row)
}

/// One of the locked voucher.
pub async fn lock(tx: &Tx, voucher: VoucherId, id: ReceivedInvoiceId) -> Result<ReceivedInvoice, Error> {
    let row = tx.locked(one(voucher, id)).one(tx.raw()).await?.ok_or(Error::NotFound)?;
    read(row)
}

/// The number itself, when an invoice of this supplier that bears it was taken or waits, on any of its vouchers; `but` is
/// the one that is compared.
pub async fn taken(
    tx: &Tx,
    supplier: OrganisationId,
    number: &str,
    but: Option<ReceivedInvoiceId>,
) -> Result<BTreeSet<String>, Error> {
    let mut numbers: Vec<String> = invoice::Entity::find()
        .filter(invoice::Column::SupplierId.eq(supplier.as_uuid()))
        .filter(invoice::Column::Number.eq(number))
        .select_only()
        .column(invoice::Column::Number)
        .into_tuple()
        .all(tx.raw())
        .await?;
    if waits_with(tx, supplier, number, but).await? {
        numbers.push(number.to_owned());
    }
    Ok(numbers.into_iter().collect())
}

async fn waits_with(
    tx: &Tx,
    supplier: OrganisationId,
    number: &str,
    but: Option<ReceivedInvoiceId>,
) -> Result<bool, Error> {
    let of_supplier = Query::select()
        .column(voucher::Column::Id)
        .from(voucher::Entity)
        .and_where(voucher::Column::SupplierId.eq(supplier.as_uuid()))
        .to_owned();
    let others: Vec<Uuid> = received_invoice::Entity::find()
        .filter(received_invoice::Column::Status.eq(ReceivedStatus::Received.code()))
        .filter(received_invoice::Column::Number.eq(number))
        .filter(received_invoice::Column::VoucherId.in_subquery(of_supplier))
        .select_only()
        .column(received_invoice::Column::Id)
        .into_tuple()
        .all(tx.raw())
        .await?;
    Ok(others.into_iter().any(|id| but.map(ReceivedInvoiceId::as_uuid) != Some(id)))
}

/// Whether a form that says the same of this voucher was refused with these objections before.
pub async fn is_kept_as_refused(
    tx: &Tx,
    voucher: VoucherId,
    head: &Head,
    objections: &[Objection],
) -> Result<bool, Error> {
    let rows = all(voucher)
        .filter(received_invoice::Column::Status.eq(ReceivedStatus::Refused.code()))
        .filter(received_invoice::Column::FileId.is_null())
        .all(tx.raw())
        .await?;
    let kept = rows.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(kept.into_iter().any(|one| {
        let said = Head { number: one.number, issued_on: one.issued_on, including: one.including };
        said == *head && one.objections == objections
    }))
}

fn all(voucher: VoucherId) -> Select<received_invoice::Entity> {
    received_invoice::Entity::find()
        .filter(received_invoice::Column::VoucherId.eq(voucher.as_uuid()))
        .order_by_asc(received_invoice::Column::CreatedAt)
        .order_by_asc(received_invoice::Column::Id)
}

fn one(voucher: VoucherId, id: ReceivedInvoiceId) -> Select<received_invoice::Entity> {
    all(voucher).filter(received_invoice::Column::Id.eq(id.as_uuid()))
}

fn read(row: received_invoice::Model) -> Result<ReceivedInvoice, Error> {
    Ok(ReceivedInvoice {
        id: ReceivedInvoiceId::from_uuid(row.id),
        status: ReceivedStatus::from_code(&row.status).ok_or_else(|| Error::Corrupt(row.status.clone()))?,
        number: row.number,
        issued_on: row.issued_on,
        including: row.including_cents.map(Money::from_cents),
        objections: from_json(row.objections)?,
        comparison: row.comparison.map(from_json).transpose()?,
        reason: row.reason,
        file: row.file_id.map(FileId::from_uuid),
        version: row.version,
        received_at: row.created_at,
    })
}

fn as_json<T: Serialize>(value: &T) -> Result<serde_json::Value, Error> {
    serde_json::to_value(value).map_err(|error| Error::Corrupt(error.to_string()))
}

fn from_json<T: DeserializeOwned>(value: serde_json::Value) -> Result<T, Error> {
    serde_json::from_value(value).map_err(|error| Error::Corrupt(format!("invoice: {error}")))
}
