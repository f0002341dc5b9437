//! The award is annulled: by the Region, or by the judge.

use domain::{
    authz::{Action as _, AnnulAward},
    kernel::time::brussels,
    tender::Step,
};
use leptos::prelude::*;
use service::award;

use super::{gathered, head, past_day};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let found = gathered(&cx, params.parse("reference")?).await?;
    let Some(gathered) = found.filter(|found| found.view.tender.after(Step::Annul).is_ok()) else {
        let (title, lede) = (t!(award.annulment), t!(award.annulment_lede));
        return super::waiting_page(cx, &params, title, lede, t!(award.not_decided), t!(award.not_decided_text)).await;
    };
    let annuls = AnnulAward::permits(cx.actor()?, &gathered.view.tender);
    Ok(Page::new(t!(award.annulment), "/marches", move || {
        let annul = annuls.then(|| {
            ui::form(
                &cx,
                view! {
                    {Field::date("annulation", t!(award.annulled_on), None).view(&form)}
                    {Field::long("motifs", t!(award.annulment_reasons), 6).hint(t!(award.annulment_hint)).view(&form)}
                    <div class="row actions"><button class="btn btn--danger">{t!(award.save_annulment)}</button></div>
                },
            )
        });
        view! {
            {ui::errors(&form)}
            {head(t!(award.annulment), &gathered.view, t!(award.annulment_lede)).view()}
            <div class="prose stack">{ui::mail_note(&cx)}{annul}</div>
        }
        .into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference = params.parse("reference")?;
    let mut read = form.read();
    let on = past_day(&mut read, "annulation", brussels(cx.services().now()).date());
    let reasons = read.text("motifs", 10_000);
    let (on, reasons) = read.errors.or((on, reasons))?;
    award::annul(cx.services(), cx.actor()?, reference, on, &reasons).await?;
    Done::see(format!("/marches/{reference}?fait=annule"))
}
