//! The plan of a tender changes until its conditions are adopted.

use domain::{
    audit::Outcome,
    authz::{Authorised, ChangeTender},
    kernel::time::brussels,
    procedure::candidates,
    refusal::Refusal,
    tender::{Channel, Plan, Tender, Vehicle, Warning},
};
use leptos::prelude::*;
use service::{
    Error,
    store::{
        self,
        audit::{self, Entry},
        tenders,
    },
    tender,
};

use super::{
    form::{self, amount},
    plan::fields::{self, Start},
    warnings, words,
};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let tender = tenders::find(cx.services(), cx.scope(), params.parse("reference")?).await?.tender;
    // Nobody fills in a form that they may not send.
    let _permitted = Authorised::<ChangeTender>::check(cx.actor()?, tender.clone())?;
    let last_change = if form.stale { last_change(&cx, &tender).await? } else { None };
    let warned = warnings(&cx, &form).await?;
    let parameters = store::parameters::set(cx.services()).await?;
    let today = brussels(cx.services().now()).date();
    let law = candidates(&parameters, today, tender.plan.nature, tender.plan.estimate).ok();
    Ok(Page::new(t!(tender.change), "/marches", move || {
        let body = if tender.may_change().is_err() {
            ui::note("", t!(tender.change_closed), t!(tender.change_closed_text))
        } else {
            let conflict = form.stale.then(|| ui::conflict(versions(&form, &tender.plan), last_change));
            let start = Start::of_plan(&tender.plan);
            let inside = view! {
                <input type="hidden" name="version" value=version(&form, &tender)/>
                {fields::what(&form, &start)}
                {fields::how(&form, &start, law.as_ref())}
                {warnings::view(warned, &form)}
                {buttons(&form, &tender)}
            };
            view! { {conflict}{ui::form(&cx, inside)} }.into_any()
        };
        view! {
            {ui::errors(&form)}
            {ui::head(t!(tender.change))
                .back(format!("/marches/{}", tender.reference), format!("{}, {}", tender.reference, tender.plan.object))
                .lede(t!(tender.change_lede))
                .view()}
            <div class="prose stack">{body}</div>
        }
        .into_any()
    }))
}

/// A form that was not accepted for another reason still edits the version that it began with.
fn version(form: &Form, tender: &Tender) -> String {
    match form.raw("version") {
        Some(version) if !form.stale => version.to_owned(),
        Some(_) | None => tender.version.to_string(),
    }
}

fn buttons(form: &Form, tender: &Tender) -> AnyView {
    let there = format!("/marches/{}", tender.reference);
    let (save, other) = if form.stale {
        (t!(common.save_mine), t!(common.keep_theirs))
    } else {
        (t!(tender.change_save), t!(common.cancel))
    };
    view! {
        <div class="row actions">
            <button class="btn">{save}</button>
            <a class="btn btn--second" href=there>{other}</a>
        </div>
    }
    .into_any()
}

/// Every field as it was typed and as it is kept.
fn versions(form: &Form, kept: &Plan) -> Vec<ui::Versions> {
    let row = |name: &str, word: &'static str, theirs: String| {
        let typed = form.text(name);
        ui::Versions { word, mine: typed_word(name, typed), theirs }
    };
    let reason = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        row("objet", t!(need.object), kept.object.clone()),
        row("description", t!(need.description), kept.description.clone()),
        row("cpv", t!(need.cpv), kept.cpv.clone()),
        row("nature", t!(need.nature), words::nature(kept.nature).to_owned()),
        row("estimation", t!(need.estimate), amount(kept.estimate)),
        row("vehicule", t!(tender.vehicle), words::vehicle(kept.vehicle).to_owned()),
        row("procedure", t!(tender.procedure), words::procedure(kept.procedure).to_owned()),
        row("motif-procedure", t!(tender.procedure_reason), reason(&kept.procedure_reason)),
        row("motif-lots", t!(tender.lots_reason), reason(&kept.lots_reason)),
        row("canal", t!(tender.channel), words::channel(kept.channel).to_owned()),
    ]
}

/// A choice in words; an amount as it is written here; anything else as it was typed.
fn typed_word(name: &str, typed: &str) -> String {
    let word = match name {
        "nature" => typed.parse().ok().map(words::nature),
        "vehicule" => Vehicle::from_code(typed).map(words::vehicle),
        "procedure" => typed.parse().ok().map(words::procedure),
        "canal" => Channel::from_code(typed).map(words::channel),
        "estimation" => {
            return domain::kernel::Money::parse_french_not_negative(typed).map_or_else(|_| typed.to_owned(), amount);
        }
        _ => None,
    };
    word.map_or_else(|| typed.replace("\r\n", "\n"), str::to_owned)
}

async fn last_change(cx: &Cx, tender: &Tender) -> Result<Option<Entry>, Error> {
    const RECENT: u64 = 50;
    let rows = audit::latest_told(cx.services(), tender, RECENT).await?;
    Ok(rows.into_iter().find(|row| row.outcome == Outcome::Done))
}

/// The warnings are shown once the form was refused for want of a reason.
async fn warnings(cx: &Cx, form: &Form) -> Result<Vec<Warning>, Error> {
    if form.refusal != Some(Refusal::WarningsNeedAReason) {
        return Ok(Vec::new());
    }
    let parameters = store::parameters::set(cx.services()).await?;
    let today = brussels(cx.services().now()).date();
    let (plan, _) = form::changed_plan(form)?;
    Ok(plan.warnings(&parameters, today).unwrap_or_default())
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference = params.parse("reference")?;
    let (plan, reason) = form::changed_plan(&form)?;
    // A version that can't be read is nobody's: it counts as an old one.
    let version = form.text("version").parse().unwrap_or_default();
    tender::change_plan(cx.services(), cx.actor()?, reference, version, &plan, reason.as_deref()).await?;
    Done::see(format!("/marches/{reference}?fait=modifie"))
}
