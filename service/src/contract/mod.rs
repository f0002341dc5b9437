//! Contracts: made at the conclusion of a tender.

mod establish;

pub use establish::establish;
pub(crate) use establish::told;
