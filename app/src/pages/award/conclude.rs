//! The conclusion: what must be over, and the notification to the winner.

use domain::{
    authz::{Action as _, ConcludeContract},
    award::{Award, Refusal as AwardRefusal, Waiting},
    kernel::time::{brussels, date_french, weekday_date_french_inline},
    refusal::Refusal,
    tender::Stage,
};
use leptos::prelude::*;
use service::award::{self, Gathered};

use super::{gathered, head, reason};
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
        && matches!(gathered.view.tender.stage, Stage::Informed | Stage::Supervision);
    Ok(Page::new(t!(award.conclusion), "/marches", move || {
        let conclude = concludes.then(|| self::form(&cx, &waiting, &form));
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {head(t!(award.conclusion), &gathered.view, t!(award.conclusion_lede)).view()}
            <div class="prose stack">
                {done(&gathered)}
                {conditions(&gathered, &waiting)}
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

/// Each condition, with its date: over, running, or not there.
fn conditions(gathered: &Gathered, waiting: &Waiting) -> AnyView {
    let award = gathered.file.award.as_ref();
    let informed = match award.and_then(|award| award.informed_at) {
        Some(at) => (true, t!(award.sent_at, at = date_french(brussels(at).date()))),
        None => (false, t!(award.not_informed).to_owned()),
    };
    let runs = matches!(waiting.after, Err(Refusal::Award(AwardRefusal::StandstillRuns { .. })));
    let standstill = award.and_then(|award| award.standstill_until).filter(|_| !runs).map(|until| {
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
    let ready = waiting.after.is_ok();
    let button = if ready { "btn" } else { "btn btn--second" };
    view! {
        <section class="stack-s" aria-labelledby="conclure">
            <h2 id="conclure">{t!(award.conclude)}</h2>
            <p>{t!(award.conclude_text)}</p>
            {ui::mail_note(cx)}
            {ui::form(cx, view! {
                {warned}
                <div class="row actions"><button class=button>{t!(award.notify)}</button></div>
            })}
        </section>
    }
    .into_any()
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference = params.parse("reference")?;
    let mut read = form.read();
    let reason = reason(&mut read);
    let reason = read.errors.or(reason)?;
    award::conclude(cx.services(), cx.actor()?, reference, reason.as_deref()).await?;
    Done::see(format!("/marches/{reference}?fait=conclu"))
}
