use chrono::{Datelike, NaiveDate};
use domain::{
    fault::Fault,
    kernel::{
        Money, NumberError,
        time::{TYPED_YEARS, date_french},
    },
    parameter::ParameterSet,
    state_aid::{Aid, StateAid, StateAidError, state_aid},
};
use leptos::prelude::*;
use serde_json::{Value, json};
use service::{Error, FieldErrors};

use super::{Asked, amounts, read};
use crate::pages::{Form, ui, ui::Field, words::t};

/// Longest list read, in characters.
const MOST: usize = 60_000;

pub(super) fn fields(form: &Form) -> AnyView {
    view! {
        {Field::long("aides", t!(calc.state_aid_earlier), 4).hint(t!(calc.state_aid_earlier_hint)).view(form)}
        {Field::money("montant", t!(calc.state_aid_new)).view(form)}
        {Field::date("le", t!(calc.state_aid_on), None).hint(t!(calc.surety_on_hint)).view(form)}
    }
    .into_any()
}

pub(super) fn ask(form: &Form, set: &ParameterSet, today: NaiveDate) -> Result<Asked, Error> {
    let mut read = form.read();
    read.optional_text("aides", MOST);
    let earlier = earlier(form, &mut read.errors);
    let amount = read.positive_money("montant");
    let on = read.optional_date("le").unwrap_or(today);
    read.errors.or(())?;

    let found = state_aid(set, &earlier, Aid { on, amount }).map_err(refused)?;
    let given: Vec<Value> = earlier.iter().map(|aid| json!({ "on": aid.on, "amount": aid.amount.to_iso() })).collect();
    let line = json!({ "calc": "state_aid", "earlier": given, "new": amount.to_iso(), "on": on });
    let rows = found.rows.clone();
    Ok(Asked::new(line, move || answer(&found, on)).with_rows(rows))
}

/// `15/03/2025 ; 100 000,00`.
fn earlier(form: &Form, errors: &mut FieldErrors) -> Vec<Aid> {
    let mut aids = Vec::new();
    for (line, text) in read::lines(form, "aides") {
        match aid(&text) {
            Some(aid) => aids.push(aid),
            None => {
                errors.add("aides", Fault::Line { line });
                return aids;
            }
        }
    }
    aids
}

fn aid(text: &str) -> Option<Aid> {
    let (on, amount) = read::pair(text);
    let on = NaiveDate::parse_from_str(on, "%d/%m/%Y").ok().filter(|on| TYPED_YEARS.contains(&on.year()))?;
    let amount = Money::parse_french_not_negative(amount?).ok()?;
    Some(Aid { on, amount })
}

fn refused(error: StateAidError) -> Error {
    match error {
        StateAidError::New => FieldErrors::one("montant", Fault::NotPositive).into(),
        StateAidError::Earlier => FieldErrors::one("aides", Fault::Amount(NumberError::Negative)).into(),
        StateAidError::TooLarge => FieldErrors::one("montant", Fault::Amount(NumberError::TooLarge)).into(),
        StateAidError::Missing(row) => read::missing(row),
    }
}

fn answer(found: &StateAid, on: NaiveDate) -> AnyView {
    let tag = if found.is_allowed {
        ui::tag("done", t!(calc.state_aid_allowed))
    } else {
        ui::tag("bad", t!(calc.state_aid_refused))
    };
    let facts = vec![
        (t!(calc.state_aid_after), found.after.to_string()),
        (t!(calc.state_aid_before), found.counted_before.to_string()),
        (t!(calc.state_aid_max), found.max.to_string()),
    ];
    let why = t!(calc.why_state_aid, from = date_french(found.since), to = date_french(on));
    view! { <p>{tag}</p>{amounts(facts, vec![why])} }.into_any()
}
