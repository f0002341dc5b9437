//! Late deliveries: what each costs, and what the commune decided. Works have their own.

use std::collections::BTreeSet;

use domain::{
    authz::{Action as _, ClaimPenalty},
    contract::Contract,
    execution::{Claim, Late},
    fault::Fault,
    kernel::{
        ids::DeliveryId,
        time::{brussels, date_short_french},
    },
    procedure::Nature,
};
use leptos::prelude::*;
use service::{
    contract::{self, ClaimDraft},
    store::{
        execution::{self, Claimed},
        parameters,
    },
};

use super::{address, works};
use crate::pages::{
    Cx, Done, Form, Page, Params, Shown, Submitted,
    parameters::figure,
    sentence,
    ui::{self, Field, table::Row},
    words::t,
};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let contract = super::contract(&cx, &params).await?;
    match contract.nature {
        Nature::Works => works::show(cx, params, form, contract).await,
        Nature::Services | Nature::Supplies | Nature::Sss => of_deliveries(cx, params, form, contract).await,
    }
}

async fn of_deliveries(cx: Cx, params: Params, form: Form, contract: Contract) -> Shown {
    let law = parameters::set(cx.services()).await?;
    let late = execution::deliveries(cx.services(), &contract).await?;
    let claimed = execution::claimed(cx.services(), contract.id).await?;
    let stated = contract::stated_criterion(cx.services(), cx.scope(), contract.reference).await?;
    let plain = contract::proposed(&law, &contract, &late, &claimed, stated.unwrap_or_default());
    let higher = contract::proposed(&law, &contract, &late, &claimed, true).unwrap_or_default();
    let higher = Some(higher).filter(|_| stated.is_none());
    let may = ClaimPenalty::permits(cx.actor()?, &contract);
    let today = brussels(cx.services().now()).date();
    Ok(Page::new(t!(execution.penalties), "/contrats", move || {
        let body = match plain {
            Err(refusal) => ui::note("", sentence::refusal(&refusal), ""),
            Ok(claims) if claims.is_empty() => {
                ui::note("", t!(execution.nothing_late), t!(execution.nothing_late_text))
            }
            Ok(claims) => {
                let rows = claims.first().map(|claim| claim.penalty.rows.clone()).unwrap_or_default();
                let fields = may.then(|| fields(&cx, &form, &contract, (&claims, stated)));
                view! {
                    {table(&claims, higher.as_deref())}
                    {stated.map(criterion)}
                    <div class="prose">{fields}</div>
                    {figure::used(t!(calc.law), rows, today)}
                }
                .into_any()
            }
        };
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {super::head(t!(execution.penalties), &contract, t!(execution.penalties_lede)).view()}
            <div class="stack">{body}{decided(&claimed, &late)}</div>
        }
        .into_any()
    }))
}

fn named(claim: &Claim) -> String {
    number(&claim.late)
}

fn number(late: &Late) -> String {
    late.number.map(|number| number.to_string()).unwrap_or_default()
}

fn due(claim: &Claim) -> String {
    if claim.penalty.is_dropped { t!(execution.dropped).to_owned() } else { claim.penalty.due.to_string() }
}

/// `higher` is what they cost if the delay was a criterion, where that is not known.
fn table(claims: &[Claim], higher: Option<&[Claim]>) -> AnyView {
    let mut columns = vec![
        ui::column(t!(execution.voucher)),
        ui::column(t!(execution.wanted)),
        ui::column(t!(execution.delivered)),
        ui::number(t!(execution.days)),
        ui::number(t!(execution.value)),
        ui::number(t!(execution.penalty)),
    ];
    columns.extend(higher.map(|_| ui::number(t!(execution.penalty_criterion))));
    let rows = claims.iter().enumerate().map(|(place, claim)| {
        let row = row(claim);
        match higher.and_then(|higher| higher.get(place)) {
            Some(higher) => row.cell(due(higher)),
            None => row,
        }
    });
    ui::table("retards", columns, rows).card(t!(execution.late, n = claims.len()))
}

fn row(claim: &Claim) -> Row {
    let late = &claim.late;
    ui::row(view! { <a href=format!("/bons/{}", late.voucher)>{named(claim)}</a> })
        .cell(date_short_french(late.wanted_on))
        .cell(date_short_french(late.delivered_on))
        .cell(late.days)
        .cell(late.value.to_string())
        .cell(due(claim))
}

/// What the specification says of the delay.
fn criterion(is_criterion: bool) -> AnyView {
    let told = if is_criterion { t!(execution.criterion_stated) } else { t!(execution.criterion_not_stated) };
    view! { <p class="small quiet">{told}</p> }.into_any()
}

fn fields(cx: &Cx, form: &Form, contract: &Contract, (claims, stated): (&[Claim], Option<bool>)) -> AnyView {
    let choices: Vec<_> = claims
        .iter()
        .map(|claim| {
            let on = date_short_french(claim.late.delivered_on);
            (claim.late.delivery.to_string(), t!(execution.delivery_of, number = named(claim), on = on))
        })
        .collect();
    let ticked = choices.iter().map(|(value, _)| value.clone()).collect();
    let asked = stated.is_none().then(|| {
        let criterion = vec![("oui".to_owned(), t!(execution.criterion).to_owned())];
        Field::ticks("critere", t!(execution.cap), criterion, Vec::new()).view(form)
    });
    ui::form(
        cx,
        view! {
            {super::version_field(contract)}
            {Field::ticks("livraison", t!(execution.claimed_for), choices, ticked).view(form)}
            {asked}
            <div class="row actions"><button class="btn">{t!(execution.claim)}</button></div>
        },
    )
}

fn decided(claimed: &[Claimed], late: &[Late]) -> Option<AnyView> {
    if claimed.is_empty() {
        return None;
    }
    let columns = [
        ui::column(t!(execution.voucher)),
        ui::column(t!(execution.decided_on)),
        ui::number(t!(execution.days)),
        ui::number(t!(execution.value)),
        ui::number(t!(execution.penalty)),
    ];
    let rows = claimed.iter().map(|one| {
        ui::row(delivery(one, late))
            .cell(date_short_french(one.decided_on))
            .cell(one.days)
            .cell(one.value.to_string())
            .cell(one.due.to_string())
    });
    Some(ui::table("decidees", columns, rows).card(t!(execution.claimed, n = claimed.len())))
}

/// Which delivery it is for.
fn delivery(one: &Claimed, late: &[Late]) -> AnyView {
    let Some(found) = late.iter().find(|late| late.delivery == one.delivery) else { return "–".into_any() };
    let (number, on) = (number(found), date_short_french(found.delivered_on));
    view! { <a href=format!("/bons/{}", found.voucher)>{t!(execution.delivery_of, number = number, on = on)}</a> }
        .into_any()
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let found = super::contract(&cx, &params).await?;
    match found.nature {
        Nature::Works => works::submit(cx, form, found).await,
        Nature::Services | Nature::Supplies | Nature::Sss => claim_deliveries(cx, form, found).await,
    }
}

async fn claim_deliveries(cx: Cx, form: Form, found: Contract) -> Submitted {
    let mut read = form.read();
    let mut deliveries = BTreeSet::new();
    for text in form.all("livraison") {
        match text.parse::<DeliveryId>() {
            Ok(id) => {
                deliveries.insert(id);
            }
            Err(_) => read.errors.add("livraison", Fault::NotAChoice),
        }
    }
    if deliveries.is_empty() && read.errors.is_empty() {
        read.errors.add("livraison", Fault::Empty);
    }
    let draft = read.errors.or(ClaimDraft { deliveries, award_criterion: form.ticked("critere") })?;
    contract::claim(cx.services(), cx.actor()?, found.reference, super::version(&form), &draft).await?;
    Done::see(format!("{}?fait=amendes", address(found.reference, "penalites")))
}
