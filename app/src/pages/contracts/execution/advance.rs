//! The advance of a contract: what the law asks for, what was given, what is set off by now.

use domain::{
    authz::{Action as _, GiveAdvance},
    contract::Contract,
    execution::{AdvanceCase, SetOff, set_off},
    kernel::time::{brussels, date_french},
    parameter::{Parameter, ParameterSet},
};
use leptos::prelude::*;
use service::{
    Error,
    contract::{self, AdvanceDraft, ComputedAdvance},
    store::{
        execution::{self, AdvanceState},
        parameters,
    },
};

use super::{address, words};
use crate::pages::{
    Cx, Done, Form, Page, Params, Shown, Submitted, address::with_query, calc, parameters::figure, ui, ui::Field,
    words::t,
};

const MOST_MONTHS: u32 = 1_200;
/// What an address keeps of an advance that was asked for.
const ASKED: [&str; 6] = ["cas", "taille-jour", "taille-mois", "taille-annee", "montant", "mois"];

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let contract = super::contract(&cx, &params).await?;
    let law = parameters::set(cx.services()).await?;
    let given = execution::advance_state(cx.services(), contract.id).await?;
    let off = given
        .as_ref()
        .and_then(|state| set_off(&law, contract.called_on, state.given.advance, contract.ceiling, state.done).ok());
    let form = form.or_asked(&params.query, "taille-annee");
    let today = brussels(cx.services().now()).date();
    let draft = read(&form, &contract, by_size(&law, &contract)).ok();
    let computed = draft.and_then(|draft| contract::computed_advance(&law, &contract, &draft, today).ok());
    let may = GiveAdvance::permits(cx.actor()?, &contract) && contract.runs().is_ok();
    Ok(Page::new(t!(execution.advance), "/contrats", move || {
        let answer = computed.as_ref().filter(|_| given.is_none()).map(answer);
        let of_answer = computed.map(|found| found.advance.rows);
        let rows: Vec<Parameter> = off.as_ref().map(|off| off.rows.clone()).or(of_answer).unwrap_or_default();
        let body = match &given {
            Some(given) => facts(given, off.as_ref()),
            None if may => fields(&cx, &form, &contract, by_size(&law, &contract)),
            None => ui::note("", t!(execution.no_advance), t!(execution.no_advance_text)),
        };
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {super::head(t!(execution.advance), &contract, t!(execution.advance_lede)).view()}
            <div class="stack">
                <div class="cols"><div class="prose stack">{body}</div><div class="stack">{answer}</div></div>
                {figure::used(t!(calc.law), rows, today)}
            </div>
        }
        .into_any()
    }))
}

fn facts(state: &AdvanceState, off: Option<&SetOff>) -> AnyView {
    let given = &state.given;
    let off = off.map(|off| {
        view! {
            {ui::fact(t!(execution.set_off), off.due.to_string())}
            {ui::fact(t!(execution.set_off_before), state.set_off.to_string())}
            {ui::fact(t!(execution.set_off_left), off.left(state.set_off).to_string())}
        }
    });
    view! {
        <section class="card" aria-labelledby="avance">
            <h2 id="avance">{t!(execution.given_on, on = date_french(given.decided_on))}</h2>
            <dl class="facts">
                {ui::fact(t!(calc.advance_due), given.advance.to_string())}
                {ui::fact(t!(calc.advance_reference), given.reference.to_string())}
                {ui::fact(t!(calc.advance_case), words::case(given.case).to_owned())}
                {ui::fact(t!(execution.size_on), date_french(given.size_on))}
                {off}
            </dl>
            <p class="small quiet">{t!(execution.set_off_text)}</p>
        </section>
    }
    .into_any()
}

/// What would be recorded, and why.
fn answer(computed: &ComputedAdvance) -> AnyView {
    let found = &computed.advance;
    let reasons: Vec<_> =
        calc::advance_reasons(computed.case, found).into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect();
    view! {
        <section class="card stack-s" aria-labelledby="calcul">
            <h2 id="calcul">{t!(execution.computed)}</h2>
            <dl class="facts">
                {ui::fact(t!(calc.advance_case), words::case(computed.case).to_owned())}
                {ui::fact(t!(calc.advance_amount), computed.amount.to_string())}
                {ui::fact(t!(calc.advance_months), computed.months.to_string())}
                {ui::fact(t!(calc.advance_reference), found.reference.to_string())}
                {ui::fact(t!(calc.advance_due), found.advance.to_string())}
            </dl>
            <ul class="pad stack-s">{reasons}</ul>
        </section>
    }
    .into_any()
}

/// The procedure does not tell the case: the size of the firm does.
fn by_size(law: &ParameterSet, contract: &Contract) -> bool {
    !contract.is_negotiated_for_its_amount(law).unwrap_or_default()
}

/// What the contract does not tell is typed.
fn fields(cx: &Cx, form: &Form, contract: &Contract, by_size: bool) -> AnyView {
    let sizes = [AdvanceCase::Micro, AdvanceCase::Small, AdvanceCase::Medium];
    let sizes = sizes.map(|case| (case.word().to_owned(), words::case(case).to_owned()));
    let case = by_size.then(|| Field::radios("cas", t!(calc.advance_case), sizes.to_vec()).view(form));
    let amount = contract.initial_amount().is_none();
    let amount = amount.then(|| Field::money("montant", t!(calc.advance_amount)).view(form));
    let months = contract.months().is_none();
    let months = months.then(|| Field::short("mois", t!(calc.advance_months), 4).view(form));
    ui::form(
        cx,
        view! {
            {super::version_field(contract)}
            {case}
            {Field::date("taille", t!(execution.size_on), None).hint(t!(execution.size_hint)).view(form)}
            {amount}
            {months}
            <p class="small quiet">{t!(execution.advance_text)}</p>
            <div class="row actions">
                <button class="btn btn--second" name="geste" value="calculer">{t!(execution.compute)}</button>
                <button class="btn" name="geste" value="enregistrer">{t!(execution.save_advance)}</button>
            </div>
        },
    )
}

fn read(form: &Form, contract: &Contract, by_size: bool) -> Result<AdvanceDraft, Error> {
    let mut read = form.read();
    let case =
        if by_size { read.choice("cas", |text| text.parse().ok(), AdvanceCase::Micro) } else { AdvanceCase::Pnspp };
    let draft = AdvanceDraft {
        case,
        size_on: read.date("taille"),
        amount: contract.initial_amount().unwrap_or_else(|| read.positive_money("montant")),
        months: contract.months().unwrap_or_else(|| calc::whole(form, &mut read.errors, "mois", 1, MOST_MONTHS)),
    };
    read.errors.or(draft)
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let found = super::contract(&cx, &params).await?;
    let path = address(found.reference, "avances");
    let law = parameters::set(cx.services()).await?;
    let draft = read(&form, &found, by_size(&law, &found))?;
    match form.gesture() {
        "calculer" => {
            let today = brussels(cx.services().now()).date();
            contract::computed_advance(&law, &found, &draft, today)?;
            Done::see(format!("{}#calcul", with_query(&path, ASKED.map(|name| (name, form.text(name))))))
        }
        "enregistrer" => {
            contract::give_advance(cx.services(), cx.actor()?, found.reference, super::version(&form), &draft).await?;
            Done::see(format!("{path}?fait=avance"))
        }
        _ => Err(Error::NotFound),
    }
}
