//! Offers: what a firm writes, sealed until the opening, and what everybody who may reads afterwards.

mod content;
mod file;
mod opened;
mod opening;
mod place;
mod receipt;
mod refusal;

pub use content::{OfferContent, OfferLine, PricedLine, Totals, priced};
pub use file::{FILE_MOST_MEBIBYTES, FILES_MOST, FileFault, FileKind, UPLOADS_MOST, UPLOADS_OF_FIRM_MOST, clean_name};
pub use opened::{OpenedFile, OpenedOffer};
pub use opening::Attendant;
pub use place::Place;
pub use receipt::{Receipt, SealedFile};
pub use refusal::Refusal;
