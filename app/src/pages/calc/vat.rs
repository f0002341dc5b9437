use chrono::NaiveDate;
use domain::{
    fault::Fault,
    kernel::{
        Money, NumberError, Percent,
        vat::{VatTotals, totals},
    },
    parameter::ParameterSet,
};
use leptos::prelude::*;
use serde_json::{Value, json};
use service::{Error, FieldErrors};

use super::{Asked, read, why};
use crate::pages::{Form, ui, ui::Field, words::t};

/// Longest list read, in characters.
const MOST: usize = 60_000;

pub(super) fn fields(form: &Form) -> AnyView {
    Field::long("lignes", t!(calc.vat_lines), 6).hint(t!(calc.vat_lines_hint)).view(form)
}

pub(super) fn ask(form: &Form, _: &ParameterSet, _: NaiveDate) -> Result<Asked, Error> {
    let mut read = form.read();
    read.text("lignes", MOST);
    let lines = lines(form, &mut read.errors);
    read.errors.or(())?;

    let found = totals(lines.iter().copied())
        .ok_or_else(|| FieldErrors::one("lignes", Fault::Amount(NumberError::TooLarge)))?;
    let lines: Vec<Value> =
        lines.into_iter().map(|(rate, amount)| json!({ "amount": amount.to_iso(), "rate": rate.to_iso() })).collect();
    let line = json!({ "calc": "vat", "lines": lines });
    Ok(Asked::new(line, move || view! { {table(&found)}{why(vec![t!(calc.why_vat).to_owned()])} }.into_any()))
}

/// `2 500,00 ; 21`.
fn lines(form: &Form, errors: &mut FieldErrors) -> Vec<(Percent, Money)> {
    let mut lines = Vec::new();
    for (line, text) in read::lines(form, "lignes") {
        let (amount, rate) = read::pair(&text);
        let rate = rate.and_then(|rate| Percent::parse_french(rate).ok());
        match (Money::parse_french(amount), rate.filter(|rate| (Percent::ZERO..=Percent::HUNDRED).contains(rate))) {
            (Ok(amount), Some(rate)) => lines.push((rate, amount)),
            (Err(_), _) | (_, None) => {
                errors.add("lignes", Fault::Line { line });
                return lines;
            }
        }
    }
    lines
}

fn table(found: &VatTotals) -> AnyView {
    let row = |word: String, base: Money, vat: Money| ui::row(word).cell(base.to_string()).cell(vat.to_string());
    let columns = [ui::column(t!(calc.vat_rate)), ui::number(t!(calc.vat_base)), ui::number(t!(calc.vat_amount))];
    let rows = found.rates.iter().map(|rate| row(rate.rate.to_string(), rate.base, rate.vat));
    let table =
        ui::table("resultat", columns, rows).foot([row(t!(calc.sum).to_owned(), found.excluding, found.vat)]).view();
    view! {
        {table}
        <dl class="facts"><div><dt>{t!(calc.vat_total)}</dt><dd class="strong">{found.including.to_string()}</dd></div></dl>
    }
    .into_any()
}
