//! Order vouchers, from their drawing on a contract to their payment.

mod accept;
mod answer;
mod approve;
mod check;
mod deliver;
pub mod document;
mod draft;
mod end;
mod invoice;
pub mod letters;
mod pdf;
mod promise;
mod send;

use chrono::NaiveDate;
use domain::{kernel::time::brussels, parameter::MissingParameter, refusal::Refusal, voucher::Voucher};

pub use accept::accept;
pub use answer::{confirm, decline};
pub use approve::{Approval, approve};
pub use check::check;
pub use deliver::{DeliveryDraft, deliver};
pub use draft::{draft, edit};
pub use end::{cancel, close};
pub use invoice::{InvoiceDraft, pay, state_invoice};
pub use pdf::{minutes, pdf};
pub use promise::{Event, KINDS, VoucherLetter, VoucherPainted, keep};
pub use send::send;

use crate::{Error, store::Tx};

/// Longest text that is kept of a field, in characters.
pub const TEXT_MOST: usize = 2_000;
/// Longest title, number or name.
pub const SHORT_MOST: usize = 120;

fn today(tx: &Tx) -> NaiveDate {
    brussels(tx.now()).date()
}

/// The law of that day is not known.
fn missing(missing: MissingParameter) -> Refusal {
    Refusal::MissingParameter { key: missing.key, on: missing.on }
}

/// What was read is what is written: a page that is older than the record is stale.
fn same(voucher: &Voucher, version: i32) -> Result<(), Error> {
    if voucher.version == version { Ok(()) } else { Err(Error::Stale) }
}
