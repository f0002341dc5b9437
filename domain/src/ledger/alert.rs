use chrono::NaiveDate;

use crate::{
    kernel::{Money, Percent},
    parameter::{MissingParameter, Parameter, ParameterSet},
};

/// How far a maximum or an allotment is used up, with the figure that was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alert {
    First(Parameter),
    Second(Parameter),
}

const FIRST: &str = "framework.alert.first_percent";
const SECOND: &str = "framework.alert.second_percent";

/// The stronger alert whose part of the whole is reached, compared exactly. Nothing is reached of nothing.
pub fn alert(set: &ParameterSet, on: NaiveDate, taken: Money, whole: Money) -> Result<Option<Alert>, MissingParameter> {
    let reached = |key| -> Result<Option<Parameter>, MissingParameter> {
        let part = set.percent_on(key, on)?;
        let used = i128::from(taken.cents()) * i128::from(Percent::HUNDRED.millionths());
        let is_reached = whole.is_positive() && used >= i128::from(whole.cents()) * i128::from(part.millionths());
        Ok(if is_reached { Some(set.on(key, on)?.clone()) } else { None })
    };
    match (reached(FIRST)?, reached(SECOND)?) {
        (_, Some(row)) => Ok(Some(Alert::Second(row))),
        (Some(row), None) => Ok(Some(Alert::First(row))),
        (None, None) => Ok(None),
    }
}

/// What `after` reaches and `before` did not: the stronger one where both are passed at once.
pub fn newly_reached(
    set: &ParameterSet,
    on: NaiveDate,
    (before, after): (Money, Money),
    whole: Money,
) -> Result<Option<Alert>, MissingParameter> {
    let already = alert(set, on, before, whole)?;
    Ok(alert(set, on, after, whole)?.filter(|reached| already.as_ref() != Some(reached)))
}

impl Alert {
    /// The figure that was reached.
    pub fn row(&self) -> &Parameter {
        match self {
            Self::First(row) | Self::Second(row) => row,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_thousand(taken: i64) -> Option<Alert> {
        let on = "2026-11-25".parse().expect("an ISO date");
        alert(&ParameterSet::shipped(), on, Money::from_cents(taken), Money::from_cents(100_000)).expect("known rows")
    }

    #[test]
    fn eighty_and_ninety_five_per_cent_are_told_at_the_cent() {
        assert_eq!(of_thousand(79_999), None);
        assert!(matches!(of_thousand(80_000), Some(Alert::First(row)) if row.key == FIRST));
        assert!(matches!(of_thousand(94_999), Some(Alert::First(_))));
        assert!(matches!(of_thousand(95_000), Some(Alert::Second(row)) if row.key == SECOND));
        assert!(matches!(of_thousand(100_000), Some(Alert::Second(_))));
    }

    #[test]
    fn a_mark_is_newly_reached_once_and_the_stronger_one_alone() {
        let on = "2026-11-25".parse().expect("an ISO date");
        let reached = |before, after| {
            let sums = (Money::from_cents(before), Money::from_cents(after));
            newly_reached(&ParameterSet::shipped(), on, sums, Money::from_cents(100_000)).expect("known rows")
        };

        assert!(matches!(reached(79_999, 80_000), Some(Alert::First(_))));
        assert_eq!(reached(80_000, 94_999), None);
        assert!(matches!(reached(80_000, 95_000), Some(Alert::Second(_))));
        assert!(matches!(reached(0, 100_000), Some(Alert::Second(_))));
        assert_eq!(reached(95_000, 100_000), None);
    }

    #[test]
    fn nothing_is_reached_of_nothing() {
        let on = "2026-11-25".parse().expect("an ISO date");

        assert_eq!(alert(&ParameterSet::shipped(), on, Money::ZERO, Money::ZERO), Ok(None));
    }
}
