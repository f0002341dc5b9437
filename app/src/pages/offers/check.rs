use domain::{fault::Fault, kernel::reference::TenderRef, offer::priced};
use leptos::prelude::*;
use service::{
    Error, FieldErrors,
    offer::{self, Own},
};

use super::{content, sealed::what_sealing_means, show::deadline};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

/// Everything once more before it is deposited.
pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let reference: TenderRef = params.parse("reference")?;
    let own = offer::own(cx.services(), cx.actor()?, reference).await?;
    let now = cx.services().now();
    let firm = cx.who().map(|who| who.acting.organisation.name.clone()).unwrap_or_default();
    Ok(Page::new(t!(offers.check_title), "/offres", move || {
        let totals = priced(&own.terms.inventory, &own.draft.content);
        let remark = (!own.draft.content.remark.is_empty()).then(|| {
            view! {
                <section class="card" aria-labelledby="remarque">
                    <h2 id="remarque">{t!(offers.remark)}</h2>
                    <p class="pre">{own.draft.content.remark.clone()}</p>
                </section>
            }
        });
        let closed = own.place.may_answer(now).err().filter(|_| form.refusal.is_none());
        let left_out = own.terms.inventory.len().saturating_sub(own.draft.content.lines.len());
        let warned = (left_out > 0 && !own.draft.content.lines.is_empty())
            .then(|| ui::note("warn", t!(offers.some_left_out, n = left_out), t!(offers.some_left_out_text)));
        view! {
            <div class="page">
                {ui::errors(&form)}
                {ui::head(t!(offers.check_title))
                    .back(format!("/offres/{reference}"), t!(offers.title))
                    .above(view! {
                        <span class="ref">{reference.to_string()}</span>{ui::tag("", t!(offers.draft_not_deposited))}
                    })
                    .lede(t!(offers.lede, object = own.view.tender.plan.object, pilot = own.view.pilot))
                    .view()}
                <div class="record">
                    <div class="now stack">{deadline(&own, now)}</div>
                    <div class="body stack">
                        {warned}
                        {totals.map(|totals| content::prices(&totals))}
                        {change(reference, "prix", t!(offers.change_prices))}
                        {remark}
                        {content::files(&own.draft.files, |_| None)}
                        {change(reference, "fichiers", t!(offers.change_files))}
                        {what_sealing_means()}
                        {match closed {
                            Some(refusal) => ui::note("warn", crate::pages::sentence::refusal(&refusal), ""),
                            None => deposit(&cx, &form, &own, &firm),
                        }}
                    </div>
                </div>
            </div>
        }
        .into_any()
    })
    .airy())
}

fn change(reference: TenderRef, page: &str, word: &'static str) -> AnyView {
    view! { <p class="small"><a href=format!("/offres/{reference}/{page}")>{word}</a></p> }.into_any()
}

fn deposit(cx: &Cx, form: &Form, own: &Own, firm: &str) -> AnyView {
    let reference = own.view.tender.reference;
    let commits = vec![("oui".to_owned(), t!(offers.commits, firm = firm))];
    ui::form(
        cx,
        view! {
            <input type="hidden" name="version" value=own.draft.version.to_string()/>
            {Field::ticks("engage", t!(offers.commitment), commits, Vec::new()).view(form)}
            <div class="row actions">
                <button class="btn">{ui::icon::view(ui::icon::LOCK)}{t!(offers.seal_and_deposit)}</button>
                <a class="btn btn--second" href=format!("/offres/{reference}")>{t!(offers.keep_draft)}</a>
            </div>
        },
    )
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference: TenderRef = params.parse("reference")?;
    let version = form.text("version").parse().map_err(|_| Error::Stale)?;
    let received_at = form.received_at().unwrap_or_else(|| cx.services().now());
    if !form.ticked("engage") {
        return Err(FieldErrors::one("engage", Fault::Empty).into());
    }
    offer::submit(cx.services(), cx.actor()?, reference, version, received_at).await?;
    Done::see(format!("/offres/{reference}/recepisse?fait=offre"))
}
