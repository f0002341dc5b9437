//! Sessions: opaque to the use cases, kept by the web server. Not audited.

use chrono::{DateTime, TimeDelta, Utc};
use domain::kernel::ids::PersonId;
use entity::session;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use crate::{
    Error, Services,
    store::{Change, Tx},
};

/// Keeps `data` under `id` until `expires_at`, in place of what was there.
pub async fn save(services: &Services, id: &str, data: &str, expires_at: DateTime<Utc>) -> Result<(), Error> {
    let tx = services.begin().await?;
    session::Entity::insert(session::ActiveModel {
        id: Set(id.to_owned()),
        data: Set(data.to_owned()),
        expires_at: Set(expires_at),
    })
    .on_conflict(
        OnConflict::column(session::Column::Id)
            .update_columns([session::Column::Data, session::Column::ExpiresAt])
            .to_owned(),
    )
    .exec_without_returning(tx.raw())
    .await?;
    tx.commit_unaudited().await
}

/// What is kept under `id`, if its time is not over.
pub async fn load(services: &Services, id: &str) -> Result<Option<(String, DateTime<Utc>)>, Error> {
    let row = session::Entity::find_by_id(id)
        .filter(session::Column::ExpiresAt.gt(services.now()))
        .one(services.store().reader())
        .await?;
    Ok(row.map(|row| (row.data, row.expires_at)))
}

pub async fn delete(services: &Services, id: &str) -> Result<(), Error> {
    let tx = services.begin().await?;
    session::Entity::delete_by_id(id).exec(tx.raw()).await?;
    tx.commit_unaudited().await
}

/// Ends every session of this person: whoever else sits in one is out.
pub async fn delete_of(tx: &Tx, person: PersonId) -> Result<Change, Error> {
    // The data names its person; identifiers are never shared between records.
    session::Entity::delete_many().filter(session::Column::Data.contains(person.to_string())).exec(tx.raw()).await?;
    Ok(Change::written())
}

/// Gives every session so much more time: the clock of the demo was put forward, nobody was away.
pub async fn prolong(services: &Services, by: TimeDelta) -> Result<(), Error> {
    let tx = services.begin().await?;
    for row in session::Entity::find().all(tx.raw()).await? {
        session::Entity::update_many()
            .col_expr(session::Column::ExpiresAt, Expr::value(row.expires_at + by))
            .filter(session::Column::Id.eq(row.id))
            .exec(tx.raw())
            .await?;
    }
    tx.commit_unaudited().await
}

/// Forgets the sessions whose time is over.
pub async fn delete_expired(services: &Services) -> Result<(), Error> {
    let tx = services.begin().await?;
    session::Entity::delete_many().filter(session::Column::ExpiresAt.lt(tx.now())).exec(tx.raw()).await?;
    tx.commit_unaudited().await
}
