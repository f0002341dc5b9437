//! Surety of a contract (royal decree of 14 January 2013, art. 25).

use chrono::NaiveDate;

use crate::{
    kernel::{Money, Percent, rounding::div_up},
    parameter::{MissingParameter, ParameterSet},
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
/// `on` is the day of the notice or of the invitation. A framework's global surety takes its estimate and its own rate.
pub fn surety(set: &ParameterSet, on: NaiveDate, award: Money, rate: Percent) -> Result<Surety, SuretyError> {
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
    rounded_up(award, rate, set.money_on("surety.rounding", on)?).map(Surety::Due)
}

fn rounded_up(award: Money, rate: Percent, step: Money) -> Result<Money, SuretyError> {
    let step = i128::from(step.cents()).max(1);
    let product = i128::from(award.cents()) * i128::from(rate.millionths());
    let steps = div_up(product, step * i128::from(Percent::HUNDRED.millionths()));

    i64::try_from(steps * step).map(Money::from_cents).map_err(|_| SuretyError::TooLarge)
}

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
    fn a_framework_deposits_three_per_cent_of_its_estimate() {
        assert_eq!(ask("200000.00", "3"), Ok(due("6000.00")));
    }

    #[test]
    fn below_fifty_thousand_a_surety_is_forbidden() {
        let below = Money::from_cents(5_000_000);

        assert_eq!(ask("49999.99", "5"), Ok(Surety::Forbidden { below }));
        assert_eq!(ask("50000.00", "5"), Ok(due("2500.00")));
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
