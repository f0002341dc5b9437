//! Needs: the list, a new one, one of them.

pub(crate) mod describe;
mod form;
pub(crate) mod list;
pub(crate) mod show;
