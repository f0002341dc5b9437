//! Who was present when the offers of a tender were opened.

use chrono::{DateTime, Utc};
use domain::{
    authz::{Authorised, OpenOffers},
    kernel::ids::{FileId, OrganisationId, PersonId, TenderId},
    offer::Attendant,
};
use entity::opening;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use crate::{
    Error, Services,
    store::{Change, Tx},
};

/// An opening, under way or done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    pub first: Attendant,
    pub first_at: DateTime<Utc>,
    pub second: Option<Attendant>,
    pub opened_at: Option<DateTime<Utc>>,
    pub minutes: Option<FileId>,
}

/// The opening of a tender that the caller has already found in their scope.
pub async fn find(services: &Services, tender: TenderId) -> Result<Option<Opening>, Error> {
    let row = opening::Entity::find_by_id(tender.as_uuid()).one(services.store().reader()).await?;
    Ok(row.map(as_opening))
}

/// The same inside a write; the tender's row is locked.
pub async fn in_write(tx: &Tx, tender: TenderId) -> Result<Option<Opening>, Error> {
    let row = opening::Entity::find_by_id(tender.as_uuid()).one(tx.raw()).await?;
    Ok(row.map(as_opening))
}

/// The first person is present.
pub async fn begin(tx: &Tx, permitted: &Authorised<OpenOffers>) -> Result<Change, Error> {
    opening::Entity::insert(opening::ActiveModel {
        tender_id: Set(permitted.subject().id.as_uuid()),
        first_person_id: Set(permitted.actor().person().as_uuid()),
        first_organisation_id: Set(permitted.actor().organisation().as_uuid()),
        first_at: Set(tx.now()),
        second_person_id: Set(None),
        second_organisation_id: Set(None),
        opened_at: Set(None),
        minutes_file_id: Set(None),
        version: Set(1),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(Change::written())
}

/// The first person leaves before anything is opened; somebody else may come.
pub async fn leave(tx: &Tx, permitted: &Authorised<OpenOffers>) -> Result<Change, Error> {
    let done = opening::Entity::delete_many()
        .filter(opening::Column::TenderId.eq(permitted.subject().id.as_uuid()))
        .filter(opening::Column::FirstPersonId.eq(permitted.actor().person().as_uuid()))
        .filter(opening::Column::OpenedAt.is_null())
        .exec(tx.raw())
        .await?;
    if done.rows_affected == 1 { Ok(Change::written()) } else { Err(Error::Stale) }
}

/// The actor, who comes second, opened at this instant; once.
pub async fn open(
    tx: &Tx,
    permitted: &Authorised<OpenOffers>,
    opened_at: DateTime<Utc>,
    minutes: FileId,
) -> Result<Change, Error> {
    let done = opening::Entity::update_many()
        .col_expr(opening::Column::SecondPersonId, Expr::value(Some(permitted.actor().person().as_uuid())))
        .col_expr(opening::Column::SecondOrganisationId, Expr::value(Some(permitted.actor().organisation().as_uuid())))
        .col_expr(opening::Column::OpenedAt, Expr::value(Some(opened_at)))
        .col_expr(opening::Column::MinutesFileId, Expr::value(Some(minutes.as_uuid())))
        .col_expr(opening::Column::Version, Expr::value(2))
        .filter(opening::Column::TenderId.eq(permitted.subject().id.as_uuid()))
        .filter(opening::Column::Version.eq(1))
        .exec(tx.raw())
        .await?;
    if done.rows_affected == 1 { Ok(Change::written()) } else { Err(Error::Stale) }
}

fn as_opening(row: opening::Model) -> Opening {
    let attendant = |person, organisation| Attendant {
        person: PersonId::from_uuid(person),
        organisation: OrganisationId::from_uuid(organisation),
    };
    Opening {
        first: attendant(row.first_person_id, row.first_organisation_id),
        first_at: row.first_at,
        second: row.second_person_id.zip(row.second_organisation_id).map(|(person, org)| attendant(person, org)),
        opened_at: row.opened_at,
        minutes: row.minutes_file_id.map(FileId::from_uuid),
    }
}
