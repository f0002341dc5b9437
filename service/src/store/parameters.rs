//! The figures of law, as rows.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    authz::{Authorised, EditParameter},
    parameter::{Parameter, ParameterSet, Revision, Value},
};
use entity::parameter;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, sea_query::Expr};

use crate::{
    Error, Services,
    store::{Change, Tx},
};

/// The set as it was read last. Another server may add a row: what is older than a minute is read again, and a new row
/// starts tomorrow at the earliest.
#[derive(Default)]
pub(crate) struct Cache(Mutex<Option<(DateTime<Utc>, Arc<ParameterSet>)>>);

const KEPT: TimeDelta = TimeDelta::minutes(1);

/// Every row, by key, then by date.
pub async fn all(services: &Services) -> Result<Vec<Parameter>, Error> {
    parameter::Entity::find()
        .order_by_asc(parameter::Column::Key)
        .order_by_asc(parameter::Column::ValidFrom)
        .all(services.store().reader())
        .await?
        .into_iter()
        .map(as_parameter)
        .collect()
}

/// The rows, ready to be asked for the one of a date.
pub async fn set(services: &Services) -> Result<Arc<ParameterSet>, Error> {
    let cache = services.parameters();
    if let Some((read_at, set)) = &*cache.0.lock().unwrap_or_else(PoisonError::into_inner)
        && services.now() - *read_at < KEPT
    {
        return Ok(set.clone());
    }
    let read_at = services.now();
    let set = Arc::new(ParameterSet::from_rows(all(services).await?));
    *cache.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((read_at, set.clone()));
    Ok(set)
}

/// The next question reads the rows again.
pub(crate) fn forget(services: &Services) {
    *services.parameters().0.lock().unwrap_or_else(PoisonError::into_inner) = None;
}

pub(crate) async fn count(tx: &Tx) -> Result<u64, Error> {
    Ok(parameter::Entity::find().count(tx.raw()).await?)
}

/// Every row, locked: two coordinators take turns.
pub(crate) async fn lock(tx: &Tx) -> Result<ParameterSet, Error> {
    let rows = tx.locked(parameter::Entity::find()).all(tx.raw()).await?;
    Ok(ParameterSet::from_rows(rows.into_iter().map(as_parameter).collect::<Result<Vec<_>, _>>()?))
}

pub(crate) async fn insert_shipped(tx: &Tx, set: &ParameterSet) -> Result<Change, Error> {
    let rows: Vec<_> = set.rows().map(|row| active(tx, row)).collect();
    parameter::Entity::insert_many(rows).exec_without_returning(tx.raw()).await?;
    Ok(Change::written())
}

pub(crate) async fn revise(
    tx: &Tx,
    _permitted: &Authorised<EditParameter>,
    revision: &Revision,
) -> Result<Change, Error> {
    if let Some(closed) = &revision.closed {
        let done = parameter::Entity::update_many()
            .col_expr(parameter::Column::ValidTo, Expr::value(closed.valid_to))
            // A row is closed once in its life.
            .col_expr(parameter::Column::Version, Expr::value(2))
            .filter(parameter::Column::Key.eq(closed.key.clone()))
            .filter(parameter::Column::ValidFrom.eq(closed.valid_from))
            .filter(parameter::Column::ValidTo.is_null())
            .exec(tx.raw())
            .await?;
        if done.rows_affected != 1 {
            return Err(Error::Stale);
        }
    }
    parameter::Entity::insert(active(tx, &revision.added)).exec_without_returning(tx.raw()).await?;
    Ok(Change::written())
}

fn active(tx: &Tx, row: &Parameter) -> parameter::ActiveModel {
    parameter::ActiveModel {
        id: Set(tx.next_id()),
        key: Set(row.key.clone()),
        label: Set(row.label.clone()),
        value: Set(row.value.to_string()),
        unit: Set(row.unit.to_string()),
        valid_from: Set(row.valid_from),
        valid_to: Set(row.valid_to),
        legal_ref: Set(row.legal_ref.clone()),
        certainty: Set(row.certainty.to_string()),
        checked_on: Set(row.checked_on),
        event: Set(row.event.to_string()),
        version: Set(1),
    }
}

fn as_parameter(row: parameter::Model) -> Result<Parameter, Error> {
    let corrupt = |what: &str| Error::Corrupt(format!("parameter {} of {}: {what}", row.key, row.valid_from));
    let unit = row.unit.parse().map_err(|_| corrupt("unit"))?;
    Ok(Parameter {
        value: Value::parse(unit, &row.value).map_err(|_| corrupt("value"))?,
        unit,
        event: row.event.parse().map_err(|_| corrupt("event"))?,
        certainty: row.certainty.parse().map_err(|_| corrupt("certainty"))?,
        valid_from: row.valid_from,
        valid_to: row.valid_to,
        checked_on: row.checked_on,
        label: row.label,
        legal_ref: row.legal_ref,
        key: row.key,
    })
}
