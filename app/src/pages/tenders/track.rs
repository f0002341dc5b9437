//! The stage track: eight milestones for the legal stages, each with the day on which it was reached.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    kernel::time::{brussels, date_short_french},
    tender::{ActKind, Milestone, Tender},
};
use leptos::prelude::*;
use service::store::{acts::Act, documents::Filed};

use super::words;
use crate::pages::words::t;

/// The day of each milestone that left one: what was decided, sent or drawn up then.
pub(super) fn reached(tender: &Tender, acts: &[Act], filed: &[Filed]) -> BTreeMap<Milestone, NaiveDate> {
    let day = |at: DateTime<Utc>| brussels(at).date();
    let decided = |kind: ActKind| {
        acts.iter().rfind(|act| act.kind == kind).map(|act| act.decided_on.unwrap_or_else(|| day(act.created_at)))
    };
    let drawn_up = |kind: &str| filed.iter().find(|filed| filed.kind == kind).map(|filed| day(filed.created_at));
    let answered =
        tender.counted().filter_map(|participant| participant.answer.as_ref()).map(|answer| answer.deliberated_on);
    let days = [
        (Milestone::Adhesions, answered.max()),
        (Milestone::Specification, decided(ActKind::Adoption)),
        (Milestone::Call, tender.published_at.map(day)),
        (Milestone::Opening, drawn_up("minutes").or_else(|| tender.clock.deposit_until.map(day))),
        (Milestone::Evaluation, drawn_up("report")),
        (Milestone::Award, decided(ActKind::AwardDecision)),
    ];
    days.into_iter().filter_map(|(milestone, on)| Some((milestone, on?))).collect()
}

/// A stopped file's track ends where it stopped; `until` is the last day of what comes next.
pub(super) fn track(
    tender: &Tender,
    reached: &BTreeMap<Milestone, NaiveDate>,
    until: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> AnyView {
    let stopped = tender.stopped_at.is_some();
    let current = tender.progress_at(now).milestone();
    let number = Milestone::ALL.iter().position(|milestone| *milestone == current).map_or(1, |place| place + 1);
    let items: Vec<_> = Milestone::ALL
        .into_iter()
        .filter(|milestone| !stopped || *milestone <= current)
        .map(|milestone| {
            let done = milestone < current;
            let now_here = (milestone == current).then_some("step");
            let small = match until {
                Some(until) if milestone == current => t!(stage.until, day = date_short_french(until)),
                None if milestone == current => Some(words::stage(tender.stage_at(now)))
                    .filter(|stage| *stage != words::milestone(milestone))
                    .unwrap_or_default()
                    .to_owned(),
                // Of what is to come, the opening alone has its day.
                _ if !done && milestone != Milestone::Opening => String::new(),
                _ => reached.get(&milestone).copied().map(date_short_french).unwrap_or_default(),
            };
            view! {
                <li class:done=done class:stopped=stopped && !done aria-current=now_here>
                    <div>
                        {now_here.map(|_| view! { <span class="only-s">{t!(stage.step, n = number)}</span> })}
                        {words::milestone(milestone)}
                        {done.then(|| view! { <span class="govuk-visually-hidden">" "{t!(stage.done)}</span> })}
                    </div>
                    <span>{small}</span>
                </li>
            }
        })
        .collect();
    view! { <div class="card"><ol class="track" aria-label=t!(stage.track)>{items}</ol></div> }.into_any()
}
