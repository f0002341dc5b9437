//! What the rules of central bodies are called in French.

use domain::{
    central::{Accession, Audience, Fee, Framework, NotEntitled, Refusal, Standing},
    kernel::time::date_french,
};
use leptos::prelude::*;

use crate::pages::{ui, words::t};

pub(crate) fn fee(fee: Fee) -> String {
    match fee {
        Fee::Free => t!(central.fee_free).to_owned(),
        Fee::Rate(rate) => t!(central.fee_rate, rate = rate),
        Fee::Flat(amount) => t!(central.fee_flat, amount = amount),
    }
}

pub(super) fn maximum(framework: &Framework) -> String {
    framework.maximum().map_or_else(|| t!(central.maximum_unknown).to_owned(), |maximum| maximum.to_string())
}

pub(super) fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::Everybody => t!(central.audience_everybody),
        Audience::Authorities => t!(central.audience_authorities),
    }
}

pub(super) fn standing(standing: Standing) -> AnyView {
    match standing {
        Standing::Asked => ui::tag("wait", t!(central.standing_asked)),
        Standing::Running => ui::tag("done", t!(central.standing_running)),
        Standing::Ended => ui::tag("bad", t!(central.standing_ended)),
    }
}

/// « Conseil du 20 octobre 2026, n° 14 ».
pub(super) fn deliberation(accession: &Accession) -> String {
    t!(central.deliberated, on = date_french(accession.draft.deliberated_on), number = accession.draft.number)
}

/// Why an authority does not order on a framework.
pub(crate) fn not_entitled(reason: NotEntitled) -> String {
    match reason {
        NotEntitled::NeverAdhered => t!(central.never_adhered).to_owned(),
        NotEntitled::AccessionEnded { on } => t!(central.accession_ended, on = date_french(on)),
        NotEntitled::NotJoined => t!(central.not_joined).to_owned(),
    }
}

/// Why an act about a central body is refused.
pub(crate) fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotCentral => t!(central.refusal_not_central).to_owned(),
        Refusal::FrameworkOver => t!(central.refusal_over).to_owned(),
        Refusal::AccessionStands => t!(central.refusal_stands).to_owned(),
        Refusal::AccessionNotWaiting => t!(central.refusal_not_waiting).to_owned(),
        Refusal::AccessionEnds => t!(central.refusal_ends).to_owned(),
        Refusal::SentAlready => t!(central.refusal_sent).to_owned(),
        Refusal::EndInThePast { on } => t!(central.refusal_past, on = date_french(*on)),
        Refusal::WrongDay { on } => t!(central.refusal_day, on = date_french(*on)),
        Refusal::TheBody => t!(central.refusal_body).to_owned(),
        Refusal::CalledAlready => t!(central.refusal_called).to_owned(),
        Refusal::MaximumPassed { asked, available } => {
            t!(central.refusal_maximum, asked = asked, available = available)
        }
        Refusal::NoAccession => t!(central.refusal_no_accession).to_owned(),
        Refusal::NotNamed => t!(central.refusal_not_named).to_owned(),
        Refusal::UserAlready => t!(central.refusal_user).to_owned(),
        Refusal::NoNeed => t!(central.refusal_no_need).to_owned(),
        Refusal::ReservePassed { asked, reserved } => t!(central.refusal_reserve, asked = asked, reserved = reserved),
        Refusal::UsersPassMaximum { counted, maximum } => {
            t!(central.refusal_counts, counted = counted, maximum = maximum)
        }
        Refusal::NotAccepted => t!(central.refusal_not_accepted).to_owned(),
        Refusal::NotLower { part } => t!(central.refusal_not_lower, part = part),
        Refusal::Concluded => t!(central.refusal_concluded).to_owned(),
    }
}
