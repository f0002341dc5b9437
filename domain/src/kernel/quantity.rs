//! Quantities of a price list, exact to a thousandth of the unit.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::decimal::{self, NumberError};

const DECIMALS: u32 = 3;

/// How many units, in thousandths: half days, hours and quarters of an hour are exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quantity {
    thousandths: i64,
}

impl Quantity {
    /// A quantity from thousandths of the unit.
    pub const fn from_thousandths(thousandths: i64) -> Self {
        Self { thousandths }
    }

    /// The quantity in thousandths of the unit.
    pub const fn thousandths(self) -> i64 {
        self.thousandths
    }

    /// Sum, or nothing when it does not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.thousandths.checked_add(other.thousandths).map(Self::from_thousandths)
    }

    /// Difference, or nothing when it does not fit.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.thousandths.checked_sub(other.thousandths).map(Self::from_thousandths)
    }

    /// Reads a quantity as people type it, up to three decimals.
    pub fn parse_french(text: &str) -> Result<Self, NumberError> {
        decimal::parse_french(text, DECIMALS).map(Self::from_thousandths)
    }

    /// Reads the form of files: `2.5`.
    pub fn parse_iso(text: &str) -> Result<Self, NumberError> {
        decimal::parse_iso(text, DECIMALS).map(Self::from_thousandths)
    }

    /// The form of files, without useless zeros.
    pub fn to_iso(self) -> String {
        decimal::to_iso(self.thousandths, DECIMALS, 0)
    }
}

/// `1 250,5`: no useless zero.
impl fmt::Display for Quantity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&decimal::to_french(self.thousandths, DECIMALS, 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_is_typed_and_shown_without_useless_zeros() {
        assert_eq!(
            Quantity::parse_french("1 250,500").map(|quantity| quantity.to_string()),
            Ok("1\u{202f}250,5".into())
        );
        assert_eq!(Quantity::from_thousandths(3_000).to_string(), "3");
        assert_eq!(Quantity::from_thousandths(0).to_iso(), "0");
        assert_eq!(Quantity::parse_french("0,1234"), Err(NumberError::TooManyDecimals));
    }
}
