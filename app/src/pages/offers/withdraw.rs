use domain::kernel::reference::TenderRef;
use leptos::prelude::*;
use service::offer;

use super::show::deadline;
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, words::t};

/// Asks once more before the offer is taken back.
pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let reference: TenderRef = params.parse("reference")?;
    let own = offer::own(cx.services(), cx.actor()?, reference).await?;
    let now = cx.services().now();
    let closed = own.place.may_answer(now).err();
    Ok(Page::new(t!(offers.withdraw), "/offres", move || {
        let body = match (own.standing(), closed) {
            (None, _) => ui::note("", t!(offers.nothing_deposited), ""),
            (Some(_), Some(refusal)) => ui::note("warn", crate::pages::sentence::refusal(&refusal), ""),
            (Some(receipt), None) => ui::form(
                &cx,
                view! {
                    <p>{t!(offers.withdraw_text, number = receipt.number)}</p>
                    <div class="row actions">
                        <button class="btn btn--danger">{t!(offers.withdraw)}</button>
                        <a class="btn btn--second" href=format!("/offres/{reference}")>{t!(offers.keep)}</a>
                    </div>
                },
            ),
        };
        view! {
            <div class="page">
                {ui::errors(&form)}
                {ui::head(t!(offers.withdraw_question))
                    .back(format!("/offres/{reference}"), t!(offers.title))
                    .above(view! { <span class="ref">{reference.to_string()}</span> })
                    .view()}
                <div class="record">
                    <div class="now stack">{deadline(&own, now)}</div>
                    <div class="body stack">{body}</div>
                </div>
            </div>
        }
        .into_any()
    })
    .airy())
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference: TenderRef = params.parse("reference")?;
    let received_at = form.received_at().unwrap_or_else(|| cx.services().now());
    offer::withdraw(cx.services(), cx.actor()?, reference, received_at).await?;
    Done::see(format!("/offres/{reference}?fait=retrait"))
}
