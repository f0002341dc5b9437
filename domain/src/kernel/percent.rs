//! Rates in per cent, exact to a millionth of a per cent.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    decimal::{self, NumberError},
    money::Money,
    rounding::div_half_away,
};

const DECIMALS: u32 = 6;
const DECIMALS_OF_PARTS: u32 = DECIMALS + 2;
const MILLIONTHS_IN_ONE: i128 = 100_000_000;

/// A rate, in millionths of a per cent: a rate typed with seven decimals is refused, never rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Percent {
    millionths: i64,
}

impl Percent {
    /// Nothing.
    pub const ZERO: Self = Self::from_millionths(0);
    /// The whole.
    pub const HUNDRED: Self = Self::from_millionths(100_000_000);

    /// A rate from millionths of a per cent: 21 % is 21 000 000.
    pub const fn from_millionths(millionths: i64) -> Self {
        Self { millionths }
    }

    /// The rate in millionths of a per cent.
    pub const fn millionths(self) -> i64 {
        self.millionths
    }

    /// Sum, or nothing when it does not fit: weights must add up to [`Percent::HUNDRED`].
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.millionths.checked_add(other.millionths).map(Self::from_millionths)
    }

    /// This part of an amount, rounded to the cent, half away from zero; nothing when it does not fit.
    pub fn of(self, amount: Money) -> Option<Money> {
        let product = i128::from(amount.cents()) * i128::from(self.millionths);
        i64::try_from(div_half_away(product, MILLIONTHS_IN_ONE)).ok().map(Money::from_cents)
    }

    /// Reads a rate as people type it, with or without `%`.
    pub fn parse_french(text: &str) -> Result<Self, NumberError> {
        let text = text.trim();
        decimal::parse_french(text.strip_suffix('%').unwrap_or(text), DECIMALS).map(Self::from_millionths)
    }

    /// Reads the form of files: `7.5`.
    pub fn parse_iso(text: &str) -> Result<Self, NumberError> {
        decimal::parse_iso(text, DECIMALS).map(Self::from_millionths)
    }

    /// The form of files, without useless zeros.
    pub fn to_iso(self) -> String {
        decimal::to_iso(self.millionths, DECIMALS, 0)
    }
}

/// Weights and coefficients are written as parts of one: `0.80` is 80 %.
impl Percent {
    /// Reads the form of files, at most eight decimals.
    pub fn parse_part_iso(text: &str) -> Result<Self, NumberError> {
        decimal::parse_iso(text, DECIMALS_OF_PARTS).map(Self::from_millionths)
    }

    /// The form of files, at least two decimals.
    pub fn to_part_iso(self) -> String {
        decimal::to_iso(self.millionths, DECIMALS_OF_PARTS, 2)
    }

    /// Reads a part of one as people type it: `0,80`.
    pub fn parse_part_french(text: &str) -> Result<Self, NumberError> {
        decimal::parse_french(text, DECIMALS_OF_PARTS).map(Self::from_millionths)
    }

    /// `0,80`.
    pub fn part_french(self) -> String {
        decimal::to_french(self.millionths, DECIMALS_OF_PARTS, 2)
    }
}

/// `7,5 %`, no-break space before the sign.
impl fmt::Display for Percent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&format!("{}\u{a0}%", decimal::to_french(self.millionths, DECIMALS, 0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_typed_and_shown_without_useless_zeros() {
        assert_eq!(Percent::parse_french("7,50 %").map(|rate| rate.to_string()), Ok("7,5\u{a0}%".into()));
        assert_eq!(Percent::parse_iso("0.02").map(Percent::to_iso), Ok("0.02".into()));
        assert_eq!(Percent::HUNDRED.to_string(), "100\u{a0}%");
    }

    #[test]
    fn a_rate_with_seven_decimals_is_refused() {
        assert_eq!(Percent::parse_french("33,333333").map(Percent::millionths), Ok(33_333_333));
        assert_eq!(Percent::parse_french("33,3333333"), Err(NumberError::TooManyDecimals));
    }

    #[test]
    fn a_part_is_rounded_to_the_cent_half_away_from_zero() {
        let half = Percent::from_millionths(50_000_000);

        assert_eq!(half.of(Money::from_cents(1)), Some(Money::from_cents(1)));
        assert_eq!(half.of(Money::from_cents(-1)), Some(Money::from_cents(-1)));
        assert_eq!(Percent::ZERO.of(Money::from_cents(1)), Some(Money::ZERO));
    }

    #[test]
    fn a_part_of_one_is_a_rate() {
        assert_eq!(Percent::parse_part_iso("0.80"), Percent::parse_iso("80"));
        assert_eq!(Percent::parse_part_french("0,125").map(Percent::part_french), Ok("0,125".into()));
        assert_eq!(Percent::parse_part_iso("0.2").map(Percent::to_part_iso), Ok("0.20".into()));
        assert_eq!(Percent::parse_part_iso("0.123456789"), Err(NumberError::TooManyDecimals));
    }
}
