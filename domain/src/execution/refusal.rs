use chrono::NaiveDate;

use crate::{kernel::Money, price_list::PriceListError};

/// Why something well typed and permitted is refused during the performance of a contract.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// An order may have been placed at the price of that day.
    #[error("prices not before {earliest}")]
    PricesTooEarly { earliest: NaiveDate },
    /// A price below zero, or another set of lines.
    #[error("other lines")]
    OtherLines,
    /// The formula is not that of the specification, or of the revision before.
    #[error("another formula")]
    OtherFormula,
    /// The documents state no revision of prices (RGE, art. 38/7).
    #[error("no clause of revision")]
    NoRevisionClause,
    /// A sum does not fit.
    #[error("too large")]
    TooLarge,
    /// What is ordered on the contract stays covered: no more than this may be taken away.
    #[error("{free} not ordered of the ceiling")]
    CeilingBelowOrders { free: Money },
    /// The same for one participant.
    #[error("{free} not ordered by {participant}")]
    AllotmentBelowOrders { participant: String, free: Money },
    /// This delivery was not late, or its penalty is decided.
    #[error("nothing late to decide")]
    NothingLate,
    /// All delay penalties of the contract together are too small to be claimed (RGE, art. 123 and 154).
    #[error("dropped")]
    PenaltyDropped,
    /// The penalties of works follow a delay of the whole, not of a voucher (RGE, art. 86).
    #[error("works")]
    Works,
    /// The contract is not one of works.
    #[error("no works")]
    NoWorks,
    /// The lateness of the whole is decided once.
    #[error("works decided")]
    WorksDecided,
    /// The defence is over (RGE, art. 44): silence is an acknowledgement.
    #[error("defence over on {on}")]
    DefenceOver { on: NaiveDate },
    /// A report is answered once.
    #[error("answered already")]
    Answered,
    /// The advance of a contract is given once.
    #[error("advance given")]
    AdvanceGiven,
    /// Only a negotiated procedure without publication, below its amount, has an advance that follows no size.
    #[error("advance by size")]
    AdvanceBySize,
    /// The size of the firm is that of a day that came.
    #[error("size on {on}, to come")]
    SizeToCome { on: NaiveDate },
}

impl From<PriceListError> for Refusal {
    fn from(error: PriceListError) -> Self {
        match error {
            PriceListError::TooEarly { earliest } => Self::PricesTooEarly { earliest },
            PriceListError::OtherLines => Self::OtherLines,
            PriceListError::Unanswerable(_) => Self::TooLarge,
        }
    }
}
