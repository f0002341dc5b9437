//! The use cases of Beffroi. The only crate that opens the database, decides, writes and audits.

pub mod clock;
pub mod document;
pub mod error;
pub mod form_key;
pub mod job;
pub mod mail;
pub mod secret;
pub mod services;
mod spreadsheet;
pub mod store;
mod write;

pub mod award;
pub mod call;
pub mod central;
pub mod contract;
pub mod cpv;

pub mod demo;
pub mod evaluation;
pub mod invoice;
pub mod need;
pub mod offer;
pub mod organisation;
pub mod parameter;
pub mod person;
pub mod specification;
pub mod tender;
#[cfg(feature = "testing")]
pub mod testing;
pub mod voucher;

pub use clock::{Clock, DemoClock, Ids};
pub use error::{Error, FieldErrors};
pub use form_key::FormKey;
pub use services::{MailMode, Services, Settings};
