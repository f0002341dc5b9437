//! Acts of the organs: opinions, decisions, deliberations, each with its date and number.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    authz::{Action, Authorised},
    kernel::ids::{FileId, TenderId},
    tender::{FileVersion, Tender},
};
use entity::act;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    Error, Services,
    store::{Change, Tx},
};

/// One act of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// `opinion_asked`, `opinion`, `adoption`, `give_up`…
    pub kind: String,
    /// `council`, `executive`, `chief_executive`.
    pub organ: Option<String>,
    pub decided_on: Option<NaiveDate>,
    pub number: Option<String>,
    pub result: Option<String>,
    pub text: Option<String>,
    pub file: Option<FileId>,
    /// The state of the file that it is about, where that matters.
    pub on: Option<FileVersion>,
    pub created_at: DateTime<Utc>,
}

impl Act {
    /// An act of this kind, made now and without more.
    pub fn new(kind: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            organ: None,
            decided_on: None,
            number: None,
            result: None,
            text: None,
            file: None,
            on: None,
            created_at: DateTime::UNIX_EPOCH,
        }
    }
}

/// Adds an act to the permitted tender, in the name of the actor's organisation, at the instant of the write.
pub async fn insert<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    new: &Act,
) -> Result<Change, Error> {
    act::Entity::insert(act::ActiveModel {
        id: Set(tx.next_id()),
        tender_id: Set(permitted.subject().id.as_uuid()),
        organisation_id: Set(permitted.actor().organisation().as_uuid()),
        kind: Set(new.kind.clone()),
        organ: Set(new.organ.clone()),
        decided_on: Set(new.decided_on),
        number: Set(new.number.clone()),
        result: Set(new.result.clone()),
        text: Set(new.text.clone()),
        file_id: Set(new.file.map(FileId::as_uuid)),
        created_by: Set(Some(permitted.actor().person().as_uuid())),
        created_at: Set(tx.now()),
        tender_version: Set(new.on.map(|on| on.tender)),
        answers_version: Set(new.on.map(|on| on.answers)),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(Change::written())
}

/// Every act of a tender that the caller has already found in their scope, oldest first.
pub async fn of_tender(services: &Services, tender: TenderId) -> Result<Vec<Act>, Error> {
    let rows = act::Entity::find()
        .filter(act::Column::TenderId.eq(tender.as_uuid()))
        .order_by_asc(act::Column::CreatedAt)
        .order_by_asc(act::Column::Id)
        .all(services.store().reader())
        .await?;
    Ok(rows.into_iter().map(as_act).collect())
}

/// The same inside a write.
pub async fn in_write(tx: &Tx, tender: TenderId) -> Result<Vec<Act>, Error> {
    let rows = act::Entity::find()
        .filter(act::Column::TenderId.eq(tender.as_uuid()))
        .order_by_asc(act::Column::CreatedAt)
        .order_by_asc(act::Column::Id)
        .all(tx.raw())
        .await?;
    Ok(rows.into_iter().map(as_act).collect())
}

fn as_act(row: act::Model) -> Act {
    Act {
        kind: row.kind,
        organ: row.organ,
        decided_on: row.decided_on,
        number: row.number,
        result: row.result,
        text: row.text,
        file: row.file_id.map(FileId::from_uuid),
        on: row.tender_version.zip(row.answers_version).map(|(tender, answers)| FileVersion { tender, answers }),
        created_at: row.created_at,
    }
}
