//! Amounts in euro, exact to the cent.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::decimal;
pub use super::decimal::NumberError as MoneyError;

const DECIMALS: u32 = 2;

/// An amount in euro, in whole cents. No `+`: a sum that does not fit is an answer, not a panic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money {
    cents: i64,
}

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self::from_cents(0);

    /// An amount from whole cents.
    pub const fn from_cents(cents: i64) -> Self {
        Self { cents }
    }

    /// The amount in whole cents.
    pub const fn cents(self) -> i64 {
        self.cents
    }

    /// Sum, or nothing when it does not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.cents.checked_add(other.cents).map(Self::from_cents)
    }

    /// Difference, or nothing when it does not fit.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.cents.checked_sub(other.cents).map(Self::from_cents)
    }

    /// Sum of all, or nothing when it does not fit.
    pub fn total(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// Below zero.
    pub const fn is_negative(self) -> bool {
        self.cents < 0
    }

    /// Above zero.
    pub const fn is_positive(self) -> bool {
        self.cents > 0
    }

    /// Reads an amount as people type it in French: `38 400,00`, `38.400,00`, `38400.5`, with or without `€`.
    ///
    /// Three digits after a single dot are thousands (`1.234` is 1 234,00); a comma is always the decimal separator.
    pub fn parse_french(text: &str) -> Result<Self, MoneyError> {
        decimal::parse_french(text, DECIMALS).map(Self::from_cents)
    }

    /// Same, and refuses an amount below zero.
    pub fn parse_french_not_negative(text: &str) -> Result<Self, MoneyError> {
        let amount = Self::parse_french(text)?;
        if amount.is_negative() { Err(MoneyError::Negative) } else { Ok(amount) }
    }

    /// Reads the form of files: `100000.00`, `-12.5`, `7`.
    pub fn parse_iso(text: &str) -> Result<Self, MoneyError> {
        decimal::parse_iso(text, DECIMALS).map(Self::from_cents)
    }

    /// The form of files, always two decimals: `100000.00`.
    pub fn to_iso(self) -> String {
        decimal::to_iso(self.cents, DECIMALS, 2)
    }

    /// `1 234 567,89`, for a column whose head says euro.
    pub fn amount_french(self) -> String {
        decimal::to_french(self.cents, DECIMALS, 2)
    }
}

/// `1 234 567,89 €`: narrow no-break spaces between thousands, no-break space before the sign, true minus.
impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&format!("{}\u{a0}€", self.amount_french()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_shown_the_french_way() {
        assert_eq!(Money::from_cents(123_456_789).to_string(), "1\u{202f}234\u{202f}567,89\u{a0}€");
        assert_eq!(Money::from_cents(-5).to_string(), "\u{2212}0,05\u{a0}€");
        assert_eq!(Money::ZERO.amount_french(), "0,00");
    }

    #[test]
    fn what_is_shown_can_be_typed_again() {
        for cents in [0, 1, -1, 99, 100, 99_999, 100_000, 123_456_789, -100_000_000] {
            let amount = Money::from_cents(cents);

            assert_eq!(Money::parse_french(&amount.to_string()), Ok(amount));
            assert_eq!(Money::parse_iso(&amount.to_iso()), Ok(amount));
        }
    }

    #[test]
    fn a_sum_that_does_not_fit_is_no_sum() {
        let largest = Money::from_cents(i64::MAX);

        assert_eq!(largest.checked_add(Money::from_cents(1)), None);
        assert_eq!(Money::total([largest, Money::from_cents(1)]), None);
        assert_eq!(Money::from_cents(i64::MIN).checked_sub(Money::from_cents(1)), None);
        assert_eq!(Money::total([]), Some(Money::ZERO));
    }

    #[test]
    fn an_amount_travels_as_whole_cents() {
        let json = serde_json::to_string(&Money::from_cents(1_250)).expect("an integer serialises");

        assert_eq!(json, "1250");
        assert_eq!(serde_json::from_str::<Money>("1250").expect("an integer"), Money::from_cents(1_250));
        assert!(serde_json::from_str::<Money>("12.5").is_err());
    }

    #[test]
    fn a_negative_amount_is_refused_where_the_rule_wants_none() {
        assert_eq!(Money::parse_french_not_negative("-0,01"), Err(MoneyError::Negative));
        assert_eq!(Money::parse_french_not_negative("0"), Ok(Money::ZERO));
    }
}
