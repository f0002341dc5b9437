//! A document as a value: what it says and in which order, never how it is drawn.
//!
//! The specification, the minutes, the decisions, the letters and the vouchers are all built as a [`Document`] here and
//! painted elsewhere, so that what a document says is tested without a PDF.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One complete document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What it is, in words: « Cahier spécial des charges ».
    pub title: String,
    /// What it is about, under the title: the object of the contract.
    pub subtitle: String,
    /// The human reference at the right of every page head: `MP-2026-0001`.
    pub reference: String,
    /// The authority that speaks, at the left of every page head.
    pub authority: String,
    /// Version shown at the foot: « version 3 ».
    pub version: String,
    /// Date shown at the foot and written in the file's own dates: never the date of printing.
    pub date: NaiveDate,
    /// BCP 47 language of the text, `fr-BE`.
    pub lang: String,
    /// A draft carries the word « PROJET » in its head.
    pub draft: bool,
    /// How it opens and ends.
    pub layout: Layout,
    /// What it says, in order.
    pub blocks: Vec<Block>,
}

/// How a document opens and ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Layout {
    /// Cover page with facts, contents, then numbered articles: the specification, the reports.
    Book {
        /// Shown on the cover.
        facts: Vec<Fact>,
    },
    /// Title at the top of the first page, then the text: decisions, minutes, notes.
    Act,
    /// Window-envelope address, reference block, text, signatures.
    Letter {
        /// Lines of the address.
        to: Vec<String>,
        /// « Namur, le 26 novembre 2026 ».
        place_and_date: String,
    },
    /// One page; the number stands large at the top right: voucher, receipt.
    Slip {
        /// The number.
        number: String,
        /// Shown under it.
        facts: Vec<Fact>,
    },
}

/// A labelled value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// What it says.
    pub value: String,
}

impl Fact {
    /// A labelled value.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

/// One piece of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// A part or chapter; level 1 starts a new page in a book and stands in the contents.
    Heading {
        /// 1 is the highest.
        level: u8,
        /// The words.
        text: String,
    },
    /// A numbered article; it stands in the contents and in the bookmarks.
    Article {
        /// Its number, `3bis`.
        number: String,
        /// Its title.
        title: String,
        /// The clause it was composed from, if any.
        clause: Option<ClauseRef>,
        /// What it says.
        blocks: Vec<Block>,
        /// The texts of law it rests on.
        legal_basis: Vec<String>,
    },
    /// Running text.
    Paragraph(Vec<Inline>),
    /// Items, one under the other.
    List {
        /// Numbers instead of bullets.
        numbered: bool,
        /// One entry per item.
        items: Vec<Vec<Inline>>,
    },
    /// Rows and columns.
    Table(Table),
    /// Labelled values, one under the other.
    Facts(Vec<Fact>),
    /// Side by side, in the order of signature: role, then name when known.
    Signatures(Vec<Fact>),
    /// Long technical text (a hash) in small type that may break anywhere.
    Code(String),
}

impl Block {
    /// A paragraph of plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Paragraph(vec![Inline::Text(text.into())])
    }
}

/// Which version of which clause of the common model an article rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ClauseRef {
    /// Stable id of the clause.
    pub id: String,
    /// Its version.
    pub version: u32,
}

/// A run of text inside a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Inline {
    /// Plain.
    Text(String),
    /// Bold.
    Strong(String),
    /// A variable without a value; drawn as « [à remplir : …] ».
    Missing(String),
    /// A link.
    Link {
        /// The words.
        text: String,
        /// Where it leads.
        address: String,
    },
}

/// Rows and columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// What the table shows.
    pub caption: String,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// Each row has as many cells as there are columns; the first cell is the row's head.
    pub rows: Vec<Vec<String>>,
    /// Shown once, after the last row.
    pub total: Option<Vec<String>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its head.
    pub head: String,
    /// Aligned to the right.
    pub numeric: bool,
    /// Share of the table's width, in per cent; the columns add up to 100.
    pub width_percent: u8,
}
