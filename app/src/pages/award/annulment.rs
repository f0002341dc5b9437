//! The award is annulled: by the Region, or by the judge.

use domain::{
    authz::{Action as _, AnnulAward},
    award::{AnnulledBy, Award},
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
                    {by(gathered.file.award.as_ref(), &form)}
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

/// The Region is proposed while its answer is awaited.
fn by(award: Option<&Award>, form: &Form) -> AnyView {
    let is_awaited =
        award.and_then(|award| award.transmission).is_some_and(|transmission| transmission.result.is_none());
    let word = |by| match by {
        AnnulledBy::Region => t!(award.by_region),
        AnnulledBy::Judge => t!(award.by_judge),
    };
    let choices = AnnulledBy::ALL.map(|by| (by.code().to_owned(), word(by).to_owned())).to_vec();
    let proposed = if is_awaited { AnnulledBy::Region.code() } else { "" };
    Field::radios("auteur", t!(award.annulled_by), choices).value(proposed).view(form)
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference = params.parse("reference")?;
    let mut read = form.read();
    let by = read.choice("auteur", AnnulledBy::from_code, AnnulledBy::Region);
    let on = past_day(&mut read, "annulation", brussels(cx.services().now()).date());
    let reasons = read.text("motifs", 10_000);
    let (by, on, reasons) = read.errors.or((by, on, reasons))?;
    award::annul(cx.services(), cx.actor()?, reference, by, on, &reasons).await?;
    Done::see(format!("/marches/{reference}?fait=annule"))
}
