//! Tenders and their participants.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    authz::{Action, AdoptConditions, Authorised, PlanTender, Reach, Scope},
    kernel::{
        Money, Percent,
        ids::{FileId, OrganisationId, TenderId},
        reference::TenderRef,
    },
    share::{Fixed, Key, Rule},
    tender::{Adhesion, Answer, Channel, Notice, Participant, Plan, Stage, StageClock, Tender, Vehicle},
};
use entity::{organisation, participant, tender};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait as _, Query},
};

use crate::{
    Error, Services,
    store::{Change, Tx, search_key},
};

/// A tender with the names and dates that pages show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenderView {
    pub tender: Tender,
    pub pilot: String,
    pub created_at: DateTime<Utc>,
    pub stage_since: DateTime<Utc>,
}

/// The row, locked, in the actor's scope, or *not found*.
pub async fn lock(tx: &Tx, scope: Scope, reference: TenderRef) -> Result<Tender, Error> {
    let select = visible(scope, tender::Entity::find()).filter(tender::Column::Reference.eq(reference.to_string()));
    let row = tx.locked(select).one(tx.raw()).await?.ok_or(Error::NotFound)?;
    one(tx.raw(), row).await
}

pub async fn find(services: &Services, scope: Scope, reference: TenderRef) -> Result<TenderView, Error> {
    let reader = services.store().reader();
    let row = readable(scope, tender::Entity::find())
        .filter(tender::Column::Reference.eq(reference.to_string()))
        .one(reader)
        .await?
        .ok_or(Error::NotFound)?;
    views(reader, vec![row]).await?.pop().ok_or(Error::NotFound)
}

/// What a list asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    pub text: String,
    /// Only where this organisation is the pilot or takes part.
    pub own: Option<OrganisationId>,
    pub stages: Vec<Stage>,
    /// Only where the questions, the deposit or the waiting time end between these moments.
    pub ends: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// From 0.
    pub page: u64,
    pub per_page: u64,
}

/// How many are put together at once: a database takes so many values in one question and no more.
const AT_ONCE: usize = 1_000;

/// The newest first, and how many there are.
pub async fn list(services: &Services, scope: Scope, filter: &Filter) -> Result<(Vec<TenderView>, u64), Error> {
    let reader = services.store().reader();
    let select = filtered(scope, filter);
    let count = select.clone().count(reader).await?;
    let rows = select
        .offset(filter.page.saturating_mul(filter.per_page))
        .limit(Ord::max(filter.per_page, 1))
        .all(reader)
        .await?;
    Ok((views(reader, rows).await?, count))
}

/// All of them, the newest first, whatever page the filter asks for: those of one moment.
pub async fn every(services: &Services, scope: Scope, filter: &Filter) -> Result<Vec<TenderView>, Error> {
    let reader = services.store().reader();
    let mut rows = filtered(scope, filter).all(reader).await?;
    let mut found = Vec::with_capacity(rows.len());
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(AT_ONCE));
        found.extend(views(reader, rows).await?);
        rows = rest;
    }
    Ok(found)
}

fn filtered(scope: Scope, filter: &Filter) -> Select<tender::Entity> {
    let mut select = readable(scope, tender::Entity::find()).order_by_desc(tender::Column::Reference);
    let key = search_key(filter.text.trim());
    if !key.is_empty() {
        select = select.filter(
            Condition::any()
                .add(tender::Column::SearchKey.contains(&key))
                .add(tender::Column::Reference.contains(filter.text.trim())),
        );
    }
    if let Some(own) = filter.own {
        select = select.filter(takes_part(own));
    }
    if !filter.stages.is_empty() {
        select = select.filter(tender::Column::Stage.is_in(filter.stages.iter().map(|stage| stage.code())));
    }
    if let Some((from, until)) = filter.ends {
        let ends = [tender::Column::QuestionsUntil, tender::Column::DepositUntil, tender::Column::StandstillUntil];
        select = select.filter(ends.into_iter().fold(Condition::any(), |any, end| any.add(end.between(from, until))));
    }
    select
}

/// A new tender of the permitted authority; it takes part itself, invited like the others until its council decides.
pub async fn insert(
    tx: &Tx,
    permitted: &Authorised<PlanTender>,
    reference: TenderRef,
    plan: &Plan,
    own_need: Money,
    quantity: &str,
) -> Result<(TenderId, Change), Error> {
    let id = tx.next_id();
    let pilot = permitted.subject().id.as_uuid();
    tender::Entity::insert(tender::ActiveModel {
        id: Set(id),
        reference: Set(reference.to_string()),
        pilot_id: Set(pilot),
        object: Set(plan.object.clone()),
        description: Set(plan.description.clone()),
        search_key: Set(search_key(&plan.object)),
        cpv: Set(plan.cpv.clone()),
        nature: Set(plan.nature.word().to_owned()),
        vehicle: Set(plan.vehicle.code().to_owned()),
        procedure: Set(plan.procedure.code().to_owned()),
        channel: Set(plan.channel.code().to_owned()),
        procedure_reason: Set(plan.procedure_reason.clone()),
        lots_reason: Set(plan.lots_reason.clone()),
        estimate_cents: Set(plan.estimate.cents()),
        share_key: Set("population".to_owned()),
        share_fixed: Set(None),
        share_min_cents: Set(None),
        share_max_cents: Set(None),
        stage: Set(Stage::Needs.code().to_owned()),
        stage_before_exit: Set(None),
        published: Set(false),
        published_at: Set(None),
        questions_until: Set(None),
        deposit_until: Set(None),
        standstill_until: Set(None),
        notice_number: Set(None),
        notice_sent_on: Set(None),
        created_by: Set(Some(permitted.actor().person().as_uuid())),
        version: Set(1),
        created_at: Set(tx.now()),
        stage_since: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    insert_participant(tx, id, pilot, own_need, quantity).await?;
    Ok((TenderId::from_uuid(id), Change::written()))
}

pub async fn update_plan<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    plan: &Plan,
) -> Result<Change, Error> {
    change(tx, permitted.subject(), |update| {
        update
            .col_expr(tender::Column::Object, Expr::value(plan.object.clone()))
            .col_expr(tender::Column::Description, Expr::value(plan.description.clone()))
            .col_expr(tender::Column::SearchKey, Expr::value(search_key(&plan.object)))
            .col_expr(tender::Column::Cpv, Expr::value(plan.cpv.clone()))
            .col_expr(tender::Column::Nature, Expr::value(plan.nature.word()))
            .col_expr(tender::Column::Vehicle, Expr::value(plan.vehicle.code()))
            .col_expr(tender::Column::Procedure, Expr::value(plan.procedure.code()))
            .col_expr(tender::Column::Channel, Expr::value(plan.channel.code()))
            .col_expr(tender::Column::ProcedureReason, Expr::value(plan.procedure_reason.clone()))
            .col_expr(tender::Column::LotsReason, Expr::value(plan.lots_reason.clone()))
            .col_expr(tender::Column::EstimateCents, Expr::value(plan.estimate.cents()))
    })
    .await
}

pub async fn update_rule<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    rule: &Rule,
) -> Result<Change, Error> {
    let (key, fixed) = written_rule(rule);
    change(tx, permitted.subject(), |update| {
        update
            .col_expr(tender::Column::ShareKey, Expr::value(key))
            .col_expr(tender::Column::ShareFixed, Expr::value(fixed))
            .col_expr(tender::Column::ShareMinCents, Expr::value(rule.min.map(Money::cents)))
            .col_expr(tender::Column::ShareMaxCents, Expr::value(rule.max.map(Money::cents)))
    })
    .await
}

/// Moves the tender to a stage that is stored: the clock makes the others.
pub async fn move_to<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    stage: Stage,
) -> Result<Change, Error> {
    if stage.is_made_by_time() {
        return Err(Error::Corrupt(format!("{stage:?} is made by the clock")));
    }
    let before = permitted.subject().stage;
    change(tx, permitted.subject(), |update| {
        let update = update
            .col_expr(tender::Column::Stage, Expr::value(stage.code()))
            .col_expr(tender::Column::StageSince, Expr::value(tx.now()));
        if stage > Stage::Closed {
            update.col_expr(tender::Column::StageBeforeExit, Expr::value(Some(before.code())))
        } else {
            update
        }
    })
    .await
}

/// The tenderers are told: the waiting time runs from now on, where there is one.
pub async fn inform<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    stage: Stage,
    standstill_until: Option<DateTime<Utc>>,
) -> Result<Change, Error> {
    change(tx, permitted.subject(), |update| {
        update
            .col_expr(tender::Column::Stage, Expr::value(stage.code()))
            .col_expr(tender::Column::StageSince, Expr::value(tx.now()))
            .col_expr(tender::Column::StandstillUntil, Expr::value(standstill_until))
    })
    .await
}

/// What the call makes known: its dates, and the notice of the federal platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallDates {
    pub questions_until: DateTime<Utc>,
    pub deposit_until: DateTime<Utc>,
    pub notice: Option<Notice>,
}

/// The call is out: its stage, its dates and its public face change together.
pub async fn publish<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    stage: Stage,
    dates: &CallDates,
) -> Result<Change, Error> {
    change(tx, permitted.subject(), |update| {
        update
            .col_expr(tender::Column::Stage, Expr::value(stage.code()))
            .col_expr(tender::Column::StageSince, Expr::value(tx.now()))
            .col_expr(tender::Column::Published, Expr::value(true))
            .col_expr(tender::Column::PublishedAt, Expr::value(Some(tx.now())))
            .col_expr(tender::Column::QuestionsUntil, Expr::value(Some(dates.questions_until)))
            .col_expr(tender::Column::DepositUntil, Expr::value(Some(dates.deposit_until)))
            .col_expr(
                tender::Column::NoticeNumber,
                Expr::value(dates.notice.as_ref().map(|notice| notice.number.clone())),
            )
            .col_expr(tender::Column::NoticeSentOn, Expr::value(dates.notice.as_ref().map(|notice| notice.sent_on)))
    })
    .await
}

/// Invites an authority to take part, with the need that it announced.
pub async fn invite<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    organisation: OrganisationId,
    need: Money,
    quantity: &str,
) -> Result<Change, Error> {
    insert_participant(tx, permitted.subject().id.as_uuid(), organisation.as_uuid(), need, quantity).await?;
    touch(tx, permitted.subject()).await
}

/// Takes the invitation of an authority that has not answered back: the file is no longer shown to it.
pub async fn withdraw_invitation<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    organisation: OrganisationId,
) -> Result<Change, Error> {
    let done = participant::Entity::delete_many()
        .filter(participant::Column::TenderId.eq(permitted.subject().id.as_uuid()))
        .filter(participant::Column::OrganisationId.eq(organisation.as_uuid()))
        .filter(participant::Column::Status.eq(Adhesion::Invited.code()))
        .exec(tx.raw())
        .await?;
    if done.rows_affected == 1 { touch(tx, permitted.subject()).await } else { Err(Error::Stale) }
}

/// Invites who announced the need, in the write that makes the tender.
pub(crate) async fn invite_announced(
    tx: &Tx,
    tender: TenderId,
    organisation: OrganisationId,
    need: Money,
    quantity: &str,
) -> Result<Change, Error> {
    insert_participant(tx, tender.as_uuid(), organisation.as_uuid(), need, quantity).await?;
    Ok(Change::written())
}

/// The answer of the actor's own authority; another one's is out of reach.
pub async fn answer<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    adhesion: Adhesion,
    need: Money,
    answer: &Answer,
) -> Result<Change, Error> {
    let own = permitted.actor().organisation();
    write_answer(tx, permitted.subject(), own, adhesion, need, answer).await?;
    touch(tx, permitted.subject()).await
}

/// The pilot that buys for itself decided: its need stays what it is.
pub async fn decide_alone(
    tx: &Tx,
    permitted: &Authorised<AdoptConditions>,
    decision: &Answer,
) -> Result<Change, Error> {
    let tender = permitted.subject();
    let own = tender.participant(tender.pilot).ok_or(Error::NotFound)?;
    write_answer(tx, tender, tender.pilot, Adhesion::Adhered, own.estimate, decision).await?;
    Ok(Change::written())
}

async fn write_answer(
    tx: &Tx,
    tender: &Tender,
    organisation: OrganisationId,
    adhesion: Adhesion,
    need: Money,
    answer: &Answer,
) -> Result<(), Error> {
    let done = participant::Entity::update_many()
        .col_expr(participant::Column::Status, Expr::value(adhesion.code()))
        .col_expr(participant::Column::EstimateCents, Expr::value(need.cents()))
        .col_expr(participant::Column::DeliberatedOn, Expr::value(Some(answer.deliberated_on)))
        .col_expr(participant::Column::DeliberationNumber, Expr::value(Some(answer.number.clone())))
        .col_expr(participant::Column::DeliberationFileId, Expr::value(answer.file.map(FileId::as_uuid)))
        .col_expr(participant::Column::MandateSignedOn, Expr::value(answer.mandate_signed_on))
        .col_expr(participant::Column::BudgetArticle, Expr::value(answer.budget_article.clone()))
        .col_expr(participant::Column::Remark, Expr::value(answer.remark.clone()))
        .col_expr(participant::Column::Version, Expr::col(participant::Column::Version).add(1))
        .filter(participant::Column::TenderId.eq(tender.id.as_uuid()))
        .filter(participant::Column::OrganisationId.eq(organisation.as_uuid()))
        .exec(tx.raw())
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

async fn insert_participant(
    tx: &Tx,
    tender: uuid::Uuid,
    organisation: uuid::Uuid,
    need: Money,
    quantity: &str,
) -> Result<(), Error> {
    participant::Entity::insert(participant::ActiveModel {
        tender_id: Set(tender),
        organisation_id: Set(organisation),
        status: Set(Adhesion::Invited.code().to_owned()),
        estimate_cents: Set(need.cents()),
        quantity: Set(quantity.to_owned()),
        deliberated_on: Set(None),
        deliberation_number: Set(None),
        deliberation_file_id: Set(None),
        mandate_signed_on: Set(None),
        mandate_scope: Set(None),
        budget_article: Set(None),
        remark: Set(None),
        version: Set(1),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(())
}

/// The participants are part of the file: when one of them changes, the file has another version.
async fn touch(tx: &Tx, tender: &Tender) -> Result<Change, Error> {
    change(tx, tender, |update| update).await
}

/// One update of the row that was read, and of no other version of it.
async fn change(
    tx: &Tx,
    tender: &Tender,
    columns: impl FnOnce(sea_orm::UpdateMany<tender::Entity>) -> sea_orm::UpdateMany<tender::Entity>,
) -> Result<Change, Error> {
    let done = columns(tender::Entity::update_many())
        .col_expr(tender::Column::Version, Expr::value(tender.version + 1))
        .filter(tender::Column::Id.eq(tender.id.as_uuid()))
        .filter(tender::Column::Version.eq(tender.version))
        .exec(tx.raw())
        .await?;
    if done.rows_affected == 1 { Ok(Change::written()) } else { Err(Error::Stale) }
}

/// Which files a scope may read: a firm reads calls, on their public pages, and no file.
fn readable(scope: Scope, select: Select<tender::Entity>) -> Select<tender::Entity> {
    match scope.reach() {
        Reach::Firm(_) => select.filter(tender::Column::Id.is_null()),
        Reach::Everything | Reach::Published | Reach::Authority(_) => visible(scope, select),
    }
}

/// Which tenders a scope may act on, if the policy permits: a firm asks its question on a published call.
fn visible(scope: Scope, select: Select<tender::Entity>) -> Select<tender::Entity> {
    match scope.reach() {
        Reach::Everything => select,
        Reach::Published | Reach::Firm(_) => select.filter(tender::Column::Published.eq(true)),
        Reach::Authority(organisation) => select.filter(takes_part(organisation)),
    }
}

fn takes_part(organisation: OrganisationId) -> Condition {
    let own = Query::select()
        .column(participant::Column::TenderId)
        .from(participant::Entity)
        .and_where(participant::Column::OrganisationId.eq(organisation.as_uuid()))
        .to_owned();
    Condition::any().add(tender::Column::PilotId.eq(organisation.as_uuid())).add(tender::Column::Id.in_subquery(own))
}

async fn one<C: ConnectionTrait>(connection: &C, row: tender::Model) -> Result<Tender, Error> {
    views(connection, vec![row]).await?.pop().map(|view| view.tender).ok_or(Error::NotFound)
}

async fn views<C: ConnectionTrait>(connection: &C, rows: Vec<tender::Model>) -> Result<Vec<TenderView>, Error> {
    let participants = participant::Entity::find()
        .filter(participant::Column::TenderId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(participant::Column::CreatedAt)
        .order_by_asc(participant::Column::OrganisationId)
        .all(connection)
        .await?;
    let ids = rows.iter().map(|row| row.pilot_id).chain(participants.iter().map(|row| row.organisation_id));
    let organisations: BTreeMap<_, _> = organisation::Entity::find()
        .filter(organisation::Column::Id.is_in(ids))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    rows.into_iter()
        .map(|row| {
            let mut own = participants
                .iter()
                .filter(|participant| participant.tender_id == row.id)
                .map(|participant| as_participant(participant, organisations.get(&participant.organisation_id)))
                .collect::<Result<Vec<_>, _>>()?;
            // The pilot first, the others by name: the same order on every page and in every document.
            own.sort_by_key(|participant| {
                (participant.organisation.as_uuid() != row.pilot_id, search_key(&participant.name))
            });
            Ok(TenderView {
                pilot: organisations.get(&row.pilot_id).map(|pilot| pilot.name.clone()).unwrap_or_default(),
                created_at: row.created_at,
                stage_since: row.stage_since,
                tender: as_tender(row, own)?,
            })
        })
        .collect()
}

fn as_tender(row: tender::Model, participants: Vec<Participant>) -> Result<Tender, Error> {
    let corrupt = |what: &str| Error::Corrupt(format!("tender {}: {what}", row.reference));
    Ok(Tender {
        id: TenderId::from_uuid(row.id),
        reference: row.reference.parse().map_err(|_| corrupt("reference"))?,
        pilot: OrganisationId::from_uuid(row.pilot_id),
        rule: read_rule(&row).ok_or_else(|| corrupt("share"))?,
        stage: Stage::from_code(&row.stage).ok_or_else(|| corrupt("stage"))?,
        stopped_at: row.stage_before_exit.as_deref().and_then(Stage::from_code),
        clock: StageClock {
            questions_until: row.questions_until,
            deposit_until: row.deposit_until,
            standstill_until: row.standstill_until,
        },
        published_at: row.published_at,
        notice: row.notice_number.clone().zip(row.notice_sent_on).map(|(number, sent_on)| Notice { number, sent_on }),
        plan: Plan {
            nature: row.nature.parse().map_err(|_| corrupt("nature"))?,
            vehicle: Vehicle::from_code(&row.vehicle).ok_or_else(|| corrupt("vehicle"))?,
            procedure: row.procedure.parse().map_err(|_| corrupt("procedure"))?,
            channel: Channel::from_code(&row.channel).ok_or_else(|| corrupt("channel"))?,
            object: row.object,
            description: row.description,
            cpv: row.cpv,
            procedure_reason: row.procedure_reason,
            lots_reason: row.lots_reason,
            estimate: Money::from_cents(row.estimate_cents),
        },
        participants,
        version: row.version,
    })
}

fn as_participant(row: &participant::Model, organisation: Option<&organisation::Model>) -> Result<Participant, Error> {
    let answer =
        row.deliberated_on.zip(row.deliberation_number.clone()).map(|(deliberated_on, number): (NaiveDate, String)| {
            Answer {
                deliberated_on,
                number,
                file: row.deliberation_file_id.map(FileId::from_uuid),
                mandate_signed_on: row.mandate_signed_on,
                budget_article: row.budget_article.clone(),
                remark: row.remark.clone(),
            }
        });
    Ok(Participant {
        organisation: OrganisationId::from_uuid(row.organisation_id),
        name: organisation.map(|found| found.name.clone()).unwrap_or_default(),
        nis: organisation.and_then(|found| found.nis.clone()),
        population: organisation.and_then(|found| found.population),
        adhesion: Adhesion::from_code(&row.status).ok_or_else(|| Error::Corrupt(row.status.clone()))?,
        estimate: Money::from_cents(row.estimate_cents),
        quantity: row.quantity.clone(),
        answer,
        version: row.version,
    })
}

/// `equal` or `population`, and `percent:20` or `amount:250.00`.
fn written_rule(rule: &Rule) -> (&'static str, Option<String>) {
    let fixed = match rule.fixed {
        Fixed::None => None,
        Fixed::Percent(percent) => Some(format!("percent:{}", percent.to_iso())),
        Fixed::Amount(amount) => Some(format!("amount:{}", amount.to_iso())),
    };
    (key_code(rule), fixed)
}

/// `equal` or `population`.
pub(crate) fn key_code(rule: &Rule) -> &'static str {
    match rule.key {
        Key::Equal => "equal",
        Key::Population => "population",
    }
}

fn read_rule(row: &tender::Model) -> Option<Rule> {
    let key = match row.share_key.as_str() {
        "equal" => Key::Equal,
        "population" => Key::Population,
        _ => return None,
    };
    let fixed = match row.share_fixed.as_deref().map(|fixed| fixed.split_once(':')) {
        None => Fixed::None,
        Some(Some(("percent", text))) => Fixed::Percent(Percent::parse_iso(text).ok()?),
        Some(Some(("amount", text))) => Fixed::Amount(Money::parse_iso(text).ok()?),
        Some(_) => return None,
    };
    let bound = |cents: Option<i64>| cents.map(Money::from_cents);
    Some(Rule { key, fixed, min: bound(row.share_min_cents), max: bound(row.share_max_cents) })
}
