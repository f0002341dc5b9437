//! Promises kept later: written in the transaction that makes them, carried out by the worker, at least once.

use chrono::{DateTime, Utc};
use entity::outbox;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, sea_query::Expr,
};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Error, Services,
    store::{Change, Tx},
};

/// A promise: its kind names who keeps it.
pub trait Promise: Serialize {
    const KIND: &'static str;
}

/// A promise whose time has come.
#[derive(Debug, Clone, PartialEq)]
pub struct Due {
    pub id: Uuid,
    pub kind: String,
    pub payload: Value,
    pub attempts: i32,
}

impl Tx {
    /// Promises `promise`, to be kept as soon as this write is.
    pub async fn promise<P: Promise>(&self, promise: &P) -> Result<Change, Error> {
        let payload = serde_json::to_value(promise).map_err(|error| Error::Corrupt(error.to_string()))?;
        outbox::Entity::insert(outbox::ActiveModel {
            id: Set(self.next_id()),
            kind: Set(P::KIND.to_owned()),
            payload: Set(payload),
            run_after: Set(self.now()),
            attempts: Set(0),
            last_error: Set(None),
            done_at: Set(None),
            created_at: Set(self.now()),
        })
        .exec_without_returning(self.raw())
        .await?;
        Ok(Change::written())
    }
}

/// Times that a promise is tried before it is left with its last error.
pub const MOST_ATTEMPTS: i32 = 7;

/// Takes the next promise, so that no other worker does for `lease`; `None` when nothing is due. Asks a reader first:
/// waiting for work takes no lock.
pub async fn take(services: &Services, lease: chrono::TimeDelta) -> Result<Option<Due>, Error> {
    if next(services.now()).one(services.store().reader()).await?.is_none() {
        return Ok(None);
    }
    let tx = services.begin().await?;
    let select = next(tx.now());
    let Some(row) = tx.locked(select).one(tx.raw()).await? else { return Ok(None) };
    outbox::Entity::update_many()
        .col_expr(outbox::Column::RunAfter, Expr::value(tx.now() + lease))
        .col_expr(outbox::Column::Attempts, Expr::value(row.attempts + 1))
        .filter(outbox::Column::Id.eq(row.id))
        .exec(tx.raw())
        .await?;
    tx.commit_unaudited().await?;
    Ok(Some(Due { id: row.id, kind: row.kind, payload: row.payload, attempts: row.attempts + 1 }))
}

fn next(now: DateTime<Utc>) -> Select<outbox::Entity> {
    outbox::Entity::find()
        .filter(outbox::Column::DoneAt.is_null())
        .filter(outbox::Column::RunAfter.lte(now))
        .filter(outbox::Column::Attempts.lt(MOST_ATTEMPTS))
        .order_by_asc(outbox::Column::RunAfter)
        .order_by_asc(outbox::Column::Id)
        .limit(1)
}

/// A promise that was tried too often, and why it failed last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abandoned {
    pub kind: String,
    pub error: String,
}

/// The promises that nobody tries any more.
pub async fn abandoned(services: &Services) -> Result<Vec<Abandoned>, Error> {
    let rows = outbox::Entity::find()
        .filter(outbox::Column::DoneAt.is_null())
        .filter(outbox::Column::Attempts.gte(MOST_ATTEMPTS))
        .order_by_asc(outbox::Column::Id)
        .all(services.store().reader())
        .await?;
    Ok(rows.into_iter().map(|row| Abandoned { kind: row.kind, error: row.last_error.unwrap_or_default() }).collect())
}

/// The promise is kept.
pub async fn kept(services: &Services, id: Uuid) -> Result<(), Error> {
    let tx = services.begin().await?;
    outbox::Entity::update_many()
        .col_expr(outbox::Column::DoneAt, Expr::value(Some(tx.now())))
        .filter(outbox::Column::Id.eq(id))
        .exec(tx.raw())
        .await?;
    tx.commit_unaudited().await
}

/// It failed; try again after `again`.
pub async fn failed(services: &Services, id: Uuid, error: &str, again: DateTime<Utc>) -> Result<(), Error> {
    let tx = services.begin().await?;
    outbox::Entity::update_many()
        .col_expr(outbox::Column::LastError, Expr::value(Some(error.to_owned())))
        .col_expr(outbox::Column::RunAfter, Expr::value(again))
        .filter(outbox::Column::Id.eq(id))
        .exec(tx.raw())
        .await?;
    tx.commit_unaudited().await
}
