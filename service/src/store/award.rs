//! The award of a tender: one row, from the proposal to the conclusion.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    authz::{Action, Authorised},
    award::{Award, Decision, Organ, SupervisionResult, Tenderer, Transmission},
    kernel::{
        Money,
        ids::{FileId, OfferId, OrganisationId, TenderId},
    },
    tender::Tender,
};
use entity::award;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, UpdateMany, sea_query::Expr};

use crate::{
    Error, Services,
    store::{Change, Tx},
};

/// The award of a tender that the caller has already found in their scope; none before its proposal.
pub async fn find(services: &Services, tender: TenderId) -> Result<Option<Award>, Error> {
    load(services.store().reader(), tender).await
}

/// The same inside a write that has locked the tender.
pub async fn in_write(tx: &Tx, tender: TenderId) -> Result<Option<Award>, Error> {
    load(tx.raw(), tender).await
}

async fn load<C: ConnectionTrait>(connection: &C, tender: TenderId) -> Result<Option<Award>, Error> {
    award::Entity::find_by_id(tender.as_uuid()).one(connection).await?.map(as_award).transpose()
}

/// What is proposed, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed<'a> {
    pub chosen: &'a Tenderer,
    pub reasons: &'a str,
    pub deviation: Option<&'a str>,
}

/// The first proposal of a tender.
pub async fn insert<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    new: &Proposed<'_>,
) -> Result<Change, Error> {
    award::Entity::insert(award::ActiveModel {
        tender_id: Set(permitted.subject().id.as_uuid()),
        offer_id: Set(new.chosen.offer.as_uuid()),
        organisation_id: Set(new.chosen.firm.as_uuid()),
        excluding_cents: Set(new.chosen.excluding.cents()),
        including_cents: Set(new.chosen.including.cents()),
        reasons: Set(new.reasons.to_owned()),
        deviation: Set(new.deviation.map(str::to_owned)),
        proposed_at: Set(tx.now()),
        decided_on: Set(None),
        organ: Set(None),
        number: Set(None),
        to_supervision: Set(false),
        decision_file_id: Set(None),
        informed_at: Set(None),
        standstill_until: Set(None),
        suspended_at: Set(None),
        supervision_sent_on: Set(None),
        supervision_received_on: Set(None),
        supervision_prolonged: Set(false),
        supervision_result: Set(None),
        concluded_on: Set(None),
        guarantee_until: Set(None),
        version: Set(1),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(Change::written())
}

/// A corrected proposal, until it is decided.
pub async fn replace<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    award: &Award,
    new: &Proposed<'_>,
) -> Result<Change, Error> {
    change(tx, permitted, award, |update| {
        update
            .col_expr(award::Column::OfferId, Expr::value(new.chosen.offer.as_uuid()))
            .col_expr(award::Column::OrganisationId, Expr::value(new.chosen.firm.as_uuid()))
            .col_expr(award::Column::ExcludingCents, Expr::value(new.chosen.excluding.cents()))
            .col_expr(award::Column::IncludingCents, Expr::value(new.chosen.including.cents()))
            .col_expr(award::Column::Reasons, Expr::value(new.reasons))
            .col_expr(award::Column::Deviation, Expr::value(new.deviation.map(str::to_owned)))
            .col_expr(award::Column::ProposedAt, Expr::value(tx.now()))
    })
    .await
}

pub async fn decide<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    award: &Award,
    decision: &Decision,
) -> Result<Change, Error> {
    change(tx, permitted, award, |update| {
        update
            .col_expr(award::Column::DecidedOn, Expr::value(Some(decision.decided_on)))
            .col_expr(award::Column::Organ, Expr::value(Some(decision.organ.code())))
            .col_expr(award::Column::Number, Expr::value(Some(decision.number.clone())))
            .col_expr(award::Column::ToSupervision, Expr::value(decision.to_supervision))
            .col_expr(award::Column::DecisionFileId, Expr::value(Some(decision.file.as_uuid())))
    })
    .await
}

/// The letters are sent now.
pub async fn inform<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    award: &Award,
    standstill_until: Option<DateTime<Utc>>,
) -> Result<Change, Error> {
    change(tx, permitted, award, |update| {
        update
            .col_expr(award::Column::InformedAt, Expr::value(Some(tx.now())))
            .col_expr(award::Column::StandstillUntil, Expr::value(standstill_until))
    })
    .await
}

/// A request for suspension is registered now, or lifted.
pub async fn suspend<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    award: &Award,
    suspended_at: Option<DateTime<Utc>>,
) -> Result<Change, Error> {
    change(tx, permitted, award, |update| update.col_expr(award::Column::SuspendedAt, Expr::value(suspended_at))).await
}

pub async fn transmit<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    award: &Award,
    transmission: &Transmission,
) -> Result<Change, Error> {
    change(tx, permitted, award, |update| {
        update
            .col_expr(award::Column::SupervisionSentOn, Expr::value(Some(transmission.sent_on)))
            .col_expr(award::Column::SupervisionReceivedOn, Expr::value(transmission.received_on))
            .col_expr(award::Column::SupervisionProlonged, Expr::value(transmission.prolonged))
            .col_expr(
                award::Column::SupervisionResult,
                Expr::value(transmission.result.map(|result| result.code().to_owned())),
            )
    })
    .await
}

pub async fn conclude<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    award: &Award,
    concluded_on: NaiveDate,
) -> Result<Change, Error> {
    change(tx, permitted, award, |update| update.col_expr(award::Column::ConcludedOn, Expr::value(Some(concluded_on))))
        .await
}

pub async fn guarantee<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    award: &Award,
    until: NaiveDate,
) -> Result<Change, Error> {
    change(tx, permitted, award, |update| update.col_expr(award::Column::GuaranteeUntil, Expr::value(Some(until))))
        .await
}

/// One update of the row that was read, and of no other version of it.
async fn change<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    award: &Award,
    columns: impl FnOnce(UpdateMany<award::Entity>) -> UpdateMany<award::Entity>,
) -> Result<Change, Error> {
    let done = columns(award::Entity::update_many())
        .col_expr(award::Column::Version, Expr::value(award.version + 1))
        .filter(award::Column::TenderId.eq(permitted.subject().id.as_uuid()))
        .filter(award::Column::Version.eq(award.version))
        .exec(tx.raw())
        .await?;
    if done.rows_affected == 1 { Ok(Change::written()) } else { Err(Error::Stale) }
}

fn as_award(row: award::Model) -> Result<Award, Error> {
    let corrupt = |what: &str| Error::Corrupt(format!("award of {}: {what}", row.tender_id));
    Ok(Award {
        offer: OfferId::from_uuid(row.offer_id),
        firm: OrganisationId::from_uuid(row.organisation_id),
        excluding: Money::from_cents(row.excluding_cents),
        including: Money::from_cents(row.including_cents),
        decision: decision(&row).map_err(corrupt)?,
        transmission: transmission(&row).map_err(corrupt)?,
        reasons: row.reasons,
        deviation: row.deviation,
        proposed_at: row.proposed_at,
        informed_at: row.informed_at,
        standstill_until: row.standstill_until,
        suspended_at: row.suspended_at,
        concluded_on: row.concluded_on,
        guarantee_until: row.guarantee_until,
        version: row.version,
    })
}

fn decision(row: &award::Model) -> Result<Option<Decision>, &'static str> {
    let Some(decided_on) = row.decided_on else { return Ok(None) };
    Ok(Some(Decision {
        organ: row.organ.as_deref().and_then(Organ::from_code).ok_or("organ")?,
        decided_on,
        number: row.number.clone().ok_or("number")?,
        to_supervision: row.to_supervision,
        file: row.decision_file_id.map(FileId::from_uuid).ok_or("decision")?,
    }))
}

fn transmission(row: &award::Model) -> Result<Option<Transmission>, &'static str> {
    let result = match row.supervision_result.as_deref() {
        None => None,
        Some(code) => Some(SupervisionResult::from_code(code).ok_or("supervision")?),
    };
    Ok(row.supervision_sent_on.map(|sent_on| Transmission {
        sent_on,
        received_on: row.supervision_received_on,
        prolonged: row.supervision_prolonged,
        result,
    }))
}
