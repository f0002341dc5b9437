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
    pub layout: Layout,
    pub blocks: Vec<Block>,
}

/// How a document opens and ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Layout {
    /// Cover page with facts, contents, then numbered articles: the specification, the reports.
    Book { facts: Vec<Fact> },
    /// Title at the top of the first page, then the text: decisions, minutes, notes.
    Act,
    /// Window-envelope address, reference block, text, signatures.
    Letter { to: Vec<String>, place_and_date: String },
    /// One page; the number stands large at the top right: voucher, receipt.
    Slip { number: String, facts: Vec<Fact> },
}

/// A labelled value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    pub label: String,
    pub value: String,
}

impl Fact {
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// A part or chapter; level 1 starts a new page in a book and stands in the contents.
    Heading {
        level: u8,
        text: String,
    },
    /// A numbered article; it stands in the contents and in the bookmarks.
    Article {
        number: String,
        title: String,
        clause: Option<ClauseRef>,
        blocks: Vec<Block>,
        legal_basis: Vec<String>,
    },
    Paragraph(Vec<Inline>),
    List {
        numbered: bool,
        items: Vec<Vec<Inline>>,
    },
    Table(Table),
    Facts(Vec<Fact>),
    /// Side by side, in the order of signature: role, then name when known.
    Signatures(Vec<Fact>),
    /// Long technical text (a hash) in small type that may break anywhere.
    Code(String),
}

impl Block {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Paragraph(vec![Inline::Text(text.into())])
    }
}

/// Which version of which clause of the common model an article rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ClauseRef {
    pub id: String,
    pub version: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Inline {
    Text(String),
    Strong(String),
    /// A variable without a value; drawn as « [à remplir : …] ».
    Missing(String),
    Link {
        text: String,
        address: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub caption: String,
    pub columns: Vec<Column>,
    /// Each row has as many cells as there are columns; the first cell is the row's head.
    pub rows: Vec<Vec<String>>,
    /// Shown once, after the last row.
    pub total: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub head: String,
    pub numeric: bool,
    /// Share of the table's width, in per cent; the columns add up to 100.
    pub width_percent: u8,
}
