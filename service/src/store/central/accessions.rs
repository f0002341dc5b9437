use chrono::NaiveDate;
use domain::{
    authz::{AcceptAccession, AdhereToBody, Authorised, EndAccession, Reach, Scope, SendAccession},
    central::{Accession, AccessionDraft, Standing},
    kernel::{
        ids::{AccessionId, OrganisationId},
        time::brussels,
    },
};
use entity::accession;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select,
    UpdateMany, sea_query::Expr,
};

use crate::{
    Error, Services,
    store::{Change, Tx, organisations},
};

/// Keeps that the actor's authority adheres to the permitted body.
pub async fn insert(
    tx: &Tx,
    permitted: &Authorised<AdhereToBody>,
    draft: &AccessionDraft,
) -> Result<(AccessionId, Change), Error> {
    let id = tx.next_id();
    accession::Entity::insert(accession::ActiveModel {
        id: Set(id),
        body_id: Set(permitted.subject().id.as_uuid()),
        organisation_id: Set(permitted.actor().organisation().as_uuid()),
        deliberated_on: Set(draft.deliberated_on),
        number: Set(draft.number.clone()),
        convention_on: Set(draft.convention_on),
        transmitted_on: Set(draft.transmitted_on),
        accepted_on: Set(None),
        ended_on: Set(None),
        version: Set(1),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok((AccessionId::from_uuid(id), Change::written()))
}

/// The row, locked, in the actor's scope, or *not found*.
pub async fn lock(tx: &Tx, scope: Scope, id: AccessionId) -> Result<Accession, Error> {
    let select = visible(scope).filter(accession::Column::Id.eq(id.as_uuid()));
    let row = tx.locked(select).one(tx.raw()).await?.ok_or(Error::NotFound)?;
    all(tx.raw(), vec![row]).await?.pop().ok_or(Error::NotFound)
}

/// All that this scope sees, oldest first.
pub async fn list(services: &Services, scope: Scope) -> Result<Vec<Accession>, Error> {
    let reader = services.store().reader();
    let rows = in_order(visible(scope)).all(reader).await?;
    all(reader, rows).await
}

/// The latest accession of this authority to this body.
pub async fn of(
    services: &Services,
    body: OrganisationId,
    organisation: OrganisationId,
) -> Result<Option<Accession>, Error> {
    let reader = services.store().reader();
    let rows = in_order(between(body, organisation)).all(reader).await?;
    Ok(all(reader, rows).await?.pop())
}

/// The one that waits or runs on this day, in a write.
pub async fn current(
    tx: &Tx,
    body: OrganisationId,
    organisation: OrganisationId,
    on: NaiveDate,
) -> Result<Option<Accession>, Error> {
    let rows = in_order(between(body, organisation)).all(tx.raw()).await?;
    let found = all(tx.raw(), rows).await?;
    Ok(found.into_iter().rfind(|accession| accession.standing(on) != Standing::Ended))
}

pub async fn accept(tx: &Tx, permitted: &Authorised<AcceptAccession>) -> Result<Change, Error> {
    let today = brussels(tx.now()).date();
    change(tx, permitted.subject(), |update| update.col_expr(accession::Column::AcceptedOn, Expr::value(Some(today))))
        .await
}

pub async fn send(tx: &Tx, permitted: &Authorised<SendAccession>, on: NaiveDate) -> Result<Change, Error> {
    change(tx, permitted.subject(), |update| update.col_expr(accession::Column::TransmittedOn, Expr::value(Some(on))))
        .await
}

/// `from` is the first day without it.
pub async fn end(tx: &Tx, permitted: &Authorised<EndAccession>, from: NaiveDate) -> Result<Change, Error> {
    change(tx, permitted.subject(), |update| update.col_expr(accession::Column::EndedOn, Expr::value(Some(from)))).await
}

/// An accession is its authority's and its body's.
fn visible(scope: Scope) -> Select<accession::Entity> {
    let select = accession::Entity::find();
    match scope.reach() {
        Reach::Everything => select,
        Reach::Published | Reach::Firm(_) => select.filter(accession::Column::Id.is_null()),
        Reach::Authority(own) => select.filter(
            Condition::any()
                .add(accession::Column::BodyId.eq(own.as_uuid()))
                .add(accession::Column::OrganisationId.eq(own.as_uuid())),
        ),
    }
}

fn between(body: OrganisationId, organisation: OrganisationId) -> Select<accession::Entity> {
    accession::Entity::find()
        .filter(accession::Column::BodyId.eq(body.as_uuid()))
        .filter(accession::Column::OrganisationId.eq(organisation.as_uuid()))
}

fn in_order(select: Select<accession::Entity>) -> Select<accession::Entity> {
    select.order_by_asc(accession::Column::CreatedAt).order_by_asc(accession::Column::Id)
}

async fn all<C: ConnectionTrait>(connection: &C, rows: Vec<accession::Model>) -> Result<Vec<Accession>, Error> {
    let ids = rows.iter().flat_map(|row| [row.body_id, row.organisation_id]).collect();
    let names = organisations::names(connection, ids).await?;
    let name = |id| names.get(&id).cloned().unwrap_or_default();
    Ok(rows
        .into_iter()
        .map(|row| Accession {
            id: AccessionId::from_uuid(row.id),
            body: OrganisationId::from_uuid(row.body_id),
            body_name: name(row.body_id),
            organisation: OrganisationId::from_uuid(row.organisation_id),
            organisation_name: name(row.organisation_id),
            draft: AccessionDraft {
                deliberated_on: row.deliberated_on,
                number: row.number,
                convention_on: row.convention_on,
                transmitted_on: row.transmitted_on,
            },
            accepted_on: row.accepted_on,
            ended_on: row.ended_on,
            version: row.version,
        })
        .collect())
}

/// One update of the row that was read, and of no other version of it.
async fn change(
    tx: &Tx,
    accession: &Accession,
    columns: impl FnOnce(UpdateMany<accession::Entity>) -> UpdateMany<accession::Entity>,
) -> Result<Change, Error> {
    let done = columns(accession::Entity::update_many())
        .col_expr(accession::Column::Version, Expr::value(accession.version + 1))
        .filter(accession::Column::Id.eq(accession.id.as_uuid()))
        .filter(accession::Column::Version.eq(accession.version))
        .exec(tx.raw())
        .await?;
    if done.rows_affected == 1 { Ok(Change::written()) } else { Err(Error::Stale) }
}
