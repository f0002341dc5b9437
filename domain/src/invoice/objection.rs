use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Finding, InvoiceFault};
use crate::{
    kernel::{Money, identifier::Bce},
    matching::{self, Outcome},
    voucher::Status,
};

/// One reason why an invoice is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Objection {
    /// The file can't be read as an invoice.
    Unreadable(InvoiceFault),
    /// A figure does not follow from the others.
    Figure(Finding),
    /// It gives back what another invoice asked.
    CreditNote,
    /// It is not addressed to who ordered.
    OtherBuyer { expected: Bce, stated: Option<Bce> },
    /// Dated of a day to come.
    DayToCome { on: NaiveDate },
    /// Something else than a part of the advance is taken off the total TVAC.
    OtherPayable { including: Money, payable: Money },
    /// More than what is due to be set off of the advance, TVAC.
    SetOffPassed { most: Money, stated: Money },
    /// It is not as ordered and accepted.
    Order(matching::Finding),
    /// It does not ask what is left to invoice of what was accepted, TVAC.
    OtherAmount { expected: Money, stated: Money },
    /// The voucher takes no invoice at this status.
    NotNow { status: Status },
}

impl Objection {
    /// What becomes of an invoice because of it.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Unreadable(_)
            | Self::Figure(_)
            | Self::CreditNote
            | Self::OtherBuyer { .. }
            | Self::DayToCome { .. }
            | Self::OtherPayable { .. }
            | Self::SetOffPassed { .. }
            | Self::OtherAmount { .. } => Outcome::Refused,
            Self::Order(finding) => finding.outcome(),
            Self::NotNow { .. } => Outcome::Differs,
        }
    }
}
