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
    let columns = [
        ui::column(t!(offers.offer)),
        ui::column(t!(offers.arrival)),
        ui::number(t!(offers.total_excluding)),
        ui::number(t!(offers.total_including)),
        ui::number(t!(offers.files)),
    ];
    let rows = offers.iter().map(|offer| {
        let receipt = offer.receipt.map(|receipt| view! { <br/><span class="ref">{receipt.to_string()}</span> });
        let address = format!("/marches/{reference}/offres/{}", offer.position);
        let name = t!(offers.numbered, n = offer.position, firm = offer.firm_name);
        ui::row(view! { <a href=address>{name}</a> })
            .cell(view! { <span>{words::instant(offer.received_at)}{receipt}</span> })
            .cell(offer.excluding.to_string())
            .cell(offer.including.to_string())
            .cell(offer.files.len().to_string())
    });
    ui::table("offres", columns, rows).card(t!(offers.opened_count, n = offers.len()))
}
