//! Minimum delays from the sending of the notice or invitation, in calendar days; reductions do not add up.

use chrono::NaiveDate;

use super::Procedure;
use crate::parameter::{MissingParameter, Parameter, ParameterSet};

/// Least number of calendar days, by the way a file goes. The strongest reduction counts alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MinimumDelays {
    /// Requests to participate, where there is a first phase.
    pub requests: Option<u32>,
    /// Requests to participate, in reasoned urgency.
    pub requests_urgent: Option<u32>,
    /// Tenders, not filed electronically: the exception.
    pub plain: Option<u32>,
    /// Tenders filed electronically: the rule.
    pub electronic: Option<u32>,
    /// Tenders, in reasoned urgency.
    pub urgent: Option<u32>,
    /// Tenders, after a prior information notice.
    pub prior_notice: Option<u32>,
}

impl MinimumDelays {
    /// The procedure has no minimum at all: a reasonable delay.
    pub fn is_free(&self) -> bool {
        *self == Self::default()
    }
}

/// The delays of a procedure on a date, and the rows that say so.
pub fn minimum_delays(
    set: &ParameterSet,
    procedure: Procedure,
    on: NaiveDate,
) -> Result<(MinimumDelays, Vec<&Parameter>), MissingParameter> {
    let mut rows = Vec::new();
    let mut days = |key: Option<&str>| {
        key.map(|key| {
            rows.push(set.on(key, on)?);
            set.days_on(key, on)
        })
        .transpose()
    };

    let keys = keys(procedure);
    let delays = MinimumDelays {
        requests: days(keys.requests)?,
        requests_urgent: days(keys.requests_urgent)?,
        plain: days(keys.plain)?,
        electronic: days(keys.electronic)?,
        urgent: days(keys.urgent)?,
        prior_notice: days(keys.prior_notice)?,
    };

    Ok((delays, rows))
}

#[derive(Default)]
struct Keys {
    requests: Option<&'static str>,
    requests_urgent: Option<&'static str>,
    plain: Option<&'static str>,
    electronic: Option<&'static str>,
    urgent: Option<&'static str>,
    prior_notice: Option<&'static str>,
}

fn keys(procedure: Procedure) -> Keys {
    match procedure {
        Procedure::Fm | Procedure::Pnspp | Procedure::Sss => Keys::default(),
        Procedure::Pndapp => Keys {
            plain: Some("delay.pndapp.tenders"),
            electronic: Some("delay.pndapp.tenders.electronic"),
            urgent: Some("pndapp.urgency_days"),
            prior_notice: Some("delay.pndapp.tenders.prior_notice"),
            ..Keys::default()
        },
        Procedure::Po => Keys {
            plain: Some("delay.po.tenders"),
            electronic: Some("delay.po.tenders.electronic"),
            urgent: Some("delay.po.tenders.urgent"),
            prior_notice: Some("delay.po.tenders.prior_notice"),
            ..Keys::default()
        },
        Procedure::Pr => Keys {
            requests: Some("delay.pr.requests"),
            requests_urgent: Some("delay.pr.requests.urgent"),
            plain: Some("delay.pr.tenders"),
            electronic: Some("delay.pr.tenders.electronic"),
            urgent: Some("delay.pr.tenders.urgent"),
            prior_notice: Some("delay.pr.tenders.prior_notice"),
        },
        Procedure::Pcan => Keys {
            requests: Some("delay.pcan.requests"),
            requests_urgent: Some("delay.pcan.requests.urgent"),
            plain: Some("delay.pcan.tenders"),
            electronic: Some("delay.pcan.tenders.electronic"),
            urgent: Some("delay.pcan.tenders.urgent"),
            prior_notice: Some("delay.pcan.tenders.prior_notice"),
        },
        Procedure::Dc => Keys { requests: Some("delay.dc.requests"), ..Keys::default() },
        Procedure::Pi => Keys { requests: Some("delay.pi.requests"), ..Keys::default() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delays(procedure: Procedure) -> MinimumDelays {
        let on = "2026-03-09".parse().expect("an ISO date");
        minimum_delays(&ParameterSet::shipped(), procedure, on).expect("2026 is covered").0
    }

    #[test]
    fn an_open_procedure_takes_thirty_five_days_thirty_electronically_fifteen_in_urgency() {
        let open = delays(Procedure::Po);

        assert_eq!((open.plain, open.electronic, open.urgent), (Some(35), Some(30), Some(15)));
        assert_eq!((open.prior_notice, open.requests), (Some(15), None));
    }

    #[test]
    fn two_phases_have_two_delays() {
        for procedure in [Procedure::Pr, Procedure::Pcan] {
            let delays = delays(procedure);

            assert_eq!((delays.requests, delays.requests_urgent), (Some(30), Some(15)));
            assert_eq!((delays.plain, delays.electronic, delays.urgent), (Some(30), Some(25), Some(10)));
            assert_eq!(delays.prior_notice, Some(10));
        }
    }

    #[test]
    fn the_simplified_negotiated_procedure_takes_twenty_two_days() {
        let delays = delays(Procedure::Pndapp);

        assert_eq!((delays.plain, delays.electronic, delays.urgent), (Some(22), Some(17), Some(10)));
    }

    #[test]
    fn a_dialogue_fixes_requests_only_and_some_procedures_fix_nothing() {
        assert_eq!(delays(Procedure::Dc), MinimumDelays { requests: Some(30), ..MinimumDelays::default() });
        for procedure in [Procedure::Fm, Procedure::Pnspp, Procedure::Sss] {
            assert!(delays(procedure).is_free());
        }
    }
}
