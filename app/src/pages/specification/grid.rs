//! Answers of several rows: inputs in a table, joined as the lines that the domain reads.

use domain::specification::{AnswerError, CellKind, Choice, Question, QuestionKind};
use leptos::prelude::*;

use crate::pages::{Form, words::t};

/// Rows offered beyond those that are filled.
const EMPTY_ROWS: usize = 3;

/// Rows offered at least: a table that is only right as a whole, like the criteria, can be typed at once.
const LEAST_ROWS: usize = 6;

/// From this share of the width on, a cell takes several lines of text.
const LONG_CELL_PERCENT: u8 = 30;

/// Up to this share, a cell holds a number or a short code.
const NARROW_CELL_PERCENT: u8 = 14;

/// The columns of a question that is answered in rows.
pub(super) struct Grid {
    columns: Vec<Head>,
}

struct Head {
    word: String,
    width_percent: u8,
    kind: CellKind,
}

impl Grid {
    pub(super) fn of(question: &Question) -> Option<Self> {
        let head = |word: &str, width_percent, kind| Head { word: word.to_owned(), width_percent, kind };
        let columns = match &question.kind {
            QuestionKind::Table { columns, .. } => {
                columns.iter().map(|column| head(&column.head, column.width_percent, column.kind.clone())).collect()
            }
            QuestionKind::Criteria => vec![
                head(t!(specification.criterion), 28, CellKind::Text),
                head(t!(specification.weight), 10, CellKind::Integer),
                head(t!(specification.nature), 16, natures()),
                head(t!(specification.elements), 46, CellKind::Text),
            ],
            QuestionKind::Prices => vec![
                head(t!(specification.code), 10, CellKind::Text),
                head(t!(specification.item), 40, CellKind::Text),
                head(t!(specification.unit), 16, CellKind::Text),
                head(t!(specification.quantity), 12, CellKind::Integer),
                head(t!(specification.mode), 22, modes()),
            ],
            QuestionKind::Text { .. }
            | QuestionKind::LongText { .. }
            | QuestionKind::Integer { .. }
            | QuestionKind::Percent { .. }
            | QuestionKind::Money { .. }
            | QuestionKind::Date
            | QuestionKind::DateTime
            | QuestionKind::YesNo
            | QuestionKind::Choice(_)
            | QuestionKind::Lines { .. } => return None,
        };
        Some(Self { columns })
    }

    /// The rows that were typed, without the empty ones; `None` when the form does not ask this question.
    pub(super) fn typed(&self, name: &str, form: &Form) -> Option<Vec<Vec<String>>> {
        form.raw(&cell(name, 0, 0))?;
        let rows = (0..).map_while(|row| {
            form.raw(&cell(name, row, 0))?;
            let cells = (0..self.columns.len()).map(|column| one_line(form.text(&cell(name, row, column))));
            Some(cells.collect::<Vec<_>>())
        });
        Some(rows.filter(|row| row.iter().any(|cell| !cell.is_empty())).collect())
    }

    /// The table of inputs; rows that were typed come back as they were, without the empty ones between them.
    pub(super) fn view(&self, name: &str, rows: Vec<Vec<String>>, error: Option<&AnswerError>) -> AnyView {
        let filled = rows.len();
        let offered = LEAST_ROWS.max(filled + EMPTY_ROWS);
        let blank = (filled..offered).map(|_| Vec::new());
        let body: Vec<_> = rows
            .into_iter()
            .chain(blank)
            .enumerate()
            .map(|(row, cells)| self.row(name, row, filled, &cells, error))
            .collect();
        let heads: Vec<_> = self
            .columns
            .iter()
            .map(|head| view! { <th scope="col" class=width(head)>{head.word.clone()}</th> })
            .collect();
        view! {
            <div class="scroll" tabindex="0" role="group" aria-labelledby=format!("{name}-titre")>
                <table class="table table--cards grid">
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
        }
        .into_any()
    }

    fn row(&self, name: &str, row: usize, filled: usize, cells: &[String], error: Option<&AnswerError>) -> AnyView {
        let cells: Vec<_> = self
            .columns
            .iter()
            .enumerate()
            .map(|(column, head)| {
                let typed = cells.get(column).cloned().unwrap_or_default();
                let wrong = error.is_some_and(|error| is_wrong(error, row + 1, column + 1));
                let label = if row < filled {
                    t!(specification.cell, head = head.word, n = row + 1)
                } else {
                    t!(specification.cell_new, head = head.word, n = row + 1 - filled)
                };
                view! { <td data-l=head.word.clone()>{input(head, cell(name, row, column), label, typed, wrong)}</td> }
            })
            .collect();
        view! { <tr>{cells}</tr> }.into_any()
    }

    /// The same rows, to be read only.
    pub(super) fn read_only(&self, name: &str, label: &str, raw: &str) -> AnyView {
        let heads: Vec<_> =
            self.columns.iter().map(|head| view! { <th scope="col">{head.word.clone()}</th> }).collect();
        let body: Vec<_> = split(raw)
            .into_iter()
            .map(|cells| {
                let cells: Vec<_> = cells
                    .into_iter()
                    .zip(&self.columns)
                    .map(|(cell, head)| {
                        let text = match &head.kind {
                            CellKind::Choice(options) => word_of(options, &cell),
                            CellKind::Text | CellKind::Integer => cell,
                        };
                        view! { <td data-l=head.word.clone()><span>{text}</span></td> }
                    })
                    .collect();
                view! { <tr>{cells}</tr> }
            })
            .collect();
        view! {
            <div class="scroll" id=name.to_owned() tabindex="0" role="group" aria-label=label.to_owned()>
                <table class="table table--cards">
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
        }
        .into_any()
    }
}

fn width(head: &Head) -> Option<&'static str> {
    match head.kind {
        CellKind::Text if head.width_percent >= LONG_CELL_PERCENT => Some("long"),
        CellKind::Text if head.width_percent > NARROW_CELL_PERCENT => None,
        CellKind::Text | CellKind::Integer => Some("narrow"),
        CellKind::Choice(_) => None,
    }
}

fn input(head: &Head, field: String, label: String, typed: String, wrong: bool) -> AnyView {
    let invalid = wrong.then_some("true");
    let class = |base: &str| if wrong { format!("{base} {base}--error") } else { base.to_owned() };
    match &head.kind {
        CellKind::Choice(options) => {
            let options: Vec<_> = options
                .iter()
                .map(|option| {
                    let selected = option.code == typed;
                    view! { <option value=option.code.clone() selected=selected>{option.label.clone()}</option> }
                })
                .collect();
            view! {
                <select class=class("govuk-select") id=field.clone() name=field aria-label=label aria-invalid=invalid>
                    <option value="">{t!(common.choose)}</option>
                    {options}
                </select>
            }
            .into_any()
        }
        CellKind::Text if head.width_percent >= LONG_CELL_PERCENT => view! {
            <textarea class=class("govuk-textarea") id=field.clone() name=field rows="2" aria-label=label aria-invalid=invalid>
                {format!("\n{typed}")}
            </textarea>
        }
        .into_any(),
        CellKind::Text => view! {
            <input class=class("govuk-input") id=field.clone() name=field type="text" value=typed aria-label=label aria-invalid=invalid/>
        }
        .into_any(),
        CellKind::Integer => view! {
            <input class=format!("{} num", class("govuk-input")) id=field.clone() name=field type="text" inputmode="decimal" value=typed
                aria-label=label aria-invalid=invalid/>
        }
        .into_any(),
    }
}

/// Rows as the domain keeps them, `a | b | c` on each line.
pub(super) fn split(raw: &str) -> Vec<Vec<String>> {
    raw.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect())
        .collect()
}

pub(super) fn join(rows: &[Vec<String>]) -> String {
    rows.iter().map(|row| row.join(" | ")).collect::<Vec<_>>().join("\n")
}

fn cell(name: &str, row: usize, column: usize) -> String {
    format!("{name}.{row}.{column}")
}

/// A cell is one line, however many were typed.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Line and column from 1, as the domain tells them.
fn is_wrong(error: &AnswerError, row: usize, place: usize) -> bool {
    match error {
        AnswerError::EmptyCell { line, column }
        | AnswerError::CellNotANumber { line, column }
        | AnswerError::CellNotAnOption { line, column } => (*line, *column) == (row, place),
        AnswerError::Twice { line } => (*line, 1) == (row, place),
        AnswerError::QuantityMode { line } => *line == row && place > 3,
        AnswerError::CellCount { line, .. } => *line == row,
        AnswerError::WeightsNotHundred { .. }
        | AnswerError::NoPriceCriterion
        | AnswerError::Empty
        | AnswerError::TooLong { .. }
        | AnswerError::NotANumber
        | AnswerError::NotADate
        | AnswerError::NotADateTime
        | AnswerError::NotYesOrNo
        | AnswerError::NotAnOption
        | AnswerError::BelowMinimum { .. }
        | AnswerError::AboveMaximum { .. }
        | AnswerError::TooFewLines { .. } => false,
    }
}

fn word_of(options: &[Choice], code: &str) -> String {
    options.iter().find(|option| option.code == code).map_or_else(|| code.to_owned(), |option| option.label.clone())
}

fn natures() -> CellKind {
    options(&[
        ("prix", t!(specification.price)),
        ("cout", t!(specification.cost)),
        ("qualite", t!(specification.quality)),
    ])
}

fn modes() -> CellKind {
    options(&[
        ("forfait", t!(specification.fixed)),
        ("presumee", t!(specification.presumed)),
        ("tarif", t!(specification.rate_only)),
    ])
}

fn options(options: &[(&str, &str)]) -> CellKind {
    let option = |(code, label): &(&str, &str)| Choice { code: (*code).to_owned(), label: (*label).to_owned() };
    CellKind::Choice(options.iter().map(option).collect())
}
