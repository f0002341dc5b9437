//! Filled in by its part of the road.

mod refusal;

pub use refusal::Refusal;
