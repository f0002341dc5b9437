//! The text of a clause: words, variables, passages under a condition, alternatives.

use std::collections::BTreeSet;

use super::condition::Condition;
use super::{ModelError, Reason};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Text(String),
    Variable { name: String, line: usize },
    Choice(Choice),
}

/// `si … sinon … fin`, or alternatives of which exactly one must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) line: usize,
    pub(super) alternatives: bool,
    pub(super) arms: Vec<Arm>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Arm {
    /// Name of an alternative; empty for `si`.
    pub(super) name: String,
    pub(super) when: Condition,
    pub(super) nodes: Vec<Node>,
}

pub(super) fn parse(file: &str, text: &str, first_line: usize) -> Result<Vec<Node>, ModelError> {
    let pieces = cut(file, text, first_line)?;
    let mut reader = Reader { file, pieces: &pieces, at: 0 };
    let nodes = reader.nodes()?;
    match reader.pieces.get(reader.at) {
        None => Ok(nodes),
        Some(Piece::Tag(tag, line)) => Err(ModelError::new(file, *line, Reason::UnknownTag(tag.clone()))),
        Some(Piece::Text(_) | Piece::Variable(..)) => Err(ModelError::new(file, first_line, Reason::UnclosedPassage)),
    }
}

pub(super) fn names(nodes: &[Node]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for node in nodes {
        match node {
            Node::Text(text) => found.extend(super::blocks::computed_names(text)),
            Node::Variable { name, .. } => {
                found.insert(name.clone());
            }
            Node::Choice(choice) => {
                for arm in &choice.arms {
                    found.extend(arm.when.names());
                    found.extend(names(&arm.nodes));
                }
            }
        }
    }
    found
}

/// Every choice among alternatives, however deep.
pub(super) fn alternatives(nodes: &[Node]) -> Vec<&Choice> {
    let mut found = Vec::new();
    for node in nodes {
        if let Node::Choice(choice) = node {
            if choice.alternatives {
                found.push(choice);
            }
            found.extend(choice.arms.iter().flat_map(|arm| alternatives(&arm.nodes)));
        }
    }
    found
}

enum Piece {
    Text(String),
    Variable(String, usize),
    Tag(String, usize),
}

/// A tag alone on its line takes the line with it, so that lists and tables stay whole.
fn cut(file: &str, text: &str, first_line: usize) -> Result<Vec<Piece>, ModelError> {
    let mut pieces = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let number = first_line + at;
        let alone = line.trim();
        if alone.starts_with("{%") && alone.ends_with("%}") && alone.matches("{%").count() == 1 {
            pieces.push(Piece::Tag(alone.trim_matches(['{', '}', '%']).trim().to_owned(), number));
            continue;
        }
        cut_line(file, line, number, &mut pieces)?;
        pieces.push(Piece::Text("\n".to_owned()));
    }
    Ok(pieces)
}

fn cut_line(file: &str, line: &str, number: usize, pieces: &mut Vec<Piece>) -> Result<(), ModelError> {
    let mut rest = line;
    while let Some(start) = [rest.find("{{"), rest.find("{%")].into_iter().flatten().min() {
        let (before, tag) = rest.split_at(start);
        let close = if tag.starts_with("{{") { "}}" } else { "%}" };
        let end = tag.find(close).ok_or_else(|| ModelError::new(file, number, Reason::UnclosedTag))?;
        let inside = tag.get(2..end).unwrap_or_default().trim().to_owned();
        if !before.is_empty() {
            pieces.push(Piece::Text(before.to_owned()));
        }
        pieces.push(if close == "}}" { Piece::Variable(inside, number) } else { Piece::Tag(inside, number) });
        rest = tag.get(end + 2..).unwrap_or_default();
    }
    pieces.push(Piece::Text(rest.to_owned()));
    Ok(())
}

struct Reader<'a> {
    file: &'a str,
    pieces: &'a [Piece],
    at: usize,
}

impl Reader<'_> {
    /// Up to the next tag that belongs to the passage around.
    fn nodes(&mut self) -> Result<Vec<Node>, ModelError> {
        let mut nodes = Vec::new();
        while let Some(piece) = self.pieces.get(self.at) {
            match piece {
                Piece::Text(text) => nodes.push(Node::Text(text.clone())),
                Piece::Variable(name, line) => nodes.push(Node::Variable { name: name.clone(), line: *line }),
                Piece::Tag(tag, line) => {
                    if let Some(condition) = tag.strip_prefix("si ") {
                        nodes.push(Node::Choice(self.passage(condition, *line)?));
                        continue;
                    }
                    if tag == "choix" {
                        nodes.push(Node::Choice(self.alternatives(*line)?));
                        continue;
                    }
                    return Ok(nodes);
                }
            }
            self.at += 1;
        }
        Ok(nodes)
    }

    fn passage(&mut self, condition: &str, line: usize) -> Result<Choice, ModelError> {
        let mut arms = Vec::new();
        let mut when = self.condition(condition, line)?;
        loop {
            self.at += 1;
            arms.push(Arm { name: String::new(), when, nodes: self.nodes()? });
            let (tag, at) = self.tag(line)?;
            if tag == "fin" {
                self.at += 1;
                return Ok(Choice { line, alternatives: false, arms });
            }
            when = match (tag.as_str(), tag.strip_prefix("sinon si ")) {
                (_, Some(condition)) => self.condition(condition, at)?,
                ("sinon", None) => Condition::Always,
                (_, None) => return Err(ModelError::new(self.file, at, Reason::UnknownTag(tag))),
            };
        }
    }

    fn alternatives(&mut self, line: usize) -> Result<Choice, ModelError> {
        self.at += 1;
        let mut arms = Vec::new();
        loop {
            while matches!(self.pieces.get(self.at), Some(Piece::Text(text)) if text.trim().is_empty()) {
                self.at += 1;
            }
            let (tag, at) = self.tag(line)?;
            if tag == "fin" && !arms.is_empty() {
                self.at += 1;
                return Ok(Choice { line, alternatives: true, arms });
            }
            let unknown = || ModelError::new(self.file, at, Reason::UnknownTag(tag.clone()));
            let (name, condition) =
                tag.strip_prefix("cas ").and_then(|rest| rest.split_once(" : ")).ok_or_else(unknown)?;
            let when = self.condition(condition, at)?;
            self.at += 1;
            arms.push(Arm { name: name.trim().to_owned(), when, nodes: self.nodes()? });
        }
    }

    fn condition(&self, text: &str, line: usize) -> Result<Condition, ModelError> {
        Condition::parse(text).ok_or_else(|| ModelError::new(self.file, line, Reason::BadCondition(text.to_owned())))
    }

    fn tag(&self, opened: usize) -> Result<(String, usize), ModelError> {
        match self.pieces.get(self.at) {
            Some(Piece::Tag(tag, line)) => Ok((tag.clone(), *line)),
            Some(Piece::Text(_) | Piece::Variable(..)) | None => {
                Err(ModelError::new(self.file, opened, Reason::UnclosedPassage))
            }
        }
    }
}
