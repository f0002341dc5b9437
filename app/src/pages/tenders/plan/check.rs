//! The last step: everything typed, what the law says of it, and what creating the tender does.

use domain::{kernel::time::brussels, tender::Warning};
use leptos::prelude::*;
use service::{store, tender::PlanDraft};

use super::{carried, head};
use crate::pages::{
    Cx, Form, Page, Shown,
    tenders::{form, warnings, words},
    ui,
    words::t,
};

pub(super) async fn page(cx: Cx, form: Form) -> Shown {
    let draft = form::plan(&form)?;
    let parameters = store::parameters::set(cx.services()).await?;
    let today = brussels(cx.services().now()).date();
    let warned = draft.plan.warnings(&parameters, today).unwrap_or_default();
    let label = store::cpv::label(cx.services(), &draft.plan.cpv).await?;
    Ok(Page::new(t!(tender.plan), "/marches", move || {
        view! {
            {ui::errors(&form)}
            {head(t!(tender.step_check))}
            <div class="prose stack">
                {what(&draft, &label)}
                {how(&draft)}
                {create(&cx, &form, warned)}
            </div>
        }
        .into_any()
    }))
}

fn what(draft: &PlanDraft, label: &str) -> AnyView {
    let plan = &draft.plan;
    answers(
        "besoin",
        t!(tender.check_what),
        ("objet", t!(tender.correct_what)),
        vec![
            (t!(need.object), plan.object.clone()),
            (t!(need.description), plan.description.clone()),
            (t!(need.cpv), t!(need.code_and_label, code = plan.cpv, label = label)),
            (t!(need.nature), words::nature(plan.nature).to_owned()),
            (t!(need.estimate), plan.estimate.to_string()),
            (t!(tender.own_need), draft.own_need.to_string()),
            (t!(need.quantity), draft.quantity.clone()),
        ],
    )
}

fn how(draft: &PlanDraft) -> AnyView {
    let plan = &draft.plan;
    let reason = |text: &Option<String>| text.clone().unwrap_or_default();
    answers(
        "forme",
        t!(tender.check_how),
        ("procedure", t!(tender.correct_how)),
        vec![
            (t!(tender.vehicle), words::vehicle(plan.vehicle).to_owned()),
            (t!(tender.procedure), words::procedure(plan.procedure).to_owned()),
            (t!(tender.procedure_reason), reason(&plan.procedure_reason)),
            (t!(tender.lots_reason), reason(&plan.lots_reason)),
            (t!(tender.channel), words::channel(plan.channel).to_owned()),
        ],
    )
}

/// One step's answers, with the button that leads back to it; the button belongs to the form below.
fn answers(
    id: &'static str,
    title: &'static str,
    (step, correct): (&'static str, &'static str),
    rows: Vec<(&'static str, String)>,
) -> AnyView {
    let rows: Vec<_> = rows
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(word, value)| {
            view! {
                <div class="govuk-summary-list__row">
                    <dt class="govuk-summary-list__key">{word}</dt>
                    <dd class="govuk-summary-list__value">{value}</dd>
                </div>
            }
        })
        .collect();
    view! {
        <section class="card" aria-labelledby=id>
            <div class="row row--apart">
                <h2 id=id>{title}</h2>
                <button class="btn btn--second btn--s" form="creer" name="geste" value=step>{correct}</button>
            </div>
            <dl class="govuk-summary-list gap-s">{rows}</dl>
        </section>
    }
    .into_any()
}

fn create(cx: &Cx, form: &Form, warned: Vec<Warning>) -> AnyView {
    let has_field: &[&str] = if warned.is_empty() { &[] } else { &["raison"] };
    view! {
        <form id="creer" method="post" action=cx.path().to_owned() class="stack" novalidate>
            {ui::form_key(cx, form)}
            {carried(form, has_field)}
            {warnings::view(warned, form).map(|view| view! { <div class="card">{view}</div> })}
            <p class="small quiet">{t!(tender.check_text)}</p>
            <div class="row actions"><button class="btn" name="geste" value="creer">{t!(tender.plan_save)}</button></div>
        </form>
    }
    .into_any()
}
