use chrono::NaiveDate;
use domain::{
    execution::{Advance, AdvanceCase, advance},
    parameter::ParameterSet,
};
use leptos::prelude::*;
use serde_json::json;
use service::Error;

use super::{Asked, amounts, read};
use crate::pages::{Form, ui::Field, words::t};

const MOST_MONTHS: u32 = 1_200;

pub(super) fn fields(form: &Form) -> AnyView {
    let cases = AdvanceCase::ALL.map(|case| (case.word().to_owned(), word(case).to_owned()));
    view! {
        {Field::money("montant", t!(calc.advance_amount)).view(form)}
        {Field::short("mois", t!(calc.advance_months), 4).view(form)}
        {Field::radios("cas", t!(calc.advance_case), cases.to_vec()).value("micro").view(form)}
        {Field::date("le", t!(calc.on), None).hint(t!(calc.surety_on_hint)).view(form)}
    }
    .into_any()
}

pub(super) fn ask(form: &Form, set: &ParameterSet, today: NaiveDate) -> Result<Asked, Error> {
    let mut read = form.read();
    let amount = read.positive_money("montant");
    let months = read::whole(form, &mut read.errors, "mois", 1, MOST_MONTHS);
    let case: AdvanceCase = read.choice("cas", |text| text.parse().ok(), AdvanceCase::Micro);
    let on = read.optional_date("le").unwrap_or(today);
    read.errors.or(())?;

    let found = advance(set, on, amount, months, case).map_err(|error| read::unanswerable(error, "montant", "mois"))?;
    let line = json!({ "calc": "advance", "amount": amount.to_iso(), "months": months, "case": case.word(), "on": on });
    let rows = found.rows.clone();
    Ok(Asked::new(line, move || {
        let facts = vec![
            (t!(calc.advance_due), found.advance.to_string()),
            (t!(calc.advance_reference), found.reference.to_string()),
        ];
        amounts(facts, reasons(case, &found))
    })
    .with_rows(rows))
}

fn word(case: AdvanceCase) -> &'static str {
    match case {
        AdvanceCase::Pnspp => t!(calc.advance_pnspp),
        AdvanceCase::Micro => t!(calc.advance_micro),
        AdvanceCase::Small => t!(calc.advance_small),
        AdvanceCase::Medium => t!(calc.advance_medium),
    }
}

pub(crate) fn reasons(case: AdvanceCase, found: &Advance) -> Vec<String> {
    let rule = match case {
        AdvanceCase::Pnspp => t!(calc.why_advance_pnspp),
        AdvanceCase::Micro => t!(calc.why_advance_size),
        AdvanceCase::Small | AdvanceCase::Medium => t!(calc.why_advance_least),
    };
    let capped = found.is_capped.then(|| t!(calc.why_advance_capped).to_owned());
    [Some(rule.to_owned()), Some(t!(calc.why_advance_reference).to_owned()), capped].into_iter().flatten().collect()
}
