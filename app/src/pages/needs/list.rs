use std::collections::BTreeMap;

use domain::{
    authz::{Action as _, DescribeNeed},
    kernel::time::date_short_french,
};
use leptos::prelude::*;
use service::store::{
    cpv,
    needs::{self, Filter, NeedView, State},
};

use super::{
    pages::{self, PER_PAGE},
    words,
};
use crate::pages::{
    Cx, Form, Page, Params, Shown, address,
    ui::{self, Field, table::Row},
    words::t,
};

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let (services, scope) = (cx.services(), cx.scope());
    let filter = filter(&cx, &params);
    let (found, count) = needs::page(services, scope, &filter, params.page() - 1, PER_PAGE).await?;
    let of_state = async |state| needs::count(services, scope, &Filter { state, ..filter.clone() }).await;
    let counts = [of_state(State::All).await?, of_state(State::Free).await?, of_state(State::Taken).await?];
    let labels = cpv::labels(services, found.iter().map(|found| found.need.draft.cpv.clone())).await?;
    let may_describe = cx.who().is_some_and(|who| DescribeNeed::permits(&who.actor, &who.acting.organisation));
    Ok(Page::new(t!(need.list), "/besoins", move || {
        let mut head = ui::head(t!(need.list)).lede(t!(need.list_lede));
        if may_describe {
            head = head.action(view! { <a class="btn" href="/besoins/nouveau">{t!(need.describe)}</a> });
        }
        let is_filtered = filter != Filter::default();
        let list = match (found.is_empty(), is_filtered) {
            (false, _) => table(found, &labels),
            (true, true) => {
                ui::empty(t!(need.no_result), t!(need.no_result_text), Some(("/besoins".to_owned(), t!(need.clear))))
            }
            (true, false) => ui::empty(
                t!(need.empty),
                t!(need.empty_text),
                may_describe.then(|| ("/besoins/nouveau".to_owned(), t!(need.describe))),
            ),
        };
        let page = params.page();
        let links = pages::links(page, count, &|number| here(&params, params.query("etat"), &number.to_string()));
        view! {
            {head.view()}
            {tabs(&params, filter.state, counts)}
            <div class="stack">
                {filters(&params)}
                <p class="row"><b>{t!(need.count, n = count)}</b>{is_filtered.then(|| view! { <a href="/besoins">{t!(need.clear)}</a> })}</p>
                {list}
                {links}
            </div>
        }
        .into_any()
    }))
}

fn filter(cx: &Cx, params: &Params) -> Filter {
    Filter {
        text: params.query("q").to_owned(),
        of: cx.who().filter(|_| params.query("nos") == "oui").map(|who| who.actor.organisation()),
        state: match params.query("etat") {
            "libres" => State::Free,
            "repris" => State::Taken,
            _ => State::All,
        },
    }
}

/// The address of this list, with another state or page.
fn here(params: &Params, state: &str, page: &str) -> String {
    let kept = [("q", params.query("q")), ("nos", params.query("nos")), ("etat", state), ("page", page)];
    address::with_query("/besoins", kept)
}

fn tabs(params: &Params, current: State, counts: [u64; 3]) -> AnyView {
    let states = [
        (State::All, "", t!(need.tab_all)),
        (State::Free, "libres", t!(need.tab_free)),
        (State::Taken, "repris", t!(need.tab_taken)),
    ];
    let tabs: Vec<_> = states
        .into_iter()
        .zip(counts)
        .map(|((state, code, word), count)| {
            let selected = (state == current).then_some("page");
            view! { <a href=here(params, code, "") aria-current=selected>{word}" "<span>{count}</span></a> }
        })
        .collect();
    view! { <nav class="tabs" aria-label=t!(need.states)>{tabs}</nav> }.into_any()
}

fn filters(params: &Params) -> AnyView {
    let state = params.query("etat").to_owned();
    let kept = (!state.is_empty()).then(|| view! { <input type="hidden" name="etat" value=state/> });
    view! {
        <form method="get" action="/besoins" class="card filters" role="search" aria-label=t!(need.filters)>
            {kept}
            <div class="fields">
                {Field::text("q", t!(need.words)).hint(t!(need.words_hint)).value(params.query("q")).view(&Form::default())}
                <div class="govuk-checkboxes govuk-checkboxes--small">{tick(params.query("nos") == "oui")}</div>
                <button class="btn btn--second">{t!(need.filter)}</button>
            </div>
        </form>
    }
    .into_any()
}

fn tick(ticked: bool) -> AnyView {
    view! {
        <div class="govuk-checkboxes__item">
            <input class="govuk-checkboxes__input" id="nos" name="nos" type="checkbox" value="oui" checked=ticked/>
            <label class="govuk-label govuk-checkboxes__label" for="nos">{t!(need.mine)}</label>
        </div>
    }
    .into_any()
}

fn table(needs: Vec<NeedView>, labels: &BTreeMap<String, String>) -> AnyView {
    let columns = [
        ui::column(t!(need.object)),
        ui::column(t!(need.organisation)),
        ui::column(t!(need.joined)),
        ui::column(t!(need.wanted)),
        ui::column(t!(need.state)),
        ui::number(t!(need.total)),
    ];
    let table = ui::table("besoins", columns, needs.into_iter().map(|found| row(found, labels))).view();
    view! {
        <section class="card card--flush" aria-labelledby="besoins">
            <h2 id="besoins" class="govuk-visually-hidden">{t!(need.list)}</h2>
            {table}
        </section>
    }
    .into_any()
}

fn row(found: NeedView, labels: &BTreeMap<String, String>) -> Row {
    let joined: Vec<_> = found.shares.iter().map(|share| share.organisation.clone()).collect();
    let joined = if joined.is_empty() { t!(need.nobody).to_owned() } else { joined.join(", ") };
    let total = found.total().unwrap_or(found.need.draft.estimate);
    let state = match found.need.tender {
        None => ui::tag("wait", t!(need.free)),
        Some(_) => ui::tag("done", t!(need.taken)),
    };
    let draft = found.need.draft;
    let wanted = draft.wanted_on.map_or_else(|| "–".to_owned(), date_short_french);
    let name = view! {
        <a href=format!("/besoins/{}", found.need.id)>{draft.object}</a><br/>
        <span class="small quiet">{words::cpv(&draft.cpv, labels)}</span>
    };
    ui::row(name)
        .cell(found.organisation)
        .cell(joined)
        .cell(view! { <span class="nowrap">{wanted}</span> })
        .cell(state)
        .cell(total.to_string())
}
