//! Organisations: the shipped communes, their pages, the firms that register.

mod ship;

pub use ship::ship_communes;
