//! Puts values into a text. What people typed goes in as a slot, so that it never reads as syntax.

use super::condition::Truth;
use super::scope::Scope;
use super::template::{Arm, Choice, Node};
use super::{Wanted, Why};

pub(super) const OPEN: char = '\u{E000}';
pub(super) const CLOSE: char = '\u{E001}';

/// A text with places for values.
#[derive(Debug, Default)]
pub(super) struct Filled {
    pub(super) text: String,
    pub(super) slots: Vec<Slot>,
    pub(super) gaps: Gaps,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Slot {
    Words(String),
    /// Label of what lacks, and how a cell of a table says so.
    Missing {
        label: String,
        in_cell: String,
    },
}

/// What a text still lacks.
#[derive(Debug, Default)]
pub(super) struct Gaps {
    pub(super) missing: Vec<Wanted>,
    /// Why a choice is open, and the names that would decide it.
    pub(super) open: Vec<(Why, Vec<String>)>,
}

pub(super) fn expand(nodes: &[Node], scope: &Scope<'_>) -> Filled {
    let mut filled = Filled::default();
    filled.add(nodes, scope);
    filled
}

impl Filled {
    fn add(&mut self, nodes: &[Node], scope: &Scope<'_>) {
        for node in nodes {
            match node {
                Node::Text(text) => self.text.push_str(text),
                Node::Variable { name, .. } => {
                    let slot = self.slot(name, scope);
                    self.text.extend([OPEN]);
                    self.text.push_str(&self.slots.len().to_string());
                    self.text.extend([CLOSE]);
                    self.slots.push(slot);
                }
                Node::Choice(choice) => match chosen(choice, scope) {
                    Ok(Some(arm)) => self.add(&arm.nodes, scope),
                    Ok(None) => {}
                    Err(why) => self.gaps.open.push((why, undecided(choice, scope))),
                },
            }
        }
    }

    fn slot(&mut self, name: &str, scope: &Scope<'_>) -> Slot {
        match scope.words(name) {
            Ok(words) => Slot::Words(words),
            Err(wanted) => {
                let (label, in_cell) = (scope.label(&wanted), scope.to_fill(&wanted));
                self.gaps.missing.push(wanted);
                Slot::Missing { label, in_cell }
            }
        }
    }

    /// The text in one line of plain words, for the cell of a table.
    pub(super) fn plain(&self) -> String {
        plain(&self.text, &self.slots)
    }
}

pub(super) fn plain(text: &str, slots: &[Slot]) -> String {
    pieces(text, slots)
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Slot(Slot::Words(words)) => words,
            Piece::Slot(Slot::Missing { in_cell, .. }) => in_cell,
        })
        .collect::<String>()
        .trim()
        .to_owned()
}

pub(super) enum Piece {
    Text(String),
    Slot(Slot),
}

pub(super) fn pieces(text: &str, slots: &[Slot]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPEN) {
        let Some((index, tail)) = after.split_once(CLOSE) else { break };
        pieces.push(Piece::Text(before.to_owned()));
        pieces.extend(index.parse().ok().and_then(|at: usize| slots.get(at)).cloned().map(Piece::Slot));
        rest = tail;
    }
    pieces.push(Piece::Text(rest.to_owned()));
    pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
    pieces
}

pub(super) fn chosen<'a>(choice: &'a Choice, scope: &Scope<'_>) -> Result<Option<&'a Arm>, Why> {
    if choice.alternatives {
        return alternative(choice, scope).map(Some);
    }
    for arm in &choice.arms {
        match arm.when.holds(scope) {
            Truth::Yes => return Ok(Some(arm)),
            Truth::No => {}
            Truth::Unknown => return Err(Why::Undecided),
        }
    }
    Ok(None)
}

fn alternative<'a>(choice: &'a Choice, scope: &Scope<'_>) -> Result<&'a Arm, Why> {
    let mut held = None;
    for arm in &choice.arms {
        match (arm.when.holds(scope), held) {
            (Truth::Unknown, _) => return Err(Why::Undecided),
            (Truth::Yes, Some(_)) => return Err(Why::SeveralAlternatives),
            (Truth::Yes, None) => held = Some(arm),
            (Truth::No, _) => {}
        }
    }
    held.ok_or(Why::NoAlternative)
}

fn undecided(choice: &Choice, scope: &Scope<'_>) -> Vec<String> {
    let names = choice.arms.iter().flat_map(|arm| arm.when.names());
    let mut names: Vec<String> = names.filter(|name| scope.value(name).is_none()).collect();
    names.dedup();
    names
}
