use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::{
    row::{Parameter, Value},
    shipped,
};
use crate::kernel::{Money, Percent};

/// All rows, ready to be asked for the one of a date.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ParameterSet {
    /// Per key, in order of validity.
    rows: BTreeMap<String, Vec<Parameter>>,
}

/// No row of this key is valid on this day, or its figure is of another kind: the rule cannot be applied, and says so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no parameter {key} on {on}")]
pub struct MissingParameter {
    /// The missing key.
    pub key: String,
    /// The day it is wanted for.
    pub on: NaiveDate,
}

/// Rows that contradict each other.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A row ends before it starts.
    #[error("{key} of {from} ends before it starts")]
    Reversed {
        /// The key.
        key: String,
        /// Start of the row.
        from: NaiveDate,
    },
    /// Two rows are valid on the same day.
    #[error("two rows of {key} on {on}")]
    Overlap {
        /// The key.
        key: String,
        /// First day that both cover.
        on: NaiveDate,
    },
    /// No row between two rows.
    #[error("no row of {key} from {from}")]
    Gap {
        /// The key.
        key: String,
        /// First day without a row.
        from: NaiveDate,
    },
    /// Two rows of one key count different things.
    #[error("{key} changes its unit on {on}")]
    UnitChanged {
        /// The key.
        key: String,
        /// Start of the row that differs.
        on: NaiveDate,
    },
}

impl ParameterSet {
    /// The rows that come with the program.
    pub fn shipped() -> Self {
        Self::from_rows(shipped::rows().expect("a test reads every shipped row"))
    }

    /// Rows from elsewhere, in any order; [`ParameterSet::check`] tells whether they agree.
    pub fn from_rows(rows: impl IntoIterator<Item = Parameter>) -> Self {
        let mut by_key: BTreeMap<String, Vec<Parameter>> = BTreeMap::new();
        for row in rows {
            by_key.entry(row.key.clone()).or_default().push(row);
        }
        for rows in by_key.values_mut() {
            rows.sort_by_key(|row| row.valid_from);
        }
        Self { rows: by_key }
    }

    /// Every row, by key, then by date.
    pub fn rows(&self) -> impl Iterator<Item = &Parameter> {
        self.rows.values().flatten()
    }

    /// The rows of one key, in order of validity; none when the key is unknown.
    pub fn of(&self, key: &str) -> &[Parameter] {
        self.rows.get(key).map_or(&[], Vec::as_slice)
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.rows.keys().map(String::as_str)
    }

    /// The row of this key on this day.
    pub fn on(&self, key: &str, date: NaiveDate) -> Result<&Parameter, MissingParameter> {
        self.rows
            .get(key)
            .and_then(|rows| rows.iter().rfind(|row| row.covers(date)))
            .ok_or_else(|| MissingParameter { key: key.to_owned(), on: date })
    }

    /// An amount on this day.
    pub fn money_on(&self, key: &str, date: NaiveDate) -> Result<Money, MissingParameter> {
        match self.on(key, date)?.value {
            Value::Money(amount) => Ok(amount),
            Value::Percent(_) | Value::Count(_) | Value::Choice(_) => Err(other_kind(key, date)),
        }
    }

    /// A rate on this day.
    pub fn percent_on(&self, key: &str, date: NaiveDate) -> Result<Percent, MissingParameter> {
        match self.on(key, date)?.value {
            Value::Percent(rate) => Ok(rate),
            Value::Money(_) | Value::Count(_) | Value::Choice(_) => Err(other_kind(key, date)),
        }
    }

    /// A number of days, months or persons on this day; the unit stands in the row.
    pub fn days_on(&self, key: &str, date: NaiveDate) -> Result<u32, MissingParameter> {
        match self.on(key, date)?.value {
            Value::Count(count) => Ok(count),
            Value::Money(_) | Value::Percent(_) | Value::Choice(_) => Err(other_kind(key, date)),
        }
    }

    /// Everything that is wrong with the rows: nothing overlaps, nothing is missing between two rows of a key.
    pub fn check(&self) -> Vec<Fault> {
        self.rows.values().flat_map(|rows| reversed(rows).chain(rows.windows(2).filter_map(between))).collect()
    }
}

fn other_kind(key: &str, on: NaiveDate) -> MissingParameter {
    MissingParameter { key: key.to_owned(), on }
}

fn reversed(rows: &[Parameter]) -> impl Iterator<Item = Fault> {
    rows.iter()
        .filter(|row| row.valid_to.is_some_and(|last| last < row.valid_from))
        .map(|row| Fault::Reversed { key: row.key.clone(), from: row.valid_from })
}

fn between(pair: &[Parameter]) -> Option<Fault> {
    let [earlier, later] = pair else { return None };
    let key = || later.key.clone();
    let next = earlier.valid_to.and_then(|last| last.checked_add_days(Days::new(1)));

    match next {
        Some(free) if free < later.valid_from => Some(Fault::Gap { key: key(), from: free }),
        Some(free) if free == later.valid_from && earlier.unit != later.unit => {
            Some(Fault::UnitChanged { key: key(), on: later.valid_from })
        }
        Some(free) if free == later.valid_from => None,
        Some(_) | None => Some(Fault::Overlap { key: key(), on: later.valid_from }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    fn row(valid_from: &str, valid_to: Option<&str>) -> Parameter {
        let shipped = ParameterSet::shipped();
        let model = shipped.on("fm.max", date("2026-03-09")).expect("a shipped row");
        Parameter { valid_from: date(valid_from), valid_to: valid_to.map(date), ..model.clone() }
    }

    #[test]
    fn the_shipped_rows_do_not_overlap_and_have_no_gap() {
        assert_eq!(ParameterSet::shipped().check(), []);
    }

    #[test]
    fn the_row_of_the_day_is_found_on_both_sides_of_a_change_of_year() {
        let set = ParameterSet::shipped();
        let limit = |on: &str| set.money_on("pnspp.max", date(on)).map(Money::cents);

        assert_eq!(limit("2025-12-31"), Ok(14_300_000));
        assert_eq!(limit("2026-01-01"), Ok(14_000_000));
        assert_eq!(
            set.money_on("eu.threshold.supplies_services", date("2027-12-31")),
            Ok(Money::from_cents(21_600_000))
        );
    }

    #[test]
    fn what_is_not_known_yet_is_named() {
        let missing = ParameterSet::shipped().money_on("eu.threshold.works", date("2028-01-01"));

        let named = MissingParameter { key: "eu.threshold.works".into(), on: date("2028-01-01") };
        assert_eq!(missing, Err(named.clone()));
        assert_eq!(named.to_string(), "no parameter eu.threshold.works on 2028-01-01");
    }

    #[test]
    fn a_figure_of_another_kind_is_not_taken() {
        let set = ParameterSet::shipped();

        assert!(set.money_on("standstill.days", date("2026-03-09")).is_err());
        assert!(set.percent_on("standstill.days", date("2026-03-09")).is_err());
        assert!(set.days_on("fm.max", date("2026-03-09")).is_err());
        assert_eq!(set.days_on("standstill.days", date("2026-03-09")), Ok(15));
        assert_eq!(set.percent_on("surety.percent", date("2026-03-09")).map(Percent::to_iso), Ok("5".into()));
    }

    #[test]
    fn the_interest_of_each_half_year_is_known() {
        let set = ParameterSet::shipped();
        let rate = |on: &str| set.percent_on("interest.rate", date(on)).map(Percent::to_iso);

        assert_eq!(rate("2024-06-30"), Ok("12.5".into()));
        assert_eq!(rate("2025-06-30"), Ok("11.5".into()));
        assert_eq!(rate("2025-07-01"), Ok("10.5".into()));
        assert!(rate("2027-01-01").is_err());
    }

    #[test]
    fn rows_that_contradict_each_other_are_named() {
        let faults = |rows: [Parameter; 2]| ParameterSet::from_rows(rows).check();
        let key = || "fm.max".to_owned();

        let open_then_next = faults([row("2018-01-01", None), row("2020-01-01", None)]);
        assert_eq!(open_then_next, [Fault::Overlap { key: key(), on: date("2020-01-01") }]);
        let same_day = faults([row("2018-01-01", Some("2020-01-01")), row("2020-01-01", None)]);
        assert_eq!(same_day, [Fault::Overlap { key: key(), on: date("2020-01-01") }]);
        let a_day_missing = faults([row("2020-01-02", None), row("2018-01-01", Some("2019-12-31"))]);
        assert_eq!(a_day_missing, [Fault::Gap { key: key(), from: date("2020-01-01") }]);
        let backwards = faults([row("2018-01-01", Some("2017-12-31")), row("2018-01-01", None)]);
        assert_eq!(backwards, [Fault::Reversed { key: key(), from: date("2018-01-01") }]);
    }
}
