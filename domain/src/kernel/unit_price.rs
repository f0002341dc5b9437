//! Prices per unit, exact to a ten-thousandth of a euro.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    decimal::{self, NumberError},
    money::Money,
    quantity::Quantity,
    rounding::div_half_away,
};

const DECIMALS: u32 = 4;
/// Ten-thousandths of a euro times thousandths of a unit, in one cent.
const PRODUCTS_IN_A_CENT: i128 = 100_000;

/// A price per unit, in ten-thousandths of a euro: price lists go below the cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnitPrice {
    ten_thousandths: i64,
}

impl UnitPrice {
    /// A price from ten-thousandths of a euro.
    pub const fn from_ten_thousandths(ten_thousandths: i64) -> Self {
        Self { ten_thousandths }
    }

    /// The price in ten-thousandths of a euro.
    pub const fn ten_thousandths(self) -> i64 {
        self.ten_thousandths
    }

    /// The line's amount, rounded to the cent, half away from zero; nothing when it does not fit.
    pub fn times(self, quantity: Quantity) -> Option<Money> {
        let product = i128::from(self.ten_thousandths) * i128::from(quantity.thousandths());
        i64::try_from(div_half_away(product, PRODUCTS_IN_A_CENT)).ok().map(Money::from_cents)
    }

    /// Nothing below the cent.
    pub const fn is_whole_cents(self) -> bool {
        self.ten_thousandths % 100 == 0
    }

    /// Reads a price as people type it, up to four decimals; same writings as [`Money::parse_french`].
    pub fn parse_french(text: &str) -> Result<Self, NumberError> {
        decimal::parse_french(text, DECIMALS).map(Self::from_ten_thousandths)
    }

    /// Reads the form of files: `12.3456`.
    pub fn parse_iso(text: &str) -> Result<Self, NumberError> {
        decimal::parse_iso(text, DECIMALS).map(Self::from_ten_thousandths)
    }

    /// The form of files, two to four decimals.
    pub fn to_iso(self) -> String {
        decimal::to_iso(self.ten_thousandths, DECIMALS, 2)
    }

    /// `1 234,5678`, two to four decimals, without the sign.
    pub fn amount_french(self) -> String {
        decimal::to_french(self.ten_thousandths, DECIMALS, 2)
    }
}

/// `1 234,5678 €`, two to four decimals.
impl fmt::Display for UnitPrice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&format!("{}\u{a0}€", self.amount_french()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_rounded_to_the_cent_half_away_from_zero() {
        let line = |price: &str, quantity: &str| {
            let price = UnitPrice::parse_iso(price).expect("a price");
            price.times(Quantity::parse_iso(quantity).expect("a quantity")).map(Money::cents)
        };

        assert_eq!(line("0.0050", "1"), Some(1));
        assert_eq!(line("0.0049", "1"), Some(0));
        assert_eq!(line("-0.0050", "1"), Some(-1));
        assert_eq!(line("12.3456", "2.5"), Some(3_086));
        assert_eq!(line("600", "0"), Some(0));
    }

    #[test]
    fn a_line_that_does_not_fit_has_no_amount() {
        let price = UnitPrice::from_ten_thousandths(i64::MAX);

        assert_eq!(price.times(Quantity::from_thousandths(i64::MAX)), None);
    }

    #[test]
    fn two_decimals_are_always_shown_and_four_at_most() {
        assert_eq!(UnitPrice::from_ten_thousandths(12_345_678).to_string(), "1\u{202f}234,5678\u{a0}€");
        assert_eq!(UnitPrice::from_ten_thousandths(10_000).to_string(), "1,00\u{a0}€");
        assert_eq!(UnitPrice::parse_french("0,12345"), Err(NumberError::TooManyDecimals));
    }
}
