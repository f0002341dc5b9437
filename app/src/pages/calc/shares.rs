use chrono::NaiveDate;
use domain::{
    fault::Fault,
    kernel::{Money, NumberError},
    parameter::ParameterSet,
    score::Points,
    share::{Fixed, Key, MOST_PARTICIPANTS, Participant, Rule, ShareError, shares},
};
use leptos::prelude::*;
use serde_json::json;
use service::{Error, FieldErrors};

use super::{Asked, read, why};
use crate::pages::{Form, parameters::figure::grouped, ui, ui::Field, words::t};

/// Longest list read, in characters.
const MOST: usize = 60_000;

pub(super) fn fields(form: &Form) -> AnyView {
    let words = |choices: &[(&str, &str)]| {
        choices.iter().map(|(value, word)| ((*value).to_owned(), (*word).to_owned())).collect::<Vec<_>>()
    };
    let keys = words(&[("population", t!(calc.population)), ("equal", t!(calc.equal))]);
    let fixed = words(&[
        ("aucune", t!(calc.fixed_none)),
        ("pourcent", t!(calc.fixed_percent)),
        ("montant", t!(calc.fixed_amount)),
    ]);
    view! {
        {Field::money("total", t!(calc.total)).view(form)}
        {Field::radios("cle", t!(calc.key), keys).value("population").view(form)}
        {Field::radios("fixe", t!(calc.fixed), fixed).value("aucune").view(form)}
        {Field::short("part", t!(calc.fixed_value), 10).hint(t!(calc.fixed_value_hint)).view(form)}
        {Field::money("min", t!(calc.min)).hint(t!(calc.optional)).view(form)}
        {Field::money("max", t!(calc.max)).hint(t!(calc.optional)).view(form)}
        {Field::long("participants", t!(calc.participants), 6).hint(t!(calc.participants_hint)).view(form)}
    }
    .into_any()
}

pub(super) fn ask(form: &Form, _: &ParameterSet, _: NaiveDate) -> Result<Asked, Error> {
    let mut read = form.read();
    let total = read.positive_money("total");
    let key = read.choice("cle", key, Key::Equal);
    let fixed = fixed(form, &mut read.errors);
    let min = read::optional_money(form, &mut read.errors, "min");
    let max = read::optional_money(form, &mut read.errors, "max");
    read.text("participants", MOST);
    let participants = participants(form, key, &mut read.errors);
    read.errors.or(())?;

    let found = shares(total, &Rule { key, fixed, min, max }, &participants).map_err(fault)?;
    let mut line = json!({
        "calc": "shares",
        "total": total.to_iso(),
        "key": key,
        "participants": participants,
    });
    match fixed {
        Fixed::None => {}
        Fixed::Percent(part) => line["fixed_percent"] = part.to_iso().into(),
        Fixed::Amount(amount) => line["fixed_amount"] = amount.to_iso().into(),
    }
    for (name, bound) in [("min", min), ("max", max)] {
        if let Some(bound) = bound {
            line[name] = bound.to_iso().into();
        }
    }
    // As they were typed: the order of the list is the reader's.
    let rows = participants.into_iter().map(|one| (found[&one.id], one)).collect();
    Ok(Asked::new(line, move || view! { {table(total, key, rows)}{why(reasons(key, fixed, min, max))} }.into_any()))
}

fn key(text: &str) -> Option<Key> {
    match text {
        "equal" => Some(Key::Equal),
        "population" => Some(Key::Population),
        _ => None,
    }
}

fn fixed(form: &Form, errors: &mut FieldErrors) -> Fixed {
    match form.text("fixe") {
        "" | "aucune" => Fixed::None,
        "pourcent" => Fixed::Percent(read::percent(form, errors, "part")),
        "montant" => match Money::parse_french_not_negative(form.text("part")) {
            Ok(amount) => Fixed::Amount(amount),
            Err(error) => {
                errors.add("part", Fault::Amount(error));
                Fixed::None
            }
        },
        _ => {
            errors.add("fixe", Fault::NotAChoice);
            Fixed::None
        }
    }
}

/// `Namur ; 111 432`; the weight may be left out only where it does not count.
fn participants(form: &Form, key: Key, errors: &mut FieldErrors) -> Vec<Participant<String>> {
    let mut participants = Vec::new();
    for (line, text) in read::lines(form, "participants") {
        let (name, weight) = read::pair(&text);
        let weight = match (weight, key) {
            (Some(weight), _) => weight.replace([' ', '\u{a0}', '\u{202f}'], "").parse().ok(),
            (None, Key::Equal) => Some(0),
            (None, Key::Population) => None,
        };
        match weight {
            Some(weight) if !name.is_empty() => participants.push(Participant { id: name.to_owned(), weight }),
            Some(_) | None => {
                errors.add("participants", Fault::Line { line });
                return participants;
            }
        }
    }
    participants
}

fn fault(error: ShareError) -> FieldErrors {
    match error {
        ShareError::NoParticipant => FieldErrors::one("participants", Fault::Empty),
        ShareError::TooManyParticipants => FieldErrors::one("participants", Fault::TooLong { most: MOST_PARTICIPANTS }),
        ShareError::Twice | ShareError::UnknownWeight | ShareError::NoWeight => {
            FieldErrors::one("participants", Fault::Shares)
        }
        ShareError::NotPositive => FieldErrors::one("total", Fault::NotPositive),
        ShareError::TooLarge => FieldErrors::one("total", Fault::Amount(NumberError::TooLarge)),
        ShareError::FixedPercent => FieldErrors::one("part", Fault::NotBetween { least: 0, most: 100 }),
        ShareError::FixedAmount => FieldErrors::one("part", Fault::Shares),
        ShareError::Bounds => FieldErrors::one("min", Fault::Shares),
    }
}

fn reasons(key: Key, fixed: Fixed, min: Option<Money>, max: Option<Money>) -> Vec<String> {
    let fixed = match fixed {
        Fixed::None => None,
        Fixed::Percent(part) => Some(t!(calc.why_fixed_percent, part = part)),
        Fixed::Amount(amount) => Some(t!(calc.why_fixed_amount, amount = amount)),
    };
    let key = match key {
        Key::Equal => t!(calc.why_equal),
        Key::Population => t!(calc.why_population),
    };
    let min = min.map(|min| t!(calc.why_min, min = min));
    let max = max.map(|max| t!(calc.why_max, max = max));
    [fixed, Some(key.to_owned()), min, max, Some(t!(calc.why_cents).to_owned())].into_iter().flatten().collect()
}

fn table(total: Money, key: Key, rows: Vec<(Money, Participant<String>)>) -> AnyView {
    let shows_weight = key == Key::Population;
    let sum: u64 = rows.iter().map(|(_, one)| one.weight).sum();
    let row = |word: String, weight: u64, share: Money| {
        let row = ui::row(word);
        let row = if shows_weight { row.cell(grouped(weight)) } else { row };
        row.cell(part(share, total)).cell(share.to_string())
    };
    let mut columns = vec![ui::column(t!(calc.participant))];
    columns.extend(shows_weight.then(|| ui::number(t!(calc.weight))));
    columns.extend([ui::number(t!(calc.percent_of_total)), ui::number(t!(calc.share))]);
    ui::table("resultat", columns, rows.into_iter().map(|(share, one)| row(one.id, one.weight, share)))
        .foot([row(t!(calc.sum).to_owned(), sum, total)])
        .view()
}

/// A share of the total, always to a hundredth of a per cent so that the column aligns; for reading only.
fn part(share: Money, total: Money) -> String {
    let whole = i128::from(total.cents());
    let hundredths = (i128::from(share.cents()) * 10_000 + whole / 2) / whole;
    format!("{}\u{a0}%", Points::from_hundredths(i64::try_from(hundredths).unwrap_or_default()))
}
