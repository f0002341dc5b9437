//! Signing in, acting for one organisation or another, colours.

pub(crate) mod account;
pub(crate) mod sign_in;
pub(crate) mod theme;
