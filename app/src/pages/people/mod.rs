//! Signing in, links that work once, acting for one organisation or another, colours.

pub(crate) mod account;
pub(crate) mod confirmation;
pub(crate) mod forgotten;
pub(crate) mod invitation;
pub(crate) mod password;
pub(crate) mod register;
pub(crate) mod sign_in;
pub(crate) mod theme;
