//! Calls: the public list and pages, the firm's own calls, and the pilot's side of them.

pub(crate) mod ask;
mod check;
pub(crate) mod form;
pub(crate) mod list;
pub(crate) mod prepare;
pub(crate) mod questions;
pub(crate) mod say;
mod search;
mod sent;
pub(crate) mod show;
pub(crate) mod warnings;
