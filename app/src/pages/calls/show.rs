use chrono::{DateTime, Utc};
use domain::{
    authz::{Action as _, AskQuestion},
    kernel::reference::TenderRef,
    tender::{Channel, Stage, Tender},
};
use leptos::prelude::*;
use service::{
    offer,
    store::{
        calls::{self, CallView},
        questions::{self, Question},
    },
};

use super::say;
use crate::pages::{Cx, Form, Page, Params, Shown, ui, words::t};

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let reference: TenderRef = params.parse("reference")?;
    let call = calls::find(cx.services(), reference).await?;
    let questions = questions::of_tender(cx.services(), call.tender.id).await?;
    let now = cx.services().now();
    let asking = match cx.who() {
        None => Asking::AfterSigningIn,
        Some(who) if AskQuestion::permits(&who.actor, &call.tender) => Asking::Now,
        Some(_) => Asking::NotYours,
    };
    let may_answer = match cx.who() {
        Some(who) => offer::may_answer(cx.services(), &who.actor, reference).await?,
        None => false,
    };
    let officer = cx.who().is_some_and(|who| call.tender.participant(who.actor.organisation()).is_some());
    Ok(Page::new(call.tender.plan.object.clone(), "/appels", move || {
        let tender = &call.tender;
        let reference = tender.reference.to_string();
        let above = view! {
            <span class="ref">{reference.clone()}</span>{say::state(tender.stage_at(now), tender.clock, now)}
        };
        let mut head = ui::head(tender.plan.object.clone())
            .back("/appels", t!(call.back))
            .above(above)
            .lede(t!(call.bought_by, names = say::buyers_by_name(tender, &call.pilot)));
        if officer {
            let address = format!("/marches/{reference}/appel");
            head = head.action(view! { <a class="btn btn--second" href=address>{t!(call.manage)}</a> });
        }
        view! {
            <div class="page">
                {ui::flash(&params)}
                {head.view()}
                <div class="record">
                    <section class="now next" aria-labelledby="repondre">{how_to_answer(&call, now, may_answer)}</section>
                    <div class="body stack">
                        {facts(&call, now)}
                        {documents(&call)}
                        {questions_and_answers(tender, &questions, asking, now)}
                    </div>
                    <section class="side card" aria-labelledby="suite">
                        <h2 id="suite">{t!(call.and_now)}</h2>
                        {what_follows(tender, now)}
                    </section>
                </div>
            </div>
        }
        .into_any()
    })
    .airy())
}

/// Who may ask here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asking {
    Now,
    AfterSigningIn,
    /// An authority reads; it does not ask.
    NotYours,
}

fn facts(call: &CallView, now: DateTime<Utc>) -> AnyView {
    let plan = &call.tender.plan;
    let dated = |word: &'static str, at: Option<DateTime<Utc>>| {
        at.map(|at| {
            view! {
                <div>
                    <dt>{word}</dt>
                    <dd class="strong">{say::moment(at)}</dd>
                    <dd class="small quiet">{say::countdown(at, now)}</dd>
                </div>
            }
        })
    };
    view! {
        <section class="card stack" aria-labelledby="essentiel">
            <h2 id="essentiel">{t!(call.essentials)}</h2>
            {(!plan.description.is_empty()).then(|| view! { <p class="prose">{plan.description.clone()}</p> })}
            <dl class="facts facts--row">
                {dated(t!(call.questions_until), call.tender.clock.questions_until)}
                {dated(t!(call.deposit_until), call.tender.clock.deposit_until)}
                <div>
                    <dt>{t!(call.procedure)}</dt>
                    <dd>{say::procedure(plan.procedure)}</dd>
                    <dd class="small quiet">{say::procedure_plainly(plan.procedure)}</dd>
                </div>
                <div>
                    <dt>{t!(call.trade)}</dt>
                    <dd>{call.cpv_label.clone()}" "<span class="nowrap quiet">{plan.cpv.clone()}</span></dd>
                </div>
            </dl>
        </section>
    }
    .into_any()
}

fn documents(call: &CallView) -> AnyView {
    let reference = call.tender.reference;
    let list = match &call.specification {
        None => view! { <p class="quiet">{t!(call.no_document)}</p> }.into_any(),
        Some(edition) => {
            let file = &edition.file;
            let size = file.size_bytes.div_euclid(1024).max(1);
            view! {
                <p><a href=format!("/appels/{reference}/cahier.pdf")>{t!(call.specification_pdf)}</a></p>
                <p class="small quiet">{t!(call.edition, number = edition.number, n = edition.pages, size = size)}</p>
                <p class="small quiet">{t!(call.fingerprint)}" "<span class="hash">{file.sha256.clone()}</span></p>
            }
            .into_any()
        }
    };
    view! {
        <section class="card stack-s" aria-labelledby="documents">
            <h2 id="documents">{t!(call.documents)}</h2>
            {list}
        </section>
    }
    .into_any()
}

fn questions_and_answers(tender: &Tender, questions: &[Question], asking: Asking, now: DateTime<Utc>) -> AnyView {
    let items: Vec<_> = questions.iter().map(question).collect();
    let list = if items.is_empty() {
        view! { <p class="quiet">{t!(call.no_question)}</p> }.into_any()
    } else {
        view! { <div class="stack-l">{items}</div> }.into_any()
    };
    let open = tender.may_be_asked(now).is_ok();
    let ask = match asking {
        Asking::NotYours => None,
        Asking::Now | Asking::AfterSigningIn if !open => None,
        Asking::Now | Asking::AfterSigningIn => {
            let hint =
                if asking == Asking::AfterSigningIn { t!(call.ask_after_signing_in) } else { t!(call.ask_anonymous) };
            Some(view! {
                <p class="row actions">
                    <a class="btn btn--second" href=format!("/appels/{}/question", tender.reference)>{t!(call.ask)}</a>
                    <span class="small quiet">{hint}</span>
                </p>
            })
        }
    };
    view! {
        <section class="card stack" aria-labelledby="questions">
            <h2 id="questions">{t!(call.questions)}</h2>
            {list}
            {ask}
        </section>
    }
    .into_any()
}

fn question(question: &Question) -> AnyView {
    let article = question.article.as_ref().map(|article| {
        view! { <span class="tag">{t!(call.article, article = article)}</span> }
    });
    let answer = match &question.answer {
        Some(answer) => view! {
            <p class="prose pre">{answer.text.clone()}</p>
            <p class="small quiet">{t!(call.answered_at)}" "{say::moment(answer.at)}</p>
        }
        .into_any(),
        None => view! { <p class="quiet">{t!(call.not_answered)}</p> }.into_any(),
    };
    view! {
        <article class="stack-s">
            <h3 class="row">{t!(call.question_number, number = question.number)}{article}</h3>
            <p class="prose pre">{question.text.clone()}</p>
            <div class="govuk-inset-text stack-s">{answer}</div>
        </article>
    }
    .into_any()
}

/// The next step of somebody who wants this contract.
fn how_to_answer(call: &CallView, now: DateTime<Utc>, may_answer: bool) -> AnyView {
    let tender = &call.tender;
    let open = matches!(tender.stage_at(now), Stage::Called | Stage::QuestionsClosed);
    let until = tender.clock.deposit_until.map(|until| {
        view! {
            <div><dt>{t!(call.until_when)}</dt><dd>{say::moment(until)}</dd><dd class="small quiet">{say::countdown(until, now)}</dd></div>
        }
    });
    let (what, action) = match (open, tender.plan.channel) {
        (false, _) => (t!(call.closed_what), None),
        (true, Channel::Hosted) if may_answer => (t!(call.hosted_what), Some(prepare(tender))),
        (true, Channel::Hosted) => {
            (t!(call.hosted_what), Some(view! { <p class="small">{t!(call.hosted_text)}</p> }.into_any()))
        }
        (true, Channel::EProcurement) => (t!(call.eprocurement_what), Some(on_the_platform(tender))),
    };
    view! {
        <h2 id="repondre">{t!(call.how_to_answer)}</h2>
        <dl>
            <div><dt>{t!(call.what)}</dt><dd>{what}</dd></div>
            {until}
        </dl>
        {action}
    }
    .into_any()
}

fn prepare(tender: &Tender) -> AnyView {
    let address = format!("/offres/{}", tender.reference);
    view! { <p class="row actions gap-s"><a class="btn" href=address>{t!(call.prepare_offer)}</a></p> }.into_any()
}

fn on_the_platform(tender: &Tender) -> AnyView {
    let notice = tender.notice.as_ref().map(|notice| {
        view! { <p class="small">{t!(call.notice_is, number = notice.number)}</p> }
    });
    view! {
        {notice}
        <p class="row actions gap-s"><a class="btn" href="https://www.publicprocurement.be">{t!(call.open_platform)}</a></p>
    }
    .into_any()
}

fn what_follows(tender: &Tender, now: DateTime<Utc>) -> AnyView {
    let stage = tender.progress_at(now);
    let dated = |word: &'static str, at: Option<DateTime<Utc>>, passed: bool, current: bool| {
        let class = if passed {
            "mark"
        } else if current {
            "now"
        } else {
            ""
        };
        view! { <li class=class><p>{word}</p>{at.map(say::moment)}</li> }
    };
    let later = |word: &'static str, passed: bool| {
        view! { <li class=if passed { "mark" } else { "" }><p>{word}</p></li> }
    };
    let questions_over = stage > Stage::Called;
    let deposit_over = stage > Stage::QuestionsClosed;
    view! {
        <ol class="line">
            {dated(t!(call.step_published), tender.published_at, true, false)}
            {dated(t!(call.step_questions), tender.clock.questions_until, questions_over, !questions_over)}
            {dated(t!(call.step_deposit), tender.clock.deposit_until, deposit_over, questions_over && !deposit_over)}
            {later(t!(call.step_opening), stage >= Stage::Opened)}
            {later(t!(call.step_award), stage >= Stage::Awarded)}
            {later(t!(call.step_conclusion), stage >= Stage::Concluded)}
        </ol>
    }
    .into_any()
}
