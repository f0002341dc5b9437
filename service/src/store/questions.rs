//! Questions about a call, and their answers. What is read never names who asked.

use chrono::{DateTime, Utc};
use domain::{
    authz::{AnswerQuestion, AskQuestion, Authorised},
    kernel::ids::{QuestionId, TenderId},
};
use entity::question;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, sea_query::Expr};

use crate::{
    Error, Services,
    store::{Change, Tx},
};

/// One question as everybody may read it: it holds no name, so that no page can show one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub id: QuestionId,
    /// From 1 in each call.
    pub number: i32,
    /// The article of the specification that it is about.
    pub article: Option<String>,
    pub text: String,
    pub asked_at: DateTime<Utc>,
    pub answer: Option<Answer>,
    pub version: i32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub text: String,
    pub at: DateTime<Utc>,
}

/// Adds a question in the name of the actor's firm; the caller holds the row of the tender, so numbers have no gap.
pub async fn insert(
    tx: &Tx,
    permitted: &Authorised<AskQuestion>,
    article: Option<&str>,
    text: &str,
) -> Result<(QuestionId, i32, Change), Error> {
    let tender = permitted.subject().id.as_uuid();
    let count = question::Entity::find().filter(question::Column::TenderId.eq(tender)).count(tx.raw()).await?;
    let number = i32::try_from(count).map_err(|error| Error::Corrupt(error.to_string()))? + 1;
    let id = tx.next_id();
    question::Entity::insert(question::ActiveModel {
        id: Set(id),
        tender_id: Set(tender),
        number: Set(number),
        organisation_id: Set(permitted.actor().organisation().as_uuid()),
        article: Set(article.map(str::to_owned)),
        text: Set(text.to_owned()),
        answer: Set(None),
        answered_at: Set(None),
        version: Set(1),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok((QuestionId::from_uuid(id), number, Change::written()))
}

/// Has this firm asked the very same already: a double click, a page sent twice?
pub async fn was_asked(tx: &Tx, permitted: &Authorised<AskQuestion>, text: &str) -> Result<bool, Error> {
    let same = question::Entity::find()
        .filter(question::Column::TenderId.eq(permitted.subject().id.as_uuid()))
        .filter(question::Column::OrganisationId.eq(permitted.actor().organisation().as_uuid()))
        .filter(question::Column::Text.eq(text));
    Ok(same.count(tx.raw()).await? > 0)
}

/// Answers `version` of a question of the permitted tender, or corrects its answer.
pub async fn answer(
    tx: &Tx,
    permitted: &Authorised<AnswerQuestion>,
    id: QuestionId,
    version: i32,
    text: &str,
) -> Result<Change, Error> {
    let done = question::Entity::update_many()
        .col_expr(question::Column::Answer, Expr::value(Some(text.to_owned())))
        .col_expr(question::Column::AnsweredAt, Expr::value(Some(tx.now())))
        .col_expr(question::Column::Version, Expr::value(version + 1))
        .filter(question::Column::Id.eq(id.as_uuid()))
        .filter(question::Column::TenderId.eq(permitted.subject().id.as_uuid()))
        .filter(question::Column::Version.eq(version))
        .exec(tx.raw())
        .await?;
    if done.rows_affected == 1 { Ok(Change::written()) } else { Err(Error::Stale) }
}

/// The question, inside the write that answers it.
pub async fn lock(tx: &Tx, tender: TenderId, id: QuestionId) -> Result<Question, Error> {
    let select = question::Entity::find_by_id(id.as_uuid()).filter(question::Column::TenderId.eq(tender.as_uuid()));
    tx.locked(select).one(tx.raw()).await?.map(as_question).ok_or(Error::NotFound)
}

/// Every question about a call that the caller has already found, in the order in which they came.
pub async fn of_tender(services: &Services, tender: TenderId) -> Result<Vec<Question>, Error> {
    let rows = question::Entity::find()
        .filter(question::Column::TenderId.eq(tender.as_uuid()))
        .order_by_asc(question::Column::Number)
        .all(services.store().reader())
        .await?;
    Ok(rows.into_iter().map(as_question).collect())
}

fn as_question(row: question::Model) -> Question {
    Question {
        id: QuestionId::from_uuid(row.id),
        number: row.number,
        article: row.article,
        text: row.text,
        asked_at: row.created_at,
        answer: row.answer.zip(row.answered_at).map(|(text, at)| Answer { text, at }),
        version: row.version,
    }
}
