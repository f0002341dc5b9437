use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    authz::{AnswerFailure, Authorised, Scope},
    kernel::{
        ids::{ContractId, FileId},
        reference::TenderRef,
    },
    tender::ActKind,
};
use entity::{act, contract, failure_answer, tender};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Query};

use crate::{
    Error, Services,
    store::{Change, Tx, contracts},
};

/// What the firm answered to a report of failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub text: String,
    pub at: DateTime<Utc>,
}

/// Keeps the answer to the report of this file.
pub async fn answer(
    tx: &Tx,
    permitted: &Authorised<AnswerFailure>,
    report: FileId,
    text: &str,
) -> Result<Change, Error> {
    failure_answer::Entity::insert(failure_answer::ActiveModel {
        report_id: Set(report.as_uuid()),
        contract_id: Set(permitted.subject().id.as_uuid()),
        text: Set(text.to_owned()),
        created_by: Set(permitted.actor().person().as_uuid()),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(Change::written())
}

/// Reference and object of each contract of this scope on which a report of failure has no answer.
pub async fn unanswered(services: &Services, scope: Scope) -> Result<Vec<(TenderRef, String)>, Error> {
    let reader = services.store().reader();
    let answered = Query::select().column(failure_answer::Column::ReportId).from(failure_answer::Entity).to_owned();
    let reported = Query::select()
        .column(act::Column::TenderId)
        .from(act::Entity)
        .and_where(act::Column::Kind.eq(ActKind::FailureReport.code()))
        .and_where(act::Column::FileId.not_in_subquery(answered))
        .to_owned();
    let contracts =
        contracts::visible(scope).filter(contract::Column::TenderId.in_subquery(reported)).all(reader).await?;
    let tenders = tender::Entity::find()
        .filter(tender::Column::Id.is_in(contracts.iter().map(|contract| contract.tender_id)))
        .all(reader)
        .await?;
    tenders
        .into_iter()
        .map(|tender| {
            let reference = tender.reference.parse().map_err(|_| Error::Corrupt(format!("tender {}", tender.id)))?;
            Ok((reference, tender.object))
        })
        .collect()
}

/// By the file of the report, of a contract that the caller has found in their scope.
pub async fn answers(services: &Services, contract: ContractId) -> Result<BTreeMap<FileId, Answer>, Error> {
    all(services.store().reader(), contract).await
}

/// The same inside a write.
pub async fn answers_in_write(tx: &Tx, contract: ContractId) -> Result<BTreeMap<FileId, Answer>, Error> {
    all(tx.raw(), contract).await
}

async fn all<C: ConnectionTrait>(connection: &C, contract: ContractId) -> Result<BTreeMap<FileId, Answer>, Error> {
    let rows = failure_answer::Entity::find()
        .filter(failure_answer::Column::ContractId.eq(contract.as_uuid()))
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (FileId::from_uuid(row.report_id), Answer { text: row.text, at: row.created_at }))
        .collect())
}
