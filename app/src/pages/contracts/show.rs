use domain::{
    authz::{Action as _, DraftVoucher},
    contract::{Contract, ContractLine, ContractSurety},
    kernel::{Money, time::date_french},
    specification::PriceMode,
    voucher::counted,
};
use leptos::prelude::*;
use service::store::{contracts, vouchers};

use super::meter::{self, Meter};
use crate::pages::{Cx, Form, Page, Params, Shown, ui, vouchers::list, words::t};

/// How many vouchers stand on the record.
const VOUCHERS: u64 = 10;

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let contract = contracts::find(cx.services(), cx.scope(), params.parse("reference")?).await?;
    let drawn = vouchers::of_contract(cx.services(), cx.scope(), contract.id, VOUCHERS).await?;
    let may_draw = DraftVoucher::permits(cx.actor()?, &contract) && contract.may_order(cx.services().now()).is_ok();
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
        let all = t!(contract.all_vouchers);
        let more = view! { <a class="small" href=format!("/bons?contrat={reference}")>{all}</a> };
        view! {
            {ui::flash(&params)}
            {head.view()}
            <div class="cols">
                {ceilings(&contract)}
                <div class="stack">{facts(&contract)}{surety(contract.surety.as_ref())}</div>
            </div>
            <div class="stack gap">
                {list::card(drawn, t!(contract.vouchers), more.into_any())}
                {prices(&contract.lines)}
                {clauses(&contract)}
            </div>
        }
        .into_any()
    }))
}

fn ceilings(contract: &Contract) -> AnyView {
    let whole = Meter {
        name: t!(contract.whole, n = contract.allotments.len()),
        whole: contract.ceiling,
        committed: contract.committed(),
        this: Money::ZERO,
    };
    let columns = [
        ui::column(t!(contract.participant)),
        ui::number(t!(contract.share)),
        ui::number(t!(contract.committed)),
        ui::number(t!(contract.available)),
    ];
    let rows = contract.allotments.iter().map(|share| {
        let meter = meter::small(&share.name, share.committed, share.amount);
        ui::row(share.name.clone())
            .cell(share.amount.to_string())
            .cell(view! { <span>{share.committed.to_string()}{meter}</span> })
            .cell(share.available().to_string())
    });
    let total = ui::row(t!(contract.total))
        .cell(contract.ceiling.to_string())
        .cell(contract.committed().to_string())
        .cell(contract.available().to_string());
    ui::table("plafonds", columns, rows)
        .foot([total])
        .above(view! { <div class="pad">{whole.view()}</div> })
        .card(t!(contract.ceilings))
}

fn prices(lines: &[ContractLine]) -> AnyView {
    let columns = [
        ui::column(t!(contract.item)),
        ui::column(t!(contract.quantity)),
        ui::number(t!(contract.ordered)),
        ui::number(t!(contract.unit_price)),
        ui::number(t!(contract.vat)),
    ];
    let rows = lines.iter().map(|line| {
        ui::row(view! { {line.item.clone()}<br/><span class="ref">{line.code.clone()}</span> })
            .cell(quantity(line))
            .cell(line.ordered.to_string())
            .cell(line.unit_price.to_string())
            .cell(line.vat.to_string())
    });
    ui::table("prix", columns, rows).card(t!(contract.prices))
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

fn clauses(contract: &Contract) -> AnyView {
    let items: Vec<_> = contract
        .clauses
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
