//! The questions of a plan, for a tender that is made and for one that changes.

use domain::{
    need::Need,
    procedure::{Answer, Candidates, Nature, Procedure},
    tender::{Channel, Plan, Vehicle},
};
use leptos::prelude::*;
use service::cpv;

use crate::pages::{
    Form,
    tenders::{form::amount, words},
    ui::Field,
    words::t,
};

/// What stands in the fields before anybody types.
pub(in crate::pages::tenders) struct Start {
    object: String,
    description: String,
    cpv: String,
    nature: String,
    estimate: String,
    own_need: String,
    quantity: String,
    vehicle: Vehicle,
    procedure: String,
    procedure_reason: String,
    lots_reason: String,
    channel: Channel,
}

impl Default for Start {
    fn default() -> Self {
        Self {
            object: String::new(),
            description: String::new(),
            cpv: String::new(),
            nature: Nature::Services.word().to_owned(),
            estimate: String::new(),
            own_need: String::new(),
            quantity: String::new(),
            vehicle: Vehicle::Isolated,
            procedure: String::new(),
            procedure_reason: String::new(),
            lots_reason: String::new(),
            channel: Channel::Hosted,
        }
    }
}

impl Start {
    /// A need that others joined becomes a joint tender, if nobody says otherwise.
    pub(super) fn of_need(need: &Need) -> Self {
        let draft = need.draft.clone();
        let estimate = amount(draft.estimate);
        Self {
            object: draft.object,
            description: draft.description,
            cpv: draft.cpv,
            nature: draft.nature.word().to_owned(),
            own_need: estimate.clone(),
            estimate,
            quantity: draft.quantity,
            vehicle: if need.joined.is_empty() { Vehicle::Isolated } else { Vehicle::Joint },
            ..Self::default()
        }
    }

    pub(in crate::pages::tenders) fn of_plan(plan: &Plan) -> Self {
        Self {
            object: plan.object.clone(),
            description: plan.description.clone(),
            cpv: plan.cpv.clone(),
            nature: plan.nature.word().to_owned(),
            estimate: amount(plan.estimate),
            vehicle: plan.vehicle,
            procedure: plan.procedure.code().to_owned(),
            procedure_reason: plan.procedure_reason.clone().unwrap_or_default(),
            lots_reason: plan.lots_reason.clone().unwrap_or_default(),
            channel: plan.channel,
            ..Self::default()
        }
    }
}

/// The codes that the field offers, with their labels; imported ones are typed.
fn codes() -> Vec<(String, String)> {
    cpv::shipped().into_iter().map(|found| (found.code, found.label)).collect()
}

pub(in crate::pages::tenders) fn what(form: &Form, start: &Start) -> AnyView {
    let natures = Nature::ALL.map(|nature| (nature.word().to_owned(), words::nature(nature).to_owned()));
    view! {
        {Field::text("objet", t!(need.object)).hint(t!(need.object_hint)).value(start.object.clone()).view(form)}
        {Field::long("description", t!(need.description), 5).hint(t!(need.description_hint)).value(start.description.clone()).view(form)}
        {Field::listed("cpv", t!(need.cpv), codes()).hint(t!(need.cpv_hint)).value(start.cpv.clone()).view(form)}
        {Field::radios("nature", t!(need.nature), natures.to_vec()).value(start.nature.clone()).view(form)}
        {Field::money("estimation", t!(need.estimate)).hint(t!(tender.estimate_hint)).value(start.estimate.clone()).view(form)}
    }
    .into_any()
}

/// The pilot's own part, asked when the tender is made; afterwards each participant says its own.
pub(super) fn own_need(form: &Form, start: &Start) -> AnyView {
    view! {
        {Field::money("besoin-propre", t!(tender.own_need)).hint(t!(tender.own_need_hint)).value(start.own_need.clone()).view(form)}
        {Field::text("quantite", t!(need.quantity)).hint(t!(need.quantity_hint)).value(start.quantity.clone()).view(form)}
    }
    .into_any()
}

pub(in crate::pages::tenders) fn how(form: &Form, start: &Start, law: Option<&Candidates>) -> AnyView {
    let vehicles = Vehicle::ALL.map(|vehicle| (vehicle.code().to_owned(), words::vehicle(vehicle).to_owned()));
    let procedures =
        Procedure::ALL.map(|procedure| (procedure.code().to_owned(), words::procedure(procedure).to_owned()));
    let channels = Channel::ALL.map(|channel| (channel.code().to_owned(), words::channel(channel).to_owned()));
    let hint = law.map_or_else(|| t!(tender.procedure_hint).to_owned(), allowed);
    view! {
        {Field::radios("vehicule", t!(tender.vehicle), vehicles.to_vec()).hint(t!(tender.vehicle_hint)).value(start.vehicle.code()).view(form)}
        {Field::select("procedure", t!(tender.procedure), procedures.to_vec()).hint(hint).value(start.procedure.clone()).view(form)}
        {Field::long("motif-procedure", t!(tender.procedure_reason), 3).hint(t!(tender.procedure_reason_hint)).value(start.procedure_reason.clone()).view(form)}
        {Field::long("motif-lots", t!(tender.lots_reason), 3).hint(t!(tender.lots_reason_hint)).value(start.lots_reason.clone()).view(form)}
        {Field::radios("canal", t!(tender.channel), channels.to_vec()).hint(t!(tender.channel_hint)).value(start.channel.code()).view(form)}
    }
    .into_any()
}

/// Which procedures the estimate allows, and which need a reason.
fn allowed(law: &Candidates) -> String {
    let named = |answers: Vec<&Answer>| {
        answers
            .into_iter()
            .map(|answer| words::procedure(answer.procedure).to_lowercase())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let (allowed, on_conditions) = (named(law.allowed().collect()), named(law.on_conditions().collect()));
    if on_conditions.is_empty() {
        t!(tender.procedure_allowed, allowed = allowed)
    } else {
        t!(tender.procedure_conditions, allowed = allowed, conditions = on_conditions)
    }
}
