//! The cards of a tender's record: who takes part, what is planned, what was decided.

use domain::{
    kernel::{
        ids::OrganisationId,
        time::{brussels, date_french},
    },
    share::{Fixed, Key, Rule},
    tender::{ActKind, ActResult, OpinionResult, Tender},
};
use leptos::prelude::*;
use service::store::acts::Act;

use super::words;
use crate::pages::{award, ui, words::t};

pub(super) fn participants(tender: &Tender) -> AnyView {
    let shares = tender.shares(tender.plan.estimate, &tender.rule).unwrap_or_default();
    let share = |id: OrganisationId| {
        shares
            .iter()
            .find(|((_, found), _)| *found == id)
            .map_or_else(|| "–".to_owned(), |(_, share)| share.to_string())
    };
    let rows = tender.participants.iter().map(|participant| {
        let decided = participant.answer.as_ref().map_or_else(
            || t!(tender.not_decided).to_owned(),
            |answer| format!("{}, {}", date_french(answer.deliberated_on), answer.number),
        );
        let pilot = tender.is_pilot(participant.organisation).then(|| ui::tag("wait", t!(tender.pilot)));
        let own_share = if participant.adhesion.counts() { share(participant.organisation) } else { "–".to_owned() };
        ui::row(view! { {participant.name.clone()}" "{pilot} })
            .cell(decided)
            .cell(words::adhesion_tag(participant.adhesion))
            .cell(own_share)
    });
    let columns = [
        ui::column(t!(need.organisation)),
        ui::column(t!(tender.council)),
        ui::column(t!(tender.adhesion)),
        ui::number(t!(tender.share)),
    ];
    let simulator = format!("/marches/{}/participants", tender.reference);
    ui::table("parts", columns, rows)
        .foot([ui::row(t!(tender.total)).blank().blank().cell(tender.plan.estimate.to_string())])
        .beside(view! { <a class="small" href=simulator>{t!(tender.simulator)}</a> })
        .below(view! { <p class="pad small quiet gap-s">{rule_sentence(&tender.rule)}</p> })
        .card(t!(tender.participants))
}

/// « Clé : 20 % à parts égales, le reste selon la population ».
pub(super) fn rule_sentence(rule: &Rule) -> String {
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

pub(super) fn plan(tender: &Tender, may_change: bool) -> AnyView {
    let plan = &tender.plan;
    let change = may_change.then(|| {
        view! { <a class="small" href=format!("/marches/{}/modifier", tender.reference)>{t!(tender.change)}</a> }
    });
    view! {
        <section class="card" aria-labelledby="plan">
            <div class="row row--apart"><h2 id="plan">{t!(tender.plan_card)}</h2>{change}</div>
            <dl class="facts facts--row">
                {ui::fact(t!(need.total), plan.estimate.to_string())}
                {ui::fact(t!(need.cpv), plan.cpv.clone())}
                {ui::fact(t!(tender.procedure), words::procedure(plan.procedure).to_owned())}
                {ui::fact(t!(tender.channel), words::channel(plan.channel).to_owned())}
            </dl>
            <p class="gap-s">{plan.description.clone()}</p>
        </section>
    }
    .into_any()
}

pub(super) fn acts(acts: Vec<Act>) -> Option<AnyView> {
    if acts.is_empty() {
        return None;
    }
    let columns = [
        ui::column(t!(tender.act)),
        ui::column(t!(tender.date)),
        ui::column(t!(tender.number)),
        ui::column(t!(tender.result)),
    ];
    let rows = acts.into_iter().map(|act| {
        let on = act.decided_on.unwrap_or_else(|| brussels(act.created_at).date());
        ui::row(act_word(act.kind))
            .cell(date_french(on))
            .cell(act.number.unwrap_or_default())
            .cell(act.result.map_or("", result_word))
    });
    Some(ui::table("actes", columns, rows).card(t!(tender.acts)))
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
        ActResult::Supervision(result) => award::words::supervision_result(result),
        ActResult::Granted => t!(award.granted),
        ActResult::Refused => t!(award.refused),
        ActResult::ToSupervision => t!(award.act_to_supervision),
        ActResult::Prolonged => t!(award.prolonged),
        ActResult::Drawn { .. } => "",
    }
}
