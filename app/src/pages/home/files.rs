//! One's files on the first page: where each stands, its next date, and whose turn it is.

use chrono::{DateTime, NaiveDate, Utc};
use domain::kernel::time::{brussels, date_short_french};
use leptos::prelude::*;
use service::store::tenders::TenderView;

use crate::pages::{
    tenders::{Next, pips, stage_tag, stage_word},
    ui,
    words::t,
};

/// What comes next in a file, as much as a row tells.
pub(super) struct Turn {
    until: Option<NaiveDate>,
    who: String,
    is_mine: bool,
}

impl Turn {
    pub(super) fn of(next: &Next) -> Self {
        Self { until: next.until, who: next.who.clone(), is_mine: next.link.is_some() }
    }
}

pub(super) fn table(found: Vec<TenderView>, turns: Vec<Turn>, count: u64, now: DateTime<Utc>) -> AnyView {
    let rows: Vec<_> = found.into_iter().zip(turns).map(|(view, turn)| row(view, turn, now)).collect();
    view! {
        <section class="card card--flush" aria-labelledby="marches">
            <div class="row row--apart">
                <h2 id="marches">{t!(tender.list)}</h2>
                <span class="quiet small">{t!(tender.count, n = count)}</span>
            </div>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="marches">
                <table class="table table--cards">
                    <thead>
                        <tr>
                            <th scope="col">{t!(tender.one)}</th>
                            <th scope="col">{t!(tender.stage)}</th>
                            <th scope="col" class="num">{t!(tender.communes)}</th>
                            <th scope="col" class="num">{t!(need.total)}</th>
                            <th scope="col">{t!(home.next_date)}</th>
                            <th scope="col">{t!(home.turn)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn row(view: TenderView, turn: Turn, now: DateTime<Utc>) -> AnyView {
    let stage = view.tender.stage_at(now);
    let reference = view.tender.reference.to_string();
    let until = turn.until.map_or_else(|| "–".to_owned(), date_short_french);
    let late = turn.until.is_some_and(|until| until < brussels(now).date());
    let whose = match (turn.is_mine, turn.who.is_empty()) {
        (true, _) if late => ui::tag("bad", t!(home.yours)),
        (true, _) => ui::tag("now", t!(home.yours)),
        (false, true) => stage_tag(stage),
        (false, false) => view! { <span class="small quiet">{turn.who}</span> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/marches/{reference}")>{view.tender.plan.object.clone()}</a>
                <br/><span class="ref">{reference.clone()}</span>
            </th>
            <td data-l=t!(tender.stage)><span>{pips(view.tender.progress_at(now).milestone())}<br/>{stage_word(stage)}</span></td>
            <td class="num" data-l=t!(tender.communes)>{view.tender.counted().count().to_string()}</td>
            <td class="num" data-l=t!(need.total)>{view.tender.plan.estimate.to_string()}</td>
            <td class="nowrap" data-l=t!(home.next_date)>{until}</td>
            <td data-l=t!(home.turn)>{whose}</td>
        </tr>
    }
    .into_any()
}
