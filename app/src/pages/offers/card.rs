//! The offers of a tender on its record: their number as long as they are sealed.

use domain::tender::{Channel, Stage};
use leptos::prelude::*;
use service::{Error, offer, store::tenders::TenderView};

use crate::pages::{Cx, ui, words::t};

/// Nothing before the call.
pub(crate) async fn card(cx: &Cx, view: &TenderView) -> Result<Option<AnyView>, Error> {
    let tender = &view.tender;
    if tender.published_at.is_none() {
        return Ok(None);
    }
    let reference = tender.reference;
    let seen = offer::deposited(cx.services(), cx.scope(), reference).await?.len();
    let opened = offer::opened(cx.services(), cx.scope(), reference).await?.len();
    let is_opened = tender.stage >= Stage::Opened && opened > 0;
    let (tag, text, page, word) = match (is_opened, tender.plan.channel) {
        (true, _) => (ui::tag("done", t!(offers.opened_count, n = opened)), "", "offres", t!(offers.see_offers)),
        (false, Channel::Hosted) => {
            let tag = ui::tag("seal", t!(offers.deposited_count, n = seen));
            (tag, t!(offers.card_sealed), "ouverture", t!(offers.open_page))
        }
        (false, Channel::EProcurement) => {
            (ui::tag("", "e-Procurement"), t!(offers.card_elsewhere), "ouverture", t!(offers.open_page))
        }
    };
    Ok(Some(
        view! {
            <section class="card stack-s" aria-labelledby="offres">
                <div class="row row--apart"><h2 id="offres">{t!(offers.all)}</h2>{tag}</div>
                {(!text.is_empty()).then(|| view! { <p class="quiet">{text}</p> })}
                <p><a href=format!("/marches/{reference}/{page}")>{word}</a></p>
            </section>
        }
        .into_any(),
    ))
}
