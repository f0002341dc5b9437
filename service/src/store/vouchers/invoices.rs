use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    authz::{Action, Authorised, PayVoucher},
    fault::Fault,
    kernel::{
        Money,
        ids::{InvoiceId, PersonId},
    },
    voucher::{Delivery, Invoice, LatePayment, Quantities, Status, Step, Voucher},
};
use entity::invoice;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    deliveries::kept,
    write::{change, step},
};
use crate::{
    Error,
    store::{Change, Tx, ordered, unique},
};

/// An invoice that is taken, and until when it is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvoice {
    pub number: String,
    pub issued_on: NaiveDate,
    pub received_on: NaiveDate,
    pub due_on: Option<NaiveDate>,
    pub excluding: Money,
    pub vat: Money,
    pub including: Money,
    /// Set off of the advance, TVAC.
    pub prepaid: Money,
    pub quantities: Quantities,
}

pub async fn invoice<A: Action<Subject = Voucher>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    after: Status,
    new: &NewInvoice,
) -> Result<(InvoiceId, Change), Error> {
    change(tx, permitted.subject(), after, |update| update).await?;
    let id = tx.next_id();
    invoice::Entity::insert(invoice::ActiveModel {
        id: Set(id),
        voucher_id: Set(permitted.subject().id.as_uuid()),
        supplier_id: Set(permitted.subject().contract.supplier.as_uuid()),
        number: Set(new.number.clone()),
        issued_on: Set(new.issued_on),
        received_on: Set(new.received_on),
        excluding_cents: Set(new.excluding.cents()),
        vat_cents: Set(new.vat.cents()),
        including_cents: Set(new.including.cents()),
        lines: Set(Some(kept(&new.quantities)?)),
        due_on: Set(new.due_on),
        paid_on: Set(None),
        created_by: Set(Some(permitted.actor().person().as_uuid())),
        paid_by: Set(None),
        late_days: Set(None),
        interest_cents: Set(None),
        flat_cents: Set(None),
        late_settled: Set(false),
        prepaid_cents: Set(new.prepaid.cents()),
        withheld_cents: Set(0),
        version: Set(1),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await
    .map_err(number_taken)?;
    let change = step(tx, permitted, Step::Invoice, Some(new.number.clone())).await?;
    Ok((InvoiceId::from_uuid(id), change))
}

/// A firm states each number once, also when two of its vouchers are invoiced at the same moment.
fn number_taken(error: DbErr) -> Error {
    unique::taken(error, ("invoice_once", "invoice.number"), "facture", Fault::InvoiceNumberTaken)
}

/// The invoice that waits is paid; the penalties that are withheld and what a late payment owes are kept with it.
pub async fn pay(
    tx: &Tx,
    permitted: &Authorised<PayVoucher>,
    after: Status,
    (on, withheld): (NaiveDate, Money),
    late: Option<LatePayment>,
) -> Result<Change, Error> {
    let Some(unpaid) = permitted.subject().unpaid() else { return Err(Error::Stale) };
    change(tx, permitted.subject(), after, |update| update).await?;
    let days = late.map(|late| i32::try_from(late.days)).transpose();
    let days = days.map_err(|error| Error::Corrupt(error.to_string()))?;
    let done = invoice::Entity::update_many()
        .col_expr(invoice::Column::PaidOn, Expr::value(Some(on)))
        .col_expr(invoice::Column::WithheldCents, Expr::value(withheld.cents()))
        .col_expr(invoice::Column::PaidBy, Expr::value(Some(permitted.actor().person().as_uuid())))
        .col_expr(invoice::Column::LateDays, Expr::value(days))
        .col_expr(invoice::Column::InterestCents, Expr::value(late.and_then(|late| late.interest).map(Money::cents)))
        .col_expr(invoice::Column::FlatCents, Expr::value(late.and_then(|late| late.flat).map(Money::cents)))
        .col_expr(invoice::Column::LateSettled, Expr::value(late.is_some_and(|late| late.is_settled)))
        .filter(invoice::Column::Id.eq(unpaid.id.as_uuid()))
        .filter(invoice::Column::PaidOn.is_null())
        .exec(tx.raw())
        .await?;
    if done.rows_affected != 1 {
        return Err(Error::Stale);
    }
    step(tx, permitted, Step::Pay, Some(unpaid.number.clone())).await
}

pub(super) async fn of<C: ConnectionTrait>(
    connection: &C,
    voucher: Uuid,
    deliveries: &[Delivery],
) -> Result<Vec<Invoice>, Error> {
    let rows = invoice::Entity::find()
        .filter(invoice::Column::VoucherId.eq(voucher))
        .order_by_asc(invoice::Column::CreatedAt)
        .order_by_asc(invoice::Column::Id)
        .all(connection)
        .await?;
    let mut invoices: Vec<Invoice> = Vec::new();
    for row in rows {
        let quantities = match &row.lines {
            Some(lines) => ordered::quantities(lines.clone())?,
            None => accepted_before(deliveries, row.created_at, &invoices),
        };
        invoices.push(as_invoice(row, quantities)?);
    }
    Ok(invoices)
}

/// An invoice whose lines were not kept is of all that was delivered before it, accepted, and not invoiced earlier.
fn accepted_before(deliveries: &[Delivery], at: DateTime<Utc>, earlier: &[Invoice]) -> Quantities {
    let mut rest = Quantities::new();
    let before = deliveries.iter().filter(|delivery| delivery.created_at < at);
    for (code, quantity) in before.filter_map(|delivery| delivery.acceptance.as_ref()).flat_map(|of| &of.quantities) {
        let entry = rest.entry(code.clone()).or_default();
        *entry = entry.checked_add(*quantity).unwrap_or(*entry);
    }
    for (code, quantity) in earlier.iter().flat_map(|invoice| &invoice.quantities) {
        let entry = rest.entry(code.clone()).or_default();
        *entry = entry.checked_sub(*quantity).unwrap_or_default();
    }
    rest
}

fn as_invoice(row: invoice::Model, quantities: Quantities) -> Result<Invoice, Error> {
    let (interest, flat) = (row.interest_cents.map(Money::from_cents), row.flat_cents.map(Money::from_cents));
    let days = row.late_days.map(u32::try_from).transpose();
    let days = days.map_err(|error| Error::Corrupt(format!("invoice {}: {error}", row.id)))?;
    Ok(Invoice {
        id: InvoiceId::from_uuid(row.id),
        number: row.number,
        issued_on: row.issued_on,
        received_on: row.received_on,
        excluding: Money::from_cents(row.excluding_cents),
        vat: Money::from_cents(row.vat_cents),
        including: Money::from_cents(row.including_cents),
        prepaid: Money::from_cents(row.prepaid_cents),
        withheld: Money::from_cents(row.withheld_cents),
        quantities,
        due_on: row.due_on,
        paid_on: row.paid_on,
        paid_by: row.paid_by.map(PersonId::from_uuid),
        late: days.map(|days| LatePayment { days, interest, flat, is_settled: row.late_settled }),
    })
}
