//! What the pages of the examination share: their head, the way between them, the offer that is looked at.

use domain::{
    authz::{Action as _, AssessOffers},
    evaluation::Dossier,
    kernel::reference::TenderRef,
    offer::OpenedOffer,
    tender::{Stage, Tender},
};
use leptos::prelude::*;
use service::{
    Error,
    evaluation::{self, Reading},
};

use crate::pages::{Cx, Form, Params, tenders, ui, words::t};

pub(super) const REASON_MOST: usize = evaluation::REASON_MOST;

/// The examination that this request may read.
pub(super) async fn reading(cx: &Cx, params: &Params) -> Result<Reading, Error> {
    evaluation::read(cx.services(), cx.actor()?, params.parse("reference")?).await
}

/// May this actor work on the offers at this step?
pub(super) fn may_assess(cx: &Cx, tender: &Tender, stage: Stage) -> Result<bool, Error> {
    Ok(AssessOffers::permits(cx.actor()?, tender) && tender.stage == stage)
}

/// The offer that the page is about: named in the form that was sent, else in the address.
pub(super) fn chosen<'a>(dossier: &'a Dossier, params: &Params, form: &Form) -> Option<&'a OpenedOffer> {
    let position = if form.was_sent() { form.text("offre") } else { params.query("offre") };
    dossier.offer(position.parse().ok()?)
}

/// Head, tabs, then the page's own part.
pub(super) fn page(
    reading: &Reading,
    current: &'static str,
    title: &'static str,
    lede: String,
    actions: Vec<AnyView>,
    body: AnyView,
) -> AnyView {
    let tender = &reading.view.tender;
    let reference = tender.reference;
    let mut head = ui::head(title)
        .back(format!("/marches/{reference}"), format!("{reference}, {}", tender.plan.object))
        .above(view! { <span class="ref">{reference.to_string()}</span>{ui::tag("wait", tenders::stage_word(tender.stage))} })
        .lede(lede);
    for action in actions {
        head = head.action(action);
    }
    view! {
        {head.view()}
        {tabs(reading, current)}
        {body}
    }
    .into_any()
}

fn tabs(reading: &Reading, current: &'static str) -> AnyView {
    let (tender, dossier) = (&reading.view.tender, &reading.dossier);
    let reference = tender.reference;
    let mut tabs = vec![
        ("selection", t!(evaluation.tab_selection), Some(dossier.offers.len())),
        ("regularite", t!(evaluation.tab_regularity), Some(dossier.selected().count())),
    ];
    if tender.may_negotiate(&reading.terms).is_ok() {
        tabs.push(("negociation", t!(evaluation.tab_negotiation), None));
    }
    tabs.push(("evaluation/jury", t!(evaluation.tab_jury), Some(dossier.jury.len())));
    tabs.push(("evaluation", t!(evaluation.tab_comparison), Some(dossier.compared().count())));
    let links: Vec<_> = tabs
        .into_iter()
        .map(|(page, word, count)| {
            view! {
                <a href=format!("/marches/{reference}/{page}") aria-current=(page == current).then_some("page")>
                    {word}{count.map(|count| view! { " "<span>{count}</span> })}
                </a>
            }
        })
        .collect();
    view! { <nav class="tabs" aria-label=t!(evaluation.tabs)>{links}</nav> }.into_any()
}

/// A button alone in its form.
pub(super) fn button(cx: &Cx, gesture: &'static str, word: &'static str, class: &'static str) -> AnyView {
    view! {
        <form method="post" action=cx.path().to_owned()>
            <button class=class name="geste" value=gesture>{word}</button>
        </form>
    }
    .into_any()
}

/// Which offer the form is about, and the version of what it replaces.
pub(super) fn hidden(offer: i32, version: i32) -> AnyView {
    view! {
        <input type="hidden" name="offre" value=offer/>
        <input type="hidden" name="version" value=version/>
    }
    .into_any()
}

pub(super) fn number(form: &Form, name: &str) -> Result<i32, Error> {
    form.text(name).parse().map_err(|_| Error::NotFound)
}

/// The list of the offers, each with its state and the way to its own part.
pub(super) fn offers(
    reference: TenderRef,
    page: &'static str,
    title: &'static str,
    offers: Vec<(&OpenedOffer, String, AnyView)>,
    chosen: Option<i32>,
    word: &'static str,
) -> AnyView {
    let columns = [
        ui::column(t!(evaluation.tenderer)),
        ui::column(t!(evaluation.number)),
        ui::number(t!(evaluation.total_excluding)),
        ui::column(t!(evaluation.decision)),
        ui::column(t!(evaluation.examination)),
    ];
    let rows = offers.into_iter().map(|(offer, total, state)| {
        let current = (chosen == Some(offer.position)).then_some("true");
        let address = format!("/marches/{reference}/{page}?offre={}#offre", offer.position);
        let label = format!("{word}, {}", offer.firm_name);
        ui::row(offer.firm_name.clone())
            .cell(offer.position)
            .cell(total)
            .cell(state)
            .cell(view! { <a href=address aria-current=current aria-label=label>{word}</a> })
    });
    ui::table("offres", columns, rows).card(title)
}
