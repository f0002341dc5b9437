//! Concluded contracts: what may be ordered, by whom, and what is left.

pub(crate) mod chart;
pub(crate) mod consumption;
pub(crate) mod execution;
pub(crate) mod list;
pub(crate) mod loans;
pub(crate) mod meter;
pub(crate) mod show;
