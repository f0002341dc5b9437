//! What was ordered of a contract month by month, and when nothing will be left: the same figures for all.

use domain::{
    contract::Contract,
    execution::Modification,
    kernel::{
        Money,
        time::{brussels, date_french, date_short_french},
    },
    ledger::{Forecast, Month, by_month, forecast, orders, projection},
};
use leptos::prelude::*;
use service::{
    Error,
    store::{contracts, execution, ledger},
};

use super::{chart, meter::Alerts};
use crate::pages::{Cx, Form, Page, Params, Shown, ui, words::t};

/// Months drawn after today at most.
const MONTHS_AHEAD: usize = 24;

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let contract = contracts::find(cx.services(), cx.scope(), params.parse("reference")?).await?;
    let orders = orders(&ledger::entries(cx.services(), contract.id).await?);
    let today = brussels(cx.services().now()).date();
    let corrupt = || Error::Corrupt(format!("ledger of {}", contract.id));
    let months = by_month(&orders, contract.concluded_on, today.max(contract.concluded_on)).ok_or_else(corrupt)?;
    let told = forecast(contract.available(), orders, contract.concluded_on, today, contract.ends_on);
    let ahead = match told {
        Forecast::On(on) => projection(contract.committed(), contract.ceiling, today, on),
        Forecast::Spent | Forecast::TooEarly | Forecast::NoPace | Forecast::NotBeforeTheEnd => Vec::new(),
    };
    let alerts = Alerts::of(&cx).await?;
    let modifications = execution::modifications(cx.services(), contract.id).await?;
    Ok(Page::new(t!(contract.consumption), "/contrats", move || {
        let reference = contract.reference;
        let ahead = &ahead[..ahead.len().min(MONTHS_AHEAD)];
        view! {
            {ui::head(t!(contract.consumption))
                .back(format!("/contrats/{reference}"), format!("{reference}, {}", contract.object))
                .lede(t!(contract.consumption_lede))
                .view()}
            <div class="stack">
                {reached(&contract, &alerts)}
                <section class="card stack" aria-labelledby="previsions">
                    <h2 id="previsions">{t!(contract.forecast)}</h2>
                    <p>{in_words(told)}</p>
                    {chart::view(&months, ahead, contract.ceiling)}
                    <p class="small quiet">{t!(contract.forecast_text)}</p>
                </section>
                {ceilings(&modifications, &contract)}
                {table(&months, ahead, &contract)}
            </div>
        }
        .into_any()
    }))
}

/// Which of the two levels are nearly used up.
fn reached(contract: &Contract, alerts: &Alerts) -> Vec<AnyView> {
    let whole = t!(contract.whole, n = contract.allotments.len());
    let used = contract.ceiling.checked_sub(contract.available()).unwrap_or(contract.ceiling);
    let of_all = alerts.note(&whole, used, contract.ceiling);
    let of_each = contract.allotments.iter().filter(|_| contract.allotments.len() > 1).filter_map(|share| {
        let used = share.balance.taken().unwrap_or(share.whole());
        alerts.note(&share.name, used, share.whole())
    });
    of_all.into_iter().chain(of_each).collect()
}

fn in_words(told: Forecast) -> String {
    match told {
        Forecast::Spent => t!(contract.forecast_spent).to_owned(),
        Forecast::TooEarly => t!(contract.forecast_early).to_owned(),
        Forecast::NoPace => t!(contract.forecast_no_pace).to_owned(),
        Forecast::NotBeforeTheEnd => t!(contract.forecast_after).to_owned(),
        Forecast::On(on) => t!(contract.forecast_on, on = date_french(on)),
    }
}

/// The ceiling of the conclusion and what each modification made of it, oldest first; nothing where none moved it.
fn ceilings(modifications: &[Modification], contract: &Contract) -> Option<AnyView> {
    let moving: Vec<_> = modifications.iter().filter(|one| !one.moves.is_empty()).collect();
    if moving.is_empty() {
        return None;
    }
    let columns = [
        ui::column(t!(contract.ceiling_act)),
        ui::column(t!(contract.ceiling_on)),
        ui::number(t!(contract.ceiling_change)),
        ui::number(t!(contract.ceiling)),
    ];
    let mut ceiling = contract.initial_ceiling;
    let mut rows = vec![
        ui::row(t!(contract.ceiling_of_conclusion))
            .cell(date_short_french(contract.concluded_on))
            .blank()
            .cell(ceiling.to_string()),
    ];
    for one in moving {
        let change = Money::total(one.moves.values().copied()).unwrap_or(one.amount);
        ceiling = ceiling.checked_add(change).unwrap_or(contract.ceiling);
        let (object, article, number) = (&one.object, one.ground.article(), &one.number);
        rows.push(
            ui::row(t!(contract.ceiling_modification, object = object, article = article, number = number))
                .cell(date_short_french(one.decided_on))
                .cell(change.to_string())
                .cell(ceiling.to_string()),
        );
    }
    Some(ui::table("plafond", columns, rows).card(t!(contract.ceiling_moved)))
}

/// The latest first: what is forecast, then what was ordered.
fn table(months: &[Month], ahead: &[Month], contract: &Contract) -> AnyView {
    let columns = [
        ui::column(t!(contract.month)),
        ui::number(t!(contract.ordered_in_month)),
        ui::number(t!(contract.ordered_in_all)),
        ui::number(t!(contract.of_ceiling)),
    ];
    let row = |month: &Month, head: AnyView| {
        ui::row(head)
            .cell(month.ordered.to_string())
            .cell(month.total.to_string())
            .cell(chart::part(month.total, contract.ceiling))
    };
    let forecast =
        |month: &Month| view! { {chart::label(month.first)}" "{ui::tag("", t!(contract.chart_ahead))} }.into_any();
    let ahead = ahead.iter().rev().map(|month| row(month, forecast(month)));
    let rows = ahead.chain(months.iter().rev().map(|month| row(month, chart::label(month.first).into_any())));
    ui::table("mois", columns, rows).card(t!(contract.by_month))
}
