use domain::{
    authz::{
        Action as _, AdoptConditions, AnswerAdhesion, AskCoordinatorOpinion, AskLegalityOpinion, ChangeTender,
        GiveUpTender,
    },
    kernel::{
        ids::OrganisationId,
        time::{brussels, date_french},
    },
    share::Rule,
    tender::{ActKind, ActResult, Adhesion, LegalityOpinion, OpinionResult, Participant, Stage, Tender, Vehicle},
};
use leptos::prelude::*;
use service::{
    store::{self, acts, audit, tenders},
    tender,
};

use super::{
    history_card,
    next::{Next, next},
    track::{reached, track},
    words,
};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, award, evaluation, offers, ui, words::t};

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
                    {participants_card(tender)}
                    {plan_card(tender, may_change)}
                    {acts_card(acts)}
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

fn participants_card(tender: &Tender) -> AnyView {
    let shares = tender.shares(tender.plan.estimate, &tender.rule).unwrap_or_default();
    let share = |id: OrganisationId| {
        shares
            .iter()
            .find(|((_, found), _)| *found == id)
            .map_or_else(|| "–".to_owned(), |(_, share)| share.to_string())
    };
    let rows: Vec<_> = tender
        .participants
        .iter()
        .map(|participant| {
            let decided = participant.answer.as_ref().map_or_else(
                || t!(tender.not_decided).to_owned(),
                |answer| format!("{}, {}", date_french(answer.deliberated_on), answer.number),
            );
            let pilot = tender.is_pilot(participant.organisation).then(|| ui::tag("wait", t!(tender.pilot)));
            let own_share =
                if participant.adhesion.counts() { share(participant.organisation) } else { "–".to_owned() };
            view! {
                <tr>
                    <th scope="row">{participant.name.clone()}" "{pilot}</th>
                    <td data-l=t!(tender.council)>{decided}</td>
                    <td data-l=t!(tender.adhesion)>{words::adhesion_tag(participant.adhesion)}</td>
                    <td class="num" data-l=t!(tender.share)>{own_share}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <section class="card card--flush" aria-labelledby="parts">
            <div class="row row--apart">
                <h2 id="parts">{t!(tender.participants)}</h2>
                <a class="small" href=format!("/marches/{}/participants", tender.reference)>{t!(tender.simulator)}</a>
            </div>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="parts">
                <table class="table table--cards">
                    <thead>
                        <tr>
                            <th scope="col">{t!(need.organisation)}</th>
                            <th scope="col">{t!(tender.council)}</th>
                            <th scope="col">{t!(tender.adhesion)}</th>
                            <th scope="col" class="num">{t!(tender.share)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                    <tfoot>
                        <tr>
                            <th scope="row">{t!(tender.total)}</th><td></td><td></td>
                            <td class="num" data-l=t!(tender.share)>{tender.plan.estimate.to_string()}</td>
                        </tr>
                    </tfoot>
                </table>
            </div>
            <p class="pad small quiet gap-s">{rule_sentence(&tender.rule)}</p>
        </section>
    }
    .into_any()
}

/// « Clé : 20 % à parts égales, le reste selon la population ».
pub(super) fn rule_sentence(rule: &Rule) -> String {
    use domain::share::{Fixed, Key};
    let key = match rule.key {
        Key::Equal => t!(tender.key_equal),
        Key::Population => t!(tender.key_population),
    };
    let parts = match rule.fixed {
        Fixed::None => t!(tender.rule_plain, key = key),
        Fixed::Percent(percent) => t!(tender.rule_percent, percent = percent, key = key),
        Fixed::Amount(amount) => t!(tender.rule_amount, amount = amount, key = key),
    };
    let bounds = match (rule.min, rule.max) {
        (None, None) => return parts,
        (Some(least), None) => t!(tender.rule_least, least = least),
        (None, Some(most)) => t!(tender.rule_most, most = most),
        (Some(least), Some(most)) => t!(tender.rule_between, least = least, most = most),
    };
    format!("{parts} {bounds}")
}

fn plan_card(tender: &Tender, may_change: bool) -> AnyView {
    let plan = &tender.plan;
    let change = may_change.then(|| {
        view! { <a class="small" href=format!("/marches/{}/modifier", tender.reference)>{t!(tender.change)}</a> }
    });
    let fact = |label: &'static str, value: String| {
        view! { <div><dt>{label}</dt><dd>{value}</dd></div> }
    };
    view! {
        <section class="card" aria-labelledby="plan">
            <div class="row row--apart"><h2 id="plan">{t!(tender.plan_card)}</h2>{change}</div>
            <dl class="facts facts--row">
                {fact(t!(need.total), plan.estimate.to_string())}
                {fact(t!(need.cpv), plan.cpv.clone())}
                {fact(t!(tender.procedure), words::procedure(plan.procedure).to_owned())}
                {fact(t!(tender.channel), words::channel(plan.channel).to_owned())}
            </dl>
            <p class="gap-s">{plan.description.clone()}</p>
        </section>
    }
    .into_any()
}

fn acts_card(acts: Vec<acts::Act>) -> Option<AnyView> {
    if acts.is_empty() {
        return None;
    }
    let rows: Vec<_> = acts
        .into_iter()
        .map(|act| {
            let on = act.decided_on.unwrap_or_else(|| brussels(act.created_at).date());
            view! {
                <tr>
                    <th scope="row">{act_word(act.kind)}</th>
                    <td data-l=t!(tender.date)>{date_french(on)}</td>
                    <td data-l=t!(tender.number)>{act.number.unwrap_or_default()}</td>
                    <td data-l=t!(tender.result)>{act.result.map_or("", result_word)}</td>
                </tr>
            }
        })
        .collect();
    Some(
        view! {
            <section class="card card--flush" aria-labelledby="actes">
                <h2 id="actes">{t!(tender.acts)}</h2>
                <div class="scroll" tabindex="0" role="group" aria-labelledby="actes">
                    <table class="table table--cards">
                        <thead>
                            <tr>
                                <th scope="col">{t!(tender.act)}</th>
                                <th scope="col">{t!(tender.date)}</th>
                                <th scope="col">{t!(tender.number)}</th>
                                <th scope="col">{t!(tender.result)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        }
        .into_any(),
    )
}

pub(crate) fn act_word(kind: ActKind) -> &'static str {
    match kind {
        ActKind::OpinionAsked => t!(tender.act_opinion_asked),
        ActKind::Opinion => t!(tender.act_opinion),
        ActKind::Adoption => t!(tender.act_adoption),
        ActKind::CoordinatorAsked => t!(tender.act_coordinator_asked),
        ActKind::CoordinatorOpinion => t!(tender.act_coordinator),
        ActKind::GiveUp => t!(tender.act_give_up),
        ActKind::AwardProposal => t!(award.act_proposal),
        ActKind::AwardOpinionAsked => t!(award.act_opinion_asked),
        ActKind::AwardOpinion => t!(award.act_opinion),
        ActKind::AwardDecision => t!(award.act_decision),
        ActKind::Suspension => t!(award.act_suspension),
        ActKind::SuspensionLifted => t!(award.act_suspension_lifted),
        ActKind::SupervisionSent => t!(award.act_supervision_sent),
        ActKind::SupervisionReceived => t!(award.act_supervision_received),
        ActKind::SupervisionResult => t!(award.act_supervision_result),
        ActKind::Annulment => t!(award.act_annulment),
        ActKind::Conclusion => t!(award.act_conclusion),
        ActKind::SuretyAsked => t!(award.act_surety_asked),
        ActKind::SuretyDeposited => t!(award.act_surety_deposited),
        ActKind::SuretyReleased => t!(award.act_surety_released),
        ActKind::ProvisionalAcceptance => t!(award.act_provisional),
        ActKind::FinalAcceptance => t!(award.act_final),
        ActKind::FailureReport => t!(award.act_failure),
        ActKind::Termination => t!(award.act_termination),
        ActKind::Draw => t!(evaluation.draw),
        ActKind::PlatformOpening => t!(tender.act_platform_opening),
    }
}

pub(super) fn result_word(result: ActResult) -> &'static str {
    match result {
        ActResult::Opinion(OpinionResult::Favourable) => t!(tender.favourable),
        ActResult::Opinion(OpinionResult::FavourableWithRemarks) => t!(tender.favourable_with_remarks),
        ActResult::Opinion(OpinionResult::Unfavourable) => t!(tender.unfavourable),
        ActResult::Supervision(result) => crate::pages::award::words::supervision_result(result),
        ActResult::Granted => t!(award.granted),
        ActResult::Refused => t!(award.refused),
        ActResult::ToSupervision => t!(award.act_to_supervision),
        ActResult::Prolonged => t!(award.prolonged),
        ActResult::Drawn { .. } => "",
    }
}
