//! Parses a document at the door: normal form, French spaces, only characters that the fonts have, even tables.

use domain::document::{Block, Document, Fact, Inline, Layout, Table};

use super::PaintError;
use super::fonts::Face;
use super::typography::{french, normal};

/// The same document, ready to be set: every text can be drawn and every row has as many cells as there are columns.
pub(super) fn checked(document: &Document) -> Result<Document, PaintError> {
    Ok(Document {
        title: prose(&document.title)?,
        subtitle: prose(&document.subtitle)?,
        reference: prose(&document.reference)?,
        authority: prose(&document.authority)?,
        version: prose(&document.version)?,
        date: document.date,
        lang: document.lang.clone(),
        draft: document.draft,
        layout: layout(&document.layout)?,
        blocks: blocks(&document.blocks)?,
    })
}

fn layout(layout: &Layout) -> Result<Layout, PaintError> {
    Ok(match layout {
        Layout::Book { facts } => Layout::Book { facts: each(facts, fact)? },
        Layout::Act => Layout::Act,
        Layout::Letter { to, place_and_date } => {
            Layout::Letter { to: each(to, |line| prose(line))?, place_and_date: prose(place_and_date)? }
        }
        Layout::Slip { number, facts } => Layout::Slip { number: prose(number)?, facts: each(facts, fact)? },
    })
}

fn blocks(blocks: &[Block]) -> Result<Vec<Block>, PaintError> {
    each(blocks, block)
}

fn block(block: &Block) -> Result<Block, PaintError> {
    Ok(match block {
        Block::Heading { level, text } => Block::Heading { level: *level, text: prose(text)? },
        Block::Article { number, title, clause, blocks: inside, legal_basis } => Block::Article {
            number: prose(number)?,
            title: prose(title)?,
            clause: clause.clone(),
            blocks: blocks(inside)?,
            legal_basis: each(legal_basis, |line| prose(line))?,
        },
        Block::Paragraph(inlines) => Block::Paragraph(each(inlines, inline)?),
        Block::List { numbered, items } => {
            Block::List { numbered: *numbered, items: each(items, |item| each(item, inline))? }
        }
        Block::Table(content) => Block::Table(table(content)?),
        Block::Facts(facts) => Block::Facts(each(facts, fact)?),
        Block::Signatures(people) => Block::Signatures(each(people, fact)?),
        Block::Code(text) => Block::Code(drawable(normal(text))?),
    })
}

fn inline(inline: &Inline) -> Result<Inline, PaintError> {
    Ok(match inline {
        Inline::Text(text) => Inline::Text(prose(text)?),
        Inline::Strong(text) => Inline::Strong(prose(text)?),
        Inline::Missing(label) => Inline::Missing(prose(label)?),
        Inline::Link { text, address } => Inline::Link { text: prose(text)?, address: address.clone() },
    })
}

fn fact(fact: &Fact) -> Result<Fact, PaintError> {
    Ok(Fact { label: prose(&fact.label)?, value: prose(&fact.value)? })
}

fn table(table: &Table) -> Result<Table, PaintError> {
    let uneven = |row: &&Vec<String>| row.len() != table.columns.len();
    if let Some(row) = table.rows.iter().chain(&table.total).find(uneven) {
        return Err(PaintError::UnevenTable {
            caption: table.caption.clone(),
            cells: row.len(),
            columns: table.columns.len(),
        });
    }

    let cells = |row: &Vec<String>| each(row, |cell| prose(cell));
    let mut columns = table.columns.clone();
    for column in &mut columns {
        column.head = prose(&column.head)?;
    }
    Ok(Table {
        caption: prose(&table.caption)?,
        columns,
        rows: each(&table.rows, cells)?,
        total: table.total.as_ref().map(cells).transpose()?,
    })
}

fn each<T, U>(items: &[T], check: impl Fn(&T) -> Result<U, PaintError>) -> Result<Vec<U>, PaintError> {
    items.iter().map(check).collect()
}

pub(super) fn prose(text: &str) -> Result<String, PaintError> {
    drawable(french(&normal(text)))
}

/// Every face must have the character, since a text is measured in one and may be repeated in another.
fn drawable(text: String) -> Result<String, PaintError> {
    let missing =
        |c: &char| !matches!(c, '\n' | '\u{200b}') && Face::ALL.iter().any(|face| face.font().glyph(*c).is_none());
    match text.chars().find(missing) {
        Some(character) => Err(PaintError::MissingGlyph { character, context: excerpt(&text, character) }),
        None => Ok(text),
    }
}

/// Up to twenty characters on each side.
fn excerpt(text: &str, character: char) -> String {
    let characters: Vec<char> = text.chars().collect();
    let at = characters.iter().position(|c| *c == character).unwrap_or_default();
    characters[at.saturating_sub(20)..characters.len().min(at + 21)].iter().collect()
}
