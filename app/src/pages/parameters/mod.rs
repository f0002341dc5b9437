//! The figures of law: all of them, one of them over time, a new dated row.

pub(crate) mod add;
pub(crate) mod figure;
pub(crate) mod list;
pub(crate) mod show;
mod theme;
