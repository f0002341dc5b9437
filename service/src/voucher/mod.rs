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
mod pay;
mod pdf;
mod promise;
mod receive;
mod report;
mod send;
mod spreadsheet;
mod surety;
mod upload;

use domain::{parameter::MissingParameter, refusal::Refusal};

pub use accept::accept;
pub use answer::{confirm, decline};
pub use approve::{Approval, approve};
pub use check::check;
pub use deliver::{DeliveryDraft, deliver};
pub use draft::{draft, draft_once, edit, weigh};
pub use end::{cancel, close};
pub use invoice::{InvoiceDraft, state_invoice};
pub use pay::{Payment, pay, settle};
pub use pdf::{minutes, pdf};
pub use promise::{Event, KINDS, VoucherLetter, VoucherPainted, keep};
pub use receive::{compare_invoice, may_receive_invoice, receive_invoice, refuse_invoice};
pub use report::{Asked, Authority, Months, Report, report, report_csv, report_xlsx};
pub use send::{Outcome, send, send_all};
pub use spreadsheet::{csv, xlsx};
pub use surety::deposit_surety;
pub use upload::{INVOICE_FIELD, InvoiceFile, invoice_file, invoice_read};

use crate::write::{same, today};

/// Longest text that is kept of a field, in characters.
pub const TEXT_MOST: usize = 2_000;
/// Longest title, number or name.
pub const SHORT_MOST: usize = 120;

/// The law of that day is not known.
fn missing(missing: MissingParameter) -> Refusal {
    Refusal::MissingParameter { key: missing.key, on: missing.on }
}
