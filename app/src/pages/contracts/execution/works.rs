//! Works finished late: what the lateness of the whole costs, and what the commune decided.

use domain::{
    authz::{Action as _, ClaimPenalty},
    contract::Contract,
    execution::{LateWorks, Penalty, WorksUnit},
    kernel::{
        Money,
        deadline::LONGEST_DAYS,
        time::{brussels, date_french},
    },
};
use leptos::prelude::*;
use service::{
    Error, contract,
    store::{
        execution::{self, WorksPenalty},
        parameters,
    },
};

use super::address;
use crate::pages::{
    Cx, Done, Form, Page, Params, Shown, Submitted, address::with_query, calc, parameters::figure, ui, ui::Field,
    words::t,
};

/// What an address keeps of a penalty that was asked for.
const ASKED: [&str; 4] = ["montant", "delai", "unite", "retard"];

pub(super) async fn show(cx: Cx, params: Params, form: Form, contract: Contract) -> Shown {
    let law = parameters::set(cx.services()).await?;
    let decided = execution::works_penalty(cx.services(), contract.id).await?;
    let form = form.or_asked(&params.query, "retard");
    let computed = if decided.is_some() { None } else { read(&form, &contract).ok() };
    let computed = computed.and_then(|late| contract::works_proposed(&law, &contract, late).ok());
    let may = ClaimPenalty::permits(cx.actor()?, &contract);
    let today = brussels(cx.services().now()).date();
    Ok(Page::new(t!(execution.penalties), "/contrats", move || {
        let body = match &decided {
            Some(decided) => facts(decided),
            None if may => fields(&cx, &form, &contract),
            None => ui::note("", t!(execution.no_works_penalty), t!(execution.no_works_penalty_text)),
        };
        let answer = computed.as_ref().map(|(late, penalty)| answer(late, penalty));
        let rows = computed.map(|(_, penalty)| penalty.rows).unwrap_or_default();
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {super::head(t!(execution.penalties), &contract, t!(execution.penalties_lede)).view()}
            <div class="stack">
                <div class="cols"><div class="prose stack">{body}</div><div class="stack">{answer}</div></div>
                {figure::used(t!(calc.law), rows, today)}
            </div>
        }
        .into_any()
    }))
}

fn facts(decided: &WorksPenalty) -> AnyView {
    view! {
        <section class="card" aria-labelledby="amende">
            <h2 id="amende">{t!(execution.works_decided_on, on = date_french(decided.decided_on))}</h2>
            {figures(&decided.late, decided.due)}
        </section>
    }
    .into_any()
}

/// What would be decided, and why.
fn answer(late: &LateWorks, penalty: &Penalty) -> AnyView {
    let capped = penalty.is_capped.then(|| view! { <li>{t!(calc.why_late_capped)}</li> });
    let converted = match late.unit {
        WorksUnit::Calendar => Some(view! { <li>{t!(calc.why_late_converted)}</li> }),
        WorksUnit::Working => None,
    };
    view! {
        <section class="card stack-s" aria-labelledby="calcul">
            <h2 id="calcul">{t!(execution.works_computed)}</h2>
            {figures(late, penalty.due)}
            <ul class="pad stack-s"><li>{t!(calc.why_late_works)}</li>{converted}{capped}</ul>
        </section>
    }
    .into_any()
}

fn figures(late: &LateWorks, due: Money) -> AnyView {
    let delay = match late.unit {
        WorksUnit::Working => t!(execution.working_days, n = late.delay),
        WorksUnit::Calendar => t!(execution.calendar_days, n = late.delay),
    };
    view! {
        <dl class="facts">
            {ui::fact(t!(execution.works_amount), late.amount.to_string())}
            {ui::fact(t!(calc.works_delay), delay)}
            {ui::fact(t!(execution.works_days), late.late.to_string())}
            {ui::fact(t!(execution.penalty), due.to_string())}
        </dl>
    }
    .into_any()
}

/// What the contract does not tell is typed; its own delay is proposed, in calendar days.
fn fields(cx: &Cx, form: &Form, contract: &Contract) -> AnyView {
    let units = [(WorksUnit::Working, t!(calc.working_days)), (WorksUnit::Calendar, t!(calc.calendar_days))];
    let units = units.map(|(unit, word)| (unit.word().to_owned(), word.to_owned()));
    let amount = contract.initial_amount_excluding().is_none();
    let amount = amount.then(|| Field::money("montant", t!(execution.works_amount)).view(form));
    let (days, unit) = match contract.delay_days() {
        Some(days) => (days.to_string(), WorksUnit::Calendar),
        None => (String::new(), WorksUnit::Working),
    };
    ui::form(
        cx,
        view! {
            {super::version_field(contract)}
            {amount}
            {Field::short("delai", t!(calc.works_delay), 5).value(days).view(form)}
            {Field::radios("unite", t!(calc.works_unit), units.to_vec()).value(unit.word()).view(form)}
            {Field::short("retard", t!(execution.works_days), 5).hint(t!(execution.works_days_hint)).view(form)}
            <div class="row actions">
                <button class="btn btn--second" name="geste" value="calculer">{t!(execution.compute)}</button>
                <button class="btn" name="geste" value="appliquer">{t!(execution.claim_works)}</button>
            </div>
        },
    )
}

fn read(form: &Form, contract: &Contract) -> Result<LateWorks, Error> {
    let mut read = form.read();
    let late = LateWorks {
        amount: contract.initial_amount_excluding().unwrap_or_else(|| read.positive_money("montant")),
        delay: calc::whole(form, &mut read.errors, "delai", 1, LONGEST_DAYS),
        unit: read.choice("unite", |text| text.parse().ok(), WorksUnit::Working),
        late: calc::whole(form, &mut read.errors, "retard", 1, LONGEST_DAYS),
    };
    read.errors.or(late)
}

pub(super) async fn submit(cx: Cx, form: Form, found: Contract) -> Submitted {
    let path = address(found.reference, "penalites");
    let late = read(&form, &found)?;
    match form.gesture() {
        "calculer" => {
            let law = parameters::set(cx.services()).await?;
            contract::works_proposed(&law, &found, late)?;
            Done::see(format!("{}#calcul", with_query(&path, ASKED.map(|name| (name, form.text(name))))))
        }
        "appliquer" => {
            contract::claim_works(cx.services(), cx.actor()?, found.reference, super::version(&form), late).await?;
            Done::see(format!("{path}?fait=amendes"))
        }
        _ => Err(Error::NotFound),
    }
}
