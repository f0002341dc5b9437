//! Words about a call that several pages share.

use chrono::{DateTime, Utc};
use domain::{
    kernel::time::{brussels, date_short_french, weekday_date_french_inline},
    procedure::Procedure,
    tender::{Channel, Stage, StageClock, Tender},
};
use leptos::prelude::*;

use crate::pages::{
    ui,
    words::{of, t},
};

pub(crate) fn procedure(procedure: Procedure) -> &'static str {
    match procedure {
        Procedure::Fm => t!(call.procedure_fm),
        Procedure::Pnspp => t!(call.procedure_pnspp),
        Procedure::Pndapp => t!(call.procedure_pndapp),
        Procedure::Po => t!(call.procedure_po),
        Procedure::Pr => t!(call.procedure_pr),
        Procedure::Pcan => t!(call.procedure_pcan),
        Procedure::Dc => t!(call.procedure_dc),
        Procedure::Pi => t!(call.procedure_pi),
        Procedure::Sss => t!(call.procedure_sss),
    }
}

/// What the procedure means for a firm.
pub(crate) fn procedure_plainly(procedure: Procedure) -> &'static str {
    match procedure {
        Procedure::Fm => t!(call.plainly_fm),
        Procedure::Pnspp => t!(call.plainly_pnspp),
        Procedure::Pndapp => t!(call.plainly_pndapp),
        Procedure::Po => t!(call.plainly_po),
        Procedure::Pr | Procedure::Pcan => t!(call.plainly_selected),
        Procedure::Dc | Procedure::Pi => t!(call.plainly_dialogue),
        Procedure::Sss => t!(call.plainly_sss),
    }
}

pub(crate) fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Hosted => t!(call.channel_hosted),
        Channel::EProcurement => t!(call.channel_eprocurement),
    }
}

/// The pilot, and how many others with it.
pub(crate) fn buyers(pilot: &str, others: i64) -> String {
    match others {
        0 => pilot.to_owned(),
        n => t!(call.buyers, pilot = pilot, n = n),
    }
}

/// `lundi 21 décembre 2026 à 11:00`, as a machine reads it too.
pub(crate) fn moment(at: DateTime<Utc>) -> AnyView {
    view! { <time datetime=iso(at)>{moment_text(at)}</time> }.into_any()
}

pub(crate) fn moment_text(at: DateTime<Utc>) -> String {
    let local = brussels(at);
    t!(call.moment, day = weekday_date_french_inline(local.date()), hour = local.format("%H:%M"))
}

/// `21 déc. 2026 à 11:00`, for tables.
pub(crate) fn moment_short(at: DateTime<Utc>) -> AnyView {
    let local = brussels(at);
    let text = t!(call.moment, day = date_short_french(local.date()), hour = local.format("%H:%M"));
    view! { <time datetime=iso(at) class="nowrap">{text}</time> }.into_any()
}

fn iso(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// How long is left, in the words of the calendar.
pub(crate) fn countdown(until: DateTime<Utc>, now: DateTime<Utc>) -> String {
    if now > until {
        return t!(call.over).to_owned();
    }
    let days = (brussels(until).date() - brussels(now).date()).num_days();
    match (days, (until - now).num_hours()) {
        (0, 0) => t!(call.within_the_hour).to_owned(),
        (0, hours) => t!(call.in_hours, n = hours),
        (1, _) => t!(call.tomorrow).to_owned(),
        (days, _) => t!(call.in_days, n = days),
    }
}

/// Where the call stands, for somebody who would answer it.
pub(crate) fn state(stage: Stage, clock: StageClock, now: DateTime<Utc>) -> AnyView {
    let soon = clock.deposit_until.is_some_and(|until| (until - now).num_days() < SOON_DAYS);
    match stage {
        Stage::Called | Stage::QuestionsClosed if soon => ui::tag("bad", t!(call.state_soon)),
        Stage::Called | Stage::QuestionsClosed => ui::tag("wait", t!(call.state_open)),
        Stage::Needs
        | Stage::Adhesions
        | Stage::Drafting
        | Stage::LegalityOpinion
        | Stage::Adopted
        | Stage::CoordinatorOpinion => ui::tag("", t!(call.state_in_preparation)),
        Stage::DepositClosed => ui::tag("", t!(call.state_closed)),
        Stage::Opened
        | Stage::Selection
        | Stage::Regularity
        | Stage::Negotiation
        | Stage::Evaluation
        | Stage::AwardProposed => ui::tag("", t!(call.state_evaluated)),
        Stage::Awarded
        | Stage::Informed
        | Stage::Standstill
        | Stage::Supervision
        | Stage::Concluded
        | Stage::SuretyAwaited
        | Stage::Executing
        | Stage::ProvisionallyAccepted
        | Stage::Guarantee
        | Stage::FinallyAccepted
        | Stage::Closed
        | Stage::Terminated => ui::tag("done", t!(call.state_awarded)),
        Stage::GivenUp => ui::tag("bad", t!(call.state_given_up)),
        Stage::Annulled => ui::tag("bad", t!(call.state_annulled)),
    }
}

/// From here on a call is said to close soon.
const SOON_DAYS: i64 = 5;

/// The names of who buys, the pilot first.
/// « de Namur, d’Andenne »: after « Marché ».
pub(crate) fn buyers_by_name(tender: &Tender, pilot: &str) -> String {
    let others = tender
        .counted()
        .filter(|participant| !tender.is_pilot(participant.organisation))
        .map(|participant| participant.name.as_str());
    std::iter::once(pilot).chain(others).map(of).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn time_left_is_said_by_the_calendar_then_by_the_hour() {
        let now = at("2026-11-23T09:00:00Z");

        assert_eq!(countdown(at("2026-12-14T13:00:00Z"), now), "dans 21 jours");
        assert_eq!(countdown(at("2026-11-24T00:00:00Z"), now), "demain");
        assert_eq!(countdown(at("2026-11-23T15:30:00Z"), now), "dans 6 heures");
        assert_eq!(countdown(at("2026-11-23T09:59:59Z"), now), "dans moins d’une heure");
        assert_eq!(countdown(at("2026-11-23T08:59:59Z"), now), "clos");
        assert_eq!(countdown(now, now), "dans moins d’une heure");
    }
}
