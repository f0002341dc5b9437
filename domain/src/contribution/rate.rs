use std::fmt;

use crate::kernel::{NumberError, decimal};

const DECIMALS: u32 = 7;
/// Ten-millionths of a euro in one cent.
pub(super) const TEN_MILLIONTHS_IN_A_CENT: i128 = 100_000;

/// Euro per inhabitant, in ten-millionths: a rate typed with eight decimals is refused, never rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct InhabitantRate {
    ten_millionths: i64,
}

impl InhabitantRate {
    pub const fn from_ten_millionths(ten_millionths: i64) -> Self {
        Self { ten_millionths }
    }

    pub const fn ten_millionths(self) -> i64 {
        self.ten_millionths
    }

    /// Reads a rate as people type it: `0,45`.
    pub fn parse_french(text: &str) -> Result<Self, NumberError> {
        decimal::parse_french(text, DECIMALS).map(Self::from_ten_millionths)
    }

    /// Reads the form of files: `0.45`.
    pub fn parse_iso(text: &str) -> Result<Self, NumberError> {
        decimal::parse_iso(text, DECIMALS).map(Self::from_ten_millionths)
    }

    /// The form of files, two to seven decimals.
    pub fn to_iso(self) -> String {
        decimal::to_iso(self.ten_millionths, DECIMALS, 2)
    }
}

/// `0,45 €`, two to seven decimals.
impl fmt::Display for InhabitantRate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&format!("{}\u{a0}€", decimal::to_french(self.ten_millionths, DECIMALS, 2)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_has_seven_decimals_at_most() {
        assert_eq!(InhabitantRate::parse_iso("0.4512345").map(InhabitantRate::to_iso), Ok("0.4512345".into()));
        assert_eq!(InhabitantRate::parse_french("0,45").map(|rate| rate.to_string()), Ok("0,45\u{a0}€".into()));
        assert_eq!(InhabitantRate::parse_french("0,45000001"), Err(NumberError::TooManyDecimals));
        assert_eq!(InhabitantRate::parse_iso("1000000000000"), Err(NumberError::TooLarge));
    }
}
