//! After the opening: selection, regularity, negotiation, comparison, jury, score sheets.

pub(crate) mod compare;
mod frame;
pub(crate) mod jury;
pub(crate) mod negotiation;
mod next;
mod prices;
pub(crate) mod regularity;
pub(crate) mod requested;
mod requests;
pub(crate) mod selection;
pub(crate) mod sheet;
mod table;
mod words;

pub(crate) use next::next;
pub(crate) use words::refusal;
