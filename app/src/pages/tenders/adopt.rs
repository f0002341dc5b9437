use domain::{
    fault::Fault,
    kernel::time::brussels,
    tender::{self as rules, LegalityOpinion, Organ, Tender, Vehicle, Warning},
};
use leptos::prelude::*;
use service::{
    Error,
    store::{self, acts, tenders},
    tender::{self, Adoption},
};

use super::{form::some, opinion::state, warnings, words};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let view = tenders::find(cx.services(), cx.scope(), params.parse("reference")?).await?;
    let acts = acts::of_tender(cx.services(), view.tender.id).await?;
    let opinion = tender::opinion_of(cx.services(), &view.tender, &acts).await?;
    let organs = Organ::held_by(cx.actor()?);
    let warnings = warnings(&cx, &view.tender, opinion, &organs, &form).await?;
    let hint = organ_hint(&cx).await?;
    Ok(Page::new(t!(adoption.title), "/marches", move || {
        let choices: Vec<_> =
            organs.iter().map(|organ| (organ.code().to_owned(), words::organ(*organ).to_owned())).collect();
        let only = organs.first().filter(|_| organs.len() == 1).map(|organ| organ.code()).unwrap_or_default();
        let article = is_alone(&view.tender).then(|| {
            Field::text("article", t!(adhesion.budget))
                .hint(t!(adhesion.budget_hint))
                .value(cited(&view.tender))
                .view(&form)
        });
        view! {
            {ui::head(t!(adoption.title))
                .back(format!("/marches/{}", view.tender.reference), view.tender.plan.object.clone())
                .lede(t!(adoption.lede))
                .view()}
            <div class="prose">
                {ui::errors(&form)}
                {state(opinion)}
                {ui::form(&cx, view! {
                    {Field::radios("organe", t!(adoption.organ), choices).hint(hint).value(only).view(&form)}
                    {Field::date("decision", t!(adoption.date), None).view(&form)}
                    {Field::text("numero", t!(adhesion.number)).hint(t!(adhesion.number_hint)).view(&form)}
                    {article}
                    {warnings::view(warnings, &form)}
                    <div class="row actions"><button class="btn">{t!(adoption.save)}</button></div>
                })}
            </div>
        }
        .into_any()
    }))
}

/// Who may decide, and when a delegation ends (CDLD, art. L1222-3).
async fn organ_hint(cx: &Cx) -> Result<String, Error> {
    let parameters = store::parameters::set(cx.services()).await?;
    let today = brussels(cx.services().now()).date();
    Ok(match parameters.days_on("cdld.delegation.end_months", today) {
        Ok(months) => t!(adoption.organ_hint_end, months = months),
        Err(_) => t!(adoption.organ_hint).to_owned(),
    })
}

/// Nobody adheres: the decision itself cites the credit.
fn is_alone(tender: &Tender) -> bool {
    match tender.plan.vehicle {
        Vehicle::Joint => false,
        Vehicle::Isolated | Vehicle::Central => true,
    }
}

fn cited(tender: &Tender) -> String {
    let own = tender.participant(tender.pilot).and_then(|pilot| pilot.answer.as_ref());
    own.and_then(|answer| answer.budget_article.clone()).unwrap_or_default()
}

/// As the decision stands in the form; before anything is typed, as one of today would.
async fn warnings(
    cx: &Cx,
    tender: &Tender,
    opinion: LegalityOpinion,
    organs: &[Organ],
    form: &Form,
) -> Result<Vec<Warning>, Error> {
    let parameters = store::parameters::set(cx.services()).await?;
    let today = brussels(cx.services().now()).date();
    let typed = form.read().optional_date("decision");
    let organ = Organ::from_code(form.text("organe")).or(organs.first().copied()).unwrap_or(Organ::Council);
    let adoption = rules::Adoption { organ, decided_on: typed.unwrap_or(today), opinion, missing: 0 };
    let article = some(form.text("article").to_owned());
    Ok(tender.warnings_of_adoption(&parameters, &adoption, article.as_deref()).unwrap_or_default())
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference = params.parse("reference")?;
    let tender = tenders::find(cx.services(), cx.scope(), reference).await?.tender;
    let today = brussels(cx.services().now()).date();
    let mut read = form.read();
    let adoption = Adoption {
        organ: read.choice("organe", Organ::from_code, Organ::Council),
        decided_on: read.date("decision"),
        number: read.text("numero", 100),
        budget_article: is_alone(&tender).then(|| read.text("article", 100)),
        reason: some(read.optional_text("raison", super::form::REASON_MOST)),
    };
    if adoption.decided_on > today && read.errors.of("decision").is_none() {
        read.errors.add("decision", Fault::After { latest: today });
    }
    let adoption = read.errors.or(adoption)?;
    tender::adopt(cx.services(), cx.actor()?, reference, &adoption).await?;
    Done::see(format!("/marches/{reference}?fait=adoption"))
}
