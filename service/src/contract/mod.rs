//! Contracts: made at the conclusion of a tender.

mod establish;

pub use establish::establish;
