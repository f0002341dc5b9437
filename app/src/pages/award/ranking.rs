use domain::award::{AwardFile, Standing, Tenderer};
use leptos::prelude::*;

use crate::pages::{
    ui::{self, table::Row},
    words::t,
};

/// What the evaluation made of each offer, the best first; those that were not compared say why.
pub(super) fn table(file: &AwardFile) -> AnyView {
    let mut tenderers: Vec<&Tenderer> = file.tenderers.iter().collect();
    tenderers.sort_by_key(|tenderer| (tenderer.rank().is_none(), tenderer.rank(), tenderer.position));
    let chosen = file.award.as_ref().map(|award| award.offer);
    let columns = [
        ui::column(t!(award.tenderer)),
        ui::number(t!(award.rank)),
        ui::number(t!(award.points)),
        ui::number(t!(award.excluding)),
        ui::column(t!(award.state)),
    ];
    let rows = tenderers.into_iter().map(|tenderer| row(tenderer, chosen == Some(tenderer.offer)));
    let evaluation = format!("/marches/{}/evaluation", file.reference);
    ui::table("classement", columns, rows)
        .below(view! { <p class="pad small gap-s"><a href=evaluation>{t!(award.comparison)}</a></p> })
        .card(t!(award.ranking))
}

fn row(tenderer: &Tenderer, is_chosen: bool) -> Row {
    let (rank, points, state) = standing(tenderer, is_chosen);
    let number = t!(award.offer_number, n = tenderer.position);
    ui::row(view! { {tenderer.name.clone()}<br/><span class="small quiet">{number}</span> })
        .cell(rank)
        .cell(points)
        .cell(tenderer.excluding.to_string())
        .cell(view! { <span>{state}</span> })
}

fn standing(tenderer: &Tenderer, is_chosen: bool) -> (String, String, AnyView) {
    match &tenderer.standing {
        Standing::Ranked { total, rank, .. } => {
            let tag = if is_chosen { ui::tag("done", t!(award.chosen)) } else { ui::tag("", t!(award.regular)) };
            (rank.to_string(), total.to_string(), tag)
        }
        Standing::NotSelected { reason } => out(t!(award.not_selected), reason),
        Standing::Irregular { reason } => out(t!(award.irregular), reason),
        Standing::NotCompared => out(t!(award.not_compared), ""),
    }
}

fn out(word: &'static str, reason: &str) -> (String, String, AnyView) {
    let reason = (!reason.is_empty()).then(|| view! { <br/><span class="small">{reason.to_owned()}</span> });
    ("–".to_owned(), "–".to_owned(), view! { {ui::tag("bad", word)}{reason} }.into_any())
}
