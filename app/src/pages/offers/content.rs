//! The lines of an offer with their totals, the same before and after the opening.

use domain::{
    kernel::Percent,
    offer::{OpenedFile, Totals},
};
use leptos::prelude::*;

use super::words;
use crate::pages::words::t;

/// A line each, then the totals of each rate of VAT, once.
pub(super) fn prices(totals: &Totals) -> AnyView {
    let rows: Vec<_> = totals
        .lines
        .iter()
        .map(|line| {
            let (price, vat) = match &line.price {
                Some(price) => (price.unit_price.to_string(), price.vat.to_string()),
                None => (t!(offers.left_out).to_owned(), String::new()),
            };
            let amount = line.amount.map_or_else(|| "–".to_owned(), |amount| amount.to_string());
            view! {
                <tr>
                    <th scope="row">{line.line.item.clone()}<br/><span class="ref">{line.line.code.clone()}</span></th>
                    <td class="num" data-l=t!(offers.quantity)>{line.line.counted()}</td>
                    <td class="num" data-l=t!(offers.unit_price)>{price}</td>
                    <td class="num" data-l=t!(offers.vat)>{vat}</td>
                    <td class="num" data-l=t!(offers.amount)>{amount}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <section class="card card--flush" aria-labelledby="prix">
            <h2 id="prix">{t!(offers.prices)}</h2>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="prix">
                <table class="table table--cards">
                    <thead>
                        <tr>
                            <th scope="col">{t!(offers.line)}</th>
                            <th scope="col" class="num">{t!(offers.quantity)}</th>
                            <th scope="col" class="num">{t!(offers.unit_price)}</th>
                            <th scope="col" class="num">{t!(offers.vat)}</th>
                            <th scope="col" class="num">{t!(offers.amount)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                    {sums(totals)}
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn sums(totals: &Totals) -> AnyView {
    let row = |word: String, amount: String| {
        view! {
            <tr>
                <th scope="row">{word}</th><td></td><td></td><td></td>
                <td class="num" data-l=t!(offers.amount)>{amount}</td>
            </tr>
        }
    };
    let rates: Vec<_> = totals
        .vat
        .rates
        .iter()
        .map(|rate| row(rate_words(rate.rate, &rate.base.to_string()), rate.vat.to_string()))
        .collect();
    view! {
        <tfoot>
            {row(t!(offers.total_excluding).to_owned(), totals.vat.excluding.to_string())}
            {rates}
            {row(t!(offers.total_including).to_owned(), totals.vat.including.to_string())}
        </tfoot>
    }
    .into_any()
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
