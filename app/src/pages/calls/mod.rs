//! Published calls, open to everybody.

pub(crate) mod list;
