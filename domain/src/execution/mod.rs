//! Sums of the performance of a contract: penalties, interest, revision, advances, modifications.
//!
//! Rates, caps and thresholds are dated rows; each answer gives those it used.

mod advance;
mod figures;
mod interest;
mod judgement;
mod lateness;
mod modification;
mod penalty;
mod refusal;
mod revision;
mod set_off;

use crate::parameter::MissingParameter;

pub use advance::{Advance, AdvanceCase, advance};
pub use interest::{Interest, Period, flat, interest};
pub use judgement::{Judgement, Modification, judge};
pub use lateness::{Claim, Late, claims};
pub use modification::{Ground, Minimis, Mode, minimis};
pub use penalty::{LateDelivery, LateWorks, Penalty, WorksUnit, late_delivery, late_works};
pub use refusal::Refusal;
pub use revision::{Index, MOST_TERMS, Revision, Term, not_compulsory};
pub use set_off::{SetOff, set_off};

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unanswerable {
    /// The amount that the question is about is above zero.
    #[error("the amount is not above zero")]
    Amount,
    /// What is added to it is zero or more.
    #[error("the other penalties are below zero")]
    Others,
    /// A delay or a duration that no contract has.
    #[error("not such a length")]
    Length,
    /// Fixed term and weights add up to one, none below zero.
    #[error("the weights do not add up to one")]
    Weights,
    /// A formula has at least one term, and not more than [`MOST_TERMS`].
    #[error("no term, or too many")]
    Terms,
    /// An index is above zero.
    #[error("an index is not above zero")]
    Index,
    /// A sum does not fit.
    #[error("too large")]
    TooLarge,
    /// The law of that date is not known.
    #[error(transparent)]
    Missing(#[from] MissingParameter),
}
