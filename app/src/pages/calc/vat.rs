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
use crate::pages::{Form, ui::Field, words::t};

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
    let rows: Vec<_> = found
        .rates
        .iter()
        .map(|rate| {
            view! {
                <tr>
                    <th scope="row">{rate.rate.to_string()}</th>
                    <td class="num" data-l=t!(calc.vat_base)>{rate.base.to_string()}</td>
                    <td class="num" data-l=t!(calc.vat_amount)>{rate.vat.to_string()}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="scroll" tabindex="0" role="group" aria-labelledby="resultat">
            <table class="table table--cards">
                <thead>
                    <tr>
                        <th scope="col">{t!(calc.vat_rate)}</th>
                        <th scope="col" class="num">{t!(calc.vat_base)}</th>
                        <th scope="col" class="num">{t!(calc.vat_amount)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">{t!(calc.sum)}</th>
                        <td class="num" data-l=t!(calc.vat_base)>{found.excluding.to_string()}</td>
                        <td class="num" data-l=t!(calc.vat_amount)>{found.vat.to_string()}</td>
                    </tr>
                </tfoot>
            </table>
        </div>
        <dl class="facts"><div><dt>{t!(calc.vat_total)}</dt><dd class="strong">{found.including.to_string()}</dd></div></dl>
    }
    .into_any()
}
