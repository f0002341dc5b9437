//! Reports of failure: their facts, until when the firm answers, and what it answered.

use chrono::NaiveDate;
use domain::{
    authz::{AcceptContract, Action as _},
    contract::Contract,
    kernel::{
        ids::FileId,
        time::{brussels, date_french, date_time_french, weekday_date_french_inline},
    },
    tender::Step,
};
use leptos::prelude::*;
use service::{
    Error, award,
    contract::{self, Failure},
    store::tenders,
};

use super::address;
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

const TEXT_MOST: usize = 10_000;

/// Who reads the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// The leading official, who reports.
    Official,
    /// The firm, which answers.
    Firm,
    Other,
}

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let contract = super::contract(&cx, &params).await?;
    let actor = cx.actor()?;
    let failures = contract::failures(cx.services(), actor, contract.reference).await?;
    let today = brussels(cx.services().now()).date();
    let reader = if contract.supplier == actor.organisation() {
        Reader::Firm
    } else if may_report(&cx, &contract).await? {
        Reader::Official
    } else {
        Reader::Other
    };
    Ok(Page::new(t!(execution.failures), "/contrats", move || {
        let cards: Vec<_> = failures.iter().map(|one| card(&cx, &form, &contract, one, reader, today)).collect();
        let none = failures.is_empty().then(|| ui::note("", t!(execution.no_failure), t!(execution.no_failure_text)));
        let report = (reader == Reader::Official).then(|| report(&cx, &form));
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {super::head(t!(execution.failures), &contract, t!(execution.failures_lede)).view()}
            <div class="prose stack">{none}{cards}{report}</div>
        }
        .into_any()
    }))
}

/// The file is read by its authorities alone.
async fn may_report(cx: &Cx, contract: &Contract) -> Result<bool, Error> {
    match tenders::find(cx.services(), cx.scope(), contract.reference).await {
        Ok(found) => {
            let tender = &found.tender;
            Ok(AcceptContract::permits(cx.actor()?, tender) && tender.after(Step::Terminate).is_ok())
        }
        Err(Error::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}

fn card(cx: &Cx, form: &Form, contract: &Contract, one: &Failure, reader: Reader, today: NaiveDate) -> AnyView {
    let sent = brussels(one.act.created_at);
    let file = match reader {
        Reader::Firm => format!("/offres/{}/courriers/{}", contract.reference, one.report),
        Reader::Official | Reader::Other => format!("/marches/{}/documents/{}", contract.reference, one.report),
    };
    let answers = reader == Reader::Firm && one.answered_until(today).is_some();
    view! {
        <section class="card stack-s" aria-labelledby=format!("pv-{}", one.report)>
            <h2 id=format!("pv-{}", one.report)>{t!(execution.report_of, on = date_french(sent.date()))}</h2>
            <p>{one.act.text.clone()}</p>
            <p class="small"><a href=file>{t!(execution.report_file)}</a></p>
            {heard(one, today)}
            {answers.then(|| answer(cx, form, one.report))}
        </section>
    }
    .into_any()
}

/// What the firm said, until when it may, or that its silence is an acknowledgement.
fn heard(one: &Failure, today: NaiveDate) -> AnyView {
    let until = one.defence.as_ref().map(|delay| weekday_date_french_inline(delay.end)).unwrap_or_default();
    match &one.answer {
        Some(answer) => {
            let at = date_time_french(brussels(answer.at));
            ui::note("good", t!(execution.answered, at = at), answer.text.clone())
        }
        None if one.answered_until(today).is_some() => {
            ui::note("", t!(execution.defence_until, until = until), t!(execution.silence))
        }
        None => ui::note("warn", t!(execution.acknowledged, until = until), t!(execution.acknowledged_text)),
    }
}

fn answer(cx: &Cx, form: &Form, report: FileId) -> AnyView {
    ui::form(
        cx,
        view! {
            <input type="hidden" name="proces-verbal" value=report.to_string()/>
            {Field::long(answer_field(report), t!(execution.answer), 6).view(form)}
            <div class="row actions"><button class="btn" name="geste" value="repondre">{t!(execution.send_answer)}</button></div>
        },
    )
}

/// Several reports may wait for their answer on one page.
fn answer_field(report: FileId) -> String {
    format!("defense-{report}")
}

fn report(cx: &Cx, form: &Form) -> AnyView {
    view! {
        <section class="stack-s" aria-labelledby="constater">
            <h2 id="constater">{t!(award.failure)}</h2>
            {ui::mail_note(cx)}
            {ui::form(cx, view! {
                {ui::form_key(cx, form)}
                {Field::long("manquements", t!(award.failures), 6).hint(t!(award.failures_hint)).view(form)}
                <div class="row actions"><button class="btn" name="geste" value="constater">{t!(award.save_report)}</button></div>
            })}
        </section>
    }
    .into_any()
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference = super::contract(&cx, &params).await?.reference;
    let mut read = form.read();
    let done = match form.gesture() {
        "constater" => {
            let failures = read.text("manquements", TEXT_MOST);
            let failures = read.errors.or(failures)?;
            award::report_failure_once(cx.services(), cx.actor()?, reference, form.key().as_ref(), &failures).await?;
            "manquement"
        }
        "repondre" => {
            let report: FileId = form.text("proces-verbal").parse().map_err(|_| Error::NotFound)?;
            let text = read.text(&answer_field(report), TEXT_MOST);
            let text = read.errors.or(text)?;
            contract::answer_failure(cx.services(), cx.actor()?, reference, report, &text).await?;
            "defense"
        }
        _ => return Err(Error::NotFound),
    };
    Done::see(format!("{}?fait={done}", address(reference, "manquements")))
}
