use domain::{
    authz::{Action as _, DraftVoucher},
    kernel::reference::TenderRef,
    voucher::Status,
};
use leptos::prelude::*;
use service::store::{
    contracts,
    vouchers::{self, Filter, Listed, Sums},
};

use super::{PATH, words};
use crate::pages::{
    Cx, Form, Page, Params, Shown,
    ui::{self, Field, table::Row},
    words::t,
};

const PER_PAGE: u64 = 25;

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let status = Status::from_code(params.query("etat"));
    let contract: Option<TenderRef> = params.query("contrat").parse().ok();
    let filter = Filter {
        statuses: status.into_iter().collect(),
        contract,
        organisation: None,
        page: params.page() - 1,
        per_page: PER_PAGE,
    };
    let (found, total) = vouchers::list(cx.services(), cx.scope(), &filter).await?;
    let sums = vouchers::sums(cx.services(), cx.scope(), &filter).await?;
    let may_draw = may_draw(&cx).await?;
    let is_filtered = status.is_some() || contract.is_some();
    Ok(Page::new(t!(voucher.list), PATH, move || {
        let page = params.page();
        let body = match (found.is_empty(), is_filtered) {
            (true, true) => ui::empty(
                t!(voucher.empty_filtered),
                t!(voucher.empty_filtered_text),
                Some((PATH.to_owned(), t!(common.remove_filters))),
            ),
            (true, false) => ui::empty(
                t!(voucher.empty),
                t!(voucher.empty_text),
                Some(("/contrats".to_owned(), t!(voucher.to_contracts))),
            ),
            (false, _) => {
                let title = t!(voucher.count, n = total);
                card(found, &title, ().into_any())
            }
        };
        let mut head = ui::head(t!(voucher.list)).lede(t!(voucher.list_lede));
        if may_draw {
            head = head.action(view! { <a class="btn" href="/bons/nouveau">{t!(voucher.new)}</a> });
        }
        view! {
            {head.view()}
            {filters(status, contract, is_filtered)}
            <div class="stack gap">
                {tiles(sums, total)}
                {body}
                {ui::pagination(PATH, &params, page, total, PER_PAGE)}
            </div>
        }
        .into_any()
    }))
}

/// Somebody who may draw on one contract at least.
async fn may_draw(cx: &Cx) -> Result<bool, service::Error> {
    let actor = cx.actor()?;
    let (contracts, _) = contracts::list(cx.services(), cx.scope(), 0, PER_PAGE).await?;
    Ok(contracts.iter().any(|contract| DraftVoucher::permits(actor, contract)))
}

fn filters(status: Option<Status>, contract: Option<TenderRef>, is_filtered: bool) -> AnyView {
    let statuses = Status::ALL.map(|status| (status.code().to_owned(), words::status(status).to_owned())).to_vec();
    let empty = Form::default();
    let contract = contract.map(|contract| contract.to_string()).unwrap_or_default();
    view! {
        <form method="get" action=PATH class="card fields filters" role="search" aria-label=t!(voucher.filter)>
            {Field::select("etat", t!(voucher.status), statuses)
                .nothing(t!(voucher.any_status))
                .value(status.map_or("", Status::code))
                .view(&empty)}
            {Field::short("contrat", t!(voucher.contract_reference), 20).value(contract).view(&empty)}
            <div class="govuk-form-group row">
                <button class="btn btn--second">{t!(voucher.filter)}</button>
                {is_filtered.then(|| view! { <a href=PATH>{t!(common.remove_filters)}</a> })}
            </div>
        </form>
    }
    .into_any()
}

fn tiles(sums: Sums, total: u64) -> Option<AnyView> {
    let tile = |word: &'static str, figure: String| view! { <div class="tile"><dt>{word}</dt><dd>{figure}</dd></div> };
    (total > 0).then(|| {
        view! {
            <dl class="tiles">
                {tile(t!(voucher.sum_ordered), sums.ordered.to_string())}
                {tile(t!(voucher.sum_all), sums.total.to_string())}
            </dl>
        }
        .into_any()
    })
}

/// A table of vouchers, with a link at the right of its title.
pub(crate) fn card(found: Vec<Listed>, title: &str, more: AnyView) -> AnyView {
    let body = if found.is_empty() {
        view! { <p class="pad quiet">{t!(voucher.none_yet)}</p> }.into_any()
    } else {
        table(found)
    };
    view! {
        <section class="card card--flush" aria-labelledby="bons">
            <div class="row row--apart"><h2 id="bons">{title.to_owned()}</h2>{more}</div>
            {body}
        </section>
    }
    .into_any()
}

fn table(found: Vec<Listed>) -> AnyView {
    let columns = [
        ui::column(t!(voucher.one)),
        ui::column(t!(voucher.authority)),
        ui::column(t!(voucher.supplier)),
        ui::column(t!(voucher.status)),
        ui::number(t!(voucher.amount)),
    ];
    ui::table("bons", columns, found.into_iter().map(row)).view()
}

fn row(found: Listed) -> Row {
    let number = found.number.map_or_else(|| t!(voucher.no_number).to_owned(), |number| number.to_string());
    let name = view! {
        <a href=format!("{PATH}/{}", found.id)>{found.object}</a>
        <br/><span class="ref">{number}</span>" · "<span class="ref">{found.contract.to_string()}</span>
    };
    ui::row(name)
        .cell(found.organisation_name)
        .cell(found.supplier_name)
        .cell(view! { <span>{words::tag(found.status)}</span> })
        .cell(found.excluding.to_string())
}
