use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Category of VAT (UNCL 5305). Those of the Canary Islands, of Ceuta and of Italy's split payment are not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum VatCategory {
    Standard,
    ZeroRated,
    Exempt,
    /// Autoliquidation, cocontractant.
    ReverseCharge,
    IntraCommunity,
    Export,
    OutOfScope,
}

/// The code is none that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a category of VAT")]
pub struct NotACategory;

impl VatCategory {
    pub const ALL: [Self; 7] = [
        Self::Standard,
        Self::ZeroRated,
        Self::Exempt,
        Self::ReverseCharge,
        Self::IntraCommunity,
        Self::Export,
        Self::OutOfScope,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Standard => "S",
            Self::ZeroRated => "Z",
            Self::Exempt => "E",
            Self::ReverseCharge => "AE",
            Self::IntraCommunity => "K",
            Self::Export => "G",
            Self::OutOfScope => "O",
        }
    }
}

impl FromStr for VatCategory {
    type Err = NotACategory;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|category| category.code() == code).ok_or(NotACategory)
    }
}

impl fmt::Display for VatCategory {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.code())
    }
}
