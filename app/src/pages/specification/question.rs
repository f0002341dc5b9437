//! One question as a field, by its kind; or its answer in words.

use domain::{
    fault::Fault,
    kernel::time::{date_french, date_time_french},
    specification::{AnswerError, Asked, Choice, Model, Question, QuestionKind, Value},
};
use leptos::prelude::*;
use service::specification::Reading;

use super::{
    answers, article,
    grid::{self, Grid},
};
use crate::pages::{Form, sentence, ui::Field, words::t};

/// The field of a question, with what is stored or proposed, else with what was typed.
pub(super) fn field(reading: &Reading, asked: &Asked<'_>, form: &Form) -> AnyView {
    let question = asked.question;
    let typed = answers::raw(question, form);
    // What the form did not ask shows what is stored.
    let untouched = Form::default();
    let form = if typed.is_some() { form } else { &untouched };
    let meanwhile = typed.as_ref().filter(|typed| form.stale && **typed != asked.shown).map(|_| &asked.shown);
    let hint = hint(reading, question, meanwhile);
    let name = question.id.as_str();
    let label = label(question);
    if let Some(grid) = Grid::of(question) {
        let rows = grid.typed(name, form).unwrap_or_else(|| grid::split(&asked.shown));
        return rows_of(&grid, name, label, hint, rows, form);
    }
    let field = match &question.kind {
        QuestionKind::LongText { .. } => Field::long(name, label, 6),
        QuestionKind::Text { max } if *max > 250 => Field::long(name, label, 3),
        QuestionKind::Text { .. } => Field::text(name, label),
        QuestionKind::Integer { .. } | QuestionKind::Percent { .. } => Field::short(name, label, 10),
        QuestionKind::Money { .. } => Field::money(name, label),
        QuestionKind::Date => Field::date(name, label, asked.shown.parse().ok()),
        QuestionKind::DateTime => return date_time(name, label, hint, &asked.shown, form),
        QuestionKind::YesNo => {
            let choices = [("oui", t!(common.yes)), ("non", t!(common.no))];
            Field::radios(name, label, choices.map(|(code, word)| (code.to_owned(), word.to_owned())).to_vec())
        }
        QuestionKind::Choice(options) => Field::radios(name, label, choices(options)),
        QuestionKind::Lines { .. } => {
            Field::long(name, label, u8::try_from(asked.shown.lines().count() + 2).unwrap_or(u8::MAX).clamp(4, 12))
        }
        QuestionKind::Table { .. } | QuestionKind::Criteria | QuestionKind::Prices => Field::text(name, label),
    };
    view! { <div class="prose">{field.hint(hint).value(asked.shown.clone()).view(form)}</div> }.into_any()
}

/// The answer of a question, to be read only.
pub(super) fn answer(asked: &Asked<'_>) -> AnyView {
    let question = asked.question;
    match Grid::of(question) {
        Some(grid) if !asked.shown.is_empty() => grid.read_only(&question.id, &question.label, &asked.shown),
        Some(_) | None => {
            let lines: Vec<_> =
                words(question, &asked.shown).lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect();
            view! { <div id=question.id.clone()>{lines}</div> }.into_any()
        }
    }
}

fn date_time(name: &str, label: String, hint: String, shown: &str, form: &Form) -> AnyView {
    let (day, hour) = shown.split_once('T').unwrap_or((shown, ""));
    view! {
        <div class="prose">
            {Field::date(name, label, day.parse().ok()).hint(hint).view(form)}
            {Field::short(format!("{name}-heure"), t!(specification.hour), 5)
                .hint(t!(specification.hour_hint))
                .value(hour)
                .view(form)}
        </div>
    }
    .into_any()
}

fn rows_of(grid: &Grid, name: &str, label: String, hint: String, rows: Vec<Vec<String>>, form: &Form) -> AnyView {
    let fault = form.errors.of(name);
    let error = match fault {
        Some(Fault::Answer(error)) => Some(error),
        Some(_) | None => None,
    };
    let class = if fault.is_some() { "govuk-form-group govuk-form-group--error" } else { "govuk-form-group" };
    let described = match fault {
        Some(_) => format!("{name}-aide {name}-erreur"),
        None => format!("{name}-aide"),
    };
    let told = fault.map(|fault| {
        view! {
            <p class="govuk-error-message" id=format!("{name}-erreur")>
                <span class="govuk-visually-hidden">{t!(common.error_word)}" "</span>{sentence::fault(name, fault)}
            </p>
        }
    });
    view! {
        <div class=class id=name.to_owned() tabindex="-1">
            <fieldset class="govuk-fieldset" aria-describedby=described>
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s" id=format!("{name}-titre")>{label}</legend>
                <div class="govuk-hint" id=format!("{name}-aide")>{hint}</div>
                {told}
                {grid.view(name, rows, error)}
            </fieldset>
        </div>
    }
    .into_any()
}

fn label(question: &Question) -> String {
    match &question.kind {
        QuestionKind::Integer { unit: (_, several), .. } if !several.is_empty() => {
            t!(specification.in_unit, label = question.label, unit = several)
        }
        QuestionKind::Percent { .. } => {
            t!(specification.in_unit, label = question.label, unit = t!(specification.percent))
        }
        QuestionKind::Integer { .. }
        | QuestionKind::Text { .. }
        | QuestionKind::LongText { .. }
        | QuestionKind::Money { .. }
        | QuestionKind::Date
        | QuestionKind::DateTime
        | QuestionKind::YesNo
        | QuestionKind::Choice(_)
        | QuestionKind::Lines { .. }
        | QuestionKind::Table { .. }
        | QuestionKind::Criteria
        | QuestionKind::Prices => question.label.clone(),
    }
}

/// What helps to answer, what serves without an answer, which articles wait for it.
fn hint(reading: &Reading, question: &Question, meanwhile: Option<&String>) -> String {
    let mut parts = Vec::new();
    if let Some(shown) = meanwhile {
        let said = words(question, shown).replace('\n', " / ");
        let value = if said.is_empty() { t!(specification.nothing).to_owned() } else { said };
        parts.push(t!(specification.kept_meanwhile, value = value));
    }
    if !question.hint.is_empty() {
        parts.push(question.hint.clone());
    }
    parts.extend(how(&question.kind).map(str::to_owned));
    let proposed = Model::shipped().proposed(question, &reading.facts);
    if !proposed.is_empty() && says_more_than_its_field(&question.kind) {
        parts.push(t!(specification.proposed, value = words(question, &proposed)));
    } else if !question.compulsory {
        parts.push(t!(specification.optional).to_owned());
    }
    let articles: Vec<_> = question.articles.iter().map(|number| article(number)).collect();
    parts.push(t!(specification.feeds, articles = articles.join(", ")));
    parts.join(" ")
}

fn how(kind: &QuestionKind) -> Option<&'static str> {
    match kind {
        QuestionKind::LongText { .. } => Some(t!(specification.blank_line)),
        QuestionKind::Lines { .. } => Some(t!(specification.one_per_line)),
        QuestionKind::Table { .. } | QuestionKind::Prices | QuestionKind::Criteria => Some(t!(specification.rows_hint)),
        QuestionKind::Text { .. }
        | QuestionKind::Integer { .. }
        | QuestionKind::Percent { .. }
        | QuestionKind::Money { .. }
        | QuestionKind::Date
        | QuestionKind::DateTime
        | QuestionKind::YesNo
        | QuestionKind::Choice(_) => None,
    }
}

/// A proposed list or text stands in the field already; repeating it in the hint would hide the question.
fn says_more_than_its_field(kind: &QuestionKind) -> bool {
    match kind {
        QuestionKind::Integer { .. }
        | QuestionKind::Percent { .. }
        | QuestionKind::Money { .. }
        | QuestionKind::YesNo
        | QuestionKind::Choice(_)
        | QuestionKind::Date
        | QuestionKind::DateTime => true,
        QuestionKind::Text { .. }
        | QuestionKind::LongText { .. }
        | QuestionKind::Lines { .. }
        | QuestionKind::Table { .. }
        | QuestionKind::Criteria
        | QuestionKind::Prices => false,
    }
}

fn choices(options: &[Choice]) -> Vec<(String, String)> {
    options.iter().map(|option| (option.code.clone(), option.label.clone())).collect()
}

/// An answer as people read it; what can't be read stays as it was typed.
fn words(question: &Question, raw: &str) -> String {
    let value = match Model::shipped().check(question, raw) {
        Ok(value) => value,
        Err(AnswerError::Empty) => return t!(specification.not_answered).to_owned(),
        Err(_) => return raw.to_owned(),
    };
    match (value, &question.kind) {
        (Value::Choice(code), QuestionKind::Choice(options)) => {
            options.iter().find(|option| option.code == code).map_or(code, |option| option.label.clone())
        }
        (Value::Integer(n), QuestionKind::Integer { unit: (one, several), .. }) => {
            let unit = if n.abs() > 1 { several } else { one };
            format!("{raw}\u{a0}{unit}").trim_end().to_owned()
        }
        (Value::Percent(_), _) => format!("{}\u{a0}%", raw.trim().trim_end_matches('%').trim_end()),
        (Value::Money(cents), _) => domain::kernel::Money::from_cents(cents).to_string(),
        (Value::Date(date), _) => date_french(date),
        (Value::DateTime(at), _) => date_time_french(at),
        (Value::YesNo(yes), _) => if yes { t!(common.yes) } else { t!(common.no) }.to_owned(),
        (Value::Rows(rows), _) => t!(specification.rows, n = rows.len()),
        (Value::Criteria(rows), _) => t!(specification.rows, n = rows.len()),
        (Value::Prices(rows), _) => t!(specification.rows, n = rows.len()),
        (Value::Paragraphs(parts), _) => parts.join("\n"),
        (Value::Lines(lines), _) => lines.join("\n"),
        (Value::Text(text), _) => text,
        (Value::Choice(_) | Value::Integer(_), _) => raw.to_owned(),
    }
}

/// Does this question still need something?
pub(super) fn waits(asked: &Asked<'_>) -> bool {
    asked.state.blocks()
}
