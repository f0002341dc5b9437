//! Electronic invoices: what can't be read, and what does not add up.

pub(crate) mod words;
