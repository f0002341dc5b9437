use leptos::prelude::*;
use service::{store::tenders, tender};

use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let view = tenders::find(cx.services(), cx.scope(), params.parse("reference")?).await?;
    Ok(Page::new(t!(tender.give_up), "/marches", move || {
        view! {
            {ui::head(t!(tender.give_up_question, reference = view.tender.reference))
                .back(format!("/marches/{}", view.tender.reference), view.tender.plan.object.clone())
                .lede(t!(tender.give_up_lede))
                .view()}
            <div class="prose">
                {ui::errors(&form)}
                {ui::form(&cx, view! {
                    {Field::long("motifs", t!(tender.give_up_reasons), 6).hint(t!(tender.give_up_hint)).view(&form)}
                    <div class="row actions"><button class="btn btn--danger">{t!(tender.give_up)}</button></div>
                })}
            </div>
        }
        .into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference = params.parse("reference")?;
    let mut read = form.read();
    let reasons = read.text("motifs", super::form::REASON_MOST);
    let reasons = read.errors.or(reasons)?;
    tender::give_up(cx.services(), cx.actor()?, reference, &reasons).await?;
    Done::see(format!("/marches/{reference}?fait=renonce"))
}
