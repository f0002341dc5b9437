//! Organisations: the list, the page of one, its data, its people.

pub(crate) mod edit;
pub(crate) mod list;
pub(crate) mod members;
pub(crate) mod show;
pub(crate) mod trail;
pub(crate) mod words;
