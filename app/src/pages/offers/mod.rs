//! Offers: the firm's own pages, and the pilot's pages of the opening and of what was opened.

mod card;
pub(crate) mod check;
mod content;
pub(crate) mod files;
mod form;
pub(crate) mod list;
pub(crate) mod mine;
pub(crate) mod opened;
pub(crate) mod opening;
pub(crate) mod prices;
pub(crate) mod receipt;
mod sealed;
pub(crate) mod show;
pub(crate) mod type_in;
pub(crate) mod withdraw;
pub(crate) mod words;

pub(crate) use card::card;
