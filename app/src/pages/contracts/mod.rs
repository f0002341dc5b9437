//! Concluded contracts: what may be ordered, by whom, and what is left.

pub(crate) mod list;
pub(crate) mod meter;
pub(crate) mod show;
