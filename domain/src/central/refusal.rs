use chrono::NaiveDate;

use crate::kernel::Money;

/// Why a well-typed, permitted act about a central body is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Only a tender of a central body is offered as a framework.
    #[error("not of a central body")]
    NotCentral,
    /// The framework takes no users any more.
    #[error("the framework is over")]
    FrameworkOver,
    /// This authority has adhered, or has asked to.
    #[error("adhered already")]
    AccessionStands,
    /// It was accepted, or it ended.
    #[error("the accession does not wait")]
    AccessionNotWaiting,
    /// It ended, or its end is known.
    #[error("the accession ends already")]
    AccessionEnds,
    /// It was sent to the supervising Region already.
    #[error("sent already")]
    SentAlready,
    /// A withdrawal acts on the future.
    #[error("{on} is past")]
    EndInThePast { on: NaiveDate },
    /// Something that was decided, signed or sent on a day to come, or sent before it was decided.
    #[error("{on} can't be")]
    WrongDay { on: NaiveDate },
    /// The body orders on its own framework without being its user.
    #[error("the body itself")]
    TheBody,
    /// Users are named before the call (CJUE, C-23/20).
    #[error("called already")]
    CalledAlready,
    /// The users together would pass the maximum, HTVA.
    #[error("{asked} asked, {available} left")]
    MaximumPassed { asked: Money, available: Money },
    /// What is counted for all users passes the maximum of the specification or of the contract, HTVA.
    #[error("{counted} counted of {maximum}")]
    UsersPassMaximum { counted: Money, maximum: Money },
    /// Who did not adhere, or adheres no more, expresses no need.
    #[error("no accession")]
    NoAccession,
    /// After the call, only who was named as a potential user joins.
    #[error("not named")]
    NotNamed,
    /// It is an entitled user already.
    #[error("a user already")]
    UserAlready,
    /// No need waits.
    #[error("no need waits")]
    NoNeed,
    /// More than what the call counted for this user, HTVA.
    #[error("{asked} asked, {reserved} counted")]
    ReservePassed { asked: Money, reserved: Money },
    /// It was not made an entitled user, and has no part.
    #[error("not an entitled user")]
    NotAccepted,
    /// A part is lowered only, HTVA.
    #[error("not below {part}")]
    NotLower { part: Money },
    /// The contract runs: its parts are what they are.
    #[error("concluded already")]
    Concluded,
}
