use domain::{kernel::reference::TenderRef, offer::priced};
use leptos::prelude::*;
use service::{Error, offer, specification};

use super::{content, words};
use crate::pages::{Cx, Form, Page, Params, Shown, ui, words::t};

/// One opened offer: its prices, its remark, its files.
pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let reference: TenderRef = params.parse("reference")?;
    let position: i32 = params.parse("numero")?;
    let offers = offer::opened(cx.services(), cx.scope(), reference).await?;
    let found = offers.into_iter().find(|offer| offer.position == position).ok_or(Error::NotFound)?;
    let (view, _) = offer::opening_of(cx.services(), cx.scope(), reference).await?;
    let terms = specification::terms(cx.services(), view).await?;
    Ok(Page::new(found.firm_name.clone(), "/marches", move || {
        let totals = priced(&terms.inventory, &found.content);
        let remark = (!found.content.remark.is_empty()).then(|| {
            view! {
                <section class="card" aria-labelledby="remarque">
                    <h2 id="remarque">{t!(offers.remark)}</h2>
                    <p class="pre">{found.content.remark.clone()}</p>
                </section>
            }
        });
        let arrival = match found.receipt {
            Some(receipt) => t!(offers.arrived_with, at = words::seconds(found.received_at), receipt = receipt),
            None => t!(offers.arrived_elsewhere, at = words::seconds(found.received_at)),
        };
        let place = format!("/marches/{reference}/offres/{position}/fichiers");
        view! {
            {ui::head(t!(offers.numbered, n = found.position, firm = found.firm_name))
                .back(format!("/marches/{reference}/offres"), t!(offers.all))
                .above(view! { <span class="ref">{reference.to_string()}</span> })
                .lede(arrival)
                .view()}
            <div class="stack">
                {totals.map(|totals| content::prices(&totals))}
                {remark}
                {content::files(&found.files, |file| Some(format!("{place}/{}", file.id)))}
            </div>
        }
        .into_any()
    }))
}
