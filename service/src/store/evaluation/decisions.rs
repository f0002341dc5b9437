use domain::{
    authz::{AssessOffers, Authorised},
    evaluation::{Draw, Regularity, Selection},
    kernel::ids::OfferId,
    tender::{ActKind, ActResult},
};
use entity::assessment;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};

use crate::{
    Error,
    store::{Change, Tx, acts, acts::Act},
};

pub(super) const SELECTION: &str = "selection";
pub(super) const REGULARITY: &str = "regularity";
pub(super) const SELECTED: &str = "selected";
const NOT_SELECTED: &str = "not_selected";

/// Decides on the tenderer of an offer, in place of `version` of the decision; 0 when there is none yet.
pub async fn put_selection(
    tx: &Tx,
    permitted: &Authorised<AssessOffers>,
    offer: OfferId,
    version: i32,
    selection: &Selection,
    reason: &str,
) -> Result<Change, Error> {
    let facts = serde_json::to_value(&selection.grounds).map_err(|error| Error::Corrupt(error.to_string()))?;
    let result = if selection.selected { SELECTED } else { NOT_SELECTED };
    put(tx, permitted, Row { offer, step: SELECTION, result, facts, reason, version }).await
}

/// Decides on the regularity of an offer, in place of `version` of the decision.
pub async fn put_regularity(
    tx: &Tx,
    permitted: &Authorised<AssessOffers>,
    offer: OfferId,
    version: i32,
    regularity: Regularity,
    reason: &str,
) -> Result<Change, Error> {
    let facts = json!({ "irregularity": regularity.irregularity().map(domain::evaluation::Irregularity::code) });
    put(tx, permitted, Row { offer, step: REGULARITY, result: regularity.code(), facts, reason, version }).await
}

/// Lots were drawn between tied offers: an act of the file.
pub async fn insert_draw(tx: &Tx, permitted: &Authorised<AssessOffers>, draw: &Draw) -> Result<Change, Error> {
    let on = domain::kernel::time::brussels(tx.now()).date();
    let drawn = ActResult::Drawn { winner: draw.winner, between: draw.between.clone() };
    let act =
        Act { decided_on: Some(on), result: Some(drawn), text: Some(draw.reason.clone()), ..Act::new(ActKind::Draw) };
    acts::insert(tx, permitted, &act).await
}

struct Row<'a> {
    offer: OfferId,
    step: &'static str,
    result: &'static str,
    facts: Value,
    reason: &'a str,
    version: i32,
}

async fn put(tx: &Tx, permitted: &Authorised<AssessOffers>, row: Row<'_>) -> Result<Change, Error> {
    if row.version == 0 {
        return insert(tx, permitted, row).await;
    }
    let done = assessment::Entity::update_many()
        .col_expr(assessment::Column::Result, Expr::value(row.result))
        .col_expr(assessment::Column::Facts, Expr::value(row.facts))
        .col_expr(assessment::Column::Reason, Expr::value(row.reason))
        .col_expr(assessment::Column::CreatedBy, Expr::value(Some(permitted.actor().person().as_uuid())))
        .col_expr(assessment::Column::CreatedAt, Expr::value(tx.now()))
        .col_expr(assessment::Column::Version, Expr::value(row.version + 1))
        .filter(assessment::Column::OfferId.eq(row.offer.as_uuid()))
        .filter(assessment::Column::TenderId.eq(permitted.subject().id.as_uuid()))
        .filter(assessment::Column::Step.eq(row.step))
        .filter(assessment::Column::Version.eq(row.version))
        .exec(tx.raw())
        .await?;
    if done.rows_affected == 1 { Ok(Change::written()) } else { Err(Error::Stale) }
}

async fn insert(tx: &Tx, permitted: &Authorised<AssessOffers>, row: Row<'_>) -> Result<Change, Error> {
    let there = assessment::Entity::find_by_id((row.offer.as_uuid(), row.step.to_owned())).one(tx.raw()).await?;
    if there.is_some() {
        return Err(Error::Stale);
    }
    assessment::Entity::insert(assessment::ActiveModel {
        offer_id: Set(row.offer.as_uuid()),
        step: Set(row.step.to_owned()),
        tender_id: Set(permitted.subject().id.as_uuid()),
        result: Set(row.result.to_owned()),
        facts: Set(row.facts),
        reason: Set(row.reason.to_owned()),
        created_by: Set(Some(permitted.actor().person().as_uuid())),
        version: Set(1),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(Change::written())
}
