use chrono::NaiveDate;
use domain::{
    execution::{Mode, minimis},
    fault::Fault,
    kernel::Money,
    parameter::ParameterSet,
    procedure::Nature,
};
use leptos::prelude::*;
use serde_json::json;
use service::{Error, FieldErrors};

use super::{Asked, amounts, natures, read};
use crate::pages::{Form, ui, ui::Field, words::t};

/// Longest list read, in characters.
const MOST: usize = 60_000;

pub(super) fn fields(form: &Form) -> AnyView {
    let modes = Mode::ALL.map(|mode| {
        let word = match mode {
            Mode::Absolute => t!(calc.mode_absolute),
            Mode::Net => t!(calc.mode_net),
        };
        (mode.word().to_owned(), word.to_owned())
    });
    view! {
        {Field::money("montant", t!(calc.modification_initial)).view(form)}
        {Field::radios("nature", t!(calc.nature), natures()).value("services").view(form)}
        {Field::long("modifications", t!(calc.modification_changes), 4).hint(t!(calc.modification_changes_hint)).view(form)}
        {Field::radios("cumul", t!(calc.modification_mode), modes.to_vec()).value("absolute").view(form)}
        {Field::date("le", t!(calc.on), None).hint(t!(calc.surety_on_hint)).view(form)}
    }
    .into_any()
}

pub(super) fn ask(form: &Form, set: &ParameterSet, today: NaiveDate) -> Result<Asked, Error> {
    let mut read = form.read();
    let initial = read.positive_money("montant");
    let nature: Nature = read.choice("nature", |text| text.parse().ok(), Nature::Services);
    read.text("modifications", MOST);
    let changes = changes(form, &mut read.errors);
    let mode: Mode = read.choice("cumul", |text| text.parse().ok(), Mode::Absolute);
    let on = read.optional_date("le").unwrap_or(today);
    read.errors.or(())?;

    let found = minimis(set, on, nature, initial, &changes, mode)
        .map_err(|error| read::unanswerable(error, "montant", "modifications"))?;
    let line = json!({
        "calc": "modification", "initial": initial.to_iso(), "nature": nature.word(), "mode": mode.word(), "on": on,
        "changes": changes.iter().map(|change| change.to_iso()).collect::<Vec<_>>(),
    });
    let rows = found.rows.clone();
    Ok(Asked::new(line, move || {
        let answer = if found.is_allowed {
            ui::tag("done", t!(calc.modification_allowed))
        } else {
            ui::tag("bad", t!(calc.modification_refused))
        };
        let facts = vec![
            (t!(calc.modification_counted), found.counted.to_string()),
            (t!(calc.modification_limit), found.limit.to_string()),
        ];
        let counted = match mode {
            Mode::Absolute => t!(calc.why_absolute),
            Mode::Net => t!(calc.why_net),
        };
        let sentences = vec![t!(calc.why_modification).to_owned(), counted.to_owned()];
        view! { <p>{answer}</p>{amounts(facts, sentences)} }.into_any()
    })
    .with_rows(rows))
}

/// One amount a line, below zero where something is taken away.
fn changes(form: &Form, errors: &mut FieldErrors) -> Vec<Money> {
    let mut changes = Vec::new();
    for (line, text) in read::lines(form, "modifications") {
        match Money::parse_french(&text) {
            Ok(change) => changes.push(change),
            Err(_) => {
                errors.add("modifications", Fault::Line { line });
                return changes;
            }
        }
    }
    changes
}
