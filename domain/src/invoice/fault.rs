use serde::{Deserialize, Serialize};

use crate::kernel::{NumberError, identifier::IdentifierError};

/// Why a file can't be read as an invoice, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceFault {
    /// Names of the elements from the root on, `Invoice/InvoiceLine[3]/Price/PriceAmount`; empty for the file itself.
    pub place: String,
    pub reason: Reason,
}

/// What is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Larger than this many mebibytes.
    FileTooLarge { most_mebibytes: u64 },
    /// Not in UTF-8, or it announces another encoding.
    NotUtf8,
    /// Not well-formed XML: cut, badly nested, a character that XML does not have.
    NotXml,
    /// A DTD, which could name other files and grow without end.
    Doctype,
    /// An entity that is none of the five of XML.
    Entity { name: String },
    /// More levels than this.
    TooDeep { most: usize },
    /// More lines than this.
    TooManyLines { most: usize },
    /// More elements than this.
    TooManyElements { most: usize },
    /// XML of something else.
    NotAnInvoice { found: String },
    /// An element of another vocabulary than UBL 2.
    Namespace { found: String },
    /// Not the European standard (EN 16931).
    NotEuropean { found: String },
    /// Another kind of document than an invoice (380) or a credit note (381).
    TypeCode { found: String },
    /// Needed, and not there.
    Missing,
    /// There twice, where one is allowed.
    Doubled,
    /// There, and empty.
    Empty,
    /// More characters than are kept.
    TooLong { most: usize },
    /// Not a day, `2026-03-02`.
    NotADate,
    /// Not a number, or one that can't be meant.
    Number(NumberError),
    /// Not `true` or `false`.
    NotABoolean,
    /// Zero where the price is divided by it.
    NotPositive,
    /// Another currency than the euro.
    Currency { found: String },
    /// A category of VAT that is not taken, or another tax.
    VatCategory { found: String },
    /// The price is for another unit than the quantity.
    OtherUnit { found: String, expected: String },
    /// The check digits of a number, or its form, are wrong.
    Identifier(IdentifierError),
}
