//! Surety of a contract (royal decree of 14 January 2013, art. 25).

use chrono::NaiveDate;

use crate::{
    kernel::{Money, Percent, rounding::div_up},
    parameter::{MissingParameter, Parameter, ParameterSet},
};

/// What a contractor deposits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surety {
    /// The award is too small: no surety may be asked.
    Forbidden {
        /// Awards below this amount carry none.
        below: Money,
    },
    /// The amount to deposit.
    Due(Money),
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SuretyError {
    /// An award is above zero.
    #[error("the award is not above zero")]
    Award,
    /// Not between 0 and 100 %.
    #[error("the rate is not between 0 and 100 %")]
    Rate,
    /// The rounded amount does not fit.
    #[error("too large")]
    TooLarge,
    /// The law of that date is not known.
    #[error(transparent)]
    Missing(#[from] MissingParameter),
}

/// Surety for an award HTVA: the exact product, rounded up to the next 10 €; forbidden below 50 000 €.
/// `on` is the day of the notice or of the invitation.
pub fn surety(set: &ParameterSet, on: NaiveDate, award: Money, rate: Percent) -> Result<Surety, SuretyError> {
    of_base(set, on, award, award, rate)
}

/// Global surety of a framework: its own rate of the estimate HTVA; the award tells whether one may be asked.
pub fn framework_surety(
    set: &ParameterSet,
    on: NaiveDate,
    award: Money,
    estimate: Money,
) -> Result<Surety, SuretyError> {
    of_base(set, on, award, estimate, set.percent_on("surety.framework_percent", on)?)
}

fn of_base(set: &ParameterSet, on: NaiveDate, award: Money, base: Money, rate: Percent) -> Result<Surety, SuretyError> {
    if !award.is_positive() {
        return Err(SuretyError::Award);
    }
    if !(Percent::ZERO..=Percent::HUNDRED).contains(&rate) {
        return Err(SuretyError::Rate);
    }

    let below = set.money_on("surety.min_award", on)?;
    if award < below {
        return Ok(Surety::Forbidden { below });
    }
    rounded_up(base, rate, set.money_on("surety.rounding", on)?).map(Surety::Due)
}

fn rounded_up(base: Money, rate: Percent, step: Money) -> Result<Money, SuretyError> {
    let step = i128::from(step.cents()).max(1);
    let product = i128::from(base.cents()) * i128::from(rate.millionths());
    let steps = div_up(product, step * i128::from(Percent::HUNDRED.millionths()));

    i64::try_from(steps * step).map(Money::from_cents).map_err(|_| SuretyError::TooLarge)
}

/// What a deposit that comes late costs the contractor (RGE, art. 29).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lateness {
    pub days: i64,
    pub penalty: Money,
    /// The rate per day.
    pub figure: Parameter,
}

/// Each day after the last one of the delay costs a part of the initial amount HTVA, up to a cap; none in time.
/// `on` is the day of the notice or of the invitation.
///
/// # Errors
/// No row of a figure on that day.
pub fn lateness(
    set: &ParameterSet,
    on: NaiveDate,
    initial: Money,
    due_on: NaiveDate,
    deposited_on: NaiveDate,
) -> Result<Option<Lateness>, MissingParameter> {
    let days = deposited_on.signed_duration_since(due_on).num_days();
    if days <= 0 {
        return Ok(None);
    }
    let figure = set.on(LATE_PER_DAY, on)?.clone();
    let (per_day, cap) = (set.percent_on(LATE_PER_DAY, on)?, set.percent_on("surety.late_cap_percent", on)?);
    let percent = Percent::from_millionths(per_day.millionths().saturating_mul(days)).min(cap);
    Ok(percent.of(initial).map(|penalty| Lateness { days, penalty, figure }))
}

const LATE_PER_DAY: &str = "surety.late_percent_per_day";

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(award: &str, rate: &str) -> Result<Surety, SuretyError> {
        let on = "2026-03-09".parse().expect("an ISO date");
        let award = Money::parse_iso(award).expect("an amount");
        surety(&ParameterSet::shipped(), on, award, Percent::parse_iso(rate).expect("a rate"))
    }

    fn due(text: &str) -> Surety {
        Surety::Due(Money::parse_iso(text).expect("an amount"))
    }

    #[test]
    fn five_per_cent_are_rounded_up_to_ten_euros() {
        assert_eq!(ask("81234.00", "5"), Ok(due("4070.00")));
        assert_eq!(ask("80000.00", "5"), Ok(due("4000.00")));
        assert_eq!(ask("80000.01", "5"), Ok(due("4010.00")));
    }

    #[test]
    fn a_framework_deposits_three_per_cent_of_its_estimate_where_its_award_reaches_fifty_thousand() {
        let on = "2026-03-09".parse().expect("an ISO date");
        let money = |text| Money::parse_iso(text).expect("an amount");
        let ask = |award| framework_surety(&ParameterSet::shipped(), on, money(award), money("200000.00"));

        assert_eq!(ask("50000.00"), Ok(due("6000.00")));
        assert_eq!(ask("240000.00"), Ok(due("6000.00")));
        assert_eq!(ask("49999.99"), Ok(Surety::Forbidden { below: money("50000.00") }));
    }

    #[test]
    fn below_fifty_thousand_a_surety_is_forbidden() {
        let below = Money::from_cents(5_000_000);

        assert_eq!(ask("49999.99", "5"), Ok(Surety::Forbidden { below }));
        assert_eq!(ask("50000.00", "5"), Ok(due("2500.00")));
    }

    #[test]
    fn each_day_late_costs_two_hundredths_of_a_per_cent_up_to_two_per_cent() {
        let date = |text: &str| text.parse::<NaiveDate>().expect("an ISO date");
        let late = |deposited_on| {
            let initial = Money::parse_iso("81234.00").expect("an amount");
            let law = ParameterSet::shipped();
            let found = lateness(&law, date("2026-03-09"), initial, date("2026-12-28"), date(deposited_on));
            found.expect("2026 is covered").map(|late| (late.days, late.penalty.to_iso()))
        };

        assert_eq!(late("2026-12-28"), None);
        assert_eq!(late("2026-12-29"), Some((1, "16.25".to_owned())));
        assert_eq!(late("2027-01-07"), Some((10, "162.47".to_owned())));
        assert_eq!(late("2027-04-07"), Some((100, "1624.68".to_owned())));
        assert_eq!(late("2027-04-08"), Some((101, "1624.68".to_owned())));
    }

    #[test]
    fn a_waived_surety_is_nothing() {
        assert_eq!(ask("81234.00", "0"), Ok(due("0.00")));
    }

    #[test]
    fn absurd_questions_are_refused() {
        assert_eq!(ask("0.00", "5"), Err(SuretyError::Award));
        assert_eq!(ask("60000.00", "-1"), Err(SuretyError::Rate));
        assert_eq!(ask("60000.00", "100.1"), Err(SuretyError::Rate));
    }
}
