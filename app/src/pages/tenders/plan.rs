use domain::{
    kernel::time::brussels,
    need::Need,
    procedure::{Nature, Procedure},
    refusal::Refusal,
    tender::{Channel, Vehicle, Warning},
};
use leptos::prelude::*;
use service::{
    Error,
    store::{self, needs},
    tender,
};

use super::{form, warnings, words};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let asked = if form.was_sent() { form.text("besoin").to_owned() } else { params.query("besoin").to_owned() };
    let need = match asked.parse() {
        Ok(id) => Some(needs::find(cx.services(), cx.scope(), id).await?.need),
        Err(_) => None,
    };
    let warnings = warnings(&cx, &form).await?;
    Ok(Page::new(t!(tender.plan), "/marches", move || {
        view! {
            {ui::head(t!(tender.plan)).back("/marches", t!(tender.list)).lede(t!(tender.plan_lede)).view()}
            <div class="prose">
                {ui::errors(&form)}
                {ui::form(&cx, fields(&form, need.as_ref(), asked, warnings))}
            </div>
        }
        .into_any()
    }))
}

/// The warnings are shown once the form was refused for want of a reason.
async fn warnings(cx: &Cx, form: &Form) -> Result<Vec<Warning>, Error> {
    if form.refusal != Some(Refusal::WarningsNeedAReason) {
        return Ok(Vec::new());
    }
    let parameters = store::parameters::set(cx.services()).await?;
    let today = brussels(cx.services().now()).date();
    Ok(form::plan(form)?.plan.warnings(&parameters, today).unwrap_or_default())
}

fn fields(form: &Form, need: Option<&Need>, asked: String, warnings: Vec<Warning>) -> AnyView {
    let draft = need.map(|need| need.draft.clone());
    let of = |read: fn(&domain::need::NeedDraft) -> String| draft.as_ref().map(read).unwrap_or_default();
    let total = need.map(|need| form::amount(need.draft.estimate)).unwrap_or_default();
    let joint = need.is_some_and(|need| !need.joined.is_empty());
    let pair = |code: &str, word: &str| (code.to_owned(), word.to_owned());
    let vehicles = Vehicle::ALL.map(|vehicle| pair(vehicle.code(), words::vehicle(vehicle)));
    let procedures = Procedure::ALL.map(|procedure| pair(procedure.code(), words::procedure(procedure)));
    let natures = Nature::ALL.map(|nature| pair(nature.word(), words::nature(nature)));
    let channels = Channel::ALL.map(|channel| pair(channel.code(), words::channel(channel)));
    let vehicle = if joint { Vehicle::Joint } else { Vehicle::Isolated };
    view! {
        <input type="hidden" name="besoin" value=asked/>
        {Field::text("objet", t!(need.object)).hint(t!(need.object_hint)).value(of(|need| need.object.clone())).view(form)}
        {Field::long("description", t!(need.description), 5).hint(t!(need.description_hint)).value(of(|need| need.description.clone())).view(form)}
        {Field::short("cpv", t!(need.cpv), 10).value(of(|need| need.cpv.clone())).view(form)}
        {Field::radios("nature", t!(need.nature), natures.to_vec()).value(draft.as_ref().map_or_else(|| "services".to_owned(), |need| need.nature.clone())).view(form)}
        {Field::radios("vehicule", t!(tender.vehicle), vehicles.to_vec()).value(vehicle.code()).view(form)}
        {Field::money("estimation", t!(need.estimate)).hint(t!(tender.estimate_hint)).value(total.clone()).view(form)}
        {Field::money("besoin-propre", t!(tender.own_need)).hint(t!(tender.own_need_hint)).value(total).view(form)}
        {Field::text("quantite", t!(need.quantity)).hint(t!(need.quantity_hint)).value(of(|need| need.quantity.clone())).view(form)}
        {Field::select("procedure", t!(tender.procedure), procedures.to_vec()).hint(t!(tender.procedure_hint)).view(form)}
        {Field::long("motif-procedure", t!(tender.procedure_reason), 3).hint(t!(tender.procedure_reason_hint)).view(form)}
        {Field::long("motif-lots", t!(tender.lots_reason), 3).hint(t!(tender.lots_reason_hint)).view(form)}
        {Field::radios("canal", t!(tender.channel), channels.to_vec()).hint(t!(tender.channel_hint)).value("hosted").view(form)}
        {warnings::view(warnings, form)}
        <div class="row actions"><button class="btn">{t!(tender.plan_save)}</button></div>
    }
    .into_any()
}

pub(crate) async fn submit(cx: Cx, _: Params, form: Form) -> Submitted {
    let draft = form::plan(&form)?;
    let reference = tender::plan(cx.services(), cx.actor()?, &draft).await?;
    Done::see(format!("/marches/{reference}?fait=marche"))
}
