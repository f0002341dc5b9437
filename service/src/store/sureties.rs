//! The surety of a contract: its columns of the contract's row.

use chrono::NaiveDate;
use domain::{
    authz::{Action, Authorised},
    contract::Contract,
    kernel::Money,
    tender::Tender,
};
use entity::contract;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, UpdateMany, sea_query::Expr};

use crate::{
    Error,
    store::{Change, Tx},
};

pub async fn deposit<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    contract: &Contract,
    deposited_on: NaiveDate,
    reference: &str,
) -> Result<Change, Error> {
    change(tx, permitted, contract, |update| {
        update
            .col_expr(contract::Column::SuretyDepositedOn, Expr::value(Some(deposited_on)))
            .col_expr(contract::Column::SuretyReference, Expr::value(Some(reference.to_owned())))
    })
    .await
}

/// What is released in all, from now on.
pub async fn release<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    contract: &Contract,
    released: Money,
) -> Result<Change, Error> {
    change(tx, permitted, contract, |update| {
        update.col_expr(contract::Column::SuretyReleasedCents, Expr::value(released.cents()))
    })
    .await
}

/// One update of the row that was read, and of no other version of it.
async fn change<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    found: &Contract,
    columns: impl FnOnce(UpdateMany<contract::Entity>) -> UpdateMany<contract::Entity>,
) -> Result<Change, Error> {
    let done = columns(contract::Entity::update_many())
        .col_expr(contract::Column::Version, Expr::value(found.version + 1))
        .filter(contract::Column::TenderId.eq(permitted.subject().id.as_uuid()))
        .filter(contract::Column::Version.eq(found.version))
        .exec(tx.raw())
        .await?;
    if done.rows_affected == 1 { Ok(Change::written()) } else { Err(Error::Stale) }
}
