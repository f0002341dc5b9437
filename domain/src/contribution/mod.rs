//! What a member pays for a year: a rate per inhabitant within its bounds, by the day where it enters or leaves.

mod membership;
mod rate;

use crate::kernel::{Money, rounding::div_half_away};

pub use membership::Membership;
pub use rate::InhabitantRate;
use rate::TEN_MILLIONTHS_IN_A_CENT;

/// What all members pay alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tariff {
    pub rate: InhabitantRate,
    /// No member pays less for a whole year.
    pub min: Option<Money>,
    /// No member pays more for a whole year.
    pub max: Option<Money>,
}

/// What one member pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contribution {
    pub amount: Money,
    /// For a whole year.
    pub yearly: Money,
    pub bound: Option<Bound>,
}

/// The bound that decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    Min(Money),
    Max(Money),
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ContributionError {
    /// A rate is zero or more.
    #[error("the rate is below zero")]
    Rate,
    /// Bounds are zero or more, the minimum not above the maximum.
    #[error("the bounds are below zero or the wrong way round")]
    Bounds,
    /// A membership begins and ends within one year.
    #[error("the days are not of one year, in order")]
    Days,
    /// A sum does not fit.
    #[error("too large")]
    TooLarge,
}

/// Rate times inhabitants, bounded, then by the day over 365 or 366; one rounding, of what is paid.
pub fn contribution(
    tariff: Tariff,
    population: u64,
    membership: Option<Membership>,
) -> Result<Contribution, ContributionError> {
    let Tariff { rate, min, max } = tariff;
    if rate.ten_millionths() < 0 {
        return Err(ContributionError::Rate);
    }
    let is_ordered = min.is_none_or(|min| max.is_none_or(|max| min <= max));
    if !is_ordered || min.into_iter().chain(max).any(Money::is_negative) {
        return Err(ContributionError::Bounds);
    }

    let exact = i128::from(rate.ten_millionths()).checked_mul(i128::from(population));
    let (yearly, bound) = bounded(exact.ok_or(ContributionError::TooLarge)?, min, max);
    let (days, of) = membership.map_or((1, 1), |member| (member.days(), member.days_of_year()));
    let part = yearly.checked_mul(i128::from(days)).ok_or(ContributionError::TooLarge)?;
    Ok(Contribution { amount: cents(part, of)?, yearly: cents(yearly, 1)?, bound })
}

fn bounded(exact: i128, min: Option<Money>, max: Option<Money>) -> (i128, Option<Bound>) {
    let exactly = |bound: Money| i128::from(bound.cents()) * TEN_MILLIONTHS_IN_A_CENT;
    match (min.filter(|min| exact < exactly(*min)), max.filter(|max| exact > exactly(*max))) {
        (Some(min), _) => (exactly(min), Some(Bound::Min(min))),
        (None, Some(max)) => (exactly(max), Some(Bound::Max(max))),
        (None, None) => (exact, None),
    }
}

fn cents(ten_millionths: i128, divisor: u32) -> Result<Money, ContributionError> {
    let cents = div_half_away(ten_millionths, TEN_MILLIONTHS_IN_A_CENT * i128::from(divisor));
    i64::try_from(cents).map(Money::from_cents).map_err(|_| ContributionError::TooLarge)
}

#[cfg(test)]
mod tests;
