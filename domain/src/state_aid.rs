//! State aid of small amount to one undertaking (regulation (EU) 2023/2831, art. 3).

use chrono::{Months, NaiveDate};

use crate::{
    kernel::Money,
    parameter::{MissingParameter, Parameter, ParameterSet},
};

/// Aid that an undertaking was granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aid {
    pub on: NaiveDate,
    pub amount: Money,
}

/// What a new aid makes of the earlier ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateAid {
    /// First day that counts.
    pub since: NaiveDate,
    pub counted_before: Money,
    pub after: Money,
    pub max: Money,
    /// At most the maximum.
    pub is_allowed: bool,
    pub rows: Vec<Parameter>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StateAidError {
    /// A new aid is above zero.
    #[error("the new aid is not above zero")]
    New,
    /// An earlier aid is zero or more.
    #[error("an earlier aid is below zero")]
    Earlier,
    /// A sum does not fit.
    #[error("too large")]
    TooLarge,
    /// The law of that date is not known.
    #[error(transparent)]
    Missing(#[from] MissingParameter),
}

const MAX: &str = "state_aid.max";
const YEARS: &str = "state_aid.years";

/// Counts what was granted in ]d − 3 years, d], d being the day of the new aid.
pub fn state_aid(set: &ParameterSet, earlier: &[Aid], new: Aid) -> Result<StateAid, StateAidError> {
    if !new.amount.is_positive() {
        return Err(StateAidError::New);
    }
    if earlier.iter().any(|aid| aid.amount.is_negative()) {
        return Err(StateAidError::Earlier);
    }

    let max = set.money_on(MAX, new.on)?;
    let since = since(new.on, set.days_on(YEARS, new.on)?);
    let counted = earlier.iter().filter(|aid| (since..=new.on).contains(&aid.on)).map(|aid| aid.amount);
    let counted_before = Money::total(counted).ok_or(StateAidError::TooLarge)?;
    let after = counted_before.checked_add(new.amount).ok_or(StateAidError::TooLarge)?;
    let rows = vec![set.on(MAX, new.on)?.clone(), set.on(YEARS, new.on)?.clone()];
    Ok(StateAid { since, counted_before, after, max, is_allowed: after <= max, rows })
}

/// The day after the same day so many years ago.
fn since(on: NaiveDate, years: u32) -> NaiveDate {
    let same_day = on.checked_sub_months(Months::new(years.saturating_mul(12)));
    same_day.and_then(|day| day.succ_opt()).unwrap_or(NaiveDate::MIN)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    fn aid(on: &str, amount: &str) -> Aid {
        Aid { on: date(on), amount: Money::parse_iso(amount).expect("an amount") }
    }

    fn ask(earlier: &[Aid], new: Aid) -> Result<(String, String, bool), StateAidError> {
        let found = state_aid(&ParameterSet::shipped(), earlier, new)?;
        Ok((found.counted_before.to_iso(), found.after.to_iso(), found.is_allowed))
    }

    fn answer(before: &str, after: &str, is_allowed: bool) -> Result<(String, String, bool), StateAidError> {
        Ok((before.to_owned(), after.to_owned(), is_allowed))
    }

    #[test]
    fn three_hundred_thousand_are_allowed_and_one_cent_more_is_not() {
        let earlier = [aid("2025-01-01", "200000.00")];

        assert_eq!(ask(&earlier, aid("2026-03-09", "100000.00")), answer("200000.00", "300000.00", true));
        assert_eq!(ask(&earlier, aid("2026-03-09", "100000.01")), answer("200000.00", "300000.01", false));
        assert_eq!(ask(&[], aid("2026-03-09", "300000.00")), answer("0.00", "300000.00", true));
    }

    #[test]
    fn the_same_day_three_years_ago_no_longer_counts_and_the_day_itself_does() {
        let new = aid("2026-03-09", "1.00");
        let counted = |on| ask(&[aid(on, "10.00")], new).map(|found| found.0);

        assert_eq!(counted("2023-03-09"), Ok("0.00".to_owned()));
        assert_eq!(counted("2023-03-10"), Ok("10.00".to_owned()));
        assert_eq!(counted("2026-03-09"), Ok("10.00".to_owned()));
        assert_eq!(counted("2026-03-10"), Ok("0.00".to_owned()));
    }

    #[test]
    fn three_years_before_a_leap_day_is_the_last_of_february() {
        assert_eq!(since(date("2028-02-29"), 3), date("2025-03-01"));
        assert_eq!(since(date("2028-02-29"), u32::MAX), NaiveDate::MIN);
    }

    #[test]
    fn absurd_questions_are_refused() {
        let missing = MissingParameter { key: MAX.to_owned(), on: date("2023-12-31") };
        let most = Aid { on: date("2026-03-09"), amount: Money::from_cents(i64::MAX) };

        assert_eq!(ask(&[], aid("2026-03-09", "0.00")), Err(StateAidError::New));
        assert_eq!(ask(&[aid("2020-01-01", "-0.01")], aid("2026-03-09", "1.00")), Err(StateAidError::Earlier));
        assert_eq!(ask(&[], aid("2023-12-31", "1.00")), Err(missing.into()));
        assert_eq!(ask(&[most, most], aid("2026-03-09", "1.00")), Err(StateAidError::TooLarge));
        assert_eq!(ask(&[most], aid("2026-03-09", "1.00")), Err(StateAidError::TooLarge));
    }

    proptest! {
        #[test]
        fn only_the_days_of_three_years_count(
            earlier in proptest::collection::vec((0_u64..3_000, 0_i64..10_000_000), 0..20), new in 1_i64..10_000_000,
        ) {
            let (start, on) = (date("2020-01-01"), date("2026-03-09"));
            let earlier: Vec<_> = earlier
                .into_iter()
                .map(|(days, cents)| Aid { on: start + chrono::Days::new(days), amount: Money::from_cents(cents) })
                .collect();

            let found = state_aid(&ParameterSet::shipped(), &earlier, Aid { on, amount: Money::from_cents(new) }).expect("an answer");

            let is_counted = |day: NaiveDate| day > date("2023-03-09") && day <= on;
            let counted: i64 = earlier.iter().filter(|aid| is_counted(aid.on)).map(|aid| aid.amount.cents()).sum();
            prop_assert_eq!((found.counted_before.cents(), found.after.cents()), (counted, counted + new));
            prop_assert_eq!(found.is_allowed, counted + new <= 30_000_000);
        }
    }
}
