//! Facts and answers together, as the clauses read them.

use std::collections::BTreeMap;

use super::clause::reference;
use super::condition::{Known, Truth};
use super::numbers::{self, parse_hundredths};
use super::question::{CellKind, Question, QuestionKind};
use super::{AnswerError, Answers, Facts, Model, State, Value, Wanted, answer};

pub(super) struct Scope<'a> {
    pub(super) model: &'a Model,
    pub(super) facts: &'a Facts,
    values: BTreeMap<String, Held>,
    /// Questions that apply now, with their state and what was typed or proposed.
    pub(super) asked: Vec<(&'a Question, State, String)>,
}

enum Held {
    Given(Value),
    Lacking,
    NotAsked,
}

impl<'a> Scope<'a> {
    pub(super) fn new(model: &'a Model, facts: &'a Facts, answers: &Answers) -> Self {
        let values = facts.values().into_iter().map(|(name, value)| (name.to_owned(), Held::Given(value))).collect();
        let mut scope = Self { model, facts, values, asked: Vec::new() };
        for question in model.questions() {
            scope.ask(question, answers);
        }
        scope
    }

    fn ask(&mut self, question: &'a Question, answers: &Answers) {
        let held = match question.when.holds(self) {
            Truth::No => Held::NotAsked,
            Truth::Unknown => Held::Lacking,
            Truth::Yes => {
                let typed = answers.get(&question.id).map(|raw| raw.trim()).filter(|raw| !raw.is_empty());
                let raw = typed.map_or_else(|| proposed(question, self.facts), str::to_owned);
                let checked = answer::check(question, &raw);
                let state = match (&checked, typed.is_some()) {
                    (Ok(_), true) => State::Answered,
                    (Ok(_), false) => State::ByDefault,
                    (Err(AnswerError::Empty), _) if question.compulsory => State::ToAnswer,
                    (Err(AnswerError::Empty), _) => State::Optional,
                    (Err(error), _) => State::Invalid(error.clone()),
                };
                self.asked.push((question, state, raw));
                checked.map_or(Held::Lacking, Held::Given)
            }
        };
        self.values.insert(question.id.clone(), held);
    }

    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        match self.values.get(name)? {
            Held::Given(value) => Some(value),
            Held::Lacking | Held::NotAsked => None,
        }
    }

    /// The words that stand for a name in the text.
    pub(super) fn words(&self, name: &str) -> Result<String, Wanted> {
        let labels = &self.model.labels;
        if let Some(number) = reference(name) {
            let kind = if name.starts_with("annexe:") { "annexe" } else { "article" };
            return Ok(format!("{}\u{A0}{number}", labels.get(kind)));
        }
        if let Some((kind @ ("parametre" | "source"), key)) = name.split_once(':') {
            let row = self.facts.parameters.get(key);
            let text = row.map(|row| if kind == "source" { &row.legal_ref } else { &row.text });
            let text = text.filter(|text| !text.is_empty());
            return text.cloned().ok_or_else(|| Wanted::Parameter(key.to_owned()));
        }
        match self.value(name) {
            Some(value) => Ok(self.shown(name, value)),
            None if self.model.question(name).is_some() => Err(Wanted::Question(name.to_owned())),
            None => Err(Wanted::Fact(name.to_owned())),
        }
    }

    /// What a missing value is called, for the place it leaves empty.
    pub(super) fn label(&self, wanted: &Wanted) -> String {
        match wanted {
            Wanted::Question(id) => self.model.question(id).map_or_else(|| id.clone(), |found| found.label.clone()),
            Wanted::Fact(name) => self.model.labels.of("fait", name),
            Wanted::Parameter(key) => key.clone(),
        }
    }

    /// The same for the cell of a table, which holds plain words: « [à remplir : …] ».
    pub(super) fn to_fill(&self, wanted: &Wanted) -> String {
        format!("[{}\u{A0}: {}]", self.model.labels.get("a-remplir"), self.label(wanted))
    }

    fn shown(&self, name: &str, value: &Value) -> String {
        let labels = &self.model.labels;
        let kind = self.model.question(name).map(|question| &question.kind);
        match (value, kind) {
            (Value::Choice(code), Some(QuestionKind::Choice(options))) => {
                let found = options.iter().find(|option| option.code == *code);
                found.map_or_else(|| code.clone(), |option| option.label.clone())
            }
            (Value::Choice(code), _) => labels.of(name, code),
            (Value::Integer(n), Some(QuestionKind::Integer { unit: (one, several), .. })) => {
                let unit = if n.abs() > 1 { several } else { one };
                format!("{}\u{A0}{unit}", numbers::integer(*n)).trim_end().to_owned()
            }
            (Value::Integer(n), _) => numbers::integer(*n),
            (Value::Percent(hundredths), _) => numbers::percent(*hundredths),
            (Value::Money(cents), _) => numbers::money(*cents),
            (Value::Date(date), _) => labels.date(*date),
            (Value::DateTime(at), _) => labels.date_time(*at),
            (Value::YesNo(yes), _) => labels.get(if *yes { "oui" } else { "non" }),
            (Value::Text(text), _) => text.clone(),
            (Value::Paragraphs(parts), _) => parts.join(" "),
            (Value::Lines(lines), _) => lines.join(", "),
            (Value::Rows(rows), _) => rows.iter().filter_map(|row| row.first().cloned()).collect::<Vec<_>>().join(", "),
            (Value::Criteria(criteria), _) => {
                criteria.iter().map(|criterion| criterion.name.clone()).collect::<Vec<_>>().join(", ")
            }
            (Value::Prices(lines), _) => lines.iter().map(|line| line.code.clone()).collect::<Vec<_>>().join(", "),
        }
    }

    /// A cell of a table question, its code put in words.
    pub(super) fn cell(cell: &str, kind: &CellKind) -> String {
        match kind {
            CellKind::Text => cell.to_owned(),
            CellKind::Integer => numbers::parse_integer(cell).map_or_else(|| cell.to_owned(), numbers::integer),
            CellKind::Choice(codes) => {
                let found = codes.iter().find(|code| code.code == cell);
                found.map_or_else(|| cell.to_owned(), |code| code.label.clone())
            }
        }
    }
}

/// The answer that serves until the agent gives another; empty for none.
pub(super) fn proposed(question: &Question, facts: &Facts) -> String {
    match question.default.strip_prefix("parametre:") {
        Some(key) => facts.parameters.get(key).map(|row| row.number.clone()).unwrap_or_default(),
        None => question.default.clone(),
    }
}

impl Known for Scope<'_> {
    fn code(&self, name: &str) -> Result<String, Truth> {
        match self.values.get(name) {
            Some(Held::Lacking) | None => Err(Truth::Unknown),
            Some(Held::Given(Value::Choice(code) | Value::Text(code))) => Ok(code.clone()),
            Some(Held::Given(Value::YesNo(yes))) => Ok(if *yes { "oui" } else { "non" }.to_owned()),
            Some(Held::Given(Value::Integer(n))) => Ok(n.to_string()),
            Some(
                Held::NotAsked
                | Held::Given(
                    Value::Paragraphs(_)
                    | Value::Percent(_)
                    | Value::Money(_)
                    | Value::Date(_)
                    | Value::DateTime(_)
                    | Value::Lines(_)
                    | Value::Rows(_)
                    | Value::Criteria(_)
                    | Value::Prices(_),
                ),
            ) => Err(Truth::No),
        }
    }

    fn number(&self, name: &str) -> Result<i64, Truth> {
        if let Some(number) = parse_hundredths(name) {
            return Ok(number);
        }
        if let Some(key) = name.strip_prefix("parametre:") {
            let row = self.facts.parameters.get(key);
            return row.and_then(|row| parse_hundredths(&row.number)).ok_or(Truth::Unknown);
        }
        match self.values.get(name) {
            Some(Held::Lacking) | None => Err(Truth::Unknown),
            Some(Held::Given(Value::Percent(n) | Value::Money(n))) => Ok(*n),
            Some(Held::Given(Value::Integer(n))) => n.checked_mul(100).ok_or(Truth::Unknown),
            Some(
                Held::NotAsked
                | Held::Given(
                    Value::Text(_)
                    | Value::Paragraphs(_)
                    | Value::Date(_)
                    | Value::DateTime(_)
                    | Value::YesNo(_)
                    | Value::Choice(_)
                    | Value::Lines(_)
                    | Value::Rows(_)
                    | Value::Criteria(_)
                    | Value::Prices(_),
                ),
            ) => Err(Truth::No),
        }
    }

    fn filled(&self, name: &str) -> bool {
        self.value(name).is_some()
    }
}
