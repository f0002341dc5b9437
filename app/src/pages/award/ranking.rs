use domain::award::{AwardFile, Standing, Tenderer};
use leptos::prelude::*;

use crate::pages::{ui, words::t};

/// What the evaluation made of each offer, the best first; those that were not compared say why.
pub(super) fn table(file: &AwardFile) -> AnyView {
    let mut tenderers: Vec<&Tenderer> = file.tenderers.iter().collect();
    tenderers.sort_by_key(|tenderer| (tenderer.rank().is_none(), tenderer.rank(), tenderer.position));
    let chosen = file.award.as_ref().map(|award| award.offer);
    let rows: Vec<_> = tenderers
        .into_iter()
        .map(|tenderer| {
            let is_chosen = chosen == Some(tenderer.offer);
            let (rank, points, state) = standing(tenderer, is_chosen);
            view! {
                <tr>
                    <th scope="row">{tenderer.name.clone()}<br/><span class="small quiet">{t!(award.offer_number, n = tenderer.position)}</span></th>
                    <td class="num" data-l=t!(award.rank)>{rank}</td>
                    <td class="num" data-l=t!(award.points)>{points}</td>
                    <td class="num" data-l=t!(award.excluding)>{tenderer.excluding.to_string()}</td>
                    <td data-l=t!(award.state)><span>{state}</span></td>
                </tr>
            }
        })
        .collect();
    view! {
        <section class="card card--flush" aria-labelledby="classement">
            <h2 id="classement">{t!(award.ranking)}</h2>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="classement">
                <table class="table table--cards">
                    <thead>
                        <tr>
                            <th scope="col">{t!(award.tenderer)}</th>
                            <th scope="col" class="num">{t!(award.rank)}</th>
                            <th scope="col" class="num">{t!(award.points)}</th>
                            <th scope="col" class="num">{t!(award.excluding)}</th>
                            <th scope="col">{t!(award.state)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="pad small gap-s"><a href=format!("/marches/{}/evaluation", file.reference)>{t!(award.comparison)}</a></p>
        </section>
    }
    .into_any()
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
