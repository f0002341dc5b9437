use domain::tender::{Milestone, Tender};
use leptos::prelude::*;
use service::store::tenders::{self, Filter, TenderView};

use super::words;
use crate::pages::{
    Cx, Form, Page, Params, Shown,
    ui::{self, table::Row},
    words::t,
};

const PER_PAGE: u64 = 25;

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let filter = Filter {
        text: params.query("texte").to_owned(),
        page: params.page() - 1,
        per_page: PER_PAGE,
        ..Filter::default()
    };
    let (found, count) = tenders::list(cx.services(), cx.scope(), &filter).await?;
    let now = cx.services().now();
    let may_plan = cx.actor()?.holds(domain::organisation::Role::ProcurementOfficer);
    Ok(Page::new(t!(tender.list), "/marches", move || {
        let body = if found.is_empty() && filter.text.is_empty() {
            ui::empty(t!(tender.empty), t!(tender.empty_text), Some(("/besoins".to_owned(), t!(tender.empty_action))))
        } else {
            table(found, now, count)
        };
        let mut head = ui::head(t!(tender.list)).lede(t!(tender.list_lede));
        if may_plan {
            head = head.action(view! { <a class="btn" href="/marches/nouveau">{t!(tender.plan)}</a> });
        }
        view! {
            {head.view()}
            <form method="get" action="/marches" class="card fields filters" role="search">
                <div>
                    <label class="govuk-label" for="texte">{t!(tender.search)}</label>
                    <input class="govuk-input" id="texte" name="texte" type="search" value=filter.text.clone()/>
                </div>
                <button class="btn btn--second">{t!(tender.search_button)}</button>
            </form>
            <div class="gap">{body}</div>
        }
        .into_any()
    }))
}

fn table(found: Vec<TenderView>, now: chrono::DateTime<chrono::Utc>, count: u64) -> AnyView {
    let columns = [
        ui::column(t!(tender.one)),
        ui::column(t!(tender.stage)),
        ui::column(t!(tender.pilot)),
        ui::number(t!(tender.communes)),
        ui::number(t!(need.total)),
    ];
    ui::table("marches", columns, found.into_iter().map(|view| row(view, now)))
        .beside(view! { <span class="small quiet">{t!(tender.count, n = count)}</span> })
        .card(t!(tender.list))
}

fn row(view: TenderView, now: chrono::DateTime<chrono::Utc>) -> Row {
    let stage = words::stage(view.tender.stage_at(now));
    ui::row(name(&view.tender))
        .cell(view! { <span>{pips(view.tender.progress_at(now).milestone())}<br/>{stage}</span> })
        .cell(view.pilot)
        .cell(view.tender.counted().count().to_string())
        .cell(view.tender.plan.estimate.to_string())
}

/// The object, which leads to the record, over the reference.
pub(crate) fn name(tender: &Tender) -> AnyView {
    let reference = tender.reference.to_string();
    view! {
        <a href=format!("/marches/{reference}")>{tender.plan.object.clone()}</a>
        <br/><span class="ref">{reference.clone()}</span>
    }
    .into_any()
}

/// The track in a cell; the stage is named beside it.
pub(crate) fn pips(current: Milestone) -> AnyView {
    let pips: Vec<_> = Milestone::ALL
        .into_iter()
        .map(|milestone| {
            let class = match milestone.cmp(&current) {
                std::cmp::Ordering::Less => "d",
                std::cmp::Ordering::Equal => "n",
                std::cmp::Ordering::Greater => "",
            };
            view! { <i class=class></i> }
        })
        .collect();
    view! { <span class="pips" aria-hidden="true">{pips}</span> }.into_any()
}
