use domain::{
    evaluation::{CorrectionKind, RequestKind},
    kernel::reference::TenderRef,
    tender::Stage,
};
use leptos::prelude::*;
use service::{Error, evaluation, store};

use super::{frame, prices, requests};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let reading = frame::reading(&cx, &params).await?;
    let parameters = store::parameters::set(cx.services()).await?;
    let may = frame::may_assess(&cx, &reading.view.tender, Stage::Negotiation)?;
    Ok(Page::new(t!(evaluation.negotiation), "/marches", move || {
        let tender = &reading.view.tender;
        let chosen = frame::chosen(&reading.dossier, &params, &form);
        let mut actions = Vec::new();
        if may && chosen.is_none() {
            actions.push(frame::button(&cx, "evaluer", t!(evaluation.end_negotiation), "btn"));
        }
        let rows = reading.dossier.compared().map(|offer| {
            let total = reading.dossier.totals(&reading.terms, offer).map(|totals| totals.vat.excluding.to_string());
            let rounds = reading
                .dossier
                .requests
                .iter()
                .filter(|request| request.offer == offer.id && request.kind == RequestKind::Negotiation)
                .count();
            let state = match rounds {
                0 => ui::tag("", t!(evaluation.no_round)),
                n => ui::tag("wait", t!(evaluation.rounds, n = n)),
            };
            (offer, total.unwrap_or_default(), state)
        });
        let word = if may { t!(evaluation.negotiate_offer) } else { t!(evaluation.read) };
        let position = chosen.map(|offer| offer.position);
        let rows: Vec<_> = rows.collect();
        let list = if rows.is_empty() {
            ui::empty(t!(evaluation.nobody_compared), t!(evaluation.nobody_compared_text), None)
        } else {
            frame::offers(tender.reference, "negociation", t!(evaluation.offers), rows, position, word)
        };
        let own = chosen.filter(|offer| reading.dossier.compared().any(|one| one.id == offer.id)).map(|offer| {
            let change = may.then(|| {
                prices::form(&cx, &form, &reading, offer, t!(evaluation.enter_round), t!(evaluation.enter_round_hint))
            });
            let kinds: &[RequestKind] = if may { &[RequestKind::Negotiation] } else { &[] };
            view! {
                <section class="stack" aria-labelledby="offre">
                    <h2 id="offre">{format!("{}. {}", offer.position, offer.firm_name)}</h2>
                    <div class="cols">
                        <div class="stack">{prices::card(&reading, offer)}{change}</div>
                        {requests::card(&cx, &form, &reading, &parameters, offer, kinds)}
                    </div>
                </section>
            }
        });
        let none = tender
            .may_negotiate(&reading.terms)
            .is_err()
            .then(|| ui::note("", t!(evaluation.no_negotiation_title), t!(evaluation.no_negotiation)));
        let body = view! { <div class="stack-l">{none}{list}{own}</div> }.into_any();
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {frame::page(&reading, "negociation", t!(evaluation.negotiation), t!(evaluation.negotiation_lede).to_owned(), actions, body)}
        }
        .into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference: TenderRef = params.parse("reference")?;
    let (services, actor) = (cx.services(), cx.actor()?);
    match form.gesture() {
        "evaluer" => {
            evaluation::evaluate(services, actor, reference).await?;
            Done::see(format!("/marches/{reference}/evaluation?fait=evaluation-ouverte"))
        }
        "demander" | "juger" => requests::submit(&cx, reference, &form, "negociation").await,
        "corriger" => {
            let offer = prices::correct(&cx, reference, &form, CorrectionKind::Negotiated).await?;
            Done::see(format!("/marches/{reference}/negociation?offre={offer}&fait=prix-examen"))
        }
        _ => Err(Error::NotFound),
    }
}
