//! Paints a [`Document`] as a PDF: accessible (PDF/UA-1), archivable (PDF/A-2a), and the same bytes for the same document.
//!
//! A document is checked at the door, composed into strips inside elements, placed on pages, painted with printpdf, and
//! completed with lopdf: structure tree, links, bookmarks, metadata, colour profile. Nothing here reads a clock or draws lots.
//! Upgrading printpdf, lopdf or flate2 may change the bytes of new files; files already stored do not change.

use domain::{
    document::{Document, Layout},
    refusal::Refusal,
};
use printpdf::{Mm, PdfDocument, PdfFont, PdfPage, PdfSaveOptions};
use sha2::{Digest, Sha256};

mod act;
mod article;
mod book;
mod checked;
mod compose;
mod contents;
mod cover;
mod facts;
mod fonts;
mod furniture;
mod icc;
mod kerning;
mod letter;
mod list;
mod mark;
mod measure;
mod object;
mod ops;
mod outline;
mod paginate;
mod paper;
mod signatures;
mod slip;
mod step;
mod style;
mod table;
mod tagged_file;
mod tags;
mod typography;
mod wrap;
mod xmp;

use crate::Error;
use fonts::Face;
use paper::Paper;
use tags::Element;
use xmp::Described;

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    pub bytes: Vec<u8>,
    /// Of the bytes; what is shown beside the download.
    pub sha256: [u8; 32],
    pub pages: usize,
}

impl Pdf {
    /// The hash in 64 small hexadecimal figures.
    pub fn sha256_hex(&self) -> String {
        hex(&self.sha256)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaintError {
    /// A blank would lie: the text is refused, with up to twenty characters on each side.
    #[error("Les polices du document n’ont pas le caractère « {character} » ({}), dans : {context}", code(*.character))]
    MissingGlyph { character: char, context: String },
    #[error("Une ligne du tableau « {caption} » a {cells} cellules pour {columns} colonnes.")]
    UnevenTable { caption: String, cells: usize, columns: usize },
}

/// A character that somebody pasted is theirs to correct; a table that does not fit is our own mistake.
impl From<PaintError> for Error {
    fn from(error: PaintError) -> Self {
        match error {
            PaintError::MissingGlyph { character, .. } => Self::Refused(Refusal::Unprintable { character }),
            PaintError::UnevenTable { .. } => Self::Corrupt(error.to_string()),
        }
    }
}

/// The first character that the fonts lack: asked when a text is typed, so that no document fails on it later.
pub fn missing_character(text: &str) -> Option<char> {
    match checked::prose(text) {
        Err(PaintError::MissingGlyph { character, .. }) => Some(character),
        Err(PaintError::UnevenTable { .. }) | Ok(_) => None,
    }
}

fn code(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

/// Lengths inside are in points (1/72 inch), measured from the upper left corner of an A4 page.
pub fn paint(document: &Document) -> Result<Pdf, PaintError> {
    let fingerprint = fingerprint(document);
    let document = checked::checked(document)?;

    let mut paper = Paper::default();
    paper.tags.open(&Element::new("Document"));
    match &document.layout {
        Layout::Book { facts } => book::draw(&document, facts, &grouped(&hex(&fingerprint)), &mut paper),
        Layout::Act => act::draw(&document, &mut paper),
        Layout::Letter { to, place_and_date } => letter::draw(&document, to, place_and_date, &mut paper),
        Layout::Slip { number, facts } => slip::draw(&document, number, facts, &mut paper),
    }
    paper.tags.close();

    let pages = paper.pages.len();
    let bytes = write(&document, &fingerprint, paper);
    Ok(Pdf { sha256: Sha256::digest(&bytes).into(), bytes, pages })
}

/// Of the document's data, before anything is drawn: the same for everybody who holds the same data.
fn fingerprint(document: &Document) -> [u8; 32] {
    let data = serde_json::to_vec(document).expect("a document is made of texts and numbers");
    Sha256::digest(data).into()
}

fn write(document: &Document, fingerprint: &[u8; 32], paper: Paper) -> Vec<u8> {
    let mut pdf = PdfDocument::new(&document.title);
    for face in Face::ALL {
        pdf.resources.fonts.map.insert(face.id(), PdfFont::new(face.font().parsed.clone()));
    }
    pdf.pages = paper.pages.into_iter().map(|ops| PdfPage::new(Mm(210.0), Mm(297.0), ops)).collect();
    let mut file = pdf.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());

    let described = Described {
        title: format!("{}, {}", document.title, document.reference).replace('\n', " "),
        // Under it a letter has an address.
        author: document.authority.lines().next().unwrap_or_default().to_owned(),
        lang: document.lang.clone(),
        date: document.date,
    };
    let id = fingerprint.first_chunk().expect("a hash has more than sixteen bytes");
    tagged_file::write(&paper.tags, &described, *id, &mut file);
    file.compress();
    let mut bytes = Vec::new();
    file.save_modern(&mut bytes).expect("memory takes every byte");
    bytes
}

fn hex(bytes: &[u8]) -> String {
    let figures = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    figures.filter_map(|figure| char::from_digit(u32::from(figure), 16)).collect()
}

/// In groups of four figures, so that people can compare them.
fn grouped(hex: &str) -> String {
    let groups: Vec<&str> = hex.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(" ")
}
