//! From the lines of a clause to the blocks of a document: paragraphs, lists, tables, and what is computed.

use super::expand::{Filled, Gaps, Piece, Slot, pieces, plain};
use super::scope::Scope;
use super::{ModelError, Reason, computed};
use crate::document::{Block, Column, Fact, Inline, Table};

/// Tables that the composition makes itself; any question of several lines may stand after `@bloc` too.
pub(super) const COMPUTED: &[&str] = &["participants", "lots", "derogations", "annexes", "grille"];

/// Names after `@bloc` in a piece of text.
pub(super) fn computed_names(text: &str) -> Vec<String> {
    text.lines().filter_map(|line| line.trim().strip_prefix("@bloc ")).map(|name| name.trim().to_owned()).collect()
}

pub(super) fn check(file: &str, body: &str, first_line: usize) -> Result<(), ModelError> {
    let mut expected: Option<usize> = None;
    let mut announced = false;
    for (at, line) in body.lines().enumerate() {
        let wrong = |reason| Err(ModelError::new(file, first_line + at, reason));
        let line = line.trim();
        if line.is_empty() {
            (expected, announced) = (None, false);
        } else if line.starts_with("@tableau ") {
            (expected, announced) = (None, true);
        } else if let Some(cells) = row(line) {
            match expected {
                None if !announced => return wrong(Reason::RowOutsideTable),
                None => {
                    let total = cells.iter().map(|cell| u32::from(head(cell).width_percent)).sum();
                    if total != 100 {
                        return wrong(Reason::Widths(total));
                    }
                    expected = Some(cells.len());
                }
                Some(expected) if expected != cells.len() => {
                    return wrong(Reason::CellCount { expected, found: cells.len() });
                }
                Some(_) => {}
            }
        } else if line.starts_with('@') && !line.starts_with("@bloc ") && !line.starts_with("@signatures ") {
            return wrong(Reason::UnknownDirective(line.to_owned()));
        }
    }
    Ok(())
}

/// The blocks of a text, and what computed ones lacked on the way.
pub(super) fn build(filled: &Filled, scope: &Scope<'_>) -> (Vec<Block>, Gaps) {
    let mut builder = Builder { slots: &filled.slots, blocks: Vec::new(), open: Open::Nothing, gaps: Gaps::default() };
    for line in filled.text.lines() {
        builder.line(line, scope);
    }
    builder.close();
    (builder.blocks, builder.gaps)
}

struct Builder<'a> {
    slots: &'a [Slot],
    blocks: Vec<Block>,
    open: Open,
    gaps: Gaps,
}

enum Open {
    Nothing,
    Paragraph(String),
    List { numbered: bool, items: Vec<String> },
    Table { caption: String, columns: Vec<Column>, rows: Vec<Vec<String>> },
}

impl Builder<'_> {
    fn line(&mut self, line: &str, scope: &Scope<'_>) {
        // A passage left out leaves its two spaces behind.
        let line = line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        let text = line.trim();
        if text.is_empty() {
            self.close();
        } else if let Some(caption) = text.strip_prefix("@tableau ") {
            self.close();
            let caption = plain(caption, self.slots);
            self.open = Open::Table { caption, columns: Vec::new(), rows: Vec::new() };
        } else if let Some(cells) = row(text) {
            self.row(&cells);
        } else if let Some(name) = text.strip_prefix("@bloc ") {
            self.close();
            let (blocks, missing) = computed::blocks(name.trim(), scope);
            self.blocks.extend(blocks);
            self.gaps.missing.extend(missing);
        } else if let Some(roles) = text.strip_prefix("@signatures ") {
            self.close();
            let roles = roles.split('|').map(|role| Fact::new(plain(role, self.slots), ""));
            self.blocks.push(Block::Signatures(roles.collect()));
        } else if let Some(title) = text.strip_prefix("### ") {
            self.close();
            self.blocks.push(Block::Heading { level: 3, text: plain(title, self.slots) });
        } else if let Some((numbered, item)) = item(text) {
            self.item(numbered, item);
        } else {
            self.words(text);
        }
    }

    fn row(&mut self, cells: &[&str]) {
        let slots = self.slots;
        if let Open::Table { columns, rows, .. } = &mut self.open {
            if columns.is_empty() {
                *columns = cells.iter().map(|cell| head(cell)).collect();
            } else {
                rows.push(cells.iter().map(|cell| plain(cell, slots)).collect());
            }
        }
    }

    fn item(&mut self, numbered: bool, item: &str) {
        match &mut self.open {
            Open::List { numbered: same, items } if *same == numbered => items.push(item.to_owned()),
            Open::Nothing | Open::Paragraph(_) | Open::List { .. } | Open::Table { .. } => {
                self.close();
                self.open = Open::List { numbered, items: vec![item.to_owned()] };
            }
        }
    }

    fn words(&mut self, text: &str) {
        match &mut self.open {
            Open::Paragraph(words) => {
                words.push(' ');
                words.push_str(text);
            }
            Open::List { items, .. } => {
                if let Some(last) = items.last_mut() {
                    last.push(' ');
                    last.push_str(text);
                }
            }
            Open::Nothing | Open::Table { .. } => {
                self.close();
                self.open = Open::Paragraph(text.to_owned());
            }
        }
    }

    fn close(&mut self) {
        match std::mem::replace(&mut self.open, Open::Nothing) {
            Open::Nothing => {}
            Open::Paragraph(words) => self.blocks.push(Block::Paragraph(inlines(&words, self.slots))),
            Open::List { numbered, items } => {
                let items = items.iter().map(|item| inlines(item, self.slots)).collect();
                self.blocks.push(Block::List { numbered, items });
            }
            Open::Table { caption, columns, rows } => {
                self.blocks.push(Block::Table(Table { caption, columns, rows, total: None }));
            }
        }
    }
}

fn row(line: &str) -> Option<Vec<&str>> {
    let inside = line.strip_prefix('|')?.strip_suffix('|')?;
    Some(inside.split('|').map(str::trim).collect())
}

/// `Poids (15)`, or `Montant (20n)` where the cells are numbers.
fn head(cell: &str) -> Column {
    let (words, width) = cell.rsplit_once('(').unwrap_or((cell, ""));
    let width = width.trim_end_matches(')');
    Column {
        head: words.trim().to_owned(),
        numeric: width.ends_with('n'),
        width_percent: width.trim_end_matches('n').parse().unwrap_or(0),
    }
}

fn item(text: &str) -> Option<(bool, &str)> {
    if let Some(rest) = text.strip_prefix("- ") {
        return Some((false, rest));
    }
    let (number, rest) = text.split_once(". ")?;
    let counts = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    counts.then_some((true, rest))
}

/// Words, values, `**strong**` and `[text](address)`.
fn inlines(text: &str, slots: &[Slot]) -> Vec<Inline> {
    let mut found = Vec::new();
    for (at, part) in text.split("**").enumerate() {
        let strong = at % 2 == 1;
        for piece in pieces(part, slots) {
            match piece {
                Piece::Slot(Slot::Missing { label, .. }) => found.push(Inline::Missing(label)),
                Piece::Slot(Slot::Words(words)) => words_into(&mut found, words, strong),
                Piece::Text(words) if strong => words_into(&mut found, words, true),
                Piece::Text(words) => linked(&mut found, &words),
            }
        }
    }
    found
}

fn linked(found: &mut Vec<Inline>, words: &str) {
    let parts = words.split_once("](").and_then(|(left, right)| {
        let (before, text) = left.rsplit_once('[')?;
        let (address, after) = right.split_once(')')?;
        Some((before, text, address, after))
    });
    match parts {
        None => words_into(found, words.to_owned(), false),
        Some((before, text, address, after)) => {
            words_into(found, before.to_owned(), false);
            found.push(Inline::Link { text: text.to_owned(), address: address.to_owned() });
            linked(found, after);
        }
    }
}

/// Neighbours of the same kind become one, so that a sentence is one piece.
fn words_into(found: &mut Vec<Inline>, words: String, strong: bool) {
    if words.is_empty() {
        return;
    }
    match (found.last_mut(), strong) {
        (Some(Inline::Strong(last)), true) | (Some(Inline::Text(last)), false) => last.push_str(&words),
        (_, true) => found.push(Inline::Strong(words)),
        (_, false) => found.push(Inline::Text(words)),
    }
}
