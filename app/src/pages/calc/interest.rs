use chrono::NaiveDate;
use domain::{
    execution::{Interest, Period, interest},
    kernel::time::date_french,
    parameter::ParameterSet,
};
use leptos::prelude::*;
use serde_json::json;
use service::Error;

use super::{Asked, amounts, read};
use crate::pages::{Form, ui::Field, words::t};

pub(super) fn fields(form: &Form) -> AnyView {
    view! {
        {Field::money("montant", t!(calc.interest_amount)).view(form)}
        {Field::date("echeance", t!(calc.interest_due), None).hint(t!(calc.interest_due_hint)).view(form)}
        {Field::date("paiement", t!(calc.interest_paid), None).view(form)}
    }
    .into_any()
}

pub(super) fn ask(form: &Form, set: &ParameterSet, _: NaiveDate) -> Result<Asked, Error> {
    let mut read = form.read();
    let amount = read.positive_money("montant");
    let due = read.date("echeance");
    let paid = read.date("paiement");
    read.errors.or(())?;

    let found = interest(set, amount, due, paid).map_err(|error| read::unanswerable(error, "montant", "paiement"))?;
    let line = json!({ "calc": "interest", "amount": amount.to_iso(), "due": due, "paid": paid });
    let rows = found.rows.clone();
    Ok(Asked::new(line, move || {
        let facts = vec![
            (t!(calc.interest_total), found.total.to_string()),
            (t!(calc.interest_sum), found.interest.to_string()),
            (t!(calc.interest_flat), found.flat.to_string()),
            (t!(calc.interest_days), found.days.to_string()),
        ];
        amounts(facts, reasons(&found))
    })
    .with_rows(rows))
}

fn reasons(found: &Interest) -> Vec<String> {
    if found.days == 0 {
        return vec![t!(calc.why_interest_in_time).to_owned()];
    }
    let periods = found.periods.iter().map(|Period { from, to, days, rate }| {
        t!(
            calc.why_interest_period,
            from = date_french(*from),
            to = date_french(*to),
            n = *days,
            count = *days,
            rate = *rate
        )
    });
    periods.chain([t!(calc.why_interest).to_owned()]).collect()
}
