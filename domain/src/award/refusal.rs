use chrono::NaiveDate;

use crate::kernel::{Money, reference::VoucherRef};

/// Why a well-typed, permitted act of this part is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Only an offer that was compared can be chosen.
    #[error("this offer is not ranked")]
    NotRanked,
    /// An offer other than the first is chosen, and nobody says why.
    #[error("a deviation from the ranking needs a reason")]
    DeviationNeedsAReason,
    /// No award is proposed yet.
    #[error("no award is proposed")]
    NotProposed,
    /// The legality opinion of the award is asked already.
    #[error("the opinion is asked already")]
    OpinionAsked,
    /// The letters are not sent.
    #[error("the tenderers are not informed")]
    NotInformed,
    /// The waiting time runs: nothing is concluded before its end (loi du 17 juin 2013, art. 11).
    #[error("standstill until {until}")]
    StandstillRuns {
        /// Last day of the waiting time.
        until: NaiveDate,
    },
    /// A request for suspension is registered: the ban lasts until it is lifted (art. 11 and 12).
    #[error("a request for suspension is pending since {since}")]
    SuspensionPending {
        /// When it was registered.
        since: NaiveDate,
    },
    /// No request for suspension is registered.
    #[error("no request for suspension is pending")]
    NoSuspension,
    /// The award is due to the supervising Region and was not sent there; a named person goes on with a reason.
    #[error("the award is not sent to the supervision")]
    SupervisionNotSent,
    /// The decision says that it goes to the supervising Region before anything is executed, and it has not gone there.
    #[error("the decision is not transmitted")]
    NotTransmitted,
    /// The Region may still annul the award; a named person goes on with a reason.
    #[error("supervision until {until}")]
    SupervisionRuns {
        /// Last day of its delay.
        until: NaiveDate,
    },
    /// The dates of the supervision are not in their order.
    #[error("sent on {sent_on}, after what follows it")]
    SupervisionDates {
        /// The day of the sending.
        sent_on: NaiveDate,
    },
    /// The Region has answered already, or annulled the award.
    #[error("the supervision has answered")]
    SupervisionAnswered,
    /// The award was annulled: nothing can be concluded on it.
    #[error("the award is annulled")]
    Annulled,
    /// A surety is awaited: the contract is not executed before it is deposited.
    #[error("a surety of {amount} is awaited")]
    SuretyAwaited {
        /// What must be deposited.
        amount: Money,
    },
    /// No surety is asked for this contract.
    #[error("no surety is asked")]
    NoSurety,
    /// The surety is released already.
    #[error("nothing is left to release")]
    NothingToRelease,
    /// Half was released: what is left follows the final acceptance.
    #[error("half is released already")]
    HalfReleased,
    /// What is ordered is delivered and accepted, given back or cancelled before the provisional acceptance.
    #[error("{} vouchers are to be delivered", .vouchers.len())]
    VouchersUndelivered {
        /// With the name of who ordered: each authority counts its own numbers.
        vouchers: Vec<(VoucherRef, String)>,
    },
    /// What is accepted is invoiced and paid before the file is closed.
    #[error("{} vouchers are to be invoiced or paid", .vouchers.len())]
    VouchersUnpaid {
        /// With the name of who ordered.
        vouchers: Vec<(VoucherRef, String)>,
    },
    /// A release follows an acceptance.
    #[error("no acceptance yet")]
    NotAccepted,
    /// The guarantee runs: the final acceptance follows it.
    #[error("guarantee until {until}")]
    GuaranteeRuns {
        /// Its last day.
        until: NaiveDate,
    },
    /// A finding that nobody made yet.
    #[error("found in the future")]
    FoundInTheFuture,
    /// Nothing was found: a termination rests on a report of failure (RGE, art. 44 and 47).
    #[error("no report of failure")]
    NoReportOfFailure,
    /// The contractor may still answer the report (RGE, art. 44, § 2).
    #[error("defence until {until}")]
    DefenceRuns {
        /// Last day of the delay.
        until: NaiveDate,
    },
    /// The surety is closed with the contract.
    #[error("a surety of {amount} is still held")]
    SuretyHeld {
        /// What is still held.
        amount: Money,
    },
}
