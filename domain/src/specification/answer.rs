//! From what was typed to what it means: parsed once, here.

use chrono::{Datelike as _, NaiveDate, NaiveDateTime};
use thiserror::Error;

use super::numbers::{parse_hundredths, parse_integer};
use super::question::{CellKind, Column, Question, QuestionKind};
use super::{Criterion, CriterionNature, PriceLine, PriceMode, Value};
use crate::kernel::time::TYPED_YEARS;

/// Why an answer is refused; the sentence for the person stands elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AnswerError {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// More than `max` characters.
    #[error("longer than {max} characters")]
    TooLong {
        /// Longest permitted.
        max: usize,
    },
    /// Not a number.
    #[error("not a number")]
    NotANumber,
    /// Not a day.
    #[error("not a date")]
    NotADate,
    /// Not a day and hour.
    #[error("not a date and time")]
    NotADateTime,
    /// Neither `oui` nor `non`.
    #[error("neither yes nor no")]
    NotYesOrNo,
    /// Not one of the options.
    #[error("not an option")]
    NotAnOption,
    /// Under the least value, given in the unit of the question.
    #[error("under {min}")]
    BelowMinimum {
        /// Least value, as it would be typed.
        min: String,
    },
    /// Over the greatest value.
    #[error("over {max}")]
    AboveMaximum {
        /// Greatest value, as it would be typed.
        max: String,
    },
    /// Fewer lines than needed.
    #[error("fewer than {min} lines")]
    TooFewLines {
        /// Least number.
        min: usize,
    },
    /// A line has another number of cells than its table.
    #[error("line {line}: {found} cells, {expected} expected")]
    CellCount {
        /// From 1.
        line: usize,
        /// Columns.
        expected: usize,
        /// Cells.
        found: usize,
    },
    /// A cell is empty.
    #[error("line {line}, column {column}: empty")]
    EmptyCell {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// A cell is not a (positive) number.
    #[error("line {line}, column {column}: not a number")]
    CellNotANumber {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// A cell holds no known code.
    #[error("line {line}, column {column}: not an option")]
    CellNotAnOption {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// Two lines have the same first cell.
    #[error("line {line}: stands twice")]
    Twice {
        /// The second of the two, from 1.
        line: usize,
    },
    /// The weights don't add up to exactly 100.
    #[error("weights add up to {total_hundredths} hundredths")]
    WeightsNotHundred {
        /// Their sum, in hundredths.
        total_hundredths: i64,
    },
    /// No criterion is a price or a cost, though the law asks for one (Loi art. 81).
    #[error("no criterion on price or cost")]
    NoPriceCriterion,
    /// A rate without quantity has one, or a quantity lacks.
    #[error("line {line}: the quantity does not fit the mode")]
    QuantityMode {
        /// From 1.
        line: usize,
    },
}

pub(super) fn check(question: &Question, raw: &str) -> Result<Value, AnswerError> {
    let text = raw.trim();
    if text.is_empty() {
        return Err(AnswerError::Empty);
    }
    match &question.kind {
        QuestionKind::Text { max } => short(text, *max).map(|text| Value::Text(text.replace(['\r', '\n'], " "))),
        QuestionKind::LongText { max } => short(text, *max).map(|text| Value::Paragraphs(paragraphs(text))),
        QuestionKind::Integer { min, max, .. } => {
            within(parse_integer(text), *min, *max, |n| n.to_string()).map(Value::Integer)
        }
        QuestionKind::Percent { min, max } => within(parse_hundredths(text), *min, *max, typed).map(Value::Percent),
        QuestionKind::Money { min, max } => within(parse_hundredths(text), *min, *max, typed).map(Value::Money),
        QuestionKind::Date => date(text).map(Value::Date).ok_or(AnswerError::NotADate),
        QuestionKind::DateTime => date_time(text).map(Value::DateTime),
        QuestionKind::YesNo => match text {
            "oui" => Ok(Value::YesNo(true)),
            "non" => Ok(Value::YesNo(false)),
            _ => Err(AnswerError::NotYesOrNo),
        },
        QuestionKind::Choice(options) => match options.iter().find(|option| option.code == text) {
            Some(option) => Ok(Value::Choice(option.code.clone())),
            None => Err(AnswerError::NotAnOption),
        },
        QuestionKind::Lines { min } => lines(text, *min).map(Value::Lines),
        QuestionKind::Table { columns, min, .. } => rows(text, columns, *min).map(Value::Rows),
        QuestionKind::Criteria => criteria(text).map(Value::Criteria),
        QuestionKind::Prices => prices(text).map(Value::Prices),
    }
}

fn short(text: &str, max: usize) -> Result<&str, AnswerError> {
    if text.chars().count() > max { Err(AnswerError::TooLong { max }) } else { Ok(text) }
}

fn paragraphs(text: &str) -> Vec<String> {
    let unix = text.replace("\r\n", "\n");
    let apart = unix.split("\n\n").map(|part| part.split_ascii_whitespace().collect::<Vec<_>>().join(" "));
    apart.filter(|part| !part.is_empty()).collect()
}

fn within(value: Option<i64>, min: i64, max: i64, typed: impl Fn(i64) -> String) -> Result<i64, AnswerError> {
    let value = value.ok_or(AnswerError::NotANumber)?;
    if value < min {
        return Err(AnswerError::BelowMinimum { min: typed(min) });
    }
    if value > max {
        return Err(AnswerError::AboveMaximum { max: typed(max) });
    }
    Ok(value)
}

fn typed(hundredths: i64) -> String {
    super::numbers::decimal(hundredths)
}

fn date(text: &str) -> Option<NaiveDate> {
    text.parse().ok().filter(|date: &NaiveDate| TYPED_YEARS.contains(&date.year()))
}

fn date_time(text: &str) -> Result<NaiveDateTime, AnswerError> {
    let plain = text.replacen('T', " ", 1);
    let read = NaiveDateTime::parse_from_str(&plain, "%Y-%m-%d %H:%M").ok();
    read.filter(|at| TYPED_YEARS.contains(&at.year())).ok_or(AnswerError::NotADateTime)
}

fn lines(text: &str, min: usize) -> Result<Vec<String>, AnswerError> {
    let lines: Vec<String> = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    if lines.len() < min { Err(AnswerError::TooFewLines { min }) } else { Ok(lines) }
}

fn rows(text: &str, columns: &[Column], min: usize) -> Result<Vec<Vec<String>>, AnswerError> {
    let rows = cells(text, columns.len(), min)?;
    for (at, row) in rows.iter().enumerate() {
        for (place, (cell, column)) in row.iter().zip(columns).enumerate() {
            let (line, column_number) = (at + 1, place + 1);
            match &column.kind {
                CellKind::Text if cell.is_empty() => {
                    return Err(AnswerError::EmptyCell { line, column: column_number });
                }
                CellKind::Integer if parse_integer(cell).is_none_or(|n| n < 0) => {
                    return Err(AnswerError::CellNotANumber { line, column: column_number });
                }
                CellKind::Choice(codes) if codes.iter().all(|code| code.code != *cell) => {
                    return Err(AnswerError::CellNotAnOption { line, column: column_number });
                }
                CellKind::Text | CellKind::Integer | CellKind::Choice(_) => {}
            }
        }
    }
    Ok(rows)
}

fn criteria(text: &str) -> Result<Vec<Criterion>, AnswerError> {
    let mut criteria = Vec::new();
    for (at, row) in cells(text, 4, 1)?.into_iter().enumerate() {
        let line = at + 1;
        let [name, weight, nature, elements] = row.as_slice() else { continue };
        let weight_hundredths = parse_hundredths(weight)
            .filter(|weight| *weight > 0)
            .ok_or(AnswerError::CellNotANumber { line, column: 2 })?;
        let nature = match nature.as_str() {
            "prix" => CriterionNature::Price,
            "cout" => CriterionNature::Cost,
            "qualite" => CriterionNature::Quality,
            _ => return Err(AnswerError::CellNotAnOption { line, column: 3 }),
        };
        if elements.is_empty() {
            return Err(AnswerError::EmptyCell { line, column: 4 });
        }
        criteria.push(Criterion { name: name.clone(), weight_hundredths, nature, elements: elements.clone() });
    }
    let total = criteria.iter().try_fold(0_i64, |sum, criterion| sum.checked_add(criterion.weight_hundredths));
    if total != Some(10_000) {
        return Err(AnswerError::WeightsNotHundred { total_hundredths: total.unwrap_or(i64::MAX) });
    }
    if criteria.iter().all(|criterion| criterion.nature == CriterionNature::Quality) {
        return Err(AnswerError::NoPriceCriterion);
    }
    Ok(criteria)
}

fn prices(text: &str) -> Result<Vec<PriceLine>, AnswerError> {
    let mut lines = Vec::new();
    for (at, row) in cells(text, 5, 1)?.into_iter().enumerate() {
        let line = at + 1;
        let [code, item, unit, quantity, mode] = row.as_slice() else { continue };
        if let Some(place) = [item, unit].iter().position(|cell| cell.is_empty()) {
            return Err(AnswerError::EmptyCell { line, column: place + 2 });
        }
        let quantity = match quantity.as_str() {
            "" => None,
            typed => {
                Some(parse_integer(typed).filter(|n| *n > 0).ok_or(AnswerError::CellNotANumber { line, column: 4 })?)
            }
        };
        let mode = match mode.as_str() {
            "forfait" => PriceMode::Fixed,
            "presumee" => PriceMode::Presumed,
            "tarif" => PriceMode::RateOnly,
            _ => return Err(AnswerError::CellNotAnOption { line, column: 5 }),
        };
        if quantity.is_some() == (mode == PriceMode::RateOnly) {
            return Err(AnswerError::QuantityMode { line });
        }
        lines.push(PriceLine { code: code.clone(), item: item.clone(), unit: unit.clone(), quantity, mode });
    }
    Ok(lines)
}

/// Cells of each line that is not empty; the first cell names the line and stands once.
fn cells(text: &str, expected: usize, min: usize) -> Result<Vec<Vec<String>>, AnswerError> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for typed in lines(text, min)? {
        let line = rows.len() + 1;
        let row: Vec<String> = typed.split('|').map(|cell| cell.trim().to_owned()).collect();
        if row.len() != expected {
            return Err(AnswerError::CellCount { line, expected, found: row.len() });
        }
        let first = row.first().filter(|cell| !cell.is_empty());
        let first = first.ok_or(AnswerError::EmptyCell { line, column: 1 })?;
        if rows.iter().any(|earlier| earlier.first() == Some(first)) {
            return Err(AnswerError::Twice { line });
        }
        rows.push(row);
    }
    Ok(rows)
}
