//! A whole trail: every act, every attempt, what it changed, why somebody went on.

use domain::kernel::reference::TenderRef;
use leptos::prelude::*;
use service::store::{
    audit::{self, Entry},
    tenders,
};

use super::{fact, history};
use crate::pages::{Cx, Form, Page, Params, Shown, ui, words::t};

pub(crate) const PER_PAGE: u64 = 25;

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let reference: TenderRef = params.parse("reference")?;
    let tender = tenders::find(cx.services(), cx.scope(), reference).await?.tender;
    let back = (format!("/marches/{reference}"), format!("{reference}, {}", tender.plan.object));
    let rows = audit::page_told(cx.services(), &tender, params.page() - 1, PER_PAGE).await?;
    Ok(page(cx, params, rows, "/marches", back))
}

/// One page of a chain that the caller may read, the newest rows first, and how many rows there are.
pub(crate) fn page(
    cx: Cx,
    params: Params,
    (entries, count): (Vec<Entry>, u64),
    section: &'static str,
    back: (String, String),
) -> Page {
    let number = params.page();
    Page::new(t!(history.title), section, move || {
        let (address, name) = back;
        let pages = ui::pagination(cx.path(), &params, number, count, PER_PAGE);
        let body = if entries.is_empty() {
            ui::empty(t!(history.empty), t!(history.empty_text), None)
        } else {
            let items: Vec<_> = entries.into_iter().map(told).collect();
            view! { <div class="card"><ol class="line">{items}</ol></div> }.into_any()
        };
        view! {
            {ui::head(t!(history.title)).back(address, name).lede(t!(history.lede, n = count)).view()}
            <div class="prose stack">{body}{pages}</div>
        }
        .into_any()
    })
}

fn told(entry: Entry) -> AnyView {
    let facts: Vec<_> = fact::in_words(&entry)
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> })
        .collect();
    let facts = (!facts.is_empty()).then(|| view! { <dl class="facts">{facts}</dl> });
    history::item(entry, facts.map(IntoAny::into_any))
}
