//! Electronic invoices (EN 16931, Peppol BIS Billing 3): what a supplier's document says, and whether its figures agree.
//! Then whether it is that of a voucher, and what becomes of it.

mod arithmetic;
mod category;
mod fault;
mod finding;
mod judgement;
mod line;
mod objection;
mod party;
mod received;
mod stated;

use chrono::NaiveDate;

use crate::kernel::{
    Money, Percent,
    identifier::{Iban, Ogm},
    reference::VoucherRef,
};

pub use category::VatCategory;
pub use fault::{InvoiceFault, Reason};
pub use finding::{Figures, Finding};
pub use judgement::{Judgement, Receiving};
pub use line::{Adjustment, InvoiceLine};
pub use objection::Objection;
pub use party::{Party, TaxIdentifier};
pub use received::{Comparison, ReceivedInvoice, ReceivedStatus};

/// Largest file, in mebibytes: the lines of a large invoice are one, and three and a half of PDF fit beside them in
/// base64.
pub const MOST_MEBIBYTES: u64 = 5;
/// Deepest nesting: BIS Billing goes to nine.
pub const MOST_DEPTH: usize = 32;
/// Most lines: no voucher comes near, and the page of this many still opens.
pub const MOST_LINES: usize = 2_000;
/// Most elements: a line of BIS Billing with all that it may hold has about fifty.
pub const MOST_ELEMENTS: usize = 120_000;
/// Longest text that is kept, in characters.
pub const MOST_TEXT: usize = 2_000;
/// Longest number, code or name of a file that is kept, in characters.
pub const MOST_CODE: usize = 200;

/// An invoice or a credit note as its file says it; nothing in it is believed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElectronicInvoice {
    pub kind: InvoiceKind,
    pub number: String,
    pub issued_on: NaiveDate,
    pub due_on: Option<NaiveDate>,
    pub order: OrderReference,
    /// What the buyer asked to see on it (BT-10): an agent, a service.
    pub buyer_reference: Option<String>,
    /// Numbers of the invoices that it corrects.
    pub preceding: Vec<String>,
    pub notes: Vec<String>,
    pub supplier: Party,
    pub buyer: Party,
    /// Who is paid, where it is not the supplier.
    pub payee: Option<Party>,
    pub payments: Vec<Payment>,
    pub lines: Vec<InvoiceLine>,
    /// Allowances and charges on the whole.
    pub adjustments: Vec<Adjustment>,
    pub vat: Vec<VatGroup>,
    pub totals: InvoiceTotals,
    pub attachments: Vec<Attachment>,
}

/// Which way the money goes; the amounts of a credit note are what the supplier gives back, without a minus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvoiceKind {
    /// UNTDID 1001, code 380.
    Invoice,
    /// UNTDID 1001, code 381.
    CreditNote,
}

/// The order that the invoice names (BT-13).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderReference {
    Absent,
    Voucher(VoucherRef),
    /// No number of ours.
    Other(String),
}

/// A way to pay (BG-16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// UNTDID 4461: 30 and 58 are transfers.
    pub code: String,
    pub account: Option<Iban>,
    pub communication: Option<Communication>,
}

/// What goes with a payment (BT-83).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Communication {
    Structured(Ogm),
    Free(String),
}

/// The VAT of one category at one rate (BG-23).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VatGroup {
    pub category: VatCategory,
    pub rate: Percent,
    pub base: Money,
    pub vat: Money,
    /// Why nothing is due.
    pub exemption: Option<String>,
}

/// The totals as stated (BG-22).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvoiceTotals {
    /// Sum of the lines.
    pub lines: Money,
    pub allowances: Money,
    pub charges: Money,
    /// HTVA.
    pub excluding: Money,
    pub vat: Money,
    /// TVAC.
    pub including: Money,
    pub prepaid: Money,
    pub rounding: Money,
    pub payable: Money,
}

/// A document that the invoice carries or names (BG-24). It is never opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub name: String,
    pub held: Held,
}

/// Where an attachment is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    Inside { media_type: String },
    Elsewhere { address: String },
}

impl From<Option<String>> for OrderReference {
    fn from(stated: Option<String>) -> Self {
        match stated {
            None => Self::Absent,
            Some(text) => text.parse().map_or(Self::Other(text), Self::Voucher),
        }
    }
}
