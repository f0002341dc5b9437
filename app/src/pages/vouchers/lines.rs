//! The lines of a voucher, with their totals.

use domain::voucher::{Voucher, VoucherLine, counted};
use leptos::prelude::*;

use crate::pages::{
    ui::{self, Field, table::Row},
    words::t,
};

pub(super) fn card(voucher: &Voucher) -> AnyView {
    let rates = voucher.totals().map(|totals| totals.rates).unwrap_or_default();
    let rates = rates.into_iter().map(|rate| (t!(voucher.vat_at, rate = rate.rate), rate.vat));
    let sums = std::iter::once((t!(voucher.total_excluding).to_owned(), voucher.excluding))
        .chain(rates)
        .chain([(t!(voucher.total_including).to_owned(), voucher.including)]);
    let columns = [
        ui::column(t!(voucher.item)),
        ui::number(t!(voucher.quantity)),
        ui::number(t!(voucher.unit_price)),
        ui::number(t!(voucher.vat)),
        ui::number(t!(voucher.amount)),
    ];
    ui::table("lignes", columns, voucher.lines.iter().map(row))
        .sums(sums.map(|(word, amount)| ui::row(word).spanning(4).cell(amount.to_string())))
        .card(t!(voucher.lines))
}

fn row(line: &VoucherLine) -> Row {
    ui::row(view! { {line.item.clone()}<br/><span class="ref">{line.code.clone()}</span> })
        .cell(counted(line.quantity, &line.unit))
        .cell(line.unit_price.to_string())
        .cell(line.vat.to_string())
        .cell(line.amount.to_string())
}

/// What the act is about, beside its form.
pub(super) fn summary(voucher: &Voucher) -> AnyView {
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
                {ui::fact(t!(voucher.authority), voucher.organisation_name.clone())}
                {ui::fact(t!(voucher.supplier), voucher.contract.supplier_name.clone())}
                {ui::fact(t!(voucher.total_excluding), voucher.excluding.to_string())}
                {ui::fact(t!(voucher.total_including), voucher.including.to_string())}
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
