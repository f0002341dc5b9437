//! Needs: the list, a new one, one of them.

pub(crate) mod describe;
mod form;
pub(crate) mod list;
mod pages;
pub(crate) mod show;
mod words;
