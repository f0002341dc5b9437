//! The lines of an offer with their totals, the same before and after the opening.

use domain::{
    kernel::{Money, Percent},
    offer::{OpenedFile, Totals},
};
use leptos::prelude::*;

use super::words;
use crate::pages::{
    ui::{self, table::Row},
    words::t,
};

/// A line each, then the totals of each rate of VAT, once.
pub(super) fn prices(totals: &Totals) -> AnyView {
    let columns = [
        ui::column(t!(offers.line)),
        ui::number(t!(offers.quantity)),
        ui::number(t!(offers.unit_price)),
        ui::number(t!(offers.vat)),
        ui::number(t!(offers.amount)),
    ];
    let rows = totals.lines.iter().map(|line| {
        let (price, vat) = match &line.price {
            Some(price) => (price.unit_price.to_string(), price.vat.to_string()),
            None => (t!(offers.left_out).to_owned(), String::new()),
        };
        let amount = line.amount.map_or_else(|| "–".to_owned(), |amount| amount.to_string());
        ui::row(view! { {line.line.item.clone()}<br/><span class="ref">{line.line.code.clone()}</span> })
            .cell(line.line.counted())
            .cell(price)
            .cell(vat)
            .cell(amount)
    });
    ui::table("prix", columns, rows).foot(sums(totals)).card(t!(offers.prices))
}

fn sums(totals: &Totals) -> Vec<Row> {
    let row = |word: String, amount: Money| ui::row(word).blank().blank().blank().cell(amount.to_string());
    let mut sums = vec![row(t!(offers.total_excluding).to_owned(), totals.vat.excluding)];
    sums.extend(totals.vat.rates.iter().map(|rate| row(rate_words(rate.rate, &rate.base.to_string()), rate.vat)));
    sums.push(row(t!(offers.total_including).to_owned(), totals.vat.including));
    sums
}

fn rate_words(rate: Percent, base: &str) -> String {
    t!(offers.vat_on, rate = rate, base = base)
}

/// Names, sizes and hashes; `address` gives the place of a file where it may be fetched.
pub(super) fn files(files: &[OpenedFile], address: impl Fn(&OpenedFile) -> Option<String>) -> AnyView {
    let rows: Vec<_> = files
        .iter()
        .map(|file| {
            let name = match address(file) {
                Some(address) => view! { <a href=address>{file.name.clone()}</a> }.into_any(),
                None => file.name.clone().into_any(),
            };
            view! {
                <div class="govuk-summary-list__row">
                    <dt class="govuk-summary-list__key">{name}</dt>
                    <dd class="govuk-summary-list__value">
                        {size(file.size_bytes)}
                        <br/><span class="hash small">{words::hash(&file.sha256)}</span>
                    </dd>
                </div>
            }
        })
        .collect();
    let list = if rows.is_empty() {
        view! { <p class="quiet">{t!(offers.no_file)}</p> }.into_any()
    } else {
        view! { <dl class="govuk-summary-list">{rows}</dl> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="fichiers">
            <h2 id="fichiers">{t!(offers.files)}</h2>
            {list}
        </section>
    }
    .into_any()
}

/// `940 ko`, `1,8 Mo`.
pub(super) fn size(bytes: u64) -> String {
    const MEBIBYTE: u64 = 1024 * 1024;
    if bytes < MEBIBYTE {
        return t!(offers.kilobytes, n = bytes.div_ceil(1024));
    }
    let tenths = bytes * 10 / MEBIBYTE;
    t!(offers.megabytes, whole = tenths / 10, tenth = tenths % 10)
}
