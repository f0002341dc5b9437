use chrono::NaiveDate;
use domain::{
    kernel::time::brussels,
    parameter::{Parameter, ParameterSet},
};
use leptos::prelude::*;
use service::store::{parameters, search_key};

use super::{
    figure,
    theme::{self, THEMES},
};
use crate::pages::{
    Cx, Form, Page, Params, Shown,
    ui::{self, Field, table::Row},
    words::t,
};

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let set = parameters::set(cx.services()).await?;
    let today = brussels(cx.services().now()).date();
    let airy = cx.who().is_none();
    let page = Page::new(t!(parameter.title), "/parametres", move || {
        let text = params.query("q").to_owned();
        let found = found(&set, &text, today);
        let count = found.len();
        let result = if found.is_empty() {
            ui::empty(t!(parameter.none), t!(parameter.none_text), Some(("/parametres".to_owned(), t!(parameter.all))))
        } else {
            cards(found, today)
        };
        let told = (!text.is_empty() && count > 0).then(|| {
            view! {
                <p class="row">
                    <b>{t!(parameter.found, n = count)}</b><a href="/parametres">{t!(parameter.all)}</a>
                </p>
            }
        });
        view! {
            <div class:page=airy>
                {ui::flash(&params)}
                {ui::head(t!(parameter.title)).lede(t!(parameter.lede)).view()}
                <div class="stack">
                    <form method="get" action="/parametres" class="card filters" role="search" aria-label=t!(parameter.search)>
                        <div class="fields">
                            {Field::text("q", t!(parameter.search)).hint(t!(parameter.search_hint)).value(text).view(&Form::default())}
                            <button class="btn btn--second">{t!(parameter.do_search)}</button>
                        </div>
                    </form>
                    {told}
                    {result}
                    <p class="prose small quiet">{t!(parameter.foot)}</p>
                </div>
            </div>
        }
        .into_any()
    });
    Ok(if airy { page.airy() } else { page })
}

/// A key as the page shows it: its row of today, else the last one; and the row that is to come.
struct Line {
    row: Parameter,
    next: Option<Parameter>,
}

fn found(set: &ParameterSet, text: &str, today: NaiveDate) -> Vec<Line> {
    let words = search_key(text);
    let holds = |row: &Parameter| {
        let key = search_key(&format!("{} {} {}", row.label, row.key, row.legal_ref));
        words.split_whitespace().all(|word| key.contains(word))
    };
    set.keys()
        .filter_map(|key| {
            let row = set.on(key, today).ok().or_else(|| set.of(key).last())?.clone();
            let next = set.of(key).iter().find(|row| row.valid_from > today).cloned();
            holds(&row).then_some(Line { next: next.filter(|next| next != &row), row })
        })
        .collect()
}

fn cards(found: Vec<Line>, today: NaiveDate) -> AnyView {
    let mut by_theme: Vec<Vec<Line>> = THEMES.iter().map(|_| Vec::new()).collect();
    for shown in found {
        by_theme[theme::of(&shown.row.key)].push(shown);
    }
    let themes: Vec<_> = THEMES.iter().zip(by_theme).filter(|(_, rows)| !rows.is_empty()).collect();
    let links: Vec<_> = themes
        .iter()
        .map(|((anchor, word, _), _)| view! { <li><a class="chip" href=format!("#{anchor}")>{*word}</a></li> })
        .collect();
    let cards: Vec<_> = themes
        .into_iter()
        .map(|((anchor, word, _), rows)| {
            let rows = rows.into_iter().map(|shown| line(shown, today));
            ui::table(anchor, figure::columns(), rows).card(*word)
        })
        .collect();
    view! {
        <nav aria-label=t!(parameter.themes)><ul class="plain chips">{links}</ul></nav>
        {cards}
    }
    .into_any()
}

fn line(shown: Line, today: NaiveDate) -> Row {
    let Line { row, next } = shown;
    let next = next.map(|next| {
        let then = t!(parameter.then, value = figure::figure(&next), when = figure::validity(&next, today));
        view! { <br/><span class="small quiet">{then}</span> }
    });
    let name = view! {
        <a href=format!("/parametres/{}", row.key)>{figure::label(&row)}</a><br/>
        <code class="small quiet">{row.key.clone()}</code>
    };
    ui::row(name)
        .id(row.key.clone())
        .cell(figure::figure(&row))
        .cell(view! { <span>{figure::validity(&row, today)}{next}</span> })
        .cell(figure::source(&row))
}
