use domain::{
    authz::{Action as _, AskQuestion},
    kernel::reference::TenderRef,
};
use leptos::prelude::*;
use service::{
    Error, call,
    call::{ARTICLE_MOST, QUESTION_MOST, QuestionDraft},
    store::calls,
};

use super::say;
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let reference: TenderRef = params.parse("reference")?;
    let found = calls::find(cx.services(), reference).await?;
    if !AskQuestion::permits(cx.actor()?, &found.tender) {
        return Err(Error::NotFound);
    }
    let closed = found.tender.may_be_asked(cx.services().now()).err();
    let until = found.tender.clock.questions_until;
    Ok(Page::new(t!(call.ask), "/appels", move || {
        let back = format!("/appels/{reference}");
        let body = match (closed, form.was_sent()) {
            (Some(refusal), false) => {
                ui::note("warn", crate::pages::sentence::refusal(&refusal), t!(call.too_late_text))
            }
            (Some(_) | None, _) => view! {
                {ui::mail_note(&cx)}
                {ui::form(&cx, view! {
                    {Field::short("article", t!(call.article_label), 20).hint(t!(call.article_hint)).view(&form)}
                    {Field::long("question", t!(call.question_label), 6).hint(t!(call.question_hint)).view(&form)}
                    <div class="row actions"><button class="btn">{t!(call.ask_send)}</button></div>
                })}
            }
            .into_any(),
        };
        let lede = until.map(|until| t!(call.ask_lede, until = say::moment_text(until))).unwrap_or_default();
        view! {
            <div class="page">
                {ui::errors(&form)}
                {ui::head(t!(call.ask)).back(back, found.tender.plan.object.clone()).lede(lede).view()}
                <div class="prose stack">{body}</div>
            </div>
        }
        .into_any()
    })
    .airy())
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference = params.parse("reference")?;
    let mut read = form.read();
    let article = read.optional_text("article", ARTICLE_MOST);
    let draft =
        QuestionDraft { article: (!article.is_empty()).then_some(article), text: read.text("question", QUESTION_MOST) };
    let draft = read.errors.or(draft)?;
    call::ask(cx.services(), cx.actor()?, reference, &draft).await?;
    Done::see(format!("/appels/{reference}?fait=question"))
}
