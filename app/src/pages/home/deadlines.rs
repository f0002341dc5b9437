//! What ends in a file within the next days, whoever has to act.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{kernel::time::brussels, tender::Stage};
use service::store::tenders::TenderView;

use super::agenda::Line;
use crate::pages::words::t;

/// How far ahead, in days.
const AHEAD_DAYS: i64 = 14;

/// A moment after everything that ends soon.
pub(super) fn horizon(now: DateTime<Utc>) -> DateTime<Utc> {
    now + TimeDelta::days(AHEAD_DAYS + 1)
}

/// The dates of these files from today on, the next first.
pub(super) fn soon(found: &[TenderView], now: DateTime<Utc>) -> Vec<Line> {
    let today = brussels(now).date();
    let mut lines: Vec<Line> = found.iter().flat_map(|view| of_file(view, now)).collect();
    lines.retain(|line| line.until.is_some_and(|until| is_soon(until, today)));
    lines.sort_by(|one, other| one.until.cmp(&other.until).then_with(|| one.reference.cmp(&other.reference)));
    lines
}

pub(super) fn is_soon(until: NaiveDate, today: NaiveDate) -> bool {
    (0..=AHEAD_DAYS).contains(&(until - today).num_days())
}

fn of_file(view: &TenderView, now: DateTime<Utc>) -> Vec<Line> {
    let (tender, clock) = (&view.tender, view.tender.clock);
    let is_called = matches!(tender.stage_at(now), Stage::Called | Stage::QuestionsClosed);
    let is_waiting = tender.stage_at(now) == Stage::Standstill;
    let hour = |at: DateTime<Utc>| brussels(at).format("%H:%M").to_string();
    let moments = [
        clock
            .questions_until
            .filter(|at| is_called && *at >= now)
            .map(|at| (at, t!(home.questions_end, hour = hour(at)))),
        clock.deposit_until.filter(|_| is_called).map(|at| (at, t!(home.deposit_ends, hour = hour(at)))),
        clock.standstill_until.filter(|_| is_waiting).map(|at| (at, t!(home.standstill_ends).to_owned())),
    ];
    let line = |(at, title)| Line {
        title,
        address: format!("/marches/{}", tender.reference),
        reference: tender.reference.to_string(),
        object: tender.plan.object.clone(),
        until: Some(brussels(at).date()),
    };
    moments.into_iter().flatten().map(line).collect()
}
