//! Published calls, open to everybody: no scope narrows them, none widens them.

use chrono::{DateTime, Utc};
use domain::{
    authz::Scope,
    kernel::{
        ids::{FileId, OrganisationId, TenderId},
        reference::TenderRef,
    },
    procedure::Procedure,
    tender::{Channel, Stage, StageClock, Tender},
};
use entity::{cpv, edition, file, invitation, offer, organisation, participant, question, tender};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait as _, Func, Query},
};

use crate::{
    Error, Services,
    store::{cpv as codes, files::StoredFile, search_key, tenders},
};

/// Counting stops here: nobody turns forty pages, and an exact number would read every row.
pub const COUNT_MOST: u64 = 1_000;

/// What a list of calls asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// In the object or the reference.
    pub text: String,
    /// First digits of a code, or a part of its label.
    pub cpv: String,
    /// A part of the name of an authority that takes part.
    pub commune: String,
    pub state: State,
    pub sort: Sort,
    /// From 0.
    pub page: u64,
    pub per_page: u64,
}

/// Where a call stands, as a firm asks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// Offers are taken.
    #[default]
    Open,
    /// No longer, and nothing is awarded.
    Closed,
    Awarded,
    Any,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The end of the deposit: the next one first, among open calls.
    #[default]
    Deposit,
    /// The latest first.
    Publication,
    /// The highest first.
    Reference,
}

/// One line of a list of calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallRow {
    pub reference: TenderRef,
    pub object: String,
    pub pilot: String,
    /// How many authorities take part beside the pilot.
    pub others: i64,
    pub cpv: String,
    pub cpv_label: String,
    pub procedure: Procedure,
    pub channel: Channel,
    /// At the instant of the read.
    pub stage: Stage,
    pub clock: StageClock,
}

/// A page of calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub rows: Vec<CallRow>,
    /// Exact up to [`COUNT_MOST`]; one more when there are more.
    pub count: u64,
    pub has_next: bool,
}

/// One query for the rows, one for their number.
pub async fn list(services: &Services, filter: &Filter) -> Result<Found, Error> {
    let now = services.now();
    let reader = services.store().reader();
    let deposit = Expr::col((tender::Entity, tender::Column::DepositUntil));
    let count = matching(filter, now, &deposit)
        .select_only()
        .column(tender::Column::Reference)
        .limit(COUNT_MOST + 1)
        .count(reader)
        .await?;

    let order = match (filter.sort, filter.state) {
        (Sort::Deposit, State::Open) => (tender::Column::DepositUntil, Order::Asc),
        (Sort::Deposit, State::Closed | State::Awarded | State::Any) => (tender::Column::DepositUntil, Order::Desc),
        (Sort::Publication, _) => (tender::Column::PublishedAt, Order::Desc),
        (Sort::Reference, _) => (tender::Column::Reference, Order::Desc),
    };
    let tie = order.1.clone();
    let deposit = match filter.sort {
        Sort::Deposit => deposit,
        Sort::Publication | Sort::Reference => out_of_the_index(deposit),
    };
    let select = matching(filter, now, &deposit)
        .order_by(order.0, order.1)
        .order_by(tender::Column::Reference, tie)
        .offset(filter.page.saturating_mul(filter.per_page))
        .limit(filter.per_page + 1);
    let mut rows = rows(services, select).await?;
    let has_next = u64::try_from(rows.len()).is_ok_and(|found| found > filter.per_page);
    if has_next {
        rows.pop();
    }
    Ok(Found { rows, count, has_next })
}

/// Calls to which this firm is invited, about which it asked, or for which it began an offer; the next deposit first.
pub async fn of_firm(services: &Services, firm: OrganisationId) -> Result<Vec<CallRow>, Error> {
    let invited = Query::select()
        .column(invitation::Column::TenderId)
        .from(invitation::Entity)
        .and_where(invitation::Column::OrganisationId.eq(firm.as_uuid()))
        .to_owned();
    let asked = Query::select()
        .column(question::Column::TenderId)
        .from(question::Entity)
        .and_where(question::Column::OrganisationId.eq(firm.as_uuid()))
        .to_owned();
    let answered = Query::select()
        .column(offer::Column::TenderId)
        .from(offer::Entity)
        .and_where(offer::Column::OrganisationId.eq(firm.as_uuid()))
        .to_owned();
    let concerned = [invited, asked, answered]
        .into_iter()
        .fold(Condition::any(), |any, tenders| any.add(tender::Column::Id.in_subquery(tenders)));
    let select = published().filter(concerned).order_by_desc(tender::Column::DepositUntil);
    rows(services, select).await
}

/// What the public page of a call shows, its questions apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallView {
    pub tender: Tender,
    pub pilot: String,
    pub cpv_label: String,
    pub specification: Option<Specification>,
}

/// The latest edition of the specification, without its text: a page shows the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Specification {
    pub number: i32,
    pub pages: i32,
    pub file: StoredFile,
}

pub async fn find(services: &Services, reference: TenderRef) -> Result<CallView, Error> {
    let found = tenders::find(services, Scope::VISITOR, reference).await?;
    let cpv_label = codes::label(services, &found.tender.plan.cpv).await?;
    let specification = specification(services, found.tender.id).await?;
    Ok(CallView { tender: found.tender, pilot: found.pilot, cpv_label, specification })
}

#[derive(FromQueryResult)]
struct RawEdition {
    number: i32,
    pages: i32,
    file_id: uuid::Uuid,
    name: String,
    media_type: String,
    size_bytes: i64,
    sha256: String,
    created_at: DateTime<Utc>,
}

async fn specification(services: &Services, tender: TenderId) -> Result<Option<Specification>, Error> {
    let mut select = edition::Entity::find()
        .select_only()
        .columns([edition::Column::Number, edition::Column::Pages, edition::Column::FileId])
        .columns([
            file::Column::Name,
            file::Column::MediaType,
            file::Column::SizeBytes,
            file::Column::Sha256,
            file::Column::CreatedAt,
        ])
        .filter(edition::Column::TenderId.eq(tender.as_uuid()))
        .order_by_desc(edition::Column::Number)
        .limit(1);
    QueryTrait::query(&mut select).join(
        JoinType::InnerJoin,
        file::Entity,
        Expr::col((edition::Entity, edition::Column::FileId)).equals((file::Entity, file::Column::Id)),
    );
    let found: Option<RawEdition> = select.into_model().one(services.store().reader()).await?;
    Ok(found.map(|raw| Specification {
        number: raw.number,
        pages: raw.pages,
        file: StoredFile {
            id: FileId::from_uuid(raw.file_id),
            name: raw.name,
            media_type: raw.media_type,
            size_bytes: raw.size_bytes,
            sha256: raw.sha256,
            created_at: raw.created_at,
        },
    }))
}

fn published() -> Select<tender::Entity> {
    tender::Entity::find().filter(tender::Column::Published.eq(true))
}

/// The same value, which no index knows: rows are then read in their order until a page is full, instead of all rows of
/// open calls being read and sorted.
fn out_of_the_index(column: Expr) -> Expr {
    Func::coalesce([column.clone(), column]).into()
}

fn matching(filter: &Filter, now: DateTime<Utc>, deposit: &Expr) -> Select<tender::Entity> {
    let mut select = published();
    if let Some(standing) = standing(filter.state, now, deposit) {
        select = select.filter(standing);
    }
    let text = filter.text.trim();
    if !text.is_empty() {
        select = select.filter(
            Condition::any()
                .add(tender::Column::SearchKey.contains(search_key(text)))
                .add(tender::Column::Reference.contains(text.to_uppercase())),
        );
    }
    let code = filter.cpv.trim();
    if !code.is_empty() {
        select = select.filter(in_the_vocabulary(code));
    }
    let commune = search_key(filter.commune.trim());
    if !commune.is_empty() {
        select = select.filter(tender::Column::Id.in_subquery(of_a_commune(&commune)));
    }
    select
}

fn standing(state: State, now: DateTime<Utc>, deposit: &Expr) -> Option<Condition> {
    let open = Condition::all().add(tender::Column::Stage.eq(Stage::Called.code())).add(deposit.clone().gte(now));
    let late = Condition::all().add(tender::Column::Stage.eq(Stage::Called.code())).add(deposit.clone().lt(now));
    let among = |is: fn(Stage) -> bool| {
        tender::Column::Stage.is_in(Stage::ALL.into_iter().filter(|stage| is(*stage)).map(Stage::code))
    };
    match state {
        State::Open => Some(open),
        State::Closed => Some(Condition::any().add(late).add(among(is_closed))),
        State::Awarded => Some(Condition::all().add(among(is_awarded))),
        State::Any => None,
    }
}

fn is_closed(stage: Stage) -> bool {
    stage > Stage::Called && !is_awarded(stage)
}

fn is_awarded(stage: Stage) -> bool {
    (Stage::Awarded..=Stage::Closed).contains(&stage) || stage == Stage::Terminated
}

fn in_the_vocabulary(code: &str) -> Condition {
    let digits: String = code.chars().take_while(char::is_ascii_digit).take(8).collect();
    if !digits.is_empty() {
        return Condition::all().add(tender::Column::Cpv.starts_with(digits));
    }
    let labelled = Query::select()
        .column(cpv::Column::Code)
        .from(cpv::Entity)
        .and_where(cpv::Column::SearchKey.contains(search_key(code)))
        .to_owned();
    Condition::all().add(tender::Column::Cpv.in_subquery(labelled))
}

fn of_a_commune(name: &str) -> sea_orm::sea_query::SelectStatement {
    Query::select()
        .column((participant::Entity, participant::Column::TenderId))
        .from(participant::Entity)
        .join(
            JoinType::InnerJoin,
            organisation::Entity,
            Expr::col((participant::Entity, participant::Column::OrganisationId))
                .equals((organisation::Entity, organisation::Column::Id)),
        )
        .and_where(organisation::Column::SearchKey.contains(name))
        .to_owned()
}

#[derive(FromQueryResult)]
struct Raw {
    reference: String,
    object: String,
    pilot: String,
    taking_part: i64,
    cpv: String,
    cpv_label: Option<String>,
    procedure: String,
    channel: String,
    stage: String,
    questions_until: Option<DateTime<Utc>>,
    deposit_until: Option<DateTime<Utc>>,
}

/// The lines of a list, each with its pilot, its label and its number of participants, in one query.
async fn rows(services: &Services, select: Select<tender::Entity>) -> Result<Vec<CallRow>, Error> {
    let taking_part = Query::select()
        .expr(Expr::col((participant::Entity, participant::Column::OrganisationId)).count())
        .from(participant::Entity)
        .and_where(
            Expr::col((participant::Entity, participant::Column::TenderId))
                .equals((tender::Entity, tender::Column::Id)),
        )
        .and_where(participant::Column::Status.is_in(["invited", "adhered"]))
        .to_owned();
    let mut select = select
        .select_only()
        .columns([
            tender::Column::Reference,
            tender::Column::Object,
            tender::Column::Cpv,
            tender::Column::Procedure,
            tender::Column::Channel,
            tender::Column::Stage,
            tender::Column::QuestionsUntil,
            tender::Column::DepositUntil,
        ])
        .column_as(organisation::Column::Name, "pilot")
        .column_as(cpv::Column::Label, "cpv_label")
        .column_as(Expr::from(taking_part), "taking_part");
    QueryTrait::query(&mut select)
        .join(
            JoinType::InnerJoin,
            organisation::Entity,
            Expr::col((tender::Entity, tender::Column::PilotId))
                .equals((organisation::Entity, organisation::Column::Id)),
        )
        .join(
            JoinType::LeftJoin,
            cpv::Entity,
            Expr::col((tender::Entity, tender::Column::Cpv)).equals((cpv::Entity, cpv::Column::Code)),
        );
    let now = services.now();
    let found: Vec<Raw> = select.into_model().all(services.store().reader()).await?;
    found.into_iter().map(|raw| row(raw, now)).collect()
}

fn row(raw: Raw, now: DateTime<Utc>) -> Result<CallRow, Error> {
    let corrupt = |what: &str| Error::Corrupt(format!("call {}: {what}", raw.reference));
    let clock =
        StageClock { questions_until: raw.questions_until, deposit_until: raw.deposit_until, standstill_until: None };
    Ok(CallRow {
        reference: raw.reference.parse().map_err(|_| corrupt("reference"))?,
        others: Ord::max(raw.taking_part - 1, 0),
        procedure: raw.procedure.parse().map_err(|_| corrupt("procedure"))?,
        channel: Channel::from_code(&raw.channel).ok_or_else(|| corrupt("channel"))?,
        stage: Stage::from_code(&raw.stage).ok_or_else(|| corrupt("stage"))?.at(clock, now),
        clock,
        object: raw.object,
        pilot: raw.pilot,
        cpv: raw.cpv,
        cpv_label: raw.cpv_label.unwrap_or_default(),
    })
}
