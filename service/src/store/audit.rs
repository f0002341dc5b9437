//! The chains of audit rows: each row carries the hash of the one before it.

use chrono::{DateTime, Utc};
use domain::{
    audit::{Outcome, Stream, TOLD_FROM_THE_OPENING},
    authz::{Action as _, SubmitOffer},
    kernel::ids::{OfferId, TenderId},
    tender::{Stage, Tender},
};
use entity::{audit, audit_head, organisation, person, tender};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::OnConflict,
};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{
    Error, Services,
    store::{Audit, Store, Tx},
};

/// One row of the history, as people may read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub seq: i64,
    pub at: DateTime<Utc>,
    /// Name of the person and of the organisation they acted for, as they were then.
    pub who: String,
    pub action: String,
    pub outcome: Outcome,
    pub facts: Value,
    pub hash: String,
}

/// The first row that does not follow from the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    pub stream: String,
    pub seq: i64,
}

pub(super) async fn append(tx: &Tx, row: Audit) -> Result<(), Error> {
    let stream = row.stream.key();
    let who = who(tx, &row).await?;
    let head = lock_head(tx, &stream).await?;
    let model = audit::Model {
        id: tx.next_id(),
        seq: head.seq + 1,
        at: tx.now(),
        person_id: row.person,
        organisation_id: row.organisation,
        who,
        action: row.action.to_owned(),
        outcome: row.outcome.code().to_owned(),
        facts: Value::Object(row.facts),
        previous_hash: head.hash,
        hash: String::new(),
        stream,
    };
    let hash = digest(&model);

    let (stream, seq) = (model.stream.clone(), model.seq);
    audit::Entity::insert(audit::ActiveModel::from(audit::Model { hash: hash.clone(), ..model }))
        .exec_without_returning(tx.raw())
        .await?;
    audit_head::Entity::update(audit_head::ActiveModel { stream: Set(stream), seq: Set(seq), hash: Set(hash) })
        .exec(tx.raw())
        .await?;
    Ok(())
}

/// The latest rows of one chain, newest first.
pub async fn latest(services: &Services, stream: Stream, most: u64) -> Result<Vec<Entry>, Error> {
    let rows = audit::Entity::find()
        .filter(audit::Column::Stream.eq(stream.key()))
        .order_by_desc(audit::Column::Seq)
        .limit(most)
        .all(services.store().reader())
        .await?;
    rows.into_iter().map(entry).collect()
}

/// The latest rows of a tender that its readers are told, newest first.
pub async fn latest_told(services: &Services, tender: &Tender, most: u64) -> Result<Vec<Entry>, Error> {
    let rows = told(tender).order_by_desc(audit::Column::Seq).limit(most).all(services.store().reader()).await?;
    rows.into_iter().map(entry).collect()
}

/// When deposits of this offer arrived that the clock refused, in words.
pub(crate) async fn late_deposits(services: &Services, offer: OfferId) -> Result<Vec<String>, Error> {
    let rows = audit::Entity::find()
        .filter(audit::Column::Stream.eq(Stream::Offer(offer).key()))
        .filter(audit::Column::Action.eq(SubmitOffer::NAME))
        .filter(audit::Column::Outcome.eq(Outcome::Refused.code()))
        .order_by_asc(audit::Column::Seq)
        .all(services.store().reader())
        .await?;
    let is_late = |row: &audit::Model| {
        row.facts.get("refusal").and_then(Value::as_str).is_some_and(|refusal| refusal.starts_with("closed at"))
    };
    let arrival = |row: audit::Model| row.facts.get("arrived_at").and_then(Value::as_str).map(str::to_owned);
    Ok(rows.into_iter().filter(is_late).filter_map(arrival).collect())
}

/// One page of a chain, newest first, from 0, and how many rows it has.
pub async fn page(services: &Services, stream: Stream, page: u64, per_page: u64) -> Result<(Vec<Entry>, u64), Error> {
    paged(services, audit::Entity::find().filter(audit::Column::Stream.eq(stream.key())), page, per_page).await
}

/// The same of a tender, as its readers are told it.
pub async fn page_told(
    services: &Services,
    tender: &Tender,
    page: u64,
    per_page: u64,
) -> Result<(Vec<Entry>, u64), Error> {
    paged(services, told(tender), page, per_page).await
}

fn told(tender: &Tender) -> Select<audit::Entity> {
    let rows = audit::Entity::find().filter(audit::Column::Stream.eq(Stream::Tender(tender.id).key()));
    if tender.progress() >= Stage::Opened {
        return rows;
    }
    rows.filter(audit::Column::Action.is_not_in(TOLD_FROM_THE_OPENING))
}

async fn paged(
    services: &Services,
    select: Select<audit::Entity>,
    page: u64,
    per_page: u64,
) -> Result<(Vec<Entry>, u64), Error> {
    let count = select.clone().count(services.store().reader()).await?;
    let rows = select
        .order_by_desc(audit::Column::Seq)
        .offset(page.saturating_mul(per_page))
        .limit(per_page)
        .all(services.store().reader())
        .await?;
    Ok((rows.into_iter().map(entry).collect::<Result<_, _>>()?, count))
}

/// Recomputes every chain. `None`: nothing was changed behind the program's back, no chain has lost its head, and every
/// tender has its chain.
pub async fn first_broken(store: &Store) -> Result<Option<Broken>, Error> {
    let heads = audit_head::Entity::find().order_by_asc(audit_head::Column::Stream).all(store.reader()).await?;
    if let Some(stream) = without_head(store, &heads).await? {
        return Ok(Some(Broken { stream, seq: 1 }));
    }
    for head in heads {
        let rows = audit::Entity::find()
            .filter(audit::Column::Stream.eq(head.stream.clone()))
            .order_by_asc(audit::Column::Seq)
            .all(store.reader())
            .await?;
        let mut previous = String::new();
        let mut expected = 1;
        for row in rows {
            if row.seq != expected || row.previous_hash != previous || row.hash != digest(&row) {
                return Ok(Some(Broken { stream: head.stream, seq: expected }));
            }
            previous = row.hash;
            expected += 1;
        }
        if head.seq != expected - 1 || head.hash != previous {
            return Ok(Some(Broken { stream: head.stream, seq: expected }));
        }
    }
    Ok(None)
}

/// A chain whose head was taken away, of rows that are there or of a tender that must have one.
async fn without_head(store: &Store, heads: &[audit_head::Model]) -> Result<Option<String>, Error> {
    let streams: Vec<String> = audit::Entity::find()
        .select_only()
        .column(audit::Column::Stream)
        .distinct()
        .into_tuple()
        .all(store.reader())
        .await?;
    let tenders: Vec<uuid::Uuid> =
        tender::Entity::find().select_only().column(tender::Column::Id).into_tuple().all(store.reader()).await?;
    let of_tenders = tenders.into_iter().map(|id| Stream::Tender(TenderId::from_uuid(id)).key());
    Ok(streams.into_iter().chain(of_tenders).find(|stream| !heads.iter().any(|head| head.stream == *stream)))
}

/// Hash over every field but the hash itself, each preceded by its length so that no two rows read alike.
fn digest(row: &audit::Model) -> String {
    let text = |uuid: Option<uuid::Uuid>| uuid.map(|uuid| uuid.to_string()).unwrap_or_default();
    let fields = [
        row.id.to_string(),
        row.stream.clone(),
        row.seq.to_string(),
        row.at.timestamp_micros().to_string(),
        text(row.person_id),
        text(row.organisation_id),
        row.who.clone(),
        row.action.clone(),
        row.outcome.clone(),
        row.facts.to_string(),
        row.previous_hash.clone(),
    ];
    let mut hasher = Sha256::new();
    for field in fields {
        hasher.update(field.len().to_le_bytes());
        hasher.update(field.as_bytes());
    }
    hex(&hasher.finalize())
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The head row is locked last in every write, so two files never wait for each other in a ring.
async fn lock_head(tx: &Tx, stream: &str) -> Result<audit_head::Model, Error> {
    audit_head::Entity::insert(audit_head::ActiveModel {
        stream: Set(stream.to_owned()),
        seq: Set(0),
        hash: Set(String::new()),
    })
    .on_conflict(OnConflict::column(audit_head::Column::Stream).do_nothing().to_owned())
    .exec_without_returning(tx.raw())
    .await?;
    tx.locked(audit_head::Entity::find_by_id(stream))
        .one(tx.raw())
        .await?
        .ok_or_else(|| Error::Corrupt(format!("no head for {stream}")))
}

async fn who(tx: &Tx, row: &Audit) -> Result<String, Error> {
    let Some(person) = row.person else { return Ok(String::new()) };
    let name = person::Entity::find_by_id(person).one(tx.raw()).await?.map(|person| person.name).unwrap_or_default();
    let organisation = match row.organisation {
        Some(id) => organisation::Entity::find_by_id(id).one(tx.raw()).await?.map(|found| found.name),
        None => None,
    };
    Ok(match organisation {
        Some(organisation) => format!("{name}, {organisation}"),
        None => name,
    })
}

fn entry(row: audit::Model) -> Result<Entry, Error> {
    let outcome = Outcome::from_code(&row.outcome).ok_or_else(|| Error::Corrupt(row.outcome.clone()))?;
    Ok(Entry { seq: row.seq, at: row.at, who: row.who, action: row.action, outcome, facts: row.facts, hash: row.hash })
}
