//! The end of a contract that fails: the report of failure, then the decision to terminate.

use domain::{
    authz::{Action as _, TerminateContract},
    award::Organ,
    kernel::{
        deadline::Deadline,
        time::{brussels, weekday_date_french_inline},
    },
    tender::Step,
};
use leptos::prelude::*;
use service::award::{self, TerminationDraft};

use super::{decision_fields, gathered, head, past_day};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let found = gathered(&cx, params.parse("reference")?).await?;
    let Some(gathered) = found.filter(|found| found.view.tender.after(Step::Terminate).is_ok()) else {
        let (title, lede) = (t!(award.termination), t!(award.termination_lede));
        return super::waiting_page(cx, &params, title, lede, t!(award.not_running), t!(award.not_running_text)).await;
    };
    let actor = cx.actor()?;
    let terminates = TerminateContract::permits(actor, &gathered.view.tender);
    let organs = Organ::held_by(actor);
    let defence = award::defence(&gathered).ok().flatten();
    Ok(Page::new(t!(award.termination), "/marches", move || {
        let reports = format!("/contrats/{}/manquements", gathered.view.tender.reference);
        let terminate = terminates.then(|| terminate(&cx, &organs, &form));
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {head(t!(award.termination), &gathered.view, t!(award.termination_lede)).view()}
            <div class="prose stack">
                {heard(defence.as_ref())}
                <p class="actions"><a class="btn btn--second" href=reports>{t!(execution.failures)}</a></p>
                {ui::mail_note(&cx)}
                {terminate}
            </div>
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

fn terminate(cx: &Cx, organs: &[Organ], form: &Form) -> AnyView {
    view! {
        <section class="stack-s" aria-labelledby="resilier">
            <h2 id="resilier">{t!(award.terminate)}</h2>
            {ui::form(cx, view! {
                {decision_fields(organs, form)}
                {Field::long("motifs", t!(award.termination_reasons), 6).view(form)}
                <div class="row actions"><button class="btn btn--danger">{t!(award.save_termination)}</button></div>
            })}
        </section>
    }
    .into_any()
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference = params.parse("reference")?;
    let mut read = form.read();
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
