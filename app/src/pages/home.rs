//! The first page: for visitors what Beffroi is, for everybody else what waits for them.

use chrono::{Datelike, NaiveDate};
use domain::kernel::time::{brussels, weekday_date_french};
use leptos::prelude::*;
use service::{
    Error,
    store::{self, acts, tenders},
};

use super::{
    Cx, Form, Page, Params, Shown, Who,
    tenders::{Next, next, table},
    ui,
    words::t,
};

/// How many of one's files the home page looks at.
const FILES: u64 = 50;
/// How far ahead deadlines are shown, in days.
const AHEAD_DAYS: i64 = 14;

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    match cx.who().cloned() {
        None => Ok(visitor()),
        Some(who) => office(cx, params, who).await,
    }
}

fn visitor() -> Page {
    Page::new(t!(common.home), "/", || {
        view! {
            {ui::public_head(t!(home.public_title), t!(home.public_lede))}
            <div class="page">
                <div class="card stack">
                    <p>{t!(home.read_calls_text)}</p>
                    <p class="row actions">
                        <a class="btn" href="/appels">{t!(home.read_calls)}</a>
                        <a class="btn btn--second" href="/connexion">{t!(common.sign_in)}</a>
                    </p>
                </div>
            </div>
        }
        .into_any()
    })
    .airy()
}

/// One file and what comes next in it.
struct Task {
    reference: String,
    object: String,
    next: Next,
}

async fn office(cx: Cx, params: Params, who: Who) -> Shown {
    let authority = who.actor.kind().is_contracting_authority();
    let own = authority.then_some(who.acting.organisation.id);
    let filter = tenders::Filter { own, per_page: FILES, ..tenders::Filter::default() };
    let (found, count) = tenders::list(cx.services(), cx.scope(), &filter).await?;
    let now = cx.services().now();
    let today = brussels(now).date();
    let tasks = tasks(&cx, &found).await?;
    Ok(Page::new(t!(common.home), "/", move || {
        let (mine, others): (Vec<_>, Vec<_>) = tasks.into_iter().partition(|task| task.next.link.is_some());
        let soon: Vec<_> = others
            .into_iter()
            .filter(|task| task.next.until.is_some_and(|until| (0..=AHEAD_DAYS).contains(&(until - today).num_days())))
            .collect();
        let title = if mine.is_empty() {
            t!(home.title_nothing, person = who.person.name)
        } else {
            t!(home.title, person = who.person.name, n = mine.len())
        };
        let mut head = ui::head(title).above(view! { <span class="quiet small">{weekday_date_french(today)}</span> });
        if authority {
            head = head.action(view! { <a class="btn" href="/besoins/nouveau">{t!(home.describe)}</a> });
        }
        let files = (!found.is_empty()).then(|| view! { <div class="gap">{table(found, now, count)}</div> });
        view! {
            {ui::flash(&params)}
            {head.view()}
            <div class="cols cols--even">
                {agenda("faire", t!(home.to_do), mine, today, t!(home.nothing_to_do))}
                {agenda("echeances", t!(home.soon), soon, today, t!(home.nothing_soon))}
            </div>
            {files}
        }
        .into_any()
    }))
}

async fn tasks(cx: &Cx, found: &[tenders::TenderView]) -> Result<Vec<Task>, Error> {
    let parameters = store::parameters::set(cx.services()).await?;
    let mut tasks = Vec::new();
    for view in found {
        let acts = acts::of_tender(cx.services(), view.tender.id).await?;
        let answers = store::specifications::find(cx.services(), view.tender.id).await?.version;
        let next = next(&view.tender, &view.pilot, &acts, cx.actor()?, answers, &parameters, cx.services().now());
        tasks.push(Task {
            reference: view.tender.reference.to_string(),
            object: view.tender.plan.object.clone(),
            next,
        });
    }
    // Dated ones first, the most urgent at the top.
    tasks.sort_by_key(|task| (task.next.until.is_none(), task.next.until));
    Ok(tasks)
}

fn agenda(id: &'static str, title: &'static str, tasks: Vec<Task>, today: NaiveDate, nothing: &'static str) -> AnyView {
    let body = if tasks.is_empty() {
        view! { <p class="pad quiet">{nothing}</p> }.into_any()
    } else {
        let items: Vec<_> = tasks.into_iter().map(|task| item(task, today)).collect();
        view! { <ul class="agenda">{items}</ul> }.into_any()
    };
    view! {
        <section class="card card--flush" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn item(task: Task, today: NaiveDate) -> AnyView {
    let late = task.next.until.is_some_and(|until| until < today);
    let address = task.next.link.map_or_else(|| format!("/marches/{}", task.reference), |(address, _)| address);
    let day = task.next.until.map_or_else(
        || view! { <span class="day" aria-hidden="true">"–"</span> }.into_any(),
        |until| view! { <span class="day"><b>{until.day().to_string()}</b>{month(until.month())}</span> }.into_any(),
    );
    let side = match task.next.until.map(|until| (until - today).num_days()) {
        Some(days) if days < 0 => ui::tag("bad", t!(home.late, n = -days)),
        Some(0) => ui::tag("now", t!(home.today)),
        Some(days) => ui::tag("", t!(home.in_days, n = days)),
        None => ui::tag("now", t!(home.yours)),
    };
    view! {
        <li class:late=late>
            {day}
            <a class="bare strong" href=address>{task.next.what}</a>
            <span class="small"><span class="ref">{task.reference}</span>" · "{task.object}</span>
            <span class="side">{side}</span>
        </li>
    }
    .into_any()
}

fn month(month: u32) -> &'static str {
    match month {
        1 => t!(month.m1),
        2 => t!(month.m2),
        3 => t!(month.m3),
        4 => t!(month.m4),
        5 => t!(month.m5),
        6 => t!(month.m6),
        7 => t!(month.m7),
        8 => t!(month.m8),
        9 => t!(month.m9),
        10 => t!(month.m10),
        11 => t!(month.m11),
        _ => t!(month.m12),
    }
}
