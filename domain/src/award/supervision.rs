//! The Region's supervision of an award (CDLD, art. L3122-2, 4°, and L3122-6).

use chrono::NaiveDate;

use super::{Award, SupervisionResult, Transmission};
use crate::{
    kernel::{
        Money,
        deadline::{self, Deadline},
    },
    parameter::{MissingParameter, Parameter, ParameterSet},
    procedure::{Nature, Procedure},
    tender::Plan,
};

/// Whether the award goes to the Region, on which figure, and until when it must be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supervision {
    /// Awards above this amount, without VAT, are sent.
    pub above: Money,
    pub figure: Parameter,
    pub is_due: bool,
    /// Counted from the decision; none outside the calendar.
    pub transmission: Option<Deadline>,
    pub transmission_figure: Parameter,
}

/// Reads the figures of the day of the decision.
///
/// # Errors
/// No row of the amount or of the delay on that day.
pub fn supervision(
    set: &ParameterSet,
    plan: &Plan,
    award: Money,
    decided_on: NaiveDate,
) -> Result<Supervision, MissingParameter> {
    let key = key(plan);
    let above = set.money_on(&key, decided_on)?;
    let days = set.days_on(TRANSMISSION, decided_on)?;
    Ok(Supervision {
        above,
        figure: set.on(&key, decided_on)?.clone(),
        is_due: award > above,
        transmission: deadline::calendar(decided_on, days).ok(),
        transmission_figure: set.on(TRANSMISSION, decided_on)?.clone(),
    })
}

const TRANSMISSION: &str = "cdld.tutelle.transmission_days";
const DECISION: &str = "cdld.tutelle.decision_days";
const PROLONGATION: &str = "cdld.tutelle.prolongation_days";

/// The amounts know five procedures; the others take the lowest amount of their kind.
fn key(plan: &Plan) -> String {
    let nature = match plan.nature {
        Nature::Works => "works",
        Nature::Services | Nature::Supplies | Nature::Sss => "supplies_services",
    };
    let procedure = match plan.procedure {
        Procedure::Po => "po",
        Procedure::Pr => "pr",
        Procedure::Pcan | Procedure::Dc | Procedure::Pi => "pcan",
        Procedure::Pndapp => "pndapp",
        Procedure::Fm | Procedure::Pnspp | Procedure::Sss => "pnspp",
    };
    format!("cdld.tutelle.{nature}.{procedure}")
}

/// The Region's delay, from the receipt of the complete act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupervisionDelays {
    pub delay: Deadline,
    pub figures: Vec<Parameter>,
}

impl Transmission {
    /// A prolonged delay is one delay of the whole length: it moves off a day off once. None before the receipt.
    ///
    /// # Errors
    /// No row of the delay on that day.
    pub fn delays(&self, set: &ParameterSet) -> Result<Option<SupervisionDelays>, MissingParameter> {
        let Some(received_on) = self.received_on else { return Ok(None) };
        let mut days = set.days_on(DECISION, received_on)?;
        let mut figures = vec![set.on(DECISION, received_on)?.clone()];
        if self.prolonged {
            days = days.saturating_add(set.days_on(PROLONGATION, received_on)?);
            figures.push(set.on(PROLONGATION, received_on)?.clone());
        }
        Ok(deadline::calendar(received_on, days).ok().map(|delay| SupervisionDelays { delay, figures }))
    }

    /// Has the Region answered, or let its delay go by?
    ///
    /// # Errors
    /// As [`Transmission::delays`].
    pub fn is_over(&self, set: &ParameterSet, today: NaiveDate) -> Result<bool, MissingParameter> {
        if self.result == Some(SupervisionResult::NotAnnulled) {
            return Ok(true);
        }
        Ok(self.delays(set)?.is_some_and(|found| today > found.delay.end))
    }
}

impl Award {
    /// Was it annulled by the Region?
    pub fn is_annulled(&self) -> bool {
        self.transmission.and_then(|transmission| transmission.result) == Some(SupervisionResult::Annulled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    fn received(on: &str, prolonged: bool) -> Transmission {
        Transmission { sent_on: date(on), received_on: Some(date(on)), prolonged, result: None }
    }

    #[test]
    fn a_prolonged_delay_moves_once() {
        let set = ParameterSet::shipped();
        let end = |transmission: Transmission| {
            transmission.delays(&set).expect("a row").map(|found| found.delay.end).expect("in the calendar")
        };

        assert_eq!(end(received("2026-06-25", false)), date("2026-07-27"));
        assert_eq!(end(received("2026-06-25", true)), date("2026-08-10"));
    }

    #[test]
    fn the_delay_is_over_the_day_after_its_last() {
        let set = ParameterSet::shipped();
        let transmission = received("2026-06-25", false);

        assert_eq!(transmission.is_over(&set, date("2026-07-27")), Ok(false));
        assert_eq!(transmission.is_over(&set, date("2026-07-28")), Ok(true));
        let answered = Transmission { result: Some(SupervisionResult::NotAnnulled), ..transmission };
        assert_eq!(answered.is_over(&set, date("2026-06-26")), Ok(true));
    }

    #[test]
    fn nothing_runs_before_the_receipt() {
        let sent = Transmission { received_on: None, ..received("2026-06-25", false) };

        assert_eq!(sent.delays(&ParameterSet::shipped()), Ok(None));
        assert_eq!(sent.is_over(&ParameterSet::shipped(), date("2030-01-01")), Ok(false));
    }
}
