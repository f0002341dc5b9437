//! Answers to the questions of the common model, and the editions made of them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    authz::{Action, Authorised},
    document::{ClauseRef, Document},
    kernel::ids::{FileId, TenderId},
    tender::{FileVersion, Tender},
};
use entity::{edition, specification};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    sea_query::Expr,
};

use crate::{
    Error, Services,
    store::{Change, Tx},
};

/// Raw answers by question, as they were typed.
pub type Answers = BTreeMap<String, String>;

/// The answers of one tender; version 0 before the first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    pub answers: Answers,
    pub version: i32,
}

/// One edition of the specification: a file, and the clause versions that it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    pub number: i32,
    pub file: FileId,
    pub clauses: Vec<ClauseRef>,
    pub pages: i32,
    pub created_at: DateTime<Utc>,
}

/// The answers of a tender that the caller has already found in their scope.
pub async fn find(services: &Services, tender: TenderId) -> Result<Draft, Error> {
    load(services.store().reader(), tender).await
}

/// The same inside a write.
pub async fn in_write(tx: &Tx, tender: TenderId) -> Result<Draft, Error> {
    load(tx.raw(), tender).await
}

/// The state of the whole file, held by a write that locked its tender.
pub async fn version_in_write(tx: &Tx, tender: &Tender) -> Result<FileVersion, Error> {
    Ok(FileVersion { tender: tender.version, answers: in_write(tx, tender.id).await?.version })
}

pub(super) async fn load<C: ConnectionTrait>(connection: &C, tender: TenderId) -> Result<Draft, Error> {
    let row = specification::Entity::find_by_id(tender.as_uuid()).one(connection).await?;
    row.map_or_else(
        || Ok(Draft::default()),
        |row| {
            let answers =
                serde_json::from_value(row.answers).map_err(|error| Error::Corrupt(format!("{tender}: {error}")))?;
            Ok(Draft { answers, version: row.version })
        },
    )
}

/// Keeps the answers in place of those of `version`.
pub async fn save<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    answers: &Answers,
    version: i32,
) -> Result<Change, Error> {
    let tender = permitted.subject().id.as_uuid();
    let answers = serde_json::to_value(answers).map_err(|error| Error::Corrupt(error.to_string()))?;
    if version == 0 {
        specification::Entity::insert(specification::ActiveModel {
            tender_id: Set(tender),
            answers: Set(answers),
            version: Set(1),
            updated_at: Set(tx.now()),
        })
        .exec_without_returning(tx.raw())
        .await?;
        return Ok(Change::written());
    }
    let done = specification::Entity::update_many()
        .col_expr(specification::Column::Answers, Expr::value(answers))
        .col_expr(specification::Column::Version, Expr::value(version + 1))
        .col_expr(specification::Column::UpdatedAt, Expr::value(tx.now()))
        .filter(specification::Column::TenderId.eq(tender))
        .filter(specification::Column::Version.eq(version))
        .exec(tx.raw())
        .await?;
    if done.rows_affected == 1 { Ok(Change::written()) } else { Err(Error::Stale) }
}

/// How many editions there are: the next one is this plus one.
pub async fn count_editions(services: &Services, tender: TenderId) -> Result<i32, Error> {
    let count = edition::Entity::find()
        .filter(edition::Column::TenderId.eq(tender.as_uuid()))
        .count(services.store().reader())
        .await?;
    i32::try_from(count).map_err(|error| Error::Corrupt(error.to_string()))
}

/// The editions of a tender that the caller has already found in their scope, the latest first.
pub async fn editions(services: &Services, tender: TenderId) -> Result<Vec<Edition>, Error> {
    let rows = edition::Entity::find()
        .filter(edition::Column::TenderId.eq(tender.as_uuid()))
        .order_by_desc(edition::Column::Number)
        .all(services.store().reader())
        .await?;
    rows.into_iter()
        .map(|row| {
            let clauses =
                serde_json::from_value(row.clauses).map_err(|error| Error::Corrupt(format!("{tender}: {error}")))?;
            Ok(Edition {
                number: row.number,
                file: FileId::from_uuid(row.file_id),
                clauses,
                pages: row.pages,
                created_at: row.created_at,
            })
        })
        .collect()
}

/// What an edition says, of a tender that the caller has already found in their scope.
pub async fn document(services: &Services, tender: TenderId, number: i32) -> Result<Document, Error> {
    let row = edition::Entity::find()
        .filter(edition::Column::TenderId.eq(tender.as_uuid()))
        .filter(edition::Column::Number.eq(number))
        .one(services.store().reader())
        .await?
        .ok_or(Error::NotFound)?;
    serde_json::from_value(row.document).map_err(|error| Error::Corrupt(format!("{tender}: {error}")))
}

pub async fn insert_edition<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    number: i32,
    file: FileId,
    clauses: &[ClauseRef],
    document: &Document,
    pages: i32,
) -> Result<Change, Error> {
    let json = |error: serde_json::Error| Error::Corrupt(error.to_string());
    edition::Entity::insert(edition::ActiveModel {
        id: Set(tx.next_id()),
        tender_id: Set(permitted.subject().id.as_uuid()),
        number: Set(number),
        file_id: Set(file.as_uuid()),
        clauses: Set(serde_json::to_value(clauses).map_err(json)?),
        document: Set(serde_json::to_value(document).map_err(json)?),
        pages: Set(pages),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(Change::written())
}
