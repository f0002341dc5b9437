//! What was delivered, what became of it, and on which budget it was ordered.

use domain::{
    kernel::time::date_french,
    voucher::{Delivery, Quantities, Voucher, counted},
};
use leptos::prelude::*;

use super::{PATH, words};
use crate::pages::{ui, words::t};

pub(super) fn budget(voucher: &Voucher) -> AnyView {
    let fact = |label: &'static str, value: String| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    let commitment = voucher.commitment.as_ref().map(|commitment| {
        view! {
            {fact(t!(voucher.article), commitment.article.to_string())}
            {fact(t!(voucher.commitment), t!(voucher.commitment_of, number = commitment.number, on = date_french(commitment.on)))}
        }
    });
    let wanted = voucher.wanted_on.map_or_else(|| t!(voucher.no_wanted).to_owned(), date_french);
    view! {
        <section class="card" aria-labelledby="budget">
            <h2 id="budget">{t!(voucher.budget)}</h2>
            <dl class="facts facts--row">
                {commitment}
                {fact(t!(voucher.wanted_on), wanted)}
                {fact(t!(voucher.delivery_address), voucher.delivery_address.clone())}
            </dl>
        </section>
    }
    .into_any()
}

pub(super) fn card(voucher: &Voucher) -> Option<AnyView> {
    if voucher.deliveries.is_empty() {
        return None;
    }
    let rows: Vec<_> = voucher.deliveries.iter().map(|delivery| row(voucher, delivery)).collect();
    Some(
        view! {
            <section class="card card--flush" aria-labelledby="livraisons">
                <h2 id="livraisons">{t!(voucher.deliveries)}</h2>
                <div class="scroll" tabindex="0" role="group" aria-labelledby="livraisons">
                    <table class="table table--cards">
                        <thead>
                            <tr>
                                <th scope="col">{t!(voucher.delivered_on)}</th>
                                <th scope="col">{t!(voucher.delivered)}</th>
                                <th scope="col">{t!(voucher.accepted)}</th>
                                <th scope="col">{t!(voucher.verdict)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        }
        .into_any(),
    )
}

fn row(voucher: &Voucher, delivery: &Delivery) -> AnyView {
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
    view! {
        <tr>
            <th scope="row">{date_french(delivery.delivered_on)}<br/><span class="small quiet">{delivery.note.clone()}</span></th>
            <td data-l=t!(voucher.delivered)>{written(voucher, &delivery.quantities)}</td>
            <td data-l=t!(voucher.accepted)>{accepted}</td>
            <td data-l=t!(voucher.verdict)><span>{verdict}{minutes}</span></td>
        </tr>
    }
    .into_any()
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
