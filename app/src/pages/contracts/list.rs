use domain::{contract::Contract, kernel::time::date_short_french};
use leptos::prelude::*;
use service::store::contracts;

use super::meter;
use crate::pages::{Cx, Form, Page, Params, Shown, ui, words::t};

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
    let rows: Vec<_> = found.iter().map(row).collect();
    view! {
        <section class="card card--flush" aria-labelledby="contrats">
            <h2 id="contrats">{t!(contract.count, n = total)}</h2>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="contrats">
                <table class="table table--cards">
                    <thead>
                        <tr>
                            <th scope="col">{t!(contract.one)}</th>
                            <th scope="col">{t!(contract.supplier)}</th>
                            <th scope="col">{t!(contract.pilot)}</th>
                            <th scope="col">{t!(contract.concluded_on)}</th>
                            <th scope="col" class="num">{t!(contract.ceiling)}</th>
                            <th scope="col" class="num">{t!(contract.available)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn row(contract: &Contract) -> AnyView {
    let reference = contract.reference.to_string();
    view! {
        <tr>
            <th scope="row">
                <a href=format!("{PATH}/{reference}")>{contract.object.clone()}</a>
                <br/><span class="ref">{reference.clone()}</span>
            </th>
            <td data-l=t!(contract.supplier)>{contract.supplier_name.clone()}</td>
            <td data-l=t!(contract.pilot)>{contract.pilot_name.clone()}</td>
            <td data-l=t!(contract.concluded_on)>{date_short_french(contract.concluded_on)}</td>
            <td class="num" data-l=t!(contract.ceiling)>{contract.ceiling.to_string()}</td>
            <td class="num" data-l=t!(contract.available)>
                <span>
                    {contract.available().to_string()}
                    {meter::small(&reference, contract.committed(), contract.ceiling)}
                </span>
            </td>
        </tr>
    }
    .into_any()
}
