use serde::{Deserialize, Serialize};

use crate::kernel::{Money, Percent, Quantity, UnitPrice, ids::OrganisationId, reference::VoucherRef};

/// One thing that is not as ordered, accepted or added up. Lines are counted from 1; `more` is what the invoice asks in
/// excess because of it, HTVA, below zero when it asks less.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    OtherSupplier {
        expected: OrganisationId,
        stated: Option<OrganisationId>,
    },
    NoVoucherNumber {
        expected: VoucherRef,
    },
    ForeignVoucherNumber {
        expected: VoucherRef,
        stated: String,
    },
    /// An invoice of this number was taken already.
    Duplicate {
        number: String,
    },
    NoLine,
    /// A quantity that is not above zero or an amount below it: a credit note is another document.
    NotPositive {
        line: usize,
        more: Money,
    },
    /// Not a line of the order.
    UnknownLine {
        line: usize,
        item: String,
        more: Money,
    },
    /// The line's amount is not its quantity times its price.
    WrongProduct {
        line: usize,
        computed: Money,
        stated: Money,
        more: Money,
    },
    OtherPrice {
        line: usize,
        ordered: UnitPrice,
        stated: UnitPrice,
        more: Money,
    },
    /// More than what is ordered and not invoiced yet.
    AboveOrder {
        line: usize,
        left: Quantity,
        stated: Quantity,
        more: Money,
    },
    /// Ordered, but more than what is accepted and not invoiced yet.
    AboveReceipt {
        line: usize,
        left: Quantity,
        stated: Quantity,
        more: Money,
    },
    OtherRate {
        line: usize,
        ordered: Percent,
        stated: Percent,
    },
    /// A total of the document is not that of its lines.
    WrongTotal {
        total: Total,
        computed: Money,
        stated: Money,
    },
}

/// A total of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Total {
    Excluding,
    Vat,
    Including,
}

/// What becomes of an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// As ordered and as accepted: it may be paid.
    Agrees,
    /// It is this order's, and some line is not as it should be: it waits, with its differences.
    Differs,
    /// It is not an invoice of this order, or its totals are wrong: it goes back, with the reason.
    Refused,
}

impl Finding {
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::OtherSupplier { .. }
            | Self::NoVoucherNumber { .. }
            | Self::ForeignVoucherNumber { .. }
            | Self::Duplicate { .. }
            | Self::NoLine
            | Self::NotPositive { .. }
            | Self::WrongTotal { .. } => Outcome::Refused,
            Self::UnknownLine { .. }
            | Self::WrongProduct { .. }
            | Self::OtherPrice { .. }
            | Self::AboveOrder { .. }
            | Self::AboveReceipt { .. }
            | Self::OtherRate { .. } => Outcome::Differs,
        }
    }

    /// What the lines ask in excess because of it, HTVA; nothing where no line's amount is concerned.
    pub fn more(&self) -> Option<Money> {
        match self {
            Self::NotPositive { more, .. }
            | Self::UnknownLine { more, .. }
            | Self::WrongProduct { more, .. }
            | Self::OtherPrice { more, .. }
            | Self::AboveOrder { more, .. }
            | Self::AboveReceipt { more, .. } => Some(*more),
            Self::OtherSupplier { .. }
            | Self::NoVoucherNumber { .. }
            | Self::ForeignVoucherNumber { .. }
            | Self::Duplicate { .. }
            | Self::NoLine
            | Self::OtherRate { .. }
            | Self::WrongTotal { .. } => None,
        }
    }
}
