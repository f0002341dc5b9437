//! Organisations: the shipped communes, their pages, the firms that register.

mod edit;
mod invite;
mod register;
mod remove;
mod ship;

pub use edit::edit;
pub use invite::invite;
pub use register::{Registration, confirm, register};
pub use remove::remove;
pub use ship::ship_communes;
