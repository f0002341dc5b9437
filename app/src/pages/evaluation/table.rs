//! The comparison on one screen: offers in columns, prices and criteria in rows.

use leptos::prelude::*;
use service::evaluation::{Cell, Comparison, Head, Row};

use crate::pages::words::t;

pub(super) fn view(comparison: Comparison) -> AnyView {
    let columns = comparison.offers.len();
    let heads: Vec<_> = comparison.offers.into_iter().map(head).collect();
    let rows: Vec<_> = comparison.rows.into_iter().map(|row| view_row(row, columns)).collect();
    view! {
        <section class="card card--flush" aria-labelledby="comparaison">
            <h2 id="comparaison" class="govuk-visually-hidden">{t!(evaluation.comparison_table)}</h2>
            <div class="scroll" role="group" tabindex="0" aria-labelledby="comparaison">
                <table class="table matrix">
                    <thead><tr><th scope="col">{t!(evaluation.criterion)}</th>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn head(head: Head) -> AnyView {
    let class = if head.rank == Some(1) { "num won" } else { "num" };
    view! { <th scope="col" class=class><b>{head.firm}</b>{t!(evaluation.offer_number, position = head.position)}</th> }
        .into_any()
}

fn view_row(row: Row, columns: usize) -> AnyView {
    match row {
        Row::Group(label) => {
            let empty: Vec<_> = (0..columns).map(|_| view! { <td></td> }).collect();
            view! { <tr class="group"><th scope="row">{label}</th>{empty}</tr> }.into_any()
        }
        Row::Line { label, cells, best } => {
            let cells: Vec<_> =
                cells.into_iter().enumerate().map(|(place, cell)| view_cell(cell, best.contains(&place))).collect();
            view! { <tr><th scope="row">{label}</th>{cells}</tr> }.into_any()
        }
    }
}

fn view_cell(cell: Cell, is_best: bool) -> AnyView {
    let class = if is_best { "num best" } else { "num" };
    let text = match cell {
        Cell::Nothing => "–".to_owned(),
        Cell::Text(text) => text,
        Cell::Money(money) => money.to_string(),
        Cell::Points(points) => points.to_string(),
        Cell::Rank(1) => {
            return view! { <td class=class><span class="tag tag--done"><span>"1"<sup>{t!(evaluation.first_rank)}</sup></span></span></td> }.into_any();
        }
        Cell::Rank(rank) => return view! { <td class=class>{rank}<sup>{t!(evaluation.rank)}</sup></td> }.into_any(),
    };
    view! { <td class=class>{text}</td> }.into_any()
}
