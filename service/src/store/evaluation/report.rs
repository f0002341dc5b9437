use chrono::{DateTime, Utc};
use domain::{
    authz::{Authorised, CloseEvaluation},
    evaluation::Examination,
    kernel::ids::{FileId, TenderId},
};
use entity::report;
use sea_orm::{ActiveValue::Set, EntityTrait};

use crate::{
    Error, Services,
    store::{Change, Tx},
};

/// A closed evaluation: its ranking stands, its report is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    pub examination: Examination,
    pub file: FileId,
    pub at: DateTime<Utc>,
}

pub async fn insert_report(
    tx: &Tx,
    permitted: &Authorised<CloseEvaluation>,
    examination: &Examination,
    file: FileId,
) -> Result<Change, Error> {
    report::Entity::insert(report::ActiveModel {
        tender_id: Set(permitted.subject().id.as_uuid()),
        file_id: Set(file.as_uuid()),
        ranking: Set(serde_json::to_value(examination).map_err(|error| Error::Corrupt(error.to_string()))?),
        created_by: Set(Some(permitted.actor().person().as_uuid())),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(Change::written())
}

/// The report of a tender that the caller has already found in their scope; none before the evaluation is closed.
pub async fn find_report(services: &Services, tender: TenderId) -> Result<Option<Closed>, Error> {
    let row = report::Entity::find_by_id(tender.as_uuid()).one(services.store().reader()).await?;
    row.map(|row| {
        Ok(Closed {
            examination: serde_json::from_value(row.ranking)
                .map_err(|error| Error::Corrupt(format!("report of {tender}: {error}")))?,
            file: FileId::from_uuid(row.file_id),
            at: row.created_at,
        })
    })
    .transpose()
}
