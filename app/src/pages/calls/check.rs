//! The step before sending: what was typed, what the law says of it, and what will happen.

use domain::{
    kernel::time::{brussels, date_french},
    tender::{QuestionsAdvice, Tender},
};
use leptos::prelude::*;
use service::{
    call::{CallDraft, Foreseen},
    store::specifications::Edition,
};

use super::{say, warnings};
use crate::pages::{Cx, Form, Page, ui, ui::Field, words::t};

pub(super) fn page(
    cx: Cx,
    form: Form,
    tender: Tender,
    draft: CallDraft,
    foreseen: Foreseen,
    advice: Option<QuestionsAdvice>,
    specification: Option<Edition>,
) -> Page {
    Page::new(t!(call.what_will_happen), "/marches", move || {
        let reference = tender.reference;
        let warned = (!foreseen.warnings.is_empty()).then(|| {
            view! {
                <section class="stack-s" aria-labelledby="avertissements">
                    <h2 id="avertissements">{t!(call.warnings)}</h2>
                    {warnings::view(&foreseen.warnings)}
                </section>
            }
        });
        let reason = (!foreseen.warnings.is_empty())
            .then(|| Field::long("raison", t!(call.reason), 4).hint(t!(call.reason_hint)).view(&form));
        view! {
            {ui::errors(&form)}
            {ui::head(t!(call.what_will_happen))
                .back(format!("/marches/{reference}/appel"), t!(call.prepare))
                .above(view! { <span class="ref">{reference.to_string()}</span> })
                .lede(tender.plan.object.clone())
                .view()}
            <div class="prose stack">
                {summary(&draft, &foreseen, advice.as_ref())}
                {warned}
                {consequences(&tender, &draft, &foreseen, specification.as_ref())}
                {ui::mail_note(&cx)}
                {ui::form(&cx, view! {
                    {hidden(&form)}
                    {reason}
                    <div class="row actions">
                        <button class="btn" name="geste" value="lancer">{t!(call.send)}</button>
                        <button class="btn btn--second" formmethod="get" name="geste" value="corriger">{t!(call.correct)}</button>
                    </div>
                })}
            </div>
        }
        .into_any()
    })
}

/// Everything typed before, the reason apart: it has its own field here.
fn hidden(form: &Form) -> Vec<AnyView> {
    form.values()
        .iter()
        .filter(|(name, _)| name != "geste" && name != "raison")
        .map(|(name, value)| view! { <input type="hidden" name=name.clone() value=value.clone()/> }.into_any())
        .collect()
}

fn summary(draft: &CallDraft, foreseen: &Foreseen, advice: Option<&QuestionsAdvice>) -> AnyView {
    let row = |word: &'static str, value: AnyView| {
        view! {
            <div class="govuk-summary-list__row">
                <dt class="govuk-summary-list__key">{word}</dt>
                <dd class="govuk-summary-list__value">{value}</dd>
            </div>
        }
    };
    let names: Vec<_> = foreseen.firms.iter().map(|firm| firm.name.clone()).collect();
    let invited = if names.is_empty() { t!(call.nobody).to_owned() } else { names.join(", ") };
    let why = advice.map(|advice| {
        t!(
            call.questions_why,
            advised = date_french(advice.advised),
            last = date_french(advice.last_answers),
            source = warnings::source(&advice.figure)
        )
    });
    let questions = view! {
        {say::moment(draft.questions_until)}
        {why.map(|why| view! { <p class="small quiet">{why}</p> })}
    }
    .into_any();
    let notice = draft.notice.as_ref().map(|notice| {
        let text = t!(call.notice_sent, number = notice.number, day = date_french(notice.sent_on));
        row(t!(call.notice), text.into_any())
    });
    view! {
        <section class="card" aria-labelledby="reponses">
            <h2 id="reponses">{t!(call.your_answers)}</h2>
            <dl class="govuk-summary-list">
                {row(t!(call.questions_until), questions)}
                {row(t!(call.deposit_until), say::moment(draft.deposit_until))}
                {notice}
                {row(t!(call.invited), invited.into_any())}
            </dl>
        </section>
    }
    .into_any()
}

fn consequences(tender: &Tender, draft: &CallDraft, foreseen: &Foreseen, specification: Option<&Edition>) -> AnyView {
    let edition =
        specification.map(|edition| t!(call.will_publish_edition, number = edition.number, n = edition.pages));
    let letters = foreseen.firms.iter().filter(|firm| !firm.email.is_empty()).count();
    let mute: Vec<_> =
        foreseen.firms.iter().filter(|firm| firm.email.is_empty()).map(|firm| firm.name.clone()).collect();
    let mute = (!mute.is_empty()).then(|| t!(call.will_not_write, names = mute.join(", ")));
    let platform = tender.needs_a_notice().then(|| t!(call.will_not_notify).to_owned());
    let lines = [
        Some(t!(call.will_publish, reference = tender.reference)),
        edition,
        (letters > 0).then(|| t!(call.will_write, n = letters)),
        mute,
        platform,
        Some(t!(call.will_take_questions, until = say::moment_text(draft.questions_until))),
        Some(t!(
            call.will_close,
            until = say::moment_text(draft.deposit_until),
            hour = brussels(draft.deposit_until).format("%H:%M")
        )),
        Some(t!(call.will_fix).to_owned()),
        Some(t!(call.will_remember).to_owned()),
    ];
    let items: Vec<_> = lines.into_iter().flatten().map(|line| view! { <li><p>{line}</p></li> }).collect();
    view! {
        <section class="card" aria-labelledby="effets">
            <h2 id="effets">{t!(call.in_order)}</h2>
            <ol class="line">{items}</ol>
        </section>
    }
    .into_any()
}
