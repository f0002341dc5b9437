use chrono::NaiveDate;
use domain::{
    authz::{AnswerRequest, AssessOffers, Authorised},
    evaluation::{PieceRequest, RequestKind},
    kernel::{
        ids::{OfferId, OrganisationId, RequestId, TenderId},
        reference::TenderRef,
        time::brussels,
    },
    tender::Stage,
};
use entity::{opened_offer, piece_request, tender};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, UpdateMany, sea_query::Expr};

use super::load::as_request;
use crate::{
    Error, Services,
    store::{Change, Tx},
};

/// What a firm is about to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRequest {
    pub offer: OfferId,
    pub kind: RequestKind,
    pub text: String,
    pub due_on: NaiveDate,
}

pub async fn insert_request(
    tx: &Tx,
    permitted: &Authorised<AssessOffers>,
    new: &NewRequest,
) -> Result<(RequestId, Change), Error> {
    let id = tx.next_id();
    piece_request::Entity::insert(piece_request::ActiveModel {
        id: Set(id),
        tender_id: Set(permitted.subject().id.as_uuid()),
        offer_id: Set(new.offer.as_uuid()),
        kind: Set(new.kind.code().to_owned()),
        text: Set(new.text.clone()),
        legal_ref: Set(new.kind.legal_ref().to_owned()),
        asked_at: Set(tx.now()),
        due_on: Set(new.due_on),
        answered_on: Set(None),
        answer: Set(None),
        accepted: Set(None),
        created_by: Set(Some(permitted.actor().person().as_uuid())),
        version: Set(1),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok((RequestId::from_uuid(id), Change::written()))
}

/// What this firm was asked about its own offer, the latest first; a firm without an offer finds nothing.
pub async fn requests_of_firm(
    services: &Services,
    tender: TenderId,
    firm: OrganisationId,
) -> Result<Vec<PieceRequest>, Error> {
    let reader = services.store().reader();
    let own = opened_offer::Entity::find()
        .filter(opened_offer::Column::TenderId.eq(tender.as_uuid()))
        .filter(opened_offer::Column::OrganisationId.eq(firm.as_uuid()))
        .one(reader)
        .await?;
    let own = own.ok_or(Error::NotFound)?;
    let rows = piece_request::Entity::find()
        .filter(piece_request::Column::OfferId.eq(own.id))
        .order_by_desc(piece_request::Column::AskedAt)
        .order_by_desc(piece_request::Column::Id)
        .all(reader)
        .await?;
    rows.into_iter().map(as_request).collect()
}

/// Something that a firm was asked and has not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awaited {
    pub tender: TenderRef,
    pub object: String,
    pub due_on: NaiveDate,
}

/// What this firm still owes an answer to, while its offers are examined; the first day first.
pub async fn awaited_of_firm(services: &Services, firm: OrganisationId) -> Result<Vec<Awaited>, Error> {
    let reader = services.store().reader();
    let own = opened_offer::Entity::find()
        .filter(opened_offer::Column::OrganisationId.eq(firm.as_uuid()))
        .all(reader)
        .await?;
    let open = piece_request::Entity::find()
        .filter(piece_request::Column::OfferId.is_in(own.iter().map(|offer| offer.id)))
        .filter(piece_request::Column::AnsweredOn.is_null())
        .filter(piece_request::Column::Accepted.is_null())
        .order_by_asc(piece_request::Column::DueOn)
        .all(reader)
        .await?;
    let tenders = tender::Entity::find()
        .filter(tender::Column::Id.is_in(open.iter().map(|request| request.tender_id)))
        .all(reader)
        .await?;
    let mut awaited = Vec::new();
    for request in open {
        let Some(tender) = tenders.iter().find(|tender| tender.id == request.tender_id) else { continue };
        let corrupt = || Error::Corrupt(format!("tender {}", tender.id));
        let stage = Stage::from_code(&tender.stage).ok_or_else(corrupt)?;
        if (Stage::Opened..=Stage::Evaluation).contains(&stage) {
            awaited.push(Awaited {
                tender: tender.reference.parse().map_err(|_| corrupt())?,
                object: tender.object.clone(),
                due_on: request.due_on,
            });
        }
    }
    Ok(awaited)
}

/// The firm's answer, in place of `version` of the request.
pub async fn answer_request(
    tx: &Tx,
    permitted: &Authorised<AnswerRequest>,
    request: &PieceRequest,
    version: i32,
    text: &str,
) -> Result<Change, Error> {
    let update = answered(tx, piece_request::Entity::update_many(), text);
    follow(tx, update, permitted.subject().id, request, version).await
}

/// The officer's judgment of an answer, or of its absence; an answer that came by another way is written down with it.
pub async fn judge_request(
    tx: &Tx,
    permitted: &Authorised<AssessOffers>,
    request: &PieceRequest,
    version: i32,
    accepted: bool,
    answer: Option<&str>,
) -> Result<Change, Error> {
    let mut update = piece_request::Entity::update_many()
        .col_expr(piece_request::Column::Accepted, Expr::value(Some(if accepted { "yes" } else { "no" })));
    if let Some(answer) = answer {
        update = answered(tx, update, answer);
    }
    follow(tx, update, permitted.subject().id, request, version).await
}

fn answered(tx: &Tx, update: UpdateMany<piece_request::Entity>, text: &str) -> UpdateMany<piece_request::Entity> {
    update
        .col_expr(piece_request::Column::Answer, Expr::value(Some(text.to_owned())))
        .col_expr(piece_request::Column::AnsweredOn, Expr::value(Some(brussels(tx.now()).date())))
}

/// Writes what follows this version of the request, where nobody was faster.
async fn follow(
    tx: &Tx,
    update: UpdateMany<piece_request::Entity>,
    tender: TenderId,
    request: &PieceRequest,
    version: i32,
) -> Result<Change, Error> {
    let done = update
        .col_expr(piece_request::Column::Version, Expr::value(version + 1))
        .filter(piece_request::Column::Id.eq(request.id.as_uuid()))
        .filter(piece_request::Column::TenderId.eq(tender.as_uuid()))
        .filter(piece_request::Column::Version.eq(version))
        .exec(tx.raw())
        .await?;
    if done.rows_affected == 1 { Ok(Change::written()) } else { Err(Error::Stale) }
}
