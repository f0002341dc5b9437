//! Central purchasing bodies: accessions, the frameworks that are offered, their users, what these owe the body.

mod accessions;
mod fees;
mod frameworks;
mod users;

pub use accessions::{
    accept as accept_accession, current, end, insert as insert_accession, list as accessions, lock as lock_accession,
    of as accession_of, send,
};
pub use fees::dues;
pub(super) use frameworks::offered;
pub use frameworks::{find, in_write, is_body, list, lock, offer, offer_of, offered_by};
pub(super) use users::entitled;
pub use users::{accept, express, lower, name, parts};
