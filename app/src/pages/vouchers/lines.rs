//! The lines of a voucher, with their totals.

use domain::voucher::{Voucher, VoucherLine, counted};
use leptos::prelude::*;

use crate::pages::{ui::Field, words::t};

pub(super) fn card(voucher: &Voucher) -> AnyView {
    let rows: Vec<_> = voucher.lines.iter().map(row).collect();
    let rates = voucher.totals().map(|totals| totals.rates).unwrap_or_default();
    let rates: Vec<_> =
        rates.into_iter().map(|rate| sum(t!(voucher.vat_at, rate = rate.rate), rate.vat.to_string())).collect();
    view! {
        <section class="card card--flush" aria-labelledby="lignes">
            <h2 id="lignes">{t!(voucher.lines)}</h2>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="lignes">
                <table class="table table--cards">
                    <thead>
                        <tr>
                            <th scope="col">{t!(voucher.item)}</th>
                            <th scope="col" class="num">{t!(voucher.quantity)}</th>
                            <th scope="col" class="num">{t!(voucher.unit_price)}</th>
                            <th scope="col" class="num">{t!(voucher.vat)}</th>
                            <th scope="col" class="num">{t!(voucher.amount)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                    <tfoot class="sum">
                        {sum(t!(voucher.total_excluding).to_owned(), voucher.excluding.to_string())}
                        {rates}
                        {sum(t!(voucher.total_including).to_owned(), voucher.including.to_string())}
                    </tfoot>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn row(line: &VoucherLine) -> AnyView {
    view! {
        <tr>
            <th scope="row">{line.item.clone()}<br/><span class="ref">{line.code.clone()}</span></th>
            <td class="num" data-l=t!(voucher.quantity)>{counted(line.quantity, &line.unit)}</td>
            <td class="num" data-l=t!(voucher.unit_price)>{line.unit_price.to_string()}</td>
            <td class="num" data-l=t!(voucher.vat)>{line.vat.to_string()}</td>
            <td class="num" data-l=t!(voucher.amount)>{line.amount.to_string()}</td>
        </tr>
    }
    .into_any()
}

fn sum(word: String, amount: String) -> AnyView {
    view! {
        <tr>
            <th scope="row" colspan="4">{word}</th>
            <td class="num" data-l=t!(voucher.amount)>{amount}</td>
        </tr>
    }
    .into_any()
}

/// What the act is about, beside its form.
pub(super) fn summary(voucher: &Voucher) -> AnyView {
    let fact = |label: &'static str, value: String| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    let lines: Vec<_> = voucher
        .lines
        .iter()
        .map(|line| view! { <li>{format!("{}, {}", counted(line.quantity, &line.unit), line.item)}</li> })
        .collect();
    view! {
        <section class="card" aria-labelledby="resume">
            <h2 id="resume">{t!(voucher.one)}</h2>
            <p class="strong">{voucher.object.clone()}</p>
            <ul class="govuk-list small">{lines}</ul>
            <dl class="facts">
                {fact(t!(voucher.authority), voucher.organisation_name.clone())}
                {fact(t!(voucher.supplier), voucher.contract.supplier_name.clone())}
                {fact(t!(voucher.total_excluding), voucher.excluding.to_string())}
                {fact(t!(voucher.total_including), voucher.including.to_string())}
            </dl>
        </section>
    }
    .into_any()
}

/// One field of a quantity; the label names the line, the hint what is known of it.
pub(super) fn field(code: &str, item: &str, unit: &str, hint: String, value: String) -> Field {
    Field::short(super::form::quantity_field(code), t!(voucher.quantity_of, item = item, unit = unit), 10)
        .hint(hint)
        .value(value)
}
