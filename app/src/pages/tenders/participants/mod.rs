//! Who takes part and who pays what: a simulator that sends nothing, the rule that is adopted, the invitations.

mod explained;
mod result;
mod scenario;
mod settings;

use domain::{
    authz::{Action as _, ChangeTender},
    organisation::{Organisation, OrganisationKind},
    tender::{Tender, Vehicle},
};
use leptos::prelude::*;
use service::{
    Error,
    store::{organisations, tenders},
    tender,
};

use super::withdraw;
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};
use scenario::Scenario;

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let tender = tenders::find(cx.services(), cx.scope(), params.parse("reference")?).await?.tender;
    let actor = cx.actor()?.clone();
    let may_change = ChangeTender::permits(&actor, &tender) && tender.may_change().is_ok();
    let (authorities, _) =
        organisations::search(cx.services(), &[OrganisationKind::Commune, OrganisationKind::Cpas], "", 0, 1_000)
            .await?;
    let tried = scenario::tried(&params, form.clone());
    let (scenario, form) = match Scenario::read(&tried, &tender, &authorities) {
        Ok(scenario) => (scenario, form),
        // A what-if that can't be read says why at its field; what is adopted stands beside it.
        Err(error) => (Scenario::adopted(&tender), tried.clone().explaining(error)?),
    };
    let errors = ui::errors(&form);
    let settings_form = if tried.was_sent() && !form.errors.is_empty() { form.clone() } else { tried };
    Ok(Page::new(t!(tender.participants), "/marches", move || {
        let joint = tender.plan.vehicle == Vehicle::Joint;
        let invite = (may_change && joint).then(|| invite_card(&cx, &form, outside(&tender, &authorities)));
        let withdraw = may_change.then(|| withdraw::card(&cx, &tender)).flatten();
        view! {
            {ui::flash(&params)}
            {errors}
            {ui::head(t!(tender.simulator_title))
                .back(format!("/marches/{}", tender.reference), format!("{}, {}", tender.reference, tender.plan.object))
                .lede(t!(tender.simulator_lede))
                .view()}
            <div class="cols cols--left">
                {settings::view(&cx, &settings_form, &tender, &scenario, &authorities)}
                <div class="stack">
                    {result::view(&cx, &settings_form, &tender, &scenario, may_change)}
                    {explained::view(&scenario, actor.organisation())}
                </div>
            </div>
            <div class="gap stack">{invite}{withdraw}</div>
        }
        .into_any()
    }))
}

/// The authorities that do not take part, to choose from.
fn outside(tender: &Tender, authorities: &[Organisation]) -> Vec<(String, String)> {
    authorities
        .iter()
        .filter(|authority| tender.participant(authority.id).is_none())
        .map(|authority| (authority.id.to_string(), authority.name.clone()))
        .collect()
}

fn invite_card(cx: &Cx, form: &Form, choices: Vec<(String, String)>) -> AnyView {
    view! {
        <section class="prose stack" aria-labelledby="inviter">
            <h2 id="inviter">{t!(tender.invite)}</h2>
            {ui::form(cx, view! {
                {Field::select("organisation", t!(need.organisation), choices).view(form)}
                {Field::money("estimation", t!(tender.their_need)).hint(t!(need.estimate_hint)).view(form)}
                {Field::text("quantite", t!(need.quantity)).hint(t!(need.quantity_hint)).view(form)}
                <div class="row actions"><button class="btn" name="geste" value="inviter">{t!(tender.invite)}</button></div>
            })}
        </section>
    }
    .into_any()
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference = params.parse("reference")?;
    let actor = cx.actor()?;
    let done = match form.gesture() {
        "cle" => {
            let version = form.text("version").parse().map_err(|_| Error::NotFound)?;
            tender::set_rule(cx.services(), actor, reference, version, &scenario::rule(&form)?).await?;
            "cle"
        }
        "inviter" => {
            let mut read = form.read();
            let organisation = read.choice(
                "organisation",
                |text| text.parse().ok(),
                domain::kernel::ids::OrganisationId::from_uuid(uuid::Uuid::nil()),
            );
            let need = read.positive_money("estimation");
            let quantity = read.text("quantite", domain::need::QUANTITY_MOST);
            let (organisation, need, quantity) = read.errors.or((organisation, need, quantity))?;
            tender::invite_participant(cx.services(), actor, reference, organisation, need, &quantity).await?;
            "invite"
        }
        "retirer" => {
            let organisation = form.text("organisation").parse().map_err(|_| Error::NotFound)?;
            tender::withdraw_invitation(cx.services(), actor, reference, organisation).await?;
            "retire"
        }
        _ => return Err(Error::NotFound),
    };
    Done::see(format!("/marches/{reference}/participants?fait={done}"))
}
