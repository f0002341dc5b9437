//! The lines of a voucher, with their totals.

use chrono::NaiveDate;
use domain::{
    kernel::{time::date_short_french, vat::VatTotals},
    voucher::{Voucher, VoucherLine, counted},
};
use leptos::prelude::*;

use crate::pages::{
    ui::{self, Field, table::Row},
    words::t,
};

pub(super) fn card(voucher: &Voucher) -> AnyView {
    let Voucher { excluding, vat, including, .. } = *voucher;
    let rates = voucher.totals().map(|totals| totals.rates).unwrap_or_default();
    priced(&voucher.lines, &VatTotals { rates, excluding, vat, including })
}

/// Lines with their totals, of a voucher or of one that is about to be drawn.
pub(super) fn priced(lines: &[VoucherLine], totals: &VatTotals) -> AnyView {
    let rates = totals.rates.iter().map(|rate| (t!(voucher.vat_at, rate = rate.rate), rate.vat));
    let sums = std::iter::once((t!(voucher.total_excluding).to_owned(), totals.excluding))
        .chain(rates)
        .chain([(t!(voucher.total_including).to_owned(), totals.including)]);
    let columns = [
        ui::column(t!(voucher.item)),
        ui::number(t!(voucher.quantity)),
        ui::number(t!(voucher.unit_price)),
        ui::number(t!(voucher.vat)),
        ui::number(t!(voucher.amount)),
    ];
    ui::table("lignes", columns, lines.iter().map(row))
        .sums(sums.map(|(word, amount)| ui::row(word).spanning(4).cell(amount.to_string())))
        .card(t!(voucher.lines))
}

fn row(line: &VoucherLine) -> Row {
    let price = line.price_from.map(price_of);
    ui::row(view! { {line.item.clone()}<br/><span class="ref">{line.code.clone()}</span>{price} })
        .cell(counted(line.quantity, &line.unit))
        .cell(line.unit_price.to_string())
        .cell(line.vat.to_string())
        .cell(line.amount.to_string())
}

/// Which version of the price list gave the price.
fn price_of(from: NaiveDate) -> AnyView {
    view! { " "<span class="small quiet">{t!(voucher.price_of, on = date_short_french(from))}</span> }.into_any()
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
