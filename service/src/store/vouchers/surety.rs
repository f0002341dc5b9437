//! The surety of one order: asked by its sending, deposited, released.

use chrono::NaiveDate;
use domain::{
    authz::{Action, Authorised, KeepOrderSurety, SendVoucher},
    kernel::Money,
    voucher::{OrderSurety, Status, Voucher},
};
use entity::voucher_surety;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use super::write::change;
use crate::{
    Error,
    store::{Change, Tx},
};

/// Asks for it, once.
pub async fn ask_surety(
    tx: &Tx,
    permitted: &Authorised<SendVoucher>,
    asked: Option<&OrderSurety>,
) -> Result<Change, Error> {
    let Some(asked) = asked else { return Ok(Change::all(Vec::new())) };
    voucher_surety::Entity::insert(voucher_surety::ActiveModel {
        voucher_id: Set(permitted.subject().id.as_uuid()),
        amount_cents: Set(asked.amount.cents()),
        due_on: Set(asked.due_on),
        deposited_on: Set(asked.deposited_on),
        reference: Set(asked.reference.clone()),
        released_on: Set(asked.released_on),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(Change::written())
}

/// The deposit, on the voucher as it was read and on no other version of it.
pub async fn deposit_surety(
    tx: &Tx,
    permitted: &Authorised<KeepOrderSurety>,
    on: NaiveDate,
    reference: &str,
) -> Result<Change, Error> {
    let voucher = permitted.subject();
    change(tx, voucher, voucher.status, |update| update).await?;
    voucher_surety::Entity::update_many()
        .col_expr(voucher_surety::Column::DepositedOn, Expr::value(Some(on)))
        .col_expr(voucher_surety::Column::Reference, Expr::value(Some(reference.to_owned())))
        .filter(voucher_surety::Column::VoucherId.eq(voucher.id.as_uuid()))
        .exec(tx.raw())
        .await?;
    Ok(Change::written())
}

/// What is held goes back with a step that leaves nothing to secure.
pub async fn release_surety<A: Action<Subject = Voucher>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    after: Status,
    on: NaiveDate,
) -> Result<Change, Error> {
    let voucher = permitted.subject();
    if !voucher.releases_surety(after) {
        return Ok(Change::all(Vec::new()));
    }
    voucher_surety::Entity::update_many()
        .col_expr(voucher_surety::Column::ReleasedOn, Expr::value(Some(on)))
        .filter(voucher_surety::Column::VoucherId.eq(voucher.id.as_uuid()))
        .exec(tx.raw())
        .await?;
    Ok(Change::written())
}

pub(super) async fn of<C: ConnectionTrait>(connection: &C, voucher: Uuid) -> Result<Option<OrderSurety>, Error> {
    let row = voucher_surety::Entity::find_by_id(voucher).one(connection).await?;
    Ok(row.map(|row| OrderSurety {
        amount: Money::from_cents(row.amount_cents),
        due_on: row.due_on,
        deposited_on: row.deposited_on,
        reference: row.reference,
        released_on: row.released_on,
    }))
}
