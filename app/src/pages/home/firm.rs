//! A firm's first page: the calls to which it is invited, by the end of their deposit.

use chrono::{DateTime, Utc};
use domain::{
    kernel::time::{brussels, weekday_date_french},
    tender::Stage,
};
use leptos::prelude::*;
use service::{
    Error,
    store::{
        self,
        calls::{self, CallRow},
    },
};

use super::agenda::{self, Line};
use crate::pages::{Cx, Page, Params, Shown, Who, ui, words::t};

pub(super) async fn page(cx: Cx, params: Params, who: Who) -> Shown {
    let now = cx.services().now();
    let today = brussels(now).date();
    let rows = calls::of_firm(cx.services(), who.actor.organisation()).await?;
    let asked = requests(&cx, &who, &rows).await?;
    let lines = open(rows, now);
    let mut orders: Vec<Line> = super::orders(&cx).await?.into_iter().map(super::line).collect();
    orders.sort_by_key(|line| (line.until.is_none(), line.until));
    Ok(Page::new(t!(common.home), "/", move || {
        let waiting = lines.len() + orders.len() + asked.len();
        let title = if waiting == 0 {
            t!(home.title_nothing, person = who.person.name)
        } else {
            t!(home.title, person = who.person.name, n = waiting, count = super::in_words(waiting))
        };
        let asked = (!asked.is_empty()).then(|| agenda::card("demandes", t!(evaluation.requested), asked, today, ""));
        let orders = (!orders.is_empty()).then(|| agenda::card("bons", t!(voucher.waiting), orders, today, ""));
        view! {
            {ui::flash(&params)}
            {ui::head(title)
                .above(view! { <span class="quiet small">{weekday_date_french(today)}</span> })
                .action(view! { <a class="btn" href="/appels">{t!(home.read_calls)}</a> })
                .view()}
            <div class="cols cols--even">
                {asked}
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

/// What authorities ask about this firm's opened offers.
async fn requests(cx: &Cx, who: &Who, rows: &[CallRow]) -> Result<Vec<Line>, Error> {
    let mut lines = Vec::new();
    for row in rows.iter().filter(|row| (Stage::Opened..=Stage::Evaluation).contains(&row.stage)) {
        let tender = calls::find(cx.services(), row.reference).await?.tender.id;
        let firm = who.actor.organisation();
        let asked = match store::evaluation::requests_of_firm(cx.services(), tender, firm).await {
            Ok(asked) => asked,
            // It answered nothing that was opened.
            Err(Error::NotFound) => continue,
            Err(error) => return Err(error),
        };
        lines.extend(asked.iter().filter(|request| request.is_open()).map(|request| Line {
            title: t!(offers.answer_request).to_owned(),
            address: format!("/offres/{}/demandes", row.reference),
            reference: row.reference.to_string(),
            object: row.object.clone(),
            until: Some(request.due_on),
        }));
    }
    lines.sort_by_key(|line| line.until);
    Ok(lines)
}

/// Calls that still take offers, the next end first.
fn open(rows: Vec<CallRow>, now: DateTime<Utc>) -> Vec<Line> {
    let is_open = |row: &CallRow| matches!(row.stage.at(row.clock, now), Stage::Called | Stage::QuestionsClosed);
    let mut lines: Vec<Line> = rows.into_iter().filter(is_open).map(line).collect();
    lines.sort_by_key(|line| line.until);
    lines
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
