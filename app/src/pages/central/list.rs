use domain::{
    central::{Accession, Framework},
    kernel::{
        ids::OrganisationId,
        time::{brussels, date_short_french},
    },
};
use leptos::prelude::*;
use service::store::central;

use super::{PATH, words};
use crate::pages::{
    Cx, Form, Page, Params, Shown,
    ui::{self, table::Row},
    words::t,
};

const PER_PAGE: u64 = 25;

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let page = params.page();
    let (found, total) = central::list(cx.services(), cx.scope(), page - 1, PER_PAGE).await?;
    let authority = cx.actor().ok().filter(|actor| actor.kind().is_contracting_authority()).cloned();
    let own = authority.map(|actor| actor.organisation());
    let accessions = central::accessions(cx.services(), cx.scope()).await?;
    let today = brussels(cx.services().now()).date();
    let airy = cx.who().is_none();
    let view = Page::new(t!(central.list), PATH, move || {
        let body = if found.is_empty() {
            ui::empty(t!(central.empty), t!(central.empty_text), None)
        } else {
            table(&found, total)
        };
        let mut head = ui::head(t!(central.list)).lede(t!(central.list_lede));
        if own.is_some_and(|own| accessions.iter().any(|accession| accession.body == own)) {
            let address = format!("{PATH}/adherents");
            head = head.action(view! { <a class="btn" href=address>{t!(central.members)}</a> });
        }
        view! {
            <div class:page=airy>
                {ui::flash(&params)}
                {head.view()}
                <div class="stack">
                    {body}
                    {ui::pagination(PATH, &params, page, total, PER_PAGE)}
                    {own.and_then(|own| adhesions(&accessions, own, today))}
                </div>
            </div>
        }
        .into_any()
    });
    Ok(if airy { view.airy() } else { view })
}

fn table(found: &[Framework], total: u64) -> AnyView {
    let columns = [
        ui::column(t!(central.framework)),
        ui::column(t!(central.body)),
        ui::column(t!(contract.supplier)),
        ui::column(t!(contract.ends_on)),
        ui::number(t!(central.maximum)),
        ui::column(t!(central.fee)),
    ];
    ui::table("cadres", columns, found.iter().map(row)).card(t!(central.count, n = total))
}

fn row(framework: &Framework) -> Row {
    let running = framework.running.as_ref();
    let supplier = running.map_or_else(|| t!(central.not_concluded).to_owned(), |found| found.supplier_name.clone());
    let ends =
        running.and_then(|found| found.ends_on).map_or_else(|| t!(contract.no_end).to_owned(), date_short_french);
    let address = format!("{PATH}/{}", framework.reference);
    let reference = framework.reference.to_string();
    ui::row(view! { <a href=address>{framework.object.clone()}</a><br/><span class="ref">{reference}</span> })
        .cell(framework.body_name.clone())
        .cell(supplier)
        .cell(ends)
        .cell(words::maximum(framework))
        .cell(words::fee(framework.offer.fee))
}

/// The bodies that one's own authority adhered to.
fn adhesions(accessions: &[Accession], own: OrganisationId, today: chrono::NaiveDate) -> Option<AnyView> {
    let items: Vec<_> = accessions
        .iter()
        .filter(|accession| accession.organisation == own)
        .map(|accession| {
            view! {
                <li>
                    <a href=format!("{PATH}/adhesions/{}", accession.body)>{accession.body_name.clone()}</a>" "
                    {words::standing(accession.standing(today))}<br/>
                    <span class="small quiet">{words::deliberation(accession)}</span>
                </li>
            }
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="adhesions">
                <h2 id="adhesions">{t!(central.own_accessions)}</h2>
                <ul class="plain stack-s">{items}</ul>
            </section>
        }
        .into_any()
    })
}
