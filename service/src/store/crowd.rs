//! Thousands of tenders to measure with. This goes past the use cases, their proofs and the trail, for speed: it copies
//! rows that the demo world made through them, and serves a database of the demo alone (see `demo::crowd`).

mod lines;

use std::collections::BTreeMap;

use chrono::{Datelike as _, TimeDelta};
use domain::{
    kernel::{reference::TenderRef, time::brussels},
    tender::Stage,
};
use entity::{counter, organisation, participant, tender};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use uuid::Uuid;

pub(crate) use lines::copy_lines;

use crate::{
    Error, Services,
    store::{Tx, counters, search_key},
};

/// Rows in one statement: SQLite takes 32,766 values.
const AT_ONCE: usize = 500;

/// Days over which the ends of the deposits are spread; about one in six is still to come.
const SPREAD_DAYS: u64 = 400;

/// Adds `count` copies of the demo's own tenders: nine in ten of a published call, the others of a file before it. Each
/// has its own reference, pilot and dates; editions, acts and questions stay with the originals.
pub(crate) async fn copy_tenders(services: &Services, count: u64) -> Result<(), Error> {
    let tx = services.begin().await?;
    let patterns = Patterns::read(&tx).await?;
    let key = format!("MP-{}", brussels(tx.now()).year());
    let (first, _taken) = counters::next(&tx, &key).await?;
    let number = |more: u64| i64::try_from(more).map(|more| first + more).map_err(|_| corrupt("too many tenders"));

    let (mut tenders, mut participants) = (Vec::new(), Vec::new());
    for place in 0..count {
        let (row, taking_part) = patterns.copy(&tx, place, number(place)?)?;
        tenders.push(tender::ActiveModel::from(row));
        participants.extend(taking_part.into_iter().map(participant::ActiveModel::from));
    }
    for rows in tenders.chunks(AT_ONCE) {
        tender::Entity::insert_many(rows.to_vec()).exec_without_returning(tx.raw()).await?;
    }
    for rows in participants.chunks(AT_ONCE) {
        participant::Entity::insert_many(rows.to_vec()).exec_without_returning(tx.raw()).await?;
    }
    counter::Entity::update_many()
        .col_expr(counter::Column::Value, Expr::value(number(count)? - 1))
        .filter(counter::Column::Key.eq(key))
        .exec(tx.raw())
        .await?;
    tx.commit_unaudited().await
}

/// What is copied, in turn, and who may be the pilot of a copy.
struct Patterns {
    called: Vec<tender::Model>,
    before: Vec<tender::Model>,
    participants: BTreeMap<Uuid, Vec<participant::Model>>,
    communes: Vec<organisation::Model>,
}

impl Patterns {
    async fn read(tx: &Tx) -> Result<Self, Error> {
        let (mut called, mut before) = (Vec::new(), Vec::new());
        for row in tender::Entity::find().order_by_asc(tender::Column::Reference).all(tx.raw()).await? {
            match Stage::from_code(&row.stage) {
                Some(Stage::Called) => called.push(row),
                Some(stage) if stage < Stage::Called => before.push(row),
                Some(_) | None => {}
            }
        }
        let mut participants: BTreeMap<Uuid, Vec<participant::Model>> = BTreeMap::new();
        for row in participant::Entity::find().all(tx.raw()).await? {
            participants.entry(row.tender_id).or_default().push(row);
        }
        let communes = organisation::Entity::find()
            .filter(organisation::Column::Kind.eq("commune"))
            .order_by_asc(organisation::Column::SearchKey)
            .all(tx.raw())
            .await?;
        Ok(Self { called, before, participants, communes })
    }

    fn copy(&self, tx: &Tx, place: u64, number: i64) -> Result<(tender::Model, Vec<participant::Model>), Error> {
        let among = if place % 10 == 9 { &self.before } else { &self.called };
        let pattern = in_turn(among, place / 10).ok_or_else(|| corrupt("the demo holds no tender to copy"))?;
        let pilot = in_turn(&self.communes, place).ok_or_else(|| corrupt("there is no commune"))?;
        let reference = u32::try_from(number)
            .ok()
            .zip(u16::try_from(brussels(tx.now()).year()).ok())
            .and_then(|(number, year)| TenderRef::new(year, number))
            .ok_or_else(|| corrupt("reference"))?;
        let object = format!("{}, {} ({number})", pattern.object, pilot.name);
        let days = i64::try_from(place * 7 % SPREAD_DAYS).unwrap_or_default();
        let earlier = TimeDelta::days(SPREAD_DAYS.cast_signed() - 40 - days);
        let id = tx.next_id();
        let row = tender::Model {
            id,
            reference: reference.to_string(),
            pilot_id: pilot.id,
            search_key: search_key(&object),
            object,
            estimate_cents: pattern.estimate_cents + number * 100,
            published_at: pattern.published_at.map(|at| at - earlier),
            questions_until: pattern.questions_until.map(|at| at - earlier),
            deposit_until: pattern.deposit_until.map(|at| at - earlier),
            stage_since: pattern.stage_since - earlier,
            created_at: pattern.created_at - earlier,
            ..pattern.clone()
        };
        Ok((row, self.taking_part(pattern, id, pilot.id)))
    }

    /// The participants of the pattern, the new pilot in the place of the old one.
    fn taking_part(&self, pattern: &tender::Model, tender: Uuid, pilot: Uuid) -> Vec<participant::Model> {
        let of = self.participants.get(&pattern.id).map(Vec::as_slice).unwrap_or_default();
        of.iter()
            .filter(|row| row.organisation_id != pilot)
            .map(|row| {
                let organisation_id = if row.organisation_id == pattern.pilot_id { pilot } else { row.organisation_id };
                participant::Model { tender_id: tender, organisation_id, ..row.clone() }
            })
            .collect()
    }
}

fn in_turn<T>(among: &[T], place: u64) -> Option<&T> {
    let length = u64::try_from(among.len()).ok().filter(|length| *length > 0)?;
    usize::try_from(place % length).ok().and_then(|place| among.get(place))
}

fn corrupt(what: &str) -> Error {
    Error::Corrupt(what.to_owned())
}
