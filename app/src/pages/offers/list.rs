use domain::{kernel::reference::TenderRef, offer::OpenedOffer};
use leptos::prelude::*;
use service::offer;

use super::{sealed, words};
use crate::pages::{Cx, Form, Page, Params, Shown, ui, words::t};

/// The offers of a tender: their number as long as they are sealed, then what was opened.
pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let reference: TenderRef = params.parse("reference")?;
    let (view, opening) = offer::opening_of(cx.services(), cx.scope(), reference).await?;
    let is_opened = opening.is_some_and(|opening| opening.opened_at.is_some());
    let offers = offer::opened(cx.services(), cx.scope(), reference).await?;
    let seen = offer::deposited(cx.services(), cx.scope(), reference).await?;
    Ok(Page::new(t!(offers.all), "/marches", move || {
        let body = match (is_opened, offers.is_empty()) {
            (false, _) => {
                view! { {ui::note("seal", t!(offers.sealed), t!(offers.sealed_text))}{sealed::count(&seen)} }.into_any()
            }
            (true, true) => ui::empty(
                t!(offers.none),
                t!(offers.none_text),
                Some((format!("/marches/{reference}/renoncer"), t!(tender.give_up))),
            ),
            (true, false) => table(reference, &offers),
        };
        let minutes = is_opened.then(|| {
            view! {
                <a class="btn btn--second" href=format!("/marches/{reference}/ouverture.pdf")>
                    {ui::icon::view(ui::icon::DOWNLOAD)}{t!(offers.minutes_pdf)}
                </a>
            }
        });
        view! {
            {ui::flash(&params)}
            {ui::head(t!(offers.all))
                .back(format!("/marches/{reference}"), view.tender.plan.object.clone())
                .above(view! { <span class="ref">{reference.to_string()}</span> })
                .action(minutes)
                .view()}
            <div class="stack">{body}</div>
        }
        .into_any()
    }))
}

fn table(reference: TenderRef, offers: &[OpenedOffer]) -> AnyView {
    let rows: Vec<_> = offers
        .iter()
        .map(|offer| {
            let receipt = offer.receipt.map(|receipt| view! { <br/><span class="ref">{receipt.to_string()}</span> });
            view! {
                <tr>
                    <th scope="row">
                        <a href=format!("/marches/{reference}/offres/{}", offer.position)>
                            {t!(offers.numbered, n = offer.position, firm = offer.firm_name)}
                        </a>
                    </th>
                    <td data-l=t!(offers.arrival)><span>{words::instant(offer.received_at)}{receipt}</span></td>
                    <td class="num" data-l=t!(offers.total_excluding)>{offer.excluding.to_string()}</td>
                    <td class="num" data-l=t!(offers.total_including)>{offer.including.to_string()}</td>
                    <td class="num" data-l=t!(offers.files)>{offer.files.len().to_string()}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <section class="card card--flush" aria-labelledby="offres">
            <h2 id="offres">{t!(offers.opened_count, n = offers.len())}</h2>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="offres">
                <table class="table table--cards">
                    <thead>
                        <tr>
                            <th scope="col">{t!(offers.offer)}</th>
                            <th scope="col">{t!(offers.arrival)}</th>
                            <th scope="col" class="num">{t!(offers.total_excluding)}</th>
                            <th scope="col" class="num">{t!(offers.total_including)}</th>
                            <th scope="col" class="num">{t!(offers.files)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
