//! All versions of a contract's prices in one table.

use std::iter;

use domain::{
    authz::{Action as _, ModifyContract, RevisePrices},
    contract::{Contract, ContractLine},
    execution::Modification,
    kernel::time::date_short_french,
    price_list::{Basis, Version},
};
use leptos::prelude::*;
use service::store::execution;

use super::{address, words};
use crate::pages::{
    Cx, Form, Page, Params, Shown, calc,
    ui::{self, table::Row},
    words::t,
};

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let contract = super::contract(&cx, &params).await?;
    let modifications = execution::modifications(cx.services(), contract.id).await?;
    let actor = cx.actor()?;
    let (revises, modifies) = (RevisePrices::permits(actor, &contract), ModifyContract::permits(actor, &contract));
    Ok(Page::new(t!(execution.prices), "/contrats", move || {
        let mut head = super::head(t!(execution.prices), &contract, t!(execution.prices_lede));
        let pages = [(revises, "revision", t!(execution.revise)), (modifies, "modifications", t!(execution.modify))];
        for (_, page, word) in pages.into_iter().filter(|(may, _, _)| *may) {
            let to = address(contract.reference, page);
            head = head.action(view! { <a class="btn btn--second" href=to>{word}</a> });
        }
        view! {
            {ui::flash(&params)}
            {head.view()}
            <div class="stack">{table(&contract, &modifications)}{formulas(&contract)}</div>
        }
        .into_any()
    }))
}

fn table(contract: &Contract, modifications: &[Modification]) -> AnyView {
    let versions: Vec<_> = contract.prices.versions().collect();
    let heads = versions.iter().map(|version| ui::number(from(version)).under(words::basis(version, modifications)));
    let columns = iter::once(ui::column(t!(contract.item))).chain(heads);
    let rows = contract.lines.iter().map(|line| row(line, &versions));
    ui::table("versions", columns, rows).card(t!(execution.versions, n = versions.len()))
}

fn row(line: &ContractLine, versions: &[&Version]) -> Row {
    let head = view! { {line.item.clone()}<br/><span class="ref">{line.code.clone()}</span> };
    let price = |version: &Version| version.prices.get(&line.code).map(ToString::to_string);
    versions.iter().fold(ui::row(head), |row, version| row.cell(price(version)))
}

fn from(version: &Version) -> String {
    t!(execution.from, on = date_short_french(version.from))
}

/// How each revised version was computed.
fn formulas(contract: &Contract) -> Option<AnyView> {
    let items: Vec<_> = contract
        .prices
        .versions()
        .filter_map(|version| match &version.basis {
            Basis::Revised(formula) => {
                let sentences = calc::revision_reasons(formula).join(" ");
                Some(view! { <li><b>{from(version)}</b>" : "{sentences}</li> })
            }
            Basis::Offer | Basis::Modified => None,
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="formules">
                <h2 id="formules">{t!(execution.formulas)}</h2>
                <ul class="stack-s">{items}</ul>
            </section>
        }
        .into_any()
    })
}
