//! Subsidies of local powers (CDLD, art. L3331-1 to L3331-9): what is promised, in which tranches, and what is due in
//! the end.

mod duties;
mod promise;
mod settlement;

pub use duties::{DUTY_FIGURES, Duties, duties};
pub use promise::{MOST_TRANCHES, Promise};
pub use settlement::Settlement;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SubsidyError {
    /// Not between 0 and 100 %.
    #[error("the rate is not between 0 and 100 %")]
    Rate,
    /// Costs to be subsidised are above zero.
    #[error("the eligible costs are not above zero")]
    Eligible,
    /// A cap is zero or more.
    #[error("the cap is below zero")]
    Cap,
    /// One tranche at least, [`MOST_TRANCHES`] at most, each above zero, 100 % together.
    #[error("the tranches do not add up to 100 %")]
    Tranches,
    /// More tranches were paid than there are.
    #[error("more tranches are paid than there are")]
    Paid,
    /// Costs accepted are zero or more.
    #[error("the accepted costs are below zero")]
    Accepted,
    /// A sum does not fit.
    #[error("too large")]
    TooLarge,
}
