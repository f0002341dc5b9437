//! Gapless numbers: the next one is taken in the write that uses it, so a write that fails gives it back.

use entity::counter;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use crate::{
    Error,
    store::{Change, Tx},
};

/// The next number of `key`, from 1. The row stays locked until the write ends: nobody else gets the same one.
pub async fn next(tx: &Tx, key: &str) -> Result<(i64, Change), Error> {
    counter::Entity::insert(counter::ActiveModel { key: Set(key.to_owned()), value: Set(0) })
        .on_conflict(OnConflict::column(counter::Column::Key).do_nothing().to_owned())
        .exec_without_returning(tx.raw())
        .await?;
    let row = tx
        .locked(counter::Entity::find_by_id(key))
        .one(tx.raw())
        .await?
        .ok_or_else(|| Error::Corrupt(format!("no counter {key}")))?;
    let value = row.value + 1;
    counter::Entity::update_many()
        .col_expr(counter::Column::Value, Expr::value(value))
        .filter(counter::Column::Key.eq(key))
        .exec(tx.raw())
        .await?;
    Ok((value, Change::written()))
}
