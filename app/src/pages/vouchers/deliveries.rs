//! What was delivered, what became of it, and on which budget it was ordered.

use domain::{
    kernel::time::date_french,
    voucher::{Delivery, Quantities, Voucher, counted},
};
use leptos::prelude::*;

use super::{PATH, budget, words};
use crate::pages::{
    ui::{self, table::Row},
    words::t,
};

pub(super) fn budget(voucher: &Voucher) -> AnyView {
    let commitment = voucher.commitment.as_ref().map(|commitment| budget::facts(voucher, commitment));
    let wanted = voucher.wanted_on.map_or_else(|| t!(voucher.no_wanted).to_owned(), date_french);
    view! {
        <section class="card" aria-labelledby="budget">
            <h2 id="budget">{t!(voucher.budget)}</h2>
            <dl class="facts facts--row">
                {commitment}
                {ui::fact(t!(voucher.wanted_on), wanted)}
                {ui::fact(t!(voucher.delivery_address), voucher.delivery_address.clone())}
            </dl>
        </section>
    }
    .into_any()
}

pub(super) fn card(voucher: &Voucher) -> Option<AnyView> {
    if voucher.deliveries.is_empty() {
        return None;
    }
    let columns = [
        ui::column(t!(voucher.delivered_on)),
        ui::column(t!(voucher.delivered)),
        ui::column(t!(voucher.accepted)),
        ui::column(t!(voucher.verdict)),
    ];
    let rows = voucher.deliveries.iter().map(|delivery| row(voucher, delivery));
    Some(ui::table("livraisons", columns, rows).card(t!(voucher.deliveries)))
}

fn row(voucher: &Voucher, delivery: &Delivery) -> Row {
    let (verdict, accepted, minutes) = match &delivery.acceptance {
        None => (ui::tag("wait", t!(voucher.awaits_acceptance)), String::new(), None),
        Some(acceptance) => {
            let kind = if acceptance.quantities.is_empty() { "bad" } else { "done" };
            let minutes = acceptance.minutes.map(|_| {
                let address = format!("{PATH}/{}/proces-verbal/{}", voucher.id, delivery.id);
                view! { <br/><a class="small" href=address>{t!(voucher.minutes)}</a> }
            });
            let accepted = written(voucher, &acceptance.quantities);
            (ui::tag(kind, words::verdict(acceptance.verdict)), accepted, minutes)
        }
    };
    let (on, note) = (date_french(delivery.delivered_on), delivery.note.clone());
    ui::row(view! { {on}<br/><span class="small quiet">{note}</span> })
        .cell(written(voucher, &delivery.quantities))
        .cell(accepted)
        .cell(view! { <span>{verdict}{minutes}</span> })
}

/// « 2,5 jour (P-03), 1 forfait (P-01) ».
fn written(voucher: &Voucher, quantities: &Quantities) -> String {
    let lines = voucher.lines.iter().filter_map(|line| {
        let quantity = quantities.get(&line.code)?;
        let told = counted(*quantity, &line.unit);
        Some(if voucher.lines.len() == 1 { told } else { format!("{told} ({})", line.code) })
    });
    lines.collect::<Vec<_>>().join(", ")
}
