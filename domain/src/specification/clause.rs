//! One clause of the common model: a header of data, then a text.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::condition::Condition;
use super::records::{self, Field, Record};
use super::template::{self, Node};
use super::{ModelError, Reason, blocks};
use crate::document::ClauseRef;

/// One version of one clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Stable over all versions.
    pub id: String,
    /// From 1; a changed text is a new version.
    pub version: u32,
    /// First day on which this version serves for new specifications.
    pub valid_from: NaiveDate,
    /// Part of the specification.
    pub part: Part,
    /// Number of the article in the common model, the same in every tender: `22`, `3bis`, `B`.
    pub number: String,
    /// French title.
    pub title: String,
    /// What varies in it.
    pub kind: ClauseKind,
    /// Lines shown under the article.
    pub legal_basis: Vec<String>,
    /// `S`, `L` or `C`: how sure the legal references are.
    pub certainty: String,
    /// Names of its alternatives, in order.
    pub alternatives: Vec<String>,
    /// Questions, facts and parameters it reads.
    pub variables: BTreeSet<String>,
    /// File it stands in.
    pub file: String,
    pub(super) when: Condition,
    pub(super) derogations: Vec<Derogation>,
    pub(super) nodes: Vec<Node>,
    pub(super) header_line: usize,
}

/// A departure from the general rules of execution, which article 9 of the RGE wants listed at the head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Derogation {
    pub(super) provision: String,
    pub(super) when: Condition,
    /// Variable that holds the reasons.
    pub(super) reason: String,
    pub(super) subject: Vec<Node>,
}

/// Part of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Identity of the contract.
    Identity,
    /// Administrative clauses: award.
    Award,
    /// Administrative clauses: execution.
    Execution,
    /// Technical clauses.
    Technical,
    /// Annexes, with letters.
    Annexes,
}

/// What varies in a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClauseKind {
    /// Fixed text.
    Fixed,
    /// Fixed text with variables.
    Variables,
    /// In or out by condition.
    Optional,
    /// One text among several.
    Alternatives,
}

impl Part {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Identity => "identite",
            Self::Award => "passation",
            Self::Execution => "execution",
            Self::Technical => "technique",
            Self::Annexes => "annexes",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        let all = [Self::Identity, Self::Award, Self::Execution, Self::Technical, Self::Annexes];
        all.into_iter().find(|part| part.code() == code)
    }
}

impl Clause {
    /// Which version of the clause an article rests on.
    pub fn reference(&self) -> ClauseRef {
        ClauseRef { id: self.id.clone(), version: self.version }
    }

    pub(super) fn parse(file: &str, text: &str) -> Result<Self, ModelError> {
        let no_header = || ModelError::new(file, 1, Reason::NoHeader);
        let (header, body) =
            text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).ok_or_else(no_header)?;
        let record = records::parse(file, header, 2)?.into_iter().next().ok_or_else(no_header)?;
        let body_line = header.lines().count() + 3;

        blocks::check(file, body, body_line)?;
        let clause = Self::from_header(file, &record, template::parse(file, body, body_line)?)?;
        clause.check_announced(&record)?;
        Ok(clause)
    }

    fn from_header(file: &str, record: &Record, nodes: Vec<Node>) -> Result<Self, ModelError> {
        record.only(file, KEYS)?;
        let version = record.need(file, "version")?;
        let valid_from = record.need(file, "valid_from")?;
        let part = record.need(file, "part")?;
        let when = record.need(file, "when")?;
        Ok(Self {
            id: record.need(file, "id")?.value.clone(),
            version: version.value.parse().map_err(|_| version.bad(file))?,
            valid_from: valid_from.value.parse().map_err(|_| valid_from.bad(file))?,
            part: Part::parse(&part.value).ok_or_else(|| part.bad(file))?,
            number: record.need(file, "number")?.value.clone(),
            title: record.need(file, "title")?.value.clone(),
            kind: kind(file, record.need(file, "kind")?)?,
            legal_basis: record.need(file, "legal")?.lines().map(|(_, line)| line.to_owned()).collect(),
            certainty: record.need(file, "certainty")?.value.clone(),
            alternatives: words(record.text("alternatives")),
            variables: words(record.text("variables")).into_iter().collect(),
            file: file.to_owned(),
            when: condition(file, when.line, &when.value)?,
            derogations: derogations(file, record)?,
            nodes,
            header_line: record.line,
        })
    }

    fn check_announced(&self, record: &Record) -> Result<(), ModelError> {
        let line = record.get("variables").map_or(record.line, |field| field.line);
        let used = self.reads();
        if let Some(name) = used.difference(&self.variables).next() {
            return Err(ModelError::new(&self.file, line, Reason::NotAnnounced(name.clone())));
        }
        if let Some(name) = self.variables.difference(&used).next() {
            return Err(ModelError::new(&self.file, line, Reason::NotUsed(name.clone())));
        }
        let arms = template::alternatives(&self.nodes).into_iter().flat_map(|choice| &choice.arms);
        let named: Vec<String> = arms.map(|arm| arm.name.clone()).collect();
        if named == self.alternatives {
            return Ok(());
        }
        let line = record.get("alternatives").map_or(record.line, |field| field.line);
        let odd = named
            .iter()
            .chain(&self.alternatives)
            .find(|name| !named.contains(name) || !self.alternatives.contains(name));
        Err(ModelError::new(&self.file, line, Reason::NotAnnounced(odd.cloned().unwrap_or_default())))
    }

    /// Every variable of text, conditions and derogations; references to articles and computed blocks left out.
    fn reads(&self) -> BTreeSet<String> {
        let mut names = template::names(&self.nodes);
        names.extend(self.when.names());
        for derogation in &self.derogations {
            names.extend(derogation.when.names());
            names.extend(template::names(&derogation.subject));
            names.insert(derogation.reason.clone());
        }
        names.retain(|name| reference(name).is_none() && !blocks::COMPUTED.contains(&name.as_str()));
        names
    }

    /// Numbers of the articles and annexes that the text refers to.
    pub(super) fn references(&self) -> BTreeSet<String> {
        template::names(&self.nodes).iter().filter_map(|name| reference(name)).map(str::to_owned).collect()
    }
}

/// `art:22` and `annexe:C` refer to another clause of the model by its number.
pub(super) fn reference(name: &str) -> Option<&str> {
    name.strip_prefix("art:").or_else(|| name.strip_prefix("annexe:"))
}

const KEYS: &[&str] = &[
    "id",
    "version",
    "valid_from",
    "part",
    "number",
    "title",
    "kind",
    "when",
    "variables",
    "alternatives",
    "legal",
    "certainty",
    "derogations",
];

fn kind(file: &str, field: &Field) -> Result<ClauseKind, ModelError> {
    match field.value.as_str() {
        "F" => Ok(ClauseKind::Fixed),
        "V" => Ok(ClauseKind::Variables),
        "O" => Ok(ClauseKind::Optional),
        "A" => Ok(ClauseKind::Alternatives),
        _ => Err(field.bad(file)),
    }
}

fn words(text: &str) -> Vec<String> {
    text.split([',', '\n']).map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn condition(file: &str, line: usize, text: &str) -> Result<Condition, ModelError> {
    Condition::parse(text).ok_or_else(|| ModelError::new(file, line, Reason::BadCondition(text.to_owned())))
}

/// One per line: `provision | condition | variable of the reasons | subject`.
fn derogations(file: &str, record: &Record) -> Result<Vec<Derogation>, ModelError> {
    let Some(field) = record.get("derogations") else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for (line, text) in field.lines() {
        let parts: Vec<&str> = text.split('|').map(str::trim).collect();
        let [provision, when, reason, subject] = parts.as_slice() else { return Err(field.bad(file)) };
        found.push(Derogation {
            provision: (*provision).to_owned(),
            when: condition(file, line, when)?,
            reason: (*reason).to_owned(),
            subject: template::parse(file, subject, line)?,
        });
    }
    Ok(found)
}
