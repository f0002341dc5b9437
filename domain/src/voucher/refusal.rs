use chrono::NaiveDate;

use super::{BudgetArticle, Status, Step};
use crate::{
    central::NotEntitled,
    kernel::{Money, Quantity, UnitPrice},
    ledger::LoanRefused,
};

/// Why a well-typed, permitted act on a contract or a voucher is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The status does not allow the step.
    #[error("{step:?} from {from:?}")]
    Step { from: Status, step: Step },
    /// The tender is not concluded, or its contract was accepted or ended.
    #[error("the contract does not run")]
    ContractNotRunning,
    /// The last day of the contract is past.
    #[error("the contract ended on {on}")]
    ContractOver { on: NaiveDate },
    /// This authority has no allotment.
    #[error("not a participant")]
    NotAParticipant,
    /// No line is ordered, delivered or accepted.
    #[error("no line")]
    NoLine,
    /// The price list has no such line.
    #[error("no line {code}")]
    UnknownLine { code: String },
    /// A sum does not fit.
    #[error("too large")]
    TooLarge,
    /// All participants together would order more than the ceiling, HTVA.
    #[error("{asked} asked, {available} left of the ceiling")]
    CeilingPassed { asked: Money, available: Money },
    /// The participant would order more than its allotment, HTVA.
    #[error("{asked} asked, {available} left of the allotment")]
    AllotmentPassed { asked: Money, available: Money },
    /// More than a fixed quantity.
    #[error("{left} {unit} left of {item}")]
    QuantityPassed { item: String, left: Quantity, unit: String },
    /// The price list gives another price today than when the line was drawn, HTVA.
    #[error("{item} drawn at {drawn}, {listed} today")]
    OtherPrice { item: String, drawn: UnitPrice, listed: UnitPrice },
    /// The credit of an article does not cover what it bears, TVAC.
    #[error("credit {credit} for {needed}")]
    CreditTooLow { credit: Money, needed: Money },
    /// An article bears one part.
    #[error("{article} twice")]
    ArticleTwice { article: BudgetArticle },
    /// Each article bears something, TVAC: here what the others leave to it.
    #[error("{amount} on {article}")]
    NothingOnArticle { article: BudgetArticle, amount: Money },
    /// The commitment comes before the order.
    #[error("committed later, on {on}")]
    CommittedLater { on: NaiveDate },
    /// No voucher is numbered by the year of this commitment.
    #[error("committed on {on}")]
    CommitmentYear { on: NaiveDate },
    /// Who drafts a voucher, or changes it, does not approve it.
    #[error("the author approves")]
    AuthorApproves,
    /// Who receives does not pay.
    #[error("the receiver pays")]
    ReceiverPays,
    /// More than what is still to be delivered.
    #[error("{left} {unit} of {item} left to deliver")]
    DeliveredTooMuch { item: String, left: Quantity, unit: String },
    /// More than what the delivery brought.
    #[error("{delivered} {unit} of {item} delivered")]
    AcceptedTooMuch { item: String, delivered: Quantity, unit: String },
    /// What is refused of a delivery is refused for reasons, which the minutes tell (RGE, art. 44).
    #[error("no reasons")]
    NoReasons,
    /// What was delivered or invoiced on a day to come.
    #[error("{on} is to come")]
    DayToCome { on: NaiveDate },
    /// The invoice is not what was accepted and not invoiced yet, TVAC.
    #[error("{stated} stated, {expected} expected")]
    InvoiceDiffers { expected: Money, stated: Money, difference: Money },
    /// More than what is due to be set off of the advance, or than the invoice asks, TVAC.
    #[error("{stated} set off, {most} at most")]
    SetOffPassed { most: Money, stated: Money },
    /// More than the penalties that were decided and not withheld yet, or than the invoice asks.
    #[error("{stated} withheld, {most} at most")]
    WithheldPassed { most: Money, stated: Money },
    /// No surety is asked for this order, or it is deposited, or all is accepted.
    #[error("no surety awaited")]
    NoSuretyAwaited,
    /// Nothing accepted is left to invoice.
    #[error("nothing to invoice")]
    NothingToInvoice,
    /// The firm has stated an invoice of this number already.
    #[error("invoice {number} was stated already")]
    InvoiceNumberTaken { number: String },
    /// The invoice is taken or refused already.
    #[error("the invoice does not wait")]
    InvoiceNotWaiting,
    /// An invoice is not paid before it came.
    #[error("paid on {on}, received on {received_on}")]
    PaidBeforeReceipt { on: NaiveDate, received_on: NaiveDate },
    /// Accepted lines are invoiced and paid, not cancelled.
    #[error("accepted already")]
    AcceptedAlready,
    /// A voucher of which nothing was accepted is cancelled, not closed.
    #[error("nothing accepted")]
    NothingAccepted,
    /// What was accepted is invoiced and paid before the voucher is closed, TVAC.
    #[error("{due} not invoiced yet")]
    StillDue { due: Money },
    /// The authority is no user of this framework of a central body.
    #[error(transparent)]
    NotEntitled(#[from] NotEntitled),
    /// Allotment is not lent.
    #[error(transparent)]
    Loan(#[from] LoanRefused),
}
