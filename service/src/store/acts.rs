//! Acts of the organs: opinions, decisions, deliberations, each with its date and number.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    authz::{Action, Authorised},
    kernel::ids::{FileId, TenderId},
    tender::{ActKind, ActResult, FileVersion, Organ, Tender},
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
    pub kind: ActKind,
    pub organ: Option<Organ>,
    pub decided_on: Option<NaiveDate>,
    pub number: Option<String>,
    pub result: Option<ActResult>,
    pub text: Option<String>,
    pub file: Option<FileId>,
    /// The state of the file that it is about, where that matters.
    pub on: Option<FileVersion>,
    pub created_at: DateTime<Utc>,
}

impl Act {
    /// An act of this kind, made now and without more.
    pub fn new(kind: ActKind) -> Self {
        Self {
            kind,
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
        kind: Set(new.kind.code().to_owned()),
        organ: Set(new.organ.map(|organ| organ.code().to_owned())),
        decided_on: Set(new.decided_on),
        number: Set(new.number.clone()),
        result: Set(new.result.as_ref().map(ActResult::code)),
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
    rows.into_iter().map(as_act).collect()
}

/// The same inside a write.
pub async fn in_write(tx: &Tx, tender: TenderId) -> Result<Vec<Act>, Error> {
    let rows = act::Entity::find()
        .filter(act::Column::TenderId.eq(tender.as_uuid()))
        .order_by_asc(act::Column::CreatedAt)
        .order_by_asc(act::Column::Id)
        .all(tx.raw())
        .await?;
    rows.into_iter().map(as_act).collect()
}

fn as_act(row: act::Model) -> Result<Act, Error> {
    let corrupt = |what: &str| Error::Corrupt(format!("act {}: {what}", row.id));
    Ok(Act {
        kind: ActKind::from_code(&row.kind).ok_or_else(|| corrupt("kind"))?,
        organ: read(row.organ.as_deref(), Organ::from_code).ok_or_else(|| corrupt("organ"))?,
        result: read(row.result.as_deref(), ActResult::from_code).ok_or_else(|| corrupt("result"))?,
        decided_on: row.decided_on,
        number: row.number,
        text: row.text,
        file: row.file_id.map(FileId::from_uuid),
        on: row.tender_version.zip(row.answers_version).map(|(tender, answers)| FileVersion { tender, answers }),
        created_at: row.created_at,
    })
}

/// None: the row holds a code that nothing reads.
#[expect(clippy::option_option, reason = "no code is not a broken one")]
fn read<T>(code: Option<&str>, from_code: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    code.map_or(Some(None), |code| from_code(code).map(Some))
}
