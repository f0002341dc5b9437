//! Order vouchers: a record, and one page for each act.

pub(crate) mod words;
