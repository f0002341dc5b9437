use domain::{contract::Contract, kernel::time::date_short_french};
use leptos::prelude::*;
use service::store::contracts;

use super::meter;
use crate::pages::{
    Cx, Form, Page, Params, Shown,
    ui::{self, table::Row},
    words::t,
};

const PATH: &str = "/contrats";
const PER_PAGE: u64 = 25;

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let page = params.page();
    let (found, total) = contracts::list(cx.services(), cx.scope(), page - 1, PER_PAGE).await?;
    Ok(Page::new(t!(contract.list), PATH, move || {
        let body = if found.is_empty() {
            ui::empty(t!(contract.empty), t!(contract.empty_text), None)
        } else {
            table(&found, total)
        };
        view! {
            {ui::head(t!(contract.list)).lede(t!(contract.list_lede)).view()}
            {body}
            {ui::pagination(PATH, &params, page, total, PER_PAGE)}
        }
        .into_any()
    }))
}

fn table(found: &[Contract], total: u64) -> AnyView {
    let columns = [
        ui::column(t!(contract.one)),
        ui::column(t!(contract.supplier)),
        ui::column(t!(contract.pilot)),
        ui::column(t!(contract.concluded_on)),
        ui::number(t!(contract.ceiling)),
        ui::number(t!(contract.available)),
    ];
    ui::table("contrats", columns, found.iter().map(row)).card(t!(contract.count, n = total))
}

fn row(contract: &Contract) -> Row {
    let reference = contract.reference.to_string();
    let meter = meter::small(&reference, contract.committed(), contract.ceiling);
    let name = view! {
        <a href=format!("{PATH}/{reference}")>{contract.object.clone()}</a>
        <br/><span class="ref">{reference.clone()}</span>
    };
    ui::row(name)
        .cell(contract.supplier_name.clone())
        .cell(contract.pilot_name.clone())
        .cell(date_short_french(contract.concluded_on))
        .cell(contract.ceiling.to_string())
        .cell(view! { <span>{contract.available().to_string()}{meter}</span> })
}
