//! The end of a contract that fails: the report of failure, then the decision to terminate.

use domain::{
    authz::{AcceptContract, Action as _, TerminateContract},
    award::Organ,
    kernel::{
        deadline::Deadline,
        time::{brussels, weekday_date_french_inline},
    },
    tender::Step,
};
use leptos::prelude::*;
use service::{
    Error,
    award::{self, TerminationDraft},
};

use super::{decision_fields, gathered, head, past_day};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let found = gathered(&cx, params.parse("reference")?).await?;
    let Some(gathered) = found.filter(|found| found.view.tender.after(Step::Terminate).is_ok()) else {
        let (title, lede) = (t!(award.termination), t!(award.termination_lede));
        return super::waiting_page(cx, &params, title, lede, t!(award.not_running), t!(award.not_running_text)).await;
    };
    let actor = cx.actor()?;
    let reports = AcceptContract::permits(actor, &gathered.view.tender);
    let terminates = TerminateContract::permits(actor, &gathered.view.tender);
    let organs = Organ::held_by(actor);
    let defence = award::defence(&gathered).ok().flatten();
    Ok(Page::new(t!(award.termination), "/marches", move || {
        let report = reports.then(|| report(&cx, &form));
        let terminate = terminates.then(|| terminate(&cx, &organs, &form));
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {head(t!(award.termination), &gathered.view, t!(award.termination_lede)).view()}
            <div class="prose stack">{heard(defence.as_ref())}{ui::mail_note(&cx)}{report}{terminate}</div>
        }
        .into_any()
    }))
}

fn heard(defence: Option<&Deadline>) -> AnyView {
    match defence {
        Some(delay) => ui::note("", t!(award.defence_until, until = weekday_date_french_inline(delay.end)), ""),
        None => ui::note("", t!(award.no_report), t!(award.no_report_text)),
    }
}

fn report(cx: &Cx, form: &Form) -> AnyView {
    view! {
        <section class="stack-s" aria-labelledby="manquement">
            <h2 id="manquement">{t!(award.failure)}</h2>
            {ui::form(cx, view! {
                {Field::long("manquements", t!(award.failures), 6).hint(t!(award.failures_hint)).view(form)}
                <div class="row actions"><button class="btn" name="geste" value="constater">{t!(award.save_report)}</button></div>
            })}
        </section>
    }
    .into_any()
}

fn terminate(cx: &Cx, organs: &[Organ], form: &Form) -> AnyView {
    view! {
        <section class="stack-s" aria-labelledby="resilier">
            <h2 id="resilier">{t!(award.terminate)}</h2>
            {ui::form(cx, view! {
                {decision_fields(organs, form)}
                {Field::long("motifs", t!(award.termination_reasons), 6).view(form)}
                <div class="row actions"><button class="btn btn--danger" name="geste" value="resilier">{t!(award.save_termination)}</button></div>
            })}
        </section>
    }
    .into_any()
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference = params.parse("reference")?;
    let mut read = form.read();
    match form.gesture() {
        "constater" => {
            let failures = read.text("manquements", 10_000);
            let failures = read.errors.or(failures)?;
            award::report_failure(cx.services(), cx.actor()?, reference, &failures).await?;
            Done::see(format!("/marches/{reference}/resiliation?fait=manquement"))
        }
        "resilier" => {
            let draft = TerminationDraft {
                organ: read.choice("organe", Organ::from_code, Organ::Executive),
                decided_on: past_day(&mut read, "decision", brussels(cx.services().now()).date()),
                number: read.text("numero", 100),
                reasons: read.text("motifs", 10_000),
            };
            let draft = read.errors.or(draft)?;
            award::terminate(cx.services(), cx.actor()?, reference, &draft).await?;
            Done::see(format!("/marches/{reference}?fait=resilie"))
        }
        _ => Err(Error::NotFound),
    }
}
