use std::fmt;

use serde::{Deserialize, Serialize};

use crate::kernel::decimal::{self, NumberError};

const DECIMALS: u32 = 2;

/// Points of a criterion or of a tender, exact to a hundredth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Points {
    hundredths: i64,
}

impl Points {
    /// None.
    pub const ZERO: Self = Self::from_hundredths(0);

    /// Points from hundredths of a point.
    pub const fn from_hundredths(hundredths: i64) -> Self {
        Self { hundredths }
    }

    /// The points in hundredths.
    pub const fn hundredths(self) -> i64 {
        self.hundredths
    }

    /// Sum, or nothing when it does not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.hundredths.checked_add(other.hundredths).map(Self::from_hundredths)
    }

    /// Reads points as people type them, up to two decimals.
    pub fn parse_french(text: &str) -> Result<Self, NumberError> {
        decimal::parse_french(text, DECIMALS).map(Self::from_hundredths)
    }

    /// Reads the form of files: `87.33`.
    pub fn parse_iso(text: &str) -> Result<Self, NumberError> {
        decimal::parse_iso(text, DECIMALS).map(Self::from_hundredths)
    }

    /// The form of files, always two decimals.
    pub fn to_iso(self) -> String {
        decimal::to_iso(self.hundredths, DECIMALS, 2)
    }
}

/// `87,33`: always two decimals.
impl fmt::Display for Points {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&decimal::to_french(self.hundredths, DECIMALS, 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_have_two_decimals() {
        assert_eq!(Points::parse_french("87,3").map(|points| points.to_string()), Ok("87,30".into()));
        assert_eq!(Points::parse_iso("54").map(Points::to_iso), Ok("54.00".into()));
        assert_eq!(Points::parse_french("1,005"), Err(NumberError::TooManyDecimals));
    }
}
