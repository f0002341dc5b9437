//! Forms that have made their record, and which.

use std::{fmt::Display, str::FromStr};

use chrono::TimeDelta;
use domain::{
    authz::{Action, Authorised},
    refusal::Refusal,
};
use entity::form_key;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, SqlErr};

use crate::{
    Error, FormKey,
    store::{Audit, Change, Tx},
};

/// A key is kept as long as a browser may still send its form.
const KEPT_DAYS: i64 = 30;

/// What this form made when the same person sent it before; the caller answers with it and writes nothing.
///
/// Whoever asks holds the row under which the record is made, so that two sends of one form follow each other.
///
/// # Errors
/// [`Refusal::FormSpent`] when something else stands in the form now: nothing that was typed since may be lost.
pub async fn made<T: FromStr, A: Action>(
    tx: Tx,
    permitted: &Authorised<A>,
    key: Option<&FormKey>,
) -> Result<(Tx, Option<T>), Error> {
    let Some(key) = key else { return Ok((tx, None)) };
    let Some(row) = form_key::Entity::find_by_id(key.id).one(tx.raw()).await? else { return Ok((tx, None)) };
    let is_the_same = row.person_id == permitted.actor().person().as_uuid()
        && row.action == A::NAME
        && row.typed_sha256 == key.typed_sha256;
    match row.record.parse() {
        Ok(record) if is_the_same => Ok((tx, Some(record))),
        Ok(_) | Err(_) => tx.refuse(Audit::refused(permitted, &Refusal::FormSpent), Refusal::FormSpent).await,
    }
}

/// The form has made `record`, in this write.
pub async fn spend<A: Action>(
    tx: &Tx,
    permitted: &Authorised<A>,
    key: Option<&FormKey>,
    record: impl Display,
) -> Result<Change, Error> {
    let Some(key) = key else { return Ok(Change::written()) };
    let person = permitted.actor().person().as_uuid();
    form_key::Entity::delete_many()
        .filter(form_key::Column::PersonId.eq(person))
        .filter(form_key::Column::CreatedAt.lt(tx.now() - TimeDelta::days(KEPT_DAYS)))
        .exec(tx.raw())
        .await?;
    form_key::Entity::insert(form_key::ActiveModel {
        id: Set(key.id),
        person_id: Set(person),
        action: Set(A::NAME.to_owned()),
        typed_sha256: Set(key.typed_sha256.clone()),
        record: Set(record.to_string()),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await
    .map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Error::Refused(Refusal::FormSpent),
        _ => error.into(),
    })?;
    Ok(Change::written())
}
