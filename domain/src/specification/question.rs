//! What the agent is asked, as data.

use super::condition::Condition;
use super::numbers::parse_hundredths;
use super::records::{self, Field, Record};
use super::{ModelError, Reason};

/// A step of the task list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Stable id, fit for an address.
    pub id: String,
    /// French title.
    pub title: String,
    /// One sentence under the title.
    pub hint: String,
    /// Its questions, in the order they are asked.
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Stable id; the variable of the clauses has the same name.
    pub id: String,
    /// Articles it feeds: `22`, `3bis`, `B`.
    pub articles: Vec<String>,
    /// French label.
    pub label: String,
    /// French help; may be empty.
    pub hint: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// The specification can't be adopted without it.
    pub compulsory: bool,
    /// The fact that its answer settles, for what the tender itself does not keep; empty for the others.
    pub feeds: String,
    pub(super) when: Condition,
    pub(super) default: String,
    /// Line of its record, for messages.
    pub(super) line: usize,
}

/// How a question is answered, with its bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuestionKind {
    /// One line.
    Text {
        /// Longest answer, in characters.
        max: usize,
    },
    /// Paragraphs, apart by an empty line.
    LongText {
        /// Longest answer, in characters.
        max: usize,
    },
    /// A whole number.
    Integer {
        /// Least value.
        min: i64,
        /// Greatest value.
        max: i64,
        /// Unit for one and for several: « jour », « jours »; empty for a bare number.
        unit: (String, String),
    },
    /// A percentage; bounds in hundredths of a per cent.
    Percent {
        /// Least value.
        min: i64,
        /// Greatest value.
        max: i64,
    },
    /// Euros; bounds in cents.
    Money {
        /// Least value.
        min: i64,
        /// Greatest value.
        max: i64,
    },
    /// `2026-03-02`.
    Date,
    /// `2026-03-02T11:00`, in the legal time zone.
    DateTime,
    /// `oui` or `non`.
    YesNo,
    /// One of the options.
    Choice(Vec<Choice>),
    /// One item per line.
    Lines {
        /// Least number of items.
        min: usize,
    },
    /// One row per line, cells apart by `|`.
    Table {
        /// Caption of the table in the document.
        caption: String,
        /// Its columns.
        columns: Vec<Column>,
        /// Least number of rows.
        min: usize,
    },
    /// Award criteria, one per line: name `|` weight `|` `prix`, `cout` or `qualite` `|` what is assessed. 100 in all.
    Criteria,
    /// Price schedule, one line each: code `|` item `|` unit `|` quantity `|` `forfait`, `presumee` or `tarif`.
    Prices,
}

/// An option, or a code that a cell may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is stored.
    pub code: String,
    /// What is read.
    pub label: String,
}

/// A column of a table question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// French head.
    pub head: String,
    /// Share of the width, in per cent.
    pub width_percent: u8,
    /// What its cells hold.
    pub kind: CellKind,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellKind {
    /// Words.
    Text,
    /// A whole number.
    Integer,
    /// One of the codes.
    Choice(Vec<Choice>),
}

pub(super) fn parse(file: &str, text: &str) -> Result<Vec<Section>, ModelError> {
    let mut sections: Vec<Section> = Vec::new();
    for record in records::parse(file, text, 1)? {
        if let Some(id) = record.get("section") {
            record.only(file, &["section", "title", "hint"])?;
            let title = record.need(file, "title")?.value.clone();
            let hint = record.text("hint").to_owned();
            sections.push(Section { id: id.value.clone(), title, hint, questions: Vec::new() });
            continue;
        }
        let question = question(file, &record)?;
        let missing = ModelError::new(file, record.line, Reason::MissingKey("section".to_owned()));
        sections.last_mut().ok_or(missing)?.questions.push(question);
    }
    Ok(sections)
}

fn question(file: &str, record: &Record) -> Result<Question, ModelError> {
    record.only(
        file,
        &[
            "id",
            "articles",
            "label",
            "hint",
            "kind",
            "compulsory",
            "feeds",
            "when",
            "default",
            "min",
            "max",
            "unit",
            "options",
            "columns",
            "caption",
        ],
    )?;
    let compulsory = match record.text("compulsory") {
        "" | "oui" => true,
        "non" => false,
        _ => return Err(record.need(file, "compulsory")?.bad(file)),
    };
    let when = match record.get("when") {
        None => Condition::Always,
        Some(field) => Condition::parse(&field.value)
            .ok_or_else(|| ModelError::new(file, field.line, Reason::BadCondition(field.value.clone())))?,
    };
    Ok(Question {
        id: record.need(file, "id")?.value.clone(),
        articles: record.need(file, "articles")?.value.split(',').map(|part| part.trim().to_owned()).collect(),
        label: record.need(file, "label")?.value.clone(),
        hint: record.text("hint").to_owned(),
        kind: kind(file, record)?,
        compulsory,
        feeds: record.text("feeds").to_owned(),
        when,
        default: record.text("default").to_owned(),
        line: record.line,
    })
}

fn kind(file: &str, record: &Record) -> Result<QuestionKind, ModelError> {
    let field = record.need(file, "kind")?;
    let min = bound(file, record, "min")?;
    let max = bound(file, record, "max")?;
    let whole = |value: Option<i64>| value.map(|hundredths| hundredths / 100);
    let size = |value: Option<i64>, otherwise| whole(value).and_then(|n| usize::try_from(n).ok()).unwrap_or(otherwise);
    Ok(match field.value.as_str() {
        "texte" => QuestionKind::Text { max: size(max, 250) },
        "texte-long" => QuestionKind::LongText { max: size(max, 10_000) },
        "entier" => QuestionKind::Integer {
            min: whole(min).unwrap_or(0),
            max: whole(max).unwrap_or(1_000_000),
            unit: unit(record.text("unit")),
        },
        "pourcent" => QuestionKind::Percent { min: min.unwrap_or(0), max: max.unwrap_or(10_000) },
        "montant" => QuestionKind::Money { min: min.unwrap_or(0), max: max.unwrap_or(100_000_000_000) },
        "date" => QuestionKind::Date,
        "date-heure" => QuestionKind::DateTime,
        "oui-non" => QuestionKind::YesNo,
        "choix" => QuestionKind::Choice(choices(file, record.need(file, "options")?)?),
        "liste" => QuestionKind::Lines { min: size(min, 1) },
        "tableau" => QuestionKind::Table {
            caption: record.need(file, "caption")?.value.clone(),
            columns: columns(file, record.need(file, "columns")?)?,
            min: size(min, 1),
        },
        "criteres" => QuestionKind::Criteria,
        "bordereau" => QuestionKind::Prices,
        _ => return Err(field.bad(file)),
    })
}

fn bound(file: &str, record: &Record, key: &str) -> Result<Option<i64>, ModelError> {
    let Some(field) = record.get(key) else { return Ok(None) };
    parse_hundredths(&field.value).map(Some).ok_or_else(|| field.bad(file))
}

fn unit(text: &str) -> (String, String) {
    let (one, several) = text.split_once('|').unwrap_or((text, text));
    (one.trim().to_owned(), several.trim().to_owned())
}

fn choices(file: &str, field: &Field) -> Result<Vec<Choice>, ModelError> {
    field.lines().map(|(_, line)| choice(line).ok_or_else(|| field.bad(file))).collect()
}

fn choice(text: &str) -> Option<Choice> {
    let (code, label) = text.split_once('=')?;
    Some(Choice { code: code.trim().to_owned(), label: label.trim().to_owned() })
}

/// One column per line: `head | width | texte`, `entier`, or codes `a = Un ; b = Deux`.
fn columns(file: &str, field: &Field) -> Result<Vec<Column>, ModelError> {
    let columns: Option<Vec<Column>> = field.lines().map(|(_, line)| column(line)).collect();
    let columns = columns.ok_or_else(|| field.bad(file))?;
    let total = columns.iter().map(|column| u32::from(column.width_percent)).sum();
    if total == 100 { Ok(columns) } else { Err(ModelError::new(file, field.line, Reason::Widths(total))) }
}

fn column(line: &str) -> Option<Column> {
    let mut parts = line.splitn(3, '|').map(str::trim);
    let (head, width, kind) = (parts.next()?, parts.next()?, parts.next()?);
    let kind = match kind {
        "texte" => CellKind::Text,
        "entier" => CellKind::Integer,
        codes => CellKind::Choice(codes.split(';').map(choice).collect::<Option<_>>()?),
    };
    Some(Column { head: head.to_owned(), width_percent: width.parse().ok()?, kind })
}
