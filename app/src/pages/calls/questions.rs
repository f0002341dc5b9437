use domain::{
    authz::{Action as _, AnswerQuestion},
    kernel::{ids::QuestionId, reference::TenderRef},
    tender::Warning,
};
use leptos::prelude::*;
use service::{
    Error, call,
    store::{
        self,
        questions::{self, Question},
    },
};

use super::{say, warnings};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

const ANSWER_MOST: usize = 5_000;
const REASON_MOST: usize = 2_000;

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let reference: TenderRef = params.parse("reference")?;
    let tender = store::tenders::find(cx.services(), cx.scope(), reference).await?.tender;
    let actor = cx.actor()?;
    if tender.participant(actor.organisation()).is_none() && !is_overseer(&cx) {
        return Err(Error::NotFound);
    }
    let now = cx.services().now();
    let may = AnswerQuestion::permits(actor, &tender) && tender.may_answer_questions(now).is_ok();
    let parameters = store::parameters::set(cx.services()).await?;
    let last = tender.clock.deposit_until.and_then(|until| {
        let today = domain::kernel::time::brussels(now).date();
        let deposit = domain::kernel::time::brussels(until).date();
        domain::tender::advised_questions_day(&parameters, tender.called_on(today), deposit).ok().flatten()
    });
    let warnings = if may { tender.warnings_of_answer(&parameters, now).unwrap_or_default() } else { Vec::new() };
    // Those that wait stand first; each part keeps the order of the questions.
    let (waiting, answered): (Vec<_>, Vec<_>) = questions::of_tender(cx.services(), tender.id)
        .await?
        .into_iter()
        .partition(|question| question.answer.is_none());
    Ok(Page::new(t!(call.questions), "/marches", move || {
        let lede = last
            .map(|advice| {
                t!(
                    call.answer_lede,
                    day = domain::kernel::time::weekday_date_french_inline(advice.last_answers),
                    law = advice.figure.legal_ref
                )
            })
            .unwrap_or_default();
        let body = if waiting.is_empty() && answered.is_empty() {
            ui::empty(t!(call.no_question_yet), t!(call.no_question_yet_text), None)
        } else {
            let part = |title: &'static str, id: &'static str, list: Vec<Question>| {
                let cards: Vec<_> =
                    list.into_iter().map(|question| card(&cx, &form, question, may, &warnings)).collect();
                (!cards.is_empty()).then(|| {
                    view! { <section class="stack" aria-labelledby=id><h2 id=id>{title}</h2>{cards}</section> }
                })
            };
            view! {
                <div class="prose stack-l">
                    {part(t!(call.to_answer), "a-repondre", waiting)}
                    {part(t!(call.answered), "repondues", answered)}
                </div>
            }
            .into_any()
        };
        let note = may.then(|| ui::mail_note(&cx)).flatten();
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {ui::head(t!(call.questions))
                .back(format!("/marches/{reference}/appel"), format!("{reference}, {}", tender.plan.object))
                .lede(lede)
                .view()}
            <div class="stack">{note}{body}</div>
        }
        .into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference: TenderRef = params.parse("reference")?;
    let question: QuestionId = form.text("question").parse().map_err(|_| Error::NotFound)?;
    let version: i32 = form.text("version").parse().map_err(|_| Error::NotFound)?;
    let mut read = form.read();
    let text = read.text(&field(form.text("numero")), ANSWER_MOST);
    let why = read.optional_text(&reason(form.text("numero")), REASON_MOST);
    let (text, why) = read.errors.or((text, why))?;
    call::answer(cx.services(), cx.actor()?, reference, question, version, &text, Some(&why)).await?;
    Done::see(format!("/marches/{reference}/questions?fait=reponse"))
}

/// An answer that comes late says why, on a field of its own question.
fn late(number: i32, warnings: &[Warning], typed: &Form) -> Option<AnyView> {
    (!warnings.is_empty()).then(|| {
        view! {
            {warnings::view(warnings)}
            {Field::long(reason(&number.to_string()), t!(call.reason), 3).hint(t!(call.reason_hint)).view(typed)}
        }
        .into_any()
    })
}

/// Coordinators and auditors read every file.
fn is_overseer(cx: &Cx) -> bool {
    cx.scope().reach() == domain::authz::Reach::Everything
}

fn field(number: &str) -> String {
    format!("reponse-{number}")
}

fn reason(number: &str) -> String {
    format!("raison-{number}")
}

fn card(cx: &Cx, form: &Form, question: Question, may: bool, warnings: &[Warning]) -> AnyView {
    let number = question.number;
    let own = form.text("question") == question.id.to_string();
    let article = question.article.as_ref().map(|article| {
        view! { <span class="tag">{t!(call.article, article = article)}</span> }
    });
    let answer = question.answer.as_ref().map(|answer| {
        view! {
            <div class="govuk-inset-text stack-s">
                <p class="pre">{answer.text.clone()}</p>
                <p class="small quiet">{t!(call.answered_at)}" "{say::moment(answer.at)}</p>
            </div>
        }
    });
    let answering = may.then(|| {
        let (label, button) = match &question.answer {
            None => (t!(call.answer_label, number = number), t!(call.answer_send)),
            Some(_) => (t!(call.correct_label, number = number), t!(call.correct_send)),
        };
        let before = question.answer.as_ref().map(|answer| answer.text.clone()).unwrap_or_default();
        let typed = if own { form.clone() } else { Form::default() };
        view! {
            <form method="post" action=cx.path().to_owned() novalidate>
                <input type="hidden" name="question" value=question.id.to_string()/>
                <input type="hidden" name="version" value=question.version/>
                <input type="hidden" name="numero" value=number/>
                {Field::long(field(&number.to_string()), label, 4).value(before).view(&typed)}
                {late(number, warnings, &typed)}
                <div class="row actions"><button class="btn btn--s">{button}</button></div>
            </form>
        }
    });
    let answering = match (&question.answer, own) {
        (Some(_), false) => answering.map(|form| {
            view! {
                <details class="govuk-details">
                    <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{t!(call.correct_answer)}</span></summary>
                    <div class="govuk-details__text">{form}</div>
                </details>
            }
            .into_any()
        }),
        (Some(_), true) | (None, _) => answering.map(IntoAny::into_any),
    };
    view! {
        <article class="card stack-s">
            <h3 class="row">{t!(call.question_number, number = number)}{article}</h3>
            <p class="pre">{question.text}</p>
            <p class="small quiet">{t!(call.asked_at)}" "{say::moment(question.asked_at)}</p>
            {answer}
            {answering}
        </article>
    }
    .into_any()
}
