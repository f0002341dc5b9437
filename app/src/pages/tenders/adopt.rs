use domain::{fault::Fault, kernel::time::brussels, tender::Warning};
use leptos::prelude::*;
use service::{
    Error,
    store::{self, acts, tenders},
    tender::{self, Adoption},
};

use super::{form::some, warnings};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

const ORGANS: [&str; 3] = ["council", "executive", "chief_executive"];

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let view = tenders::find(cx.services(), cx.scope(), params.parse("reference")?).await?;
    let warnings = warnings(&cx, &view.tender).await?;
    Ok(Page::new(t!(adoption.title), "/marches", move || {
        let organs = [
            ("council", t!(role.council)),
            ("executive", t!(role.executive)),
            ("chief_executive", t!(role.chief_executive)),
        ]
        .map(|(code, word)| (code.to_owned(), word.to_owned()));
        view! {
            {ui::head(t!(adoption.title))
                .back(format!("/marches/{}", view.tender.reference), view.tender.plan.object.clone())
                .lede(t!(adoption.lede))
                .view()}
            <div class="prose">
                {ui::errors(&form)}
                {ui::form(&cx, view! {
                    {Field::radios("organe", t!(adoption.organ), organs.to_vec()).hint(t!(adoption.organ_hint)).view(&form)}
                    {Field::date("decision", t!(adoption.date), None).view(&form)}
                    {Field::text("numero", t!(adhesion.number)).hint(t!(adhesion.number_hint)).view(&form)}
                    {warnings::view(warnings, &form)}
                    <div class="row actions"><button class="btn">{t!(adoption.save)}</button></div>
                })}
            </div>
        }
        .into_any()
    }))
}

async fn warnings(cx: &Cx, tender: &domain::tender::Tender) -> Result<Vec<Warning>, Error> {
    let parameters = store::parameters::set(cx.services()).await?;
    let has_opinion = acts::of_tender(cx.services(), tender.id).await?.iter().any(|act| act.kind == "opinion");
    let today = brussels(cx.services().now()).date();
    Ok(tender.warnings_of_adoption(&parameters, today, has_opinion).unwrap_or_default())
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference = params.parse("reference")?;
    let today = brussels(cx.services().now()).date();
    let mut read = form.read();
    let adoption = Adoption {
        organ: read.choice("organe", |text| ORGANS.contains(&text).then(|| text.to_owned()), String::new()),
        decided_on: read.date("decision"),
        number: read.text("numero", 100),
        reason: some(read.optional_text("raison", super::form::REASON_MOST)),
    };
    if adoption.decided_on > today && read.errors.of("decision").is_none() {
        read.errors.add("decision", Fault::After { latest: today });
    }
    let adoption = read.errors.or(adoption)?;
    tender::adopt(cx.services(), cx.actor()?, reference, &adoption).await?;
    Done::see(format!("/marches/{reference}?fait=adoption"))
}
