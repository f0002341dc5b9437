//! Offers: what a firm writes, sealed until the opening, and what everybody who may reads afterwards.

mod content;
mod opened;
mod refusal;

pub use content::{OfferContent, OfferLine, PricedLine, Totals, priced};
pub use opened::{OpenedFile, OpenedOffer};
pub use refusal::Refusal;
