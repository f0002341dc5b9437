//! The performance of a contract: its prices, their revision, its modifications, lateness, failures, the advance.

pub(crate) mod advance;
pub(crate) mod failures;
pub(crate) mod modifications;
pub(crate) mod penalties;
pub(crate) mod prices;
pub(crate) mod revision;
pub(crate) mod words;
mod works;

use domain::{contract::Contract, kernel::reference::TenderRef, parameter::Parameter};
use leptos::prelude::*;
use service::{Error, store::contracts};

use crate::pages::{Cx, Form, Params, calls::warnings::source, ui, words::t};

/// The contract of the address, within what this request may read.
async fn contract(cx: &Cx, params: &Params) -> Result<Contract, Error> {
    contracts::find(cx.services(), cx.scope(), params.parse("reference")?).await
}

fn address(reference: TenderRef, page: &str) -> String {
    format!("/contrats/{reference}/{page}")
}

fn head(title: &'static str, contract: &Contract, lede: &'static str) -> ui::Head {
    let reference = contract.reference;
    ui::head(title)
        .back(format!("/contrats/{reference}"), contract.object.clone())
        .above(view! { <span class="ref">{reference.to_string()}</span> })
        .lede(lede)
}

/// The version that the page showed; a page without one is older than everything.
fn version(form: &Form) -> i32 {
    form.text("version").parse().unwrap_or_default()
}

fn version_field(contract: &Contract) -> AnyView {
    view! { <input type="hidden" name="version" value=contract.version/> }.into_any()
}

/// What a figure of the law says against, with its article.
fn notes(sentence: &'static str, rows: &[Parameter]) -> Vec<AnyView> {
    rows.iter().map(|row| ui::note("warn", sentence, source(row))).collect()
}

/// The way to each page, on the page of the contract.
pub(super) fn links(reference: TenderRef) -> AnyView {
    let pages = [
        ("prix", t!(execution.prices)),
        ("revision", t!(execution.revision)),
        ("modifications", t!(execution.modifications)),
        ("penalites", t!(execution.penalties)),
        ("manquements", t!(execution.failures)),
        ("avances", t!(execution.advance)),
    ];
    let items: Vec<_> =
        pages.into_iter().map(|(page, word)| view! { <li><a href=address(reference, page)>{word}</a></li> }).collect();
    view! {
        <section class="card" aria-labelledby="execution">
            <h2 id="execution">{t!(execution.title)}</h2>
            <ul class="govuk-list">{items}</ul>
        </section>
    }
    .into_any()
}
