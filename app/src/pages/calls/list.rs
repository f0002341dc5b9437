use chrono::{DateTime, Utc};
use leptos::prelude::*;
use service::store::calls::{self, COUNT_MOST, CallRow, Found, Sort, State};

use super::{
    say,
    search::{PER_PAGE, Search, state_code, state_word},
};
use crate::pages::{Cx, Form, Page, Params, Shown, ui, ui::icon, words::t};

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let search = Search::read(&params);
    let found = calls::list(cx.services(), &search.filter()).await?;
    let now = cx.services().now();
    let title = if search.page > 1 { t!(call.title_page, page = search.page) } else { t!(call.title).to_owned() };
    Ok(Page::new(title, "/appels", move || {
        view! {
            {ui::public_head(t!(call.title), t!(call.lede))}
            <div class="page">
                <div class="cols cols--left">
                    {filters(&search)}
                    <div class="stack">
                        {above(&search, &found)}
                        {results(&search, found, now)}
                    </div>
                </div>
            </div>
        }
        .into_any()
    })
    .airy())
}

fn filters(search: &Search) -> AnyView {
    let states: Vec<_> = [State::Open, State::Closed, State::Awarded, State::Any]
        .into_iter()
        .map(|state| {
            let selected = state == search.state;
            view! { <option value=state_code(state) selected=selected>{state_word(state)}</option> }
        })
        .collect();
    let text = |name: &'static str, label: &'static str, value: &str| {
        view! {
            <div class="govuk-form-group">
                <label class="govuk-label" for=name>{label}</label>
                <input class="govuk-input" id=name name=name type="search" value=value.to_owned()/>
            </div>
        }
    };
    let sort = match search.sort {
        Sort::Deposit => None,
        Sort::Publication => Some("publication"),
        Sort::Reference => Some("reference"),
    }
    .map(|sort| view! { <input type="hidden" name="tri" value=sort/> });
    view! {
        <form class="filters card" method="get" action="/appels" aria-label=t!(call.filters)>
            {text("q", t!(call.filter_text), &search.text)}
            {text("cpv", t!(call.filter_cpv), &search.cpv)}
            {text("commune", t!(call.filter_commune), &search.commune)}
            <div class="govuk-form-group">
                <label class="govuk-label" for="etat">{t!(call.filter_state)}</label>
                <select class="govuk-select" id="etat" name="etat">{states}</select>
            </div>
            {sort}
            <div class="row actions"><button class="btn">{t!(call.apply)}</button></div>
        </form>
    }
    .into_any()
}

/// How many, in which order, narrowed by what.
fn above(search: &Search, found: &Found) -> AnyView {
    let count = if found.count > COUNT_MOST {
        t!(call.count_most, most = format!("{}\u{202f}{:03}", COUNT_MOST / 1_000, COUNT_MOST % 1_000))
    } else if search.chips().is_empty() {
        t!(call.count_open, n = found.count)
    } else {
        t!(call.count, n = found.count)
    };
    let sorts = [
        (Sort::Deposit, t!(call.sort_deposit)),
        (Sort::Publication, t!(call.sort_publication)),
        (Sort::Reference, t!(call.sort_reference)),
    ]
    .map(|(sort, word)| {
        if sort == search.sort {
            view! { <b>{word}</b>" " }.into_any()
        } else {
            view! { <a href=search.sorted(sort)>{word}</a>" " }.into_any()
        }
    });
    let chips: Vec<_> = search
        .chips()
        .into_iter()
        .map(|(word, address)| {
            view! {
                <a class="chip" href=address>
                    {word}" "<span class="govuk-visually-hidden">{t!(call.remove)}</span>{icon::view(CROSS)}
                </a>
            }
        })
        .collect();
    view! {
        <div class="row row--apart">
            <p role="status"><b>{count}</b></p>
            <p class="small row"><span>{t!(call.sort)}</span>{sorts.into_iter().collect_view()}</p>
        </div>
        {(!chips.is_empty()).then(|| view! { <div class="chips">{chips}</div> })}
    }
    .into_any()
}

const CROSS: &str = r#"<path d="M18 6 6 18"/><path d="m6 6 12 12"/>"#;

fn results(search: &Search, found: Found, now: DateTime<Utc>) -> AnyView {
    if found.rows.is_empty() {
        return nothing(search);
    }
    let pages = pages(search, &found);
    let rows: Vec<_> = found.rows.into_iter().map(|row| line(row, now)).collect();
    view! {
        <ul class="plain stack">{rows}</ul>
        {pages}
    }
    .into_any()
}

fn nothing(search: &Search) -> AnyView {
    if search.page > 1 {
        return ui::empty(
            t!(call.empty_page),
            t!(call.empty_page_text),
            Some((search.on_page(1), t!(call.first_page))),
        );
    }
    if search.chips().is_empty() {
        return ui::empty(
            t!(call.empty),
            t!(call.empty_text),
            Some(("/appels?etat=tous".to_owned(), t!(call.show_all))),
        );
    }
    ui::empty(
        t!(call.empty_filtered),
        t!(call.empty_filtered_text),
        Some(("/appels".to_owned(), t!(call.remove_filters))),
    )
}

fn line(row: CallRow, now: DateTime<Utc>) -> AnyView {
    let address = format!("/appels/{}", row.reference);
    let deposit = row.clock.deposit_until.map(|until| {
        view! {
            <div>
                <dt>{t!(call.deposit_until)}</dt>
                <dd class="strong">{say::moment(until)}</dd>
                <dd class="small quiet">{say::countdown(until, now)}</dd>
            </div>
        }
    });
    view! {
        <li class="card stack-s">
            <div class="row row--apart">
                <span class="ref">{row.reference.to_string()}</span>{say::state(row.stage, row.clock, now)}
            </div>
            <h2><a href=address.clone()>{row.object}</a></h2>
            <p>{say::buyers(&row.pilot, row.others)}</p>
            <dl class="facts facts--row gap-s">
                {deposit}
                <div><dt>{t!(call.channel)}</dt><dd>{say::channel(row.channel)}</dd></div>
            </dl>
            <p class="small quiet gap-s">{say::procedure(row.procedure)}" · "{row.cpv}" "{row.cpv_label}</p>
            <p class="small"><a href=format!("{address}/cahier.pdf")>{t!(call.specification_pdf)}
                <span class="govuk-visually-hidden">" "{row.reference.to_string()}</span></a></p>
        </li>
    }
    .into_any()
}

/// First, last, the current one and its neighbours.
fn pages(search: &Search, found: &Found) -> Option<AnyView> {
    if search.page == 1 && !found.has_next {
        return None;
    }
    let last = found.count.min(COUNT_MOST).div_ceil(PER_PAGE).max(search.page);
    let mut numbers: Vec<u64> =
        [1, search.page.saturating_sub(1).max(1), search.page, (search.page + 1).min(last), last].to_vec();
    numbers.dedup();
    let mut before = 0;
    let items: Vec<_> = numbers
        .into_iter()
        .map(|number| {
            let gap = (number > before + 1).then(|| {
                view! { <li class="govuk-pagination__item govuk-pagination__item--ellipsis">"…"</li> }
            });
            before = number;
            let current = number == search.page;
            let class = if current {
                "govuk-pagination__item govuk-pagination__item--current"
            } else {
                "govuk-pagination__item"
            };
            view! {
                {gap}
                <li class=class>
                    <a class="govuk-link govuk-pagination__link" href=search.on_page(number)
                        aria-label=t!(call.page, page = number) aria-current=current.then_some("page")>{number}</a>
                </li>
            }
        })
        .collect();
    let step = |class: &'static str, rel: &'static str, number: u64, word: &'static str| {
        view! {
            <div class=class>
                <a class="govuk-link govuk-pagination__link" href=search.on_page(number) rel=rel>{word}</a>
            </div>
        }
    };
    Some(
        view! {
            <nav class="govuk-pagination" aria-label=t!(call.pagination)>
                {(search.page > 1).then(|| step("govuk-pagination__prev", "prev", search.page - 1, t!(call.previous)))}
                <ul class="govuk-pagination__list">{items}</ul>
                {found.has_next.then(|| step("govuk-pagination__next", "next", search.page + 1, t!(call.next)))}
            </nav>
        }
        .into_any(),
    )
}
