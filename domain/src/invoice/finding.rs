use serde::{Deserialize, Serialize};

use super::VatCategory;
use crate::kernel::{Money, Percent};

/// What the file says, and what follows from its other figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    pub stated: Money,
    pub computed: Money,
}

/// A figure of an invoice that does not follow from the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// Quantity × price, with its adjustments.
    LineNet { line: String, figures: Figures },
    /// Sum of the lines.
    LineSum(Figures),
    /// Sum of the allowances on the whole.
    Allowances(Figures),
    /// Sum of the charges on the whole.
    Charges(Figures),
    /// Lines less allowances, with charges.
    Excluding(Figures),
    /// What is taxed in one category at one rate.
    VatBase { category: VatCategory, rate: Percent, figures: Figures },
    /// The rate of the stated base, rounded once.
    VatAmount { category: VatCategory, rate: Percent, figures: Figures },
    /// A rate of zero in the standard category, or another one elsewhere.
    VatRate { category: VatCategory, rate: Percent },
    /// Sum of the VAT of each rate.
    VatSum(Figures),
    /// HTVA and VAT.
    Including(Figures),
    /// TVAC less what was paid before, with the rounding.
    Payable(Figures),
    /// An amount that no sum holds.
    TooLarge,
}
