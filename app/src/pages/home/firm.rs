//! A firm's first page: what it has to answer, and the calls to which it is invited, by the end of their deposit.

use chrono::{DateTime, Utc};
use domain::{
    kernel::time::{brussels, weekday_date_french},
    tender::Stage,
};
use leptos::prelude::*;
use service::store::{
    calls::{self, CallRow},
    evaluation::{self, Awaited},
};

use super::{
    agenda::{self, Line},
    contracts,
};
use crate::pages::{Cx, Page, Params, Shown, Who, ui, words::t};

pub(super) async fn page(cx: Cx, params: Params, who: Who) -> Shown {
    let now = cx.services().now();
    let today = brussels(now).date();
    let rows = calls::of_firm(cx.services(), who.actor.organisation()).await?;
    let lines = open(rows, now);
    let mut orders: Vec<Line> = super::orders(&cx).await?.into_iter().map(super::line).collect();
    let requests: Vec<Line> =
        evaluation::awaited_of_firm(cx.services(), who.actor.organisation()).await?.into_iter().map(request).collect();
    let failures = contracts::failures(&cx).await?;
    orders.sort_by_key(|line| (line.until.is_none(), line.until));
    Ok(Page::new(t!(common.home), "/", move || {
        let waiting = lines.len() + failures.len() + orders.len() + requests.len();
        let title = if waiting == 0 {
            t!(home.title_nothing, person = who.person.name)
        } else {
            t!(home.title, person = who.person.name, n = waiting, count = super::in_words(waiting))
        };
        let failures =
            (!failures.is_empty()).then(|| agenda::card("manquements", t!(execution.failures), failures, today, ""));
        let requests =
            (!requests.is_empty()).then(|| agenda::card("demandes", t!(home.firm_requests), requests, today, ""));
        let orders = (!orders.is_empty()).then(|| agenda::card("bons", t!(voucher.waiting), orders, today, ""));
        view! {
            {ui::flash(&params)}
            {ui::head(title)
                .above(view! { <span class="quiet small">{weekday_date_french(today)}</span> })
                .action(view! { <a class="btn" href="/appels">{t!(home.read_calls)}</a> })
                .view()}
            <div class="cols cols--even">
                {failures}
                {requests}
                {orders}
                {agenda::card("appels", t!(home.firm_calls), lines, today, t!(home.firm_no_call))}
                <section class="card stack-s" aria-labelledby="reperes">
                    <h2 id="reperes">{t!(home.firm_help)}</h2>
                    <p>{t!(home.firm_help_text)}</p>
                    <p class="row actions"><a class="btn btn--second" href="/offres">{t!(home.firm_all)}</a></p>
                </section>
            </div>
        }
        .into_any()
    }))
}

/// Calls that still take offers, the next end first.
fn open(rows: Vec<CallRow>, now: DateTime<Utc>) -> Vec<Line> {
    let is_open = |row: &CallRow| matches!(row.stage.at(row.clock, now), Stage::Called | Stage::QuestionsClosed);
    let mut lines: Vec<Line> = rows.into_iter().filter(is_open).map(line).collect();
    lines.sort_by_key(|line| line.until);
    lines
}

/// A question about one's own offer.
fn request(awaited: Awaited) -> Line {
    Line {
        title: t!(home.firm_request).to_owned(),
        address: format!("/offres/{}/demandes", awaited.tender),
        reference: awaited.tender.to_string(),
        object: awaited.object,
        until: Some(awaited.due_on),
    }
}

fn line(row: CallRow) -> Line {
    let until = row.clock.deposit_until.map(brussels);
    Line {
        title: until.map_or_else(
            || row.object.clone(),
            |until| t!(home.answer_before, object = row.object, hour = until.format("%H:%M")),
        ),
        address: format!("/appels/{}", row.reference),
        reference: row.reference.to_string(),
        object: row.pilot,
        until: until.map(|until| until.date()),
    }
}
