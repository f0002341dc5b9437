use chrono::{Days, NaiveDate};

use super::Unanswerable;
use crate::{
    kernel::{Money, Percent, rounding::div_half_away},
    parameter::{Parameter, ParameterSet},
};

/// Interest for late payment, due without notice (law of 2 August 2002).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interest {
    /// Days after the due date, the day of payment included; zero when it was paid in time.
    pub days: u32,
    pub interest: Money,
    /// Once, for the cost of recovery.
    pub flat: Money,
    /// Interest and flat sum, on top of the amount.
    pub total: Money,
    /// One per rate met, oldest first.
    pub periods: Vec<Period>,
    pub rows: Vec<Parameter>,
}

/// Days in which one rate ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    pub days: u32,
    pub rate: Percent,
}

const RATE: &str = "interest.rate";
const FLAT: &str = "interest.flat";
const DAYS_OF_A_YEAR: i128 = 365;

/// On an amount TVAC: the rate of each half-year for its own days of ]due, paid], over 365, rounded once.
pub fn interest(set: &ParameterSet, amount: Money, due: NaiveDate, paid: NaiveDate) -> Result<Interest, Unanswerable> {
    if !amount.is_positive() {
        return Err(Unanswerable::Amount);
    }
    if paid <= due {
        let zero = Money::ZERO;
        return Ok(Interest {
            days: 0,
            interest: zero,
            flat: zero,
            total: zero,
            periods: Vec::new(),
            rows: Vec::new(),
        });
    }

    let first = next(due)?;
    let flat = flat(set, due)?;
    let mut rows = vec![set.on(FLAT, first)?.clone()];
    let mut periods = Vec::new();
    let mut from = first;
    while from <= paid {
        let row = set.on(RATE, from)?;
        let to = row.valid_to.map_or(paid, |last| last.min(paid));
        let days = u32::try_from((to - from).num_days() + 1).map_err(|_| Unanswerable::Length)?;
        periods.push(Period { from, to, days, rate: set.percent_on(RATE, from)? });
        rows.push(row.clone());
        from = next(to)?;
    }

    let interest = on_periods(amount, &periods).ok_or(Unanswerable::TooLarge)?;
    let total = interest.checked_add(flat).ok_or(Unanswerable::TooLarge)?;
    let days = periods.iter().map(|period| period.days).sum();
    Ok(Interest { days, interest, flat, total, periods, rows })
}

/// For the cost of recovery, by the law of the first day after the due date.
pub fn flat(set: &ParameterSet, due: NaiveDate) -> Result<Money, Unanswerable> {
    Ok(set.money_on(FLAT, next(due)?)?)
}

fn on_periods(amount: Money, periods: &[Period]) -> Option<Money> {
    let rates = periods.iter().try_fold(0_i128, |sum, period| {
        sum.checked_add(i128::from(period.rate.millionths()).checked_mul(i128::from(period.days))?)
    })?;
    let dividend = i128::from(amount.cents()).checked_mul(rates)?;
    let cents = div_half_away(dividend, i128::from(Percent::HUNDRED.millionths()) * DAYS_OF_A_YEAR);
    i64::try_from(cents).ok().map(Money::from_cents)
}

fn next(date: NaiveDate) -> Result<NaiveDate, Unanswerable> {
    date.checked_add_days(Days::new(1)).ok_or(Unanswerable::Length)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn money(text: &str) -> Money {
        Money::parse_iso(text).expect("an amount")
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    fn ask(amount: &str, due: &str, paid: &str) -> Result<Interest, Unanswerable> {
        interest(&ParameterSet::shipped(), money(amount), date(due), date(paid))
    }

    #[test]
    fn twenty_days_on_twelve_thousand_one_hundred() {
        let late = ask("12100.00", "2026-02-01", "2026-02-21").expect("an answer");

        assert_eq!((late.days, late.interest, late.flat), (20, money("69.62"), money("40.00")));
        assert_eq!(late.total, money("109.62"));
    }

    #[test]
    fn each_half_year_has_its_own_rate_and_the_sum_is_rounded_once() {
        let late = ask("36500.00", "2025-06-20", "2025-07-10").expect("an answer");

        let rates: Vec<_> = late.periods.iter().map(|period| (period.days, period.rate.to_iso())).collect();
        assert_eq!(rates, [(10, "11.5".to_owned()), (10, "10.5".to_owned())]);
        assert_eq!(late.interest, money("220.00"));
        assert_eq!(late.rows.len(), 3);
    }

    #[test]
    fn what_is_paid_on_the_last_day_is_not_late_and_the_next_day_is() {
        let paid = |on| ask("1000.00", "2026-02-01", on).map(|late| (late.days, late.total));

        assert_eq!(paid("2026-02-01"), Ok((0, Money::ZERO)));
        assert_eq!(paid("2026-01-15"), Ok((0, Money::ZERO)));
        assert_eq!(paid("2026-02-02"), Ok((1, money("40.29"))));
    }

    #[test]
    fn a_half_year_whose_rate_is_not_published_is_named() {
        let missing = ask("1000.00", "2026-12-30", "2027-01-02").expect_err("no rate of 2027");

        assert_eq!(missing.to_string(), "no parameter interest.rate on 2027-01-01");
        assert_eq!(ask("0.00", "2026-02-01", "2026-02-02"), Err(Unanswerable::Amount));
        assert!(interest(&ParameterSet::shipped(), money("1.00"), NaiveDate::MAX, NaiveDate::MAX).is_ok());
    }

    proptest! {
        #[test]
        fn interest_never_shrinks_and_its_days_are_those_between(
            cents in 1_i64..100_000_000_000_000, start in 0_u64..2_500, days in 1_u64..600,
        ) {
            let set = ParameterSet::shipped();
            let due = date("2018-01-01") + Days::new(start);
            let paid = |days| interest(&set, Money::from_cents(cents), due, due + Days::new(days)).expect("known rates");
            let (less, more) = (paid(days), paid(days + 1));

            prop_assert_eq!(u64::from(less.days), days);
            prop_assert!(less.interest <= more.interest);
            prop_assert_eq!(less.total.checked_sub(less.interest), Some(less.flat));
        }
    }
}
