use domain::{
    authz::{Action as _, Actor, DraftVoucher, sends_vouchers_of},
    kernel::Money,
    voucher::Status,
};
use leptos::prelude::*;
use service::{
    Error,
    store::{
        contracts,
        vouchers::{self, Filter, Listed, Sums},
    },
};

use super::{PATH, filter, send_many::SEND, words};
use crate::pages::{
    Cx, Form, Page, Params, Shown,
    ui::{self, table::Row},
    words::t,
};

/// Among how many contracts one to draw on is looked for.
const CONTRACTS: u64 = 25;

/// A page of the list, with how many and how much there is in all.
struct Found {
    rows: Vec<Listed>,
    total: u64,
    sums: Sums,
}

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let typed = filter::typed(&params);
    let (typed, found) = match filter::asked(&typed, &params) {
        Ok(filter) => (typed, Some(find(&cx, &filter).await?)),
        Err(error) => (typed.explaining(error)?, None),
    };
    let parties = vouchers::parties(cx.services(), cx.scope()).await?;
    let may_draw = may_draw(&cx).await?;
    let actor = cx.actor()?.clone();
    Ok(Page::new(t!(voucher.list), PATH, move || {
        let results = found.map(|found| results(found, filter::is_set(&typed), &actor, &params));
        let mut head = ui::head(t!(voucher.list)).lede(t!(voucher.list_lede));
        if may_draw {
            head = head.action(view! { <a class="btn" href="/bons/nouveau">{t!(voucher.new)}</a> });
        }
        head = head.action(view! { <a class="btn btn--second" href="/bons/rapport">{t!(voucher.report)}</a> });
        view! {
            {ui::errors(&typed)}
            {head.view()}
            {filter::view(&typed, parties)}
            {results}
        }
        .into_any()
    }))
}

async fn find(cx: &Cx, filter: &Filter) -> Result<Found, Error> {
    let (rows, total) = vouchers::list(cx.services(), cx.scope(), filter).await?;
    let sums = vouchers::sums(cx.services(), cx.scope(), filter).await?;
    Ok(Found { rows, total, sums })
}

fn results(found: Found, is_filtered: bool, actor: &Actor, params: &Params) -> AnyView {
    let Found { rows, total, sums } = found;
    let body = match (rows.is_empty(), is_filtered) {
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
            chosen(rows, actor, &t!(voucher.count, n = total), filter::files(params, &format!("{PATH}/liste")))
        }
    };
    view! {
        <div class="stack gap">
            {tiles(sums, total)}
            {body}
            {ui::pagination(PATH, params, params.page(), total, filter::PER_PAGE)}
        </div>
    }
    .into_any()
}

/// The vouchers, with a tick at each that this actor may send.
fn chosen(found: Vec<Listed>, actor: &Actor, title: &str, more: AnyView) -> AnyView {
    let may_send = |found: &Listed| found.status == Status::Approved && sends_vouchers_of(actor, found.organisation);
    if !found.iter().any(may_send) {
        return card(found, title, more);
    }
    let table = table(found, Some(&may_send));
    view! {
        <form method="get" action=SEND class="stack">
            {section(title, more, table)}
            <div class="row actions"><button class="btn btn--second">{t!(voucher.send_chosen)}</button></div>
        </form>
    }
    .into_any()
}

/// Somebody who may draw on one contract at least.
async fn may_draw(cx: &Cx) -> Result<bool, Error> {
    let actor = cx.actor()?;
    let (contracts, _) = contracts::list(cx.services(), cx.scope(), 0, CONTRACTS).await?;
    Ok(contracts.iter().any(|contract| DraftVoucher::permits(actor, contract)))
}

fn tiles(sums: Sums, total: u64) -> Option<AnyView> {
    let tile =
        |word: &'static str, figure: String| view! { <div class="card tile"><dt>{word}</dt><dd>{figure}</dd></div> };
    (total > 0).then(|| {
        view! {
            <dl class="tiles">
                {tile(t!(voucher.sum_ordered), sums.ordered.to_string())}
                {tile(t!(voucher.sum_remaining), sums.remaining.to_string())}
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
        table(found, None)
    };
    section(title, more, body)
}

fn section(title: &str, more: AnyView, body: AnyView) -> AnyView {
    view! {
        <section class="card card--flush" aria-labelledby="bons">
            <div class="row row--apart"><h2 id="bons">{title.to_owned()}</h2>{more}</div>
            {body}
        </section>
    }
    .into_any()
}

/// Where something may be chosen, which.
type Choice<'a> = Option<&'a dyn Fn(&Listed) -> bool>;

fn table(found: Vec<Listed>, choice: Choice<'_>) -> AnyView {
    let columns = [
        ui::column(t!(voucher.one)),
        ui::column(t!(voucher.authority)),
        ui::column(t!(voucher.supplier)),
        ui::column(t!(voucher.status)),
        ui::number(t!(voucher.ordered)),
        ui::number(t!(voucher.remaining)),
    ];
    let columns = columns.into_iter().chain(choice.map(|_| ui::column(t!(voucher.choice))));
    ui::table("bons", columns, found.into_iter().map(|found| row(found, choice))).view()
}

fn row(found: Listed, choice: Choice<'_>) -> Row {
    let number = found.number.map_or_else(|| t!(voucher.no_number).to_owned(), |number| number.to_string());
    let (ordered, remaining) = if found.status.is_committed() {
        (found.ordered().to_string().into_any(), found.remaining().to_string())
    } else {
        (not_ordered(found.excluding), "–".to_owned())
    };
    let tick = choice.map(|may| {
        let word = t!(voucher.choose, number = number);
        if may(&found) { tick(found.id.to_string(), word) } else { "–".into_any() }
    });
    let name = view! {
        <a href=format!("{PATH}/{}", found.id)>{found.object}</a>
        <br/><span class="ref">{number}</span>" · "<span class="ref">{found.contract.to_string()}</span>
    };
    let row = ui::row(name)
        .cell(found.organisation_name)
        .cell(found.supplier_name)
        .cell(view! { <span>{words::tag(found.status)}</span> })
        .cell(ordered)
        .cell(remaining);
    match tick {
        Some(tick) => row.cell(tick),
        None => row,
    }
}

fn not_ordered(amount: Money) -> AnyView {
    view! { <span>{amount.to_string()}<br/><span class="small quiet">{t!(voucher.not_ordered)}</span></span> }
        .into_any()
}

fn tick(id: String, word: String) -> AnyView {
    let field = format!("bon-{id}");
    view! {
        <div class="govuk-checkboxes govuk-checkboxes--small">
            <div class="govuk-checkboxes__item">
                <input class="govuk-checkboxes__input" id=field.clone() name="bon" type="checkbox" value=id/>
                <label class="govuk-label govuk-checkboxes__label" for=field>
                    <span class="govuk-visually-hidden">{word}</span>
                </label>
            </div>
        </div>
    }
    .into_any()
}
