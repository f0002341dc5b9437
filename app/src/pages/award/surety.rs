//! The surety: asked, deposited, released; and the start of the execution.

use domain::{
    authz::{Action as _, KeepSurety},
    contract::{Contract, ContractSurety},
    kernel::time::{brussels, date_french, weekday_date_french},
    surety,
    tender::{Stage, Tender},
};
use leptos::prelude::*;
use service::{
    Error,
    award::{self, Release},
    store::{contracts, parameters, tenders},
};

use super::{head, past_day};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, calls::warnings::source, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let reference = params.parse("reference")?;
    let view = tenders::find(cx.services(), cx.scope(), reference).await?;
    let contract = match contracts::find(cx.services(), cx.scope(), reference).await {
        Ok(contract) => contract,
        Err(Error::NotFound) => {
            let (title, lede) = (t!(award.surety), t!(award.surety_lede));
            return super::waiting_page(
                cx,
                &params,
                title,
                lede,
                t!(award.not_concluded),
                t!(award.not_concluded_text),
            )
            .await;
        }
        Err(error) => return Err(error),
    };
    let lateness = lateness(&cx, &view.tender, &contract).await?;
    let keeps = KeepSurety::permits(cx.actor()?, &view.tender);
    Ok(Page::new(t!(award.surety), "/marches", move || {
        let act = keeps.then(|| act(&cx, view.tender.stage, &contract, &form));
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {head(t!(award.surety), &view, t!(award.surety_lede)).view()}
            <div class="prose stack">
                {state(&contract)}
                {lateness}
                {act}
            </div>
        }
        .into_any()
    }))
}

fn state(contract: &Contract) -> AnyView {
    let Some(surety) = &contract.surety else {
        return ui::note("", t!(award.no_surety), t!(award.no_surety_text));
    };
    let due = surety.due_on.map(weekday_date_french).unwrap_or_default();
    let deposit = match (surety.deposited_on, &surety.reference) {
        (Some(on), Some(number)) => t!(award.deposited, day = date_french(on), number = number),
        (Some(_) | None, _) => t!(award.not_deposited).to_owned(),
    };
    view! {
        <section class="card" aria-labelledby="montant-cautionnement">
            <h2 id="montant-cautionnement">{t!(award.surety_amount)}</h2>
            <dl class="facts facts--row">
                <div><dt>{t!(award.amount)}</dt><dd class="strong">{surety.amount.to_string()}</dd></div>
                <div><dt>{t!(award.due_on)}</dt><dd>{due}</dd></div>
                <div><dt>{t!(award.deposit)}</dt><dd>{deposit}</dd></div>
                <div><dt>{t!(award.released)}</dt><dd>{surety.released.to_string()}</dd></div>
            </dl>
        </section>
    }
    .into_any()
}

/// What the deposit costs by coming late, or by not having come yet.
async fn lateness(cx: &Cx, tender: &Tender, contract: &Contract) -> Result<Option<AnyView>, Error> {
    let Some(due_on) = contract.surety.as_ref().and_then(|surety| surety.due_on) else { return Ok(None) };
    let Some(award) = service::store::award::find(cx.services(), tender.id).await? else { return Ok(None) };
    let deposited_on = contract.surety.as_ref().and_then(|surety| surety.deposited_on);
    if deposited_on.is_none() && tender.stage != Stage::SuretyAwaited {
        return Ok(None);
    }
    let law = parameters::set(cx.services()).await?;
    let until = deposited_on.unwrap_or_else(|| brussels(cx.services().now()).date());
    let late = surety::lateness(&law, contract.called_on, award.excluding, due_on, until).ok().flatten();
    Ok(late.map(|late| {
        let (due, penalty) = (date_french(due_on), late.penalty);
        let words = match deposited_on {
            Some(on) => t!(award.surety_late, on = date_french(on), due = due, penalty = penalty),
            None => t!(award.surety_late_running, due = due, penalty = penalty),
        };
        ui::note("warn", words, source(&late.figure))
    }))
}

/// What can be done at this stage, one thing at a time.
fn act(cx: &Cx, stage: Stage, contract: &Contract, form: &Form) -> Option<AnyView> {
    let button = |gesture: &'static str, word: &'static str, text: &'static str| {
        view! {
            {ui::form(cx, view! {
                <p>{text}</p>
                <div class="row actions"><button class="btn" name="geste" value=gesture>{word}</button></div>
            })}
        }
        .into_any()
    };
    match (stage, &contract.surety) {
        (Stage::Concluded, Some(_)) => Some(button("demander", t!(award.ask_surety), t!(award.ask_surety_text))),
        (Stage::Concluded, None) => Some(button("commencer", t!(award.start), t!(award.start_text))),
        (Stage::SuretyAwaited, Some(_)) => Some(deposit(cx, form)),
        (Stage::ProvisionallyAccepted | Stage::Guarantee | Stage::FinallyAccepted, Some(surety)) if left(surety) => {
            Some(release(cx, stage, surety, contract.version))
        }
        (_, _) => None,
    }
}

fn left(surety: &ContractSurety) -> bool {
    surety.deposited_on.is_some() && surety.released < surety.amount
}

fn deposit(cx: &Cx, form: &Form) -> AnyView {
    view! {
        <section class="stack-s" aria-labelledby="depot">
            <h2 id="depot">{t!(award.register_deposit)}</h2>
            {ui::form(cx, view! {
                {Field::date("constitution", t!(award.deposited_on), None).view(form)}
                {Field::short("numero", t!(award.deposit_number), 20).hint(t!(award.deposit_hint)).view(form)}
                <div class="row actions"><button class="btn" name="geste" value="deposer">{t!(award.save_deposit)}</button></div>
            })}
        </section>
    }
    .into_any()
}

fn release(cx: &Cx, stage: Stage, surety: &ContractSurety, version: i32) -> AnyView {
    let is_whole = !surety.released.is_positive();
    let half = (is_whole && matches!(stage, Stage::ProvisionallyAccepted | Stage::Guarantee))
        .then(|| view! { <button class="btn" name="geste" value="moitie">{t!(award.release_half)}</button> });
    let all = if half.is_some() { "btn btn--second" } else { "btn" };
    view! {
        <section class="stack-s" aria-labelledby="liberer">
            <h2 id="liberer">{t!(award.release)}</h2>
            <p>{t!(award.release_text)}</p>
            {ui::form(cx, view! {
                <input type="hidden" name="version" value=version.to_string()/>
                <div class="row actions">{half}<button class=all name="geste" value="tout">{t!(award.release_all)}</button></div>
            })}
        </section>
    }
    .into_any()
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference = params.parse("reference")?;
    let (services, actor) = (cx.services(), cx.actor()?);
    let done = match form.gesture() {
        "demander" => {
            award::ask_surety(services, actor, reference).await?;
            "cautionnement-demande"
        }
        "commencer" => {
            award::start_execution(services, actor, reference).await?;
            "execution"
        }
        "deposer" => {
            let mut read = form.read();
            let on = past_day(&mut read, "constitution", brussels(services.now()).date());
            let number = read.text("numero", 100);
            let (on, number) = read.errors.or((on, number))?;
            award::deposit_surety(services, actor, reference, on, &number).await?;
            "execution"
        }
        "moitie" => {
            award::release_surety(services, actor, reference, shown(&form)?, Release::Half).await?;
            "libere"
        }
        "tout" => {
            award::release_surety(services, actor, reference, shown(&form)?, Release::All).await?;
            "libere"
        }
        _ => return Err(Error::NotFound),
    };
    Done::see(format!("/marches/{reference}/cautionnement?fait={done}"))
}

/// The version of the contract that the page showed.
fn shown(form: &Form) -> Result<i32, Error> {
    form.text("version").parse().map_err(|_| Error::NotFound)
}
