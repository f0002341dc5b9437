//! The conclusion: what must be over, and the notification to the winner.

use domain::{
    authz::{Action as _, ConcludeContract},
    award::{Award, Refusal as AwardRefusal, Standstill, Waiting},
    kernel::time::{brussels, date_french, weekday_date_french_inline},
    refusal::Refusal,
    tender::Stage,
};
use leptos::prelude::*;
use service::{
    Error,
    award::{self, Gathered},
};

use super::{delay, gathered, head, reason, words};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, sentence, tenders::warnings, ui, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let found = gathered(&cx, params.parse("reference")?).await?;
    let waiting = match &found {
        Some(gathered) => award::waiting(cx.services(), gathered).await?,
        None => None,
    };
    let (Some(gathered), Some((waiting, _))) = (found, waiting) else {
        let (title, lede) = (t!(award.conclusion), t!(award.conclusion_lede));
        return super::waiting_page(cx, &params, title, lede, t!(award.not_decided), t!(award.not_decided_text)).await;
    };
    let concludes = ConcludeContract::permits(cx.actor()?, &gathered.view.tender)
        && matches!(gathered.view.tender.stage, Stage::Informed | Stage::Supervision)
        && waiting.after.is_ok();
    let running = running(&gathered, &waiting)?;
    Ok(Page::new(t!(award.conclusion), "/marches", move || {
        let conclude = if concludes { Some(self::form(&cx, &waiting, &form)) } else { kept(&form) };
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {head(t!(award.conclusion), &gathered.view, t!(award.conclusion_lede)).view()}
            <div class="prose stack">
                {done(&gathered)}
                {conditions(&gathered, &waiting)}
                {running.as_ref().map(counted)}
                {conclude}
            </div>
        }
        .into_any()
    }))
}

fn done(gathered: &Gathered) -> Option<AnyView> {
    let on = gathered.file.award.as_ref()?.concluded_on?;
    Some(ui::note("good", t!(award.concluded_on, day = date_french(on)), t!(award.concluded_text)))
}

/// The waiting time, while it is what stands in the way.
fn running(gathered: &Gathered, waiting: &Waiting) -> Result<Option<Standstill>, Error> {
    let informed_at = gathered.file.award.as_ref().and_then(|award| award.informed_at).filter(|_| runs(waiting));
    informed_at.map(|at| gathered.standstill(brussels(at).date())).transpose()
}

fn runs(waiting: &Waiting) -> bool {
    matches!(waiting.after, Err(Refusal::Award(AwardRefusal::StandstillRuns { .. })))
}

fn counted(standstill: &Standstill) -> AnyView {
    let lede = words::ground(standstill.ground);
    delay::view("attente", t!(award.standstill), lede, standstill.delay.as_ref(), &standstill.figures)
}

/// Each condition, with its date: over, running, or not there.
fn conditions(gathered: &Gathered, waiting: &Waiting) -> AnyView {
    let award = gathered.file.award.as_ref();
    let informed = match award.and_then(|award| award.informed_at) {
        Some(at) => (true, t!(award.sent_at, at = date_french(brussels(at).date()))),
        None => (false, t!(award.not_informed).to_owned()),
    };
    let standstill = award.and_then(|award| award.standstill_until).filter(|_| !runs(waiting)).map(|until| {
        let last = weekday_date_french_inline(brussels(until).date());
        (true, t!(award.standstill_until, until = last))
    });
    let sent = award.and_then(|award| award.transmission);
    let sent = sent.map(|sent| (true, t!(award.was_sent, day = date_french(sent.sent_on))));
    let is_last = matches!(waiting.after, Err(Refusal::Award(AwardRefusal::NotTransmitted)));
    let to_transmit = award.is_some_and(Award::awaits_transmission) && !is_last;
    let supervision = sent.or_else(|| to_transmit.then(|| (false, t!(award.to_transmit).to_owned())));
    // After the conclusion the only refusal left is that it cannot be done twice.
    let is_pending = gathered.view.tender.stage.is_before_conclusion();
    let stopped = waiting.after.as_ref().err().filter(|_| is_pending).map(|refusal| {
        view! { <li class="now">{sentence::refusal(refusal)}</li> }
    });
    let items: Vec<_> = [Some(informed), standstill, supervision]
        .into_iter()
        .flatten()
        .map(|(is_there, words)| {
            let class = if is_there { "mark" } else { "" };
            view! { <li class=class>{words}</li> }
        })
        .collect();
    view! {
        <section class="card" aria-labelledby="conditions">
            <h2 id="conditions">{t!(award.conditions)}</h2>
            <ol class="line">{items}{stopped}</ol>
        </section>
    }
    .into_any()
}

fn form(cx: &Cx, waiting: &Waiting, form: &Form) -> AnyView {
    let warned = warnings::view(waiting.warnings.clone(), form);
    view! {
        <section class="stack-s" aria-labelledby="conclure">
            <h2 id="conclure">{t!(award.conclude)}</h2>
            <p>{t!(award.conclude_text)}</p>
            {ui::mail_note(cx)}
            {ui::form(cx, view! {
                {warned}
                <div class="row actions"><button class="btn">{t!(award.notify)}</button></div>
            })}
        </section>
    }
    .into_any()
}

/// A reason that was typed before its time is not lost; its button comes with the end of the waiting time.
fn kept(form: &Form) -> Option<AnyView> {
    let is_typed = form.was_sent() && !form.text("raison").is_empty();
    is_typed.then(|| view! { <div class="card">{warnings::reason(form)}</div> }.into_any())
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference = params.parse("reference")?;
    let mut read = form.read();
    let reason = reason(&mut read);
    let reason = read.errors.or(reason)?;
    award::conclude(cx.services(), cx.actor()?, reference, reason.as_deref()).await?;
    Done::see(format!("/marches/{reference}?fait=conclu"))
}
