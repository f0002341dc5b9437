//! The waiting time between the letters and the conclusion (loi du 17 juin 2013, art. 11, 12 and 30).

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};

use crate::{
    kernel::{
        Money, Percent,
        deadline::{self, Deadline},
        time::utc_from_brussels,
    },
    parameter::{MissingParameter, Parameter, ParameterSet},
    procedure::Nature,
    tender::Plan,
};

/// Whether there is a waiting time, why, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standstill {
    pub ground: StandstillGround,
    /// The rows that decide, with their sources.
    pub figures: Vec<Parameter>,
    /// None where there is no waiting time.
    pub delay: Option<Deadline>,
}

/// Why there is a waiting time, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StandstillGround {
    /// The contract was published at the European level.
    EuropeanPublication { threshold: Money },
    /// Works from half of the European threshold on.
    Works { from: Money },
    /// The specification promises one.
    Voluntary,
    /// One tenderer, and nobody else concerned (art. 12).
    SoleTenderer,
    /// No European publication was compulsory (art. 12).
    BelowThreshold { threshold: Money },
}

impl StandstillGround {
    /// Must the authority wait?
    pub fn waits(self) -> bool {
        match self {
            Self::EuropeanPublication { .. } | Self::Works { .. } | Self::Voluntary => true,
            Self::SoleTenderer | Self::BelowThreshold { .. } => false,
        }
    }
}

/// Counts it from the day on which the last letter is sent; `called_on` dates the thresholds.
///
/// # Errors
/// No row of a threshold or of the delay on that day.
pub fn standstill(
    set: &ParameterSet,
    plan: &Plan,
    promised: bool,
    tenderers: usize,
    called_on: NaiveDate,
    sent_on: NaiveDate,
) -> Result<Standstill, MissingParameter> {
    let key = plan.nature.eu_threshold_key();
    let threshold = set.money_on(key, called_on)?;
    let mut figures = vec![set.on(key, called_on)?.clone()];
    let works = works_from(set, plan, threshold, called_on)?;
    if works.is_some() {
        figures.push(set.on(WORKS, called_on)?.clone());
    }
    let compulsory = if plan.procedure.asks_for_a_notice() && plan.estimate >= threshold {
        Some(StandstillGround::EuropeanPublication { threshold })
    } else {
        works.filter(|from| plan.estimate >= *from).map(|from| StandstillGround::Works { from })
    };
    let ground = match (compulsory, promised) {
        (Some(ground), _) if tenderers > 1 => ground,
        (_, true) => StandstillGround::Voluntary,
        (Some(_), false) => StandstillGround::SoleTenderer,
        (None, false) => StandstillGround::BelowThreshold { threshold },
    };

    figures.push(set.on(DAYS, called_on)?.clone());
    let days = set.days_on(DAYS, called_on)?;
    let delay = if ground.waits() { deadline::calendar(sent_on, days).ok() } else { None };
    Ok(Standstill { ground, figures, delay })
}

const DAYS: &str = "standstill.days";
const WORKS: &str = "standstill.works_percent";

fn works_from(
    set: &ParameterSet,
    plan: &Plan,
    threshold: Money,
    on: NaiveDate,
) -> Result<Option<Money>, MissingParameter> {
    match plan.nature {
        Nature::Works => {
            let part: Percent = set.percent_on(WORKS, on)?;
            Ok(part.of(threshold))
        }
        Nature::Services | Nature::Supplies | Nature::Sss => Ok(None),
    }
}

/// The last second of a day in Brussels: a delay runs until its last hour (regulation 1182/71, art. 3, § 3).
pub fn last_instant(day: NaiveDate) -> Option<DateTime<Utc>> {
    let next = day.checked_add_days(Days::new(1))?;
    let midnight = utc_from_brussels(next, NaiveTime::MIN).ok()?;
    midnight.checked_sub_signed(TimeDelta::seconds(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        procedure::Procedure,
        tender::{Channel, Vehicle},
    };

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    fn plan(nature: Nature, procedure: Procedure, estimate: &str) -> Plan {
        Plan {
            object: String::new(),
            description: String::new(),
            cpv: String::new(),
            nature,
            vehicle: Vehicle::Isolated,
            procedure,
            channel: Channel::EProcurement,
            procedure_reason: None,
            lots_reason: None,
            estimate: Money::parse_iso(estimate).expect("an amount"),
        }
    }

    fn ask(plan: &Plan, promised: bool, tenderers: usize, sent_on: &str) -> Standstill {
        standstill(&ParameterSet::shipped(), plan, promised, tenderers, date("2026-03-02"), date(sent_on))
            .expect("a law of that day")
    }

    #[test]
    fn european_publication_makes_it_compulsory_from_the_threshold_on() {
        let at = plan(Nature::Services, Procedure::Po, "216000.00");
        let below = plan(Nature::Services, Procedure::Po, "215999.99");

        let ground = StandstillGround::EuropeanPublication { threshold: Money::from_cents(21_600_000) };
        assert_eq!(ask(&at, false, 3, "2026-11-05").ground, ground);
        assert!(!ask(&below, false, 3, "2026-11-05").ground.waits());
    }

    #[test]
    fn works_wait_from_half_of_the_threshold_on() {
        let at = plan(Nature::Works, Procedure::Po, "2702000.00");
        let below = plan(Nature::Works, Procedure::Po, "2701999.99");

        let ground = StandstillGround::Works { from: Money::from_cents(270_200_000) };
        assert_eq!(ask(&at, false, 2, "2026-11-05").ground, ground);
        assert!(!ask(&below, false, 2, "2026-11-05").ground.waits());
    }

    #[test]
    fn a_sole_tenderer_is_not_waited_for_unless_the_specification_promises_it() {
        let plan = plan(Nature::Services, Procedure::Po, "300000.00");

        assert_eq!(ask(&plan, false, 1, "2026-11-05").ground, StandstillGround::SoleTenderer);
        assert_eq!(ask(&plan, true, 1, "2026-11-05").ground, StandstillGround::Voluntary);
    }

    #[test]
    fn the_examples_end_where_the_law_says() {
        let plan = plan(Nature::Services, Procedure::Po, "300000.00");

        for (sent, end, free) in [
            ("2026-11-05", "2026-11-20", "2026-11-21"),
            ("2026-07-10", "2026-07-27", "2026-07-28"),
            ("2026-07-06", "2026-07-22", "2026-07-23"),
            ("2026-12-10", "2026-12-28", "2026-12-29"),
        ] {
            let delay = ask(&plan, false, 2, sent).delay.expect("a waiting time");
            assert_eq!((delay.end, delay.free_from), (date(end), date(free)), "{sent}");
        }
    }

    #[test]
    fn the_last_second_of_a_day_is_that_of_brussels() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().ok();

        assert_eq!(last_instant(date("2026-11-20")), at("2026-11-20T22:59:59Z"));
        assert_eq!(last_instant(date("2026-07-27")), at("2026-07-27T21:59:59Z"));
        assert_eq!(last_instant(date("2026-03-28")), at("2026-03-28T22:59:59Z"));
    }
}
