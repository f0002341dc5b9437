//! After the opening: selection, regularity, negotiation, comparison, jury, score sheets.

mod words;

pub(crate) use words::refusal;
