use domain::{
    authz::{
        Action as _, AdoptConditions, AnswerAdhesion, AskCoordinatorOpinion, AskLegalityOpinion, ChangeTender,
        GiveUpTender, OfferFramework,
    },
    kernel::ids::OrganisationId,
    tender::{Adhesion, LegalityOpinion, Participant, Stage, Tender, Vehicle},
};
use leptos::prelude::*;
use service::{
    store::{self, acts, audit, tenders},
    tender,
};

use super::{
    cards, history_card,
    next::{Next, next},
    track::{reached, track},
    words,
};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, award, central, evaluation, offers, ui, words::t};

/// How many entries of the trail stand on the record.
const HISTORY: u64 = 6;

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let reference = params.parse("reference")?;
    let view = tenders::find(cx.services(), cx.scope(), reference).await?;
    let acts = acts::of_tender(cx.services(), view.tender.id).await?;
    let filed = tender::documents(cx.services(), cx.scope(), reference).await?;
    let entries = audit::latest_told(cx.services(), &view.tender, HISTORY).await?;
    let parameters = store::parameters::set(cx.services()).await?;
    let now = cx.services().now();
    let answers = store::specifications::find(cx.services(), view.tender.id).await?.version;
    let next = match evaluation::next(&cx, &view).await? {
        Some(next) => next,
        None => {
            let accepted = service::award::after_acceptance(cx.services(), cx.scope(), &view.tender).await?;
            next(&view, &acts, cx.actor()?, answers, accepted, &parameters, now)
        }
    };
    let (reached, until) = (reached(&view.tender, &acts, &filed), next.until);
    // The gestures of this very page stand beside it.
    let next = Next { link: next.link.filter(|(address, _)| address != cx.path()), ..next };
    let opinion = tender::opinion_of(cx.services(), &view.tender, &acts).await?;
    let gestures = gestures(&cx, &view.tender, opinion)?;
    let pages = pages(&view.tender, award::pages(cx.actor()?, &view.tender));
    let offers = offers::card(&cx, &view).await?;
    let may_change = ChangeTender::permits(cx.actor()?, &view.tender) && view.tender.may_change().is_ok();
    Ok(Page::new(view.tender.plan.object.clone(), "/marches", move || {
        let tender = &view.tender;
        let stage = tender.stage_at(now);
        let lede = t!(
            tender.lede,
            vehicle = words::vehicle(tender.plan.vehicle),
            nature = words::nature(tender.plan.nature).to_lowercase(),
            procedure = words::procedure(tender.plan.procedure).to_lowercase()
        );
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {ui::head(tender.plan.object.clone())
                .back("/marches", t!(tender.list))
                .above(view! { <span class="ref">{tender.reference.to_string()}</span>{words::stage_tag(stage)} })
                .lede(lede)
                .view()}
            {track(tender, &reached, until, now)}
            <div class="record gap">
                <div class="now stack">{next.view()}{gestures}{pages}</div>
                <div class="body stack">
                    {offers}
                    {cards::participants(tender)}
                    {cards::plan(tender, may_change)}
                    {cards::acts(acts)}
                    {award::documents::card(tender.reference, filed)}
                </div>
                <div class="side">{history_card(entries, format!("/marches/{}/historique", tender.reference))}</div>
            </div>
        }
        .into_any()
    }))
}

/// The other things this actor may do now, each a button or a page.
fn gestures(cx: &Cx, tender: &Tender, opinion: LegalityOpinion) -> Result<Vec<AnyView>, service::Error> {
    let actor = cx.actor()?;
    let at = |page: &str| format!("/marches/{}/{page}", tender.reference);
    let mut gestures = Vec::new();
    if ChangeTender::permits(actor, tender) {
        if tender.may_ask_for_adhesions().is_ok() {
            gestures.push(button(cx, "adhesions", t!(tender.ask_adhesions)));
        }
        if tender.may_start_drafting().is_ok() {
            gestures.push(button(cx, "rediger", t!(tender.start_drafting)));
        }
    }
    // Holes are told by the refusal: counting them is composing the whole text.
    if AskLegalityOpinion::permits(actor, tender) && tender.may_ask_opinion(opinion, 0).is_ok() {
        let again = tender.stage == Stage::LegalityOpinion;
        gestures.push(button(cx, "avis", if again { t!(tender.ask_opinion_again) } else { t!(tender.ask_opinion) }));
    }
    if AnswerAdhesion::permits(actor, tender) && lacks_something(tender, actor.organisation()) {
        gestures.push(link(at("adhesion"), t!(tender.complete_answer)));
    }
    if AdoptConditions::permits(actor, tender) && matches!(tender.stage, Stage::Drafting | Stage::LegalityOpinion) {
        gestures.push(link(at("adoption"), t!(tender.adopt)));
    }
    let is_asked = tender.stage == Stage::CoordinatorOpinion;
    if is_asked || (AskCoordinatorOpinion::permits(actor, tender) && tender.stage == Stage::Adopted) {
        let word = if is_asked { t!(opinion.coordinator) } else { t!(opinion.coordinator_ask) };
        gestures.push(link(at("avis-coordinateur"), word));
    }
    if OfferFramework::permits(actor, tender) && tender.may_be_offered().is_ok() {
        gestures.push(link(format!("{}/{}/offre", central::PATH, tender.reference), t!(central.offer)));
    }
    if GiveUpTender::permits(actor, tender) && tender.stage.is_before_conclusion() {
        gestures.push(link(at("renoncer"), t!(tender.give_up)));
    }
    Ok(gestures)
}

/// The pages of the acts that this file has come to, besides its next action.
fn pages(tender: &Tender, found: Vec<(&'static str, &'static str)>) -> Option<AnyView> {
    let items: Vec<_> = found
        .into_iter()
        .map(|(page, word)| view! { <li><a href=format!("/marches/{}/{page}", tender.reference)>{word}</a></li> })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <nav class="card pages" aria-labelledby="pages">
                <h2 id="pages">{t!(tender.pages)}</h2>
                <ul class="plain">{items}</ul>
            </nav>
        }
        .into_any()
    })
}

/// Between the adoption and the call, a participant completes what the call waits for.
fn lacks_something(tender: &Tender, organisation: OrganisationId) -> bool {
    let joint = tender.plan.vehicle == Vehicle::Joint;
    let lacks =
        |own: &Participant| own.adhesion == Adhesion::Adhered && (!own.has_credit() || joint && !own.has_mandate());
    matches!(tender.stage, Stage::Adopted | Stage::CoordinatorOpinion)
        && tender.participant(organisation).is_some_and(lacks)
}

fn button(cx: &Cx, gesture: &'static str, word: &'static str) -> AnyView {
    view! {
        <form method="post" action=cx.path().to_owned() class="actions">
            <button class="btn btn--second" name="geste" value=gesture>{word}</button>
        </form>
    }
    .into_any()
}

fn link(address: String, word: &'static str) -> AnyView {
    view! { <p class="actions"><a class="btn btn--second" href=address>{word}</a></p> }.into_any()
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference = params.parse("reference")?;
    let actor = cx.actor()?;
    let done = match form.gesture() {
        "adhesions" => {
            tender::ask_for_adhesions(cx.services(), actor, reference).await?;
            "adhesions"
        }
        "rediger" => {
            tender::start_drafting(cx.services(), actor, reference).await?;
            "redaction"
        }
        "avis" => {
            tender::ask_opinion(cx.services(), actor, reference).await?;
            "avis-demande"
        }
        _ => return Err(service::Error::NotFound),
    };
    Done::see(format!("/marches/{reference}?fait={done}"))
}
