//! One's files on the first page: where each stands, its next date, and whose turn it is.

use chrono::{DateTime, NaiveDate, Utc};
use domain::kernel::time::{brussels, date_short_french};
use leptos::prelude::*;
use service::store::tenders::TenderView;

use crate::pages::{
    tenders::{Next, pips, stage_tag, stage_word, tender_name},
    ui::{self, table::Row},
    words::t,
};

/// What comes next in a file, as much as a row tells.
#[derive(Default)]
pub(super) struct Turn {
    until: Option<NaiveDate>,
    who: String,
    is_mine: bool,
}

impl Turn {
    pub(super) fn of(next: Option<&Next>) -> Self {
        next.map(|next| Self { until: next.until, who: next.who.clone(), is_mine: next.link.is_some() })
            .unwrap_or_default()
    }
}

pub(super) fn table(found: Vec<TenderView>, turns: Vec<Turn>, count: u64, now: DateTime<Utc>) -> AnyView {
    let columns = [
        ui::column(t!(tender.one)),
        ui::column(t!(tender.stage)),
        ui::number(t!(tender.communes)),
        ui::number(t!(need.total)),
        ui::column(t!(home.next_date)),
        ui::column(t!(home.turn)),
    ];
    ui::table("marches", columns, found.into_iter().zip(turns).map(|(view, turn)| row(view, turn, now)))
        .beside(view! { <span class="quiet small">{t!(tender.count, n = count)}</span> })
        .card(t!(tender.list))
}

fn row(view: TenderView, turn: Turn, now: DateTime<Utc>) -> Row {
    let stage = view.tender.stage_at(now);
    let until = turn.until.map_or_else(|| "–".to_owned(), date_short_french);
    let late = turn.until.is_some_and(|until| until < brussels(now).date());
    let whose = match (turn.is_mine, turn.who.is_empty()) {
        (true, _) if late => ui::tag("bad", t!(home.yours)),
        (true, _) => ui::tag("now", t!(home.yours)),
        (false, true) => stage_tag(stage),
        (false, false) => view! { <span class="small quiet">{turn.who}</span> }.into_any(),
    };
    ui::row(tender_name(&view.tender))
        .cell(view! { <span>{pips(view.tender.progress_at(now).milestone())}<br/>{stage_word(stage)}</span> })
        .cell(view.tender.counted().count().to_string())
        .cell(view.tender.plan.estimate.to_string())
        .classed("nowrap", until)
        .cell(whose)
}
