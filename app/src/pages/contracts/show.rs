use chrono::NaiveDate;
use domain::{
    authz::{Action as _, AgreeLoan, DraftVoucher},
    contract::{Allotment, Contract, ContractLine, ContractSurety},
    document::ClauseRef,
    kernel::{
        reference::TenderRef,
        time::{brussels, date_french},
    },
    ledger::{Held, LineRoom, room},
    specification::PriceMode,
    voucher::counted,
};
use leptos::prelude::*;
use service::{
    Error,
    store::{contracts, loans, vouchers},
};

use super::{
    execution,
    meter::{self, Alerts, Meter},
};
use crate::pages::{
    Cx, Form, Page, Params, Shown,
    ui::{self, table::Row},
    vouchers::list,
    words::t,
};

/// How many vouchers stand on the record.
const VOUCHERS: u64 = 10;

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let contract = contracts::find(cx.services(), cx.scope(), params.parse("reference")?).await?;
    let drawn = vouchers::of_contract(cx.services(), cx.scope(), contract.id, VOUCHERS).await?;
    let may_order = contract.may_order_for(cx.actor()?.organisation(), cx.services().now()).is_ok();
    let may_draw = may_order && DraftVoucher::permits(cx.actor()?, &contract);
    let alerts = Alerts::of(&cx).await?;
    let is_awaited = is_awaited(&cx, &contract).await?;
    let today = brussels(cx.services().now()).date();
    Ok(Page::new(contract.object.clone(), "/contrats", move || {
        let reference = contract.reference;
        let mut head = ui::head(contract.object.clone())
            .back("/contrats", t!(contract.list))
            .above(view! { <span class="ref">{reference.to_string()}</span> })
            .lede(t!(contract.lede, pilot = contract.pilot_name, supplier = contract.supplier_name));
        if may_draw {
            let address = format!("/bons/nouveau?contrat={reference}");
            head = head.action(view! { <a class="btn" href=address>{t!(contract.draw)}</a> });
        }
        let consumption = format!("/contrats/{reference}/consommation");
        head = head.action(view! { <a class="btn btn--second" href=consumption>{t!(contract.consumption)}</a> });
        if contract.allotments.len() > 1 {
            let loans = format!("/contrats/{reference}/prets");
            head = head.action(view! { <a class="btn btn--second" href=loans>{t!(contract.loans)}</a> });
        }
        let all = t!(contract.all_vouchers);
        let more = view! { <a class="small" href=format!("/bons?contrat={reference}")>{all}</a> };
        view! {
            {ui::flash(&params)}
            {head.view()}
            {is_awaited.then(|| loan_awaited(reference))}
            <div class="cols">
                {ceilings(&contract, &alerts)}
                <div class="stack">{facts(&contract)}{surety(contract.surety.as_ref())}</div>
            </div>
            <div class="stack gap">
                {list::card(drawn, t!(contract.vouchers), more.into_any())}
                {prices(&contract, today)}
                {execution::links(reference)}
                {clauses(&contract.clauses)}
            </div>
        }
        .into_any()
    }))
}

/// Does a loan wait for the actor's consent?
async fn is_awaited(cx: &Cx, contract: &Contract) -> Result<bool, Error> {
    let actor = cx.actor()?;
    let loans = loans::list(cx.services(), contract).await?;
    Ok(loans.iter().any(|lending| lending.awaits(actor.organisation()) && AgreeLoan::permits(actor, lending)))
}

fn loan_awaited(reference: TenderRef) -> AnyView {
    let loans = format!("/contrats/{reference}/prets");
    view! {
        {ui::note("warn", t!(contract.loan_awaited), t!(contract.loan_awaited_text))}
        <p class="row actions"><a class="btn" href=loans>{t!(contract.loans)}</a></p>
    }
    .into_any()
}

fn ceilings(contract: &Contract, alerts: &Alerts) -> AnyView {
    let name = t!(contract.whole, n = contract.allotments.len());
    let whole = Meter::of(name, contract.ceiling, (contract.committed(), contract.reserved()), Held::default());
    let columns = [
        ui::column(t!(contract.participant)),
        ui::number(t!(contract.share)),
        ui::number(t!(contract.reserved)),
        ui::number(t!(contract.committed)),
        ui::number(t!(contract.available)),
    ];
    let total = ui::row(t!(contract.total))
        .cell(contract.ceiling.to_string())
        .cell(contract.reserved().to_string())
        .cell(contract.committed().to_string())
        .cell(contract.available().to_string());
    ui::table("plafonds", columns, contract.allotments.iter().map(share))
        .foot([total])
        .above(view! { <div class="pad">{whole.view(alerts)}</div> })
        .card(t!(contract.ceilings))
}

fn share(share: &Allotment) -> Row {
    let balance = &share.balance;
    let moved = [
        balance.lent.is_positive().then(|| t!(contract.lent, amount = balance.lent)),
        balance.borrowed.is_positive().then(|| t!(contract.borrowed, amount = balance.borrowed)),
    ];
    let moved: Vec<_> =
        moved.into_iter().flatten().map(|words| view! { <br/><span class="small quiet">{words}</span> }).collect();
    let meter = meter::small(&share.name, balance.committed, share.whole());
    ui::row(share.name.clone())
        .cell(view! { <span>{share.whole().to_string()}{moved}</span> })
        .cell(balance.reserved.to_string())
        .cell(view! { <span>{balance.committed.to_string()}{meter}</span> })
        .cell(share.available().to_string())
}

/// What the lines cost today.
fn prices(contract: &Contract, today: NaiveDate) -> AnyView {
    let columns = [
        ui::column(t!(contract.item)),
        ui::column(t!(contract.quantity)),
        ui::number(t!(contract.ordered)),
        ui::column(t!(contract.left)),
        ui::number(t!(contract.unit_price)),
        ui::number(t!(contract.vat)),
    ];
    let rows = contract.lines.iter().map(|line| {
        ui::row(view! { {line.item.clone()}<br/><span class="ref">{line.code.clone()}</span> })
            .cell(quantity(line))
            .cell(line.ordered.to_string())
            .cell(left(line))
            .cell(contract.price(line, today).0.to_string())
            .cell(line.vat.to_string())
    });
    ui::table("prix", columns, rows).card(t!(contract.prices))
}

/// What a line still gives, beside the ceilings.
pub(crate) fn left(line: &ContractLine) -> String {
    match room(line) {
        LineRoom::Fixed { left } => t!(contract.left_fixed, left = counted(left, &line.unit)),
        LineRoom::Presumed { ordered, .. } => t!(contract.left_presumed, ordered = counted(ordered, &line.unit)),
        LineRoom::RateOnly { .. } => t!(contract.left_rate).to_owned(),
    }
}

/// « 2 forfait, quantité fixe ».
pub(crate) fn quantity(line: &ContractLine) -> String {
    let known = line.quantity.map(|quantity| counted(quantity, &line.unit)).unwrap_or_default();
    match line.mode {
        PriceMode::Fixed => t!(contract.fixed, quantity = known),
        PriceMode::Presumed => t!(contract.presumed, quantity = known),
        PriceMode::RateOnly => t!(contract.rate_only, unit = line.unit),
    }
}

fn facts(contract: &Contract) -> AnyView {
    let ends = contract.ends_on.map_or_else(|| t!(contract.no_end).to_owned(), date_french);
    view! {
        <section class="card" aria-labelledby="donnees">
            <h2 id="donnees">{t!(contract.facts)}</h2>
            <dl class="facts">
                {ui::fact(t!(contract.supplier), contract.supplier_name.clone())}
                {ui::fact(t!(contract.pilot), contract.pilot_name.clone())}
                {ui::fact(t!(contract.concluded_on), date_french(contract.concluded_on))}
                {ui::fact(t!(contract.ends_on), ends)}
            </dl>
        </section>
    }
    .into_any()
}

fn surety(surety: Option<&ContractSurety>) -> AnyView {
    let body = match surety {
        None => view! { <p class="quiet">{t!(contract.no_surety)}</p> }.into_any(),
        Some(surety) => {
            let deposited = match (surety.deposited_on, surety.due_on) {
                (Some(on), _) => t!(contract.deposited, on = date_french(on)),
                (None, Some(on)) => t!(contract.deposit_due, on = date_french(on)),
                (None, None) => t!(contract.deposit_awaited).to_owned(),
            };
            view! {
                <dl class="facts">
                    {ui::fact(t!(contract.surety_amount), surety.amount.to_string())}
                    {ui::fact(t!(contract.surety_deposit), deposited)}
                    {surety.reference.clone().map(|reference| ui::fact(t!(contract.surety_reference), reference))}
                    {surety.released.is_positive().then(|| ui::fact(t!(contract.surety_released), surety.released.to_string()))}
                </dl>
            }
            .into_any()
        }
    };
    view! { <section class="card" aria-labelledby="caution"><h2 id="caution">{t!(contract.surety)}</h2>{body}</section> }
        .into_any()
}

/// The versions of the clauses of the common model that a contract rests on.
pub(crate) fn clauses(clauses: &[ClauseRef]) -> AnyView {
    let items: Vec<_> = clauses
        .iter()
        .map(|clause| view! { <li><span class="ref">{clause.id.clone()}</span>{t!(contract.clause_version, version = clause.version)}</li> })
        .collect();
    view! {
        <section class="card" aria-labelledby="clauses">
            <h2 id="clauses">{t!(contract.clauses)}</h2>
            <p class="small quiet">{t!(contract.clauses_text)}</p>
            <details class="govuk-details">
                <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{t!(contract.clauses_count, n = items.len())}</span></summary>
                <div class="govuk-details__text"><ul class="govuk-list small">{items}</ul></div>
            </details>
        </section>
    }
    .into_any()
}
