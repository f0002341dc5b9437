//! What comes next from the proposal of the award to the closing, by whom, until when.

use chrono::NaiveDate;
use domain::{
    authz::{
        AcceptContract, Action as _, Actor, CloseContract, ConcludeContract, DecideAward, FollowSupervision,
        GiveLegalityOpinion, KeepSurety, ProposeAward, SendInformation,
    },
    award::Transmission,
    kernel::{deadline, time::brussels},
    parameter::ParameterSet,
    tender::{ActKind, ActResult, LegalityOpinion, Stage, Tender},
};
use service::{
    award::{AfterAcceptance, opinion_on_award},
    store::acts::Act,
};

use crate::pages::{tenders::Next, words::t};

/// What the next action depends on.
pub(crate) struct Facts<'a> {
    pub tender: &'a Tender,
    pub pilot: &'a str,
    pub acts: &'a [Act],
    pub actor: &'a Actor,
    /// What runs since the provisional acceptance.
    pub accepted: AfterAcceptance,
    pub parameters: &'a ParameterSet,
    pub today: NaiveDate,
}

/// Fills in the action of a stage of this part; the officer of the pilot acts where nobody else is named.
pub(crate) fn fill(next: &mut Next, stage: Stage, facts: &Facts<'_>) {
    let Facts { tender, pilot, acts, actor, .. } = facts;
    let at = |page: &str| format!("/marches/{}/{page}", tender.reference);
    let (what, until, link) = match stage {
        Stage::AwardProposed => return proposed(next, facts),
        Stage::Awarded => (
            t!(award.next_inform),
            None,
            SendInformation::permits(actor, tender).then(|| (at("informations"), t!(award.next_inform_link))),
        ),
        Stage::Informed | Stage::Standstill if awaits_transmission(acts) => (
            t!(award.next_transmit),
            after_act(acts, ActKind::AwardDecision, facts, "cdld.tutelle.transmission_days"),
            FollowSupervision::permits(actor, tender).then(|| (at("tutelle"), t!(award.next_transmit_link))),
        ),
        Stage::Standstill => (
            t!(award.next_wait),
            tender.clock.standstill_until.map(|until| brussels(until).date()),
            // Nobody acts on a delay that runs.
            None,
        ),
        Stage::Informed => (
            t!(award.next_conclude),
            None,
            ConcludeContract::permits(actor, tender).then(|| (at("conclusion"), t!(award.next_conclude_link))),
        ),
        Stage::Supervision => (
            t!(award.next_supervision),
            supervised_until(facts),
            FollowSupervision::permits(actor, tender).then(|| (at("tutelle"), t!(award.next_supervision_link))),
        ),
        Stage::Concluded => (
            t!(award.next_surety),
            None,
            KeepSurety::permits(actor, tender).then(|| (at("cautionnement"), t!(award.next_surety_link))),
        ),
        Stage::SuretyAwaited => (
            t!(award.next_deposit),
            after_act(acts, ActKind::Conclusion, facts, "surety.deposit_days"),
            KeepSurety::permits(actor, tender).then(|| (at("cautionnement"), t!(award.next_surety_link))),
        ),
        Stage::Executing => return managed(next, facts, t!(award.next_receive), None),
        Stage::ProvisionallyAccepted | Stage::Guarantee | Stage::FinallyAccepted
            if facts.accepted.to_release.is_positive() =>
        {
            (
                t!(award.release),
                after_act(acts, accepted_by(stage), facts, "surety.release_days"),
                KeepSurety::permits(actor, tender).then(|| (at("cautionnement"), t!(award.next_surety_link))),
            )
        }
        Stage::ProvisionallyAccepted | Stage::Guarantee => {
            return managed(next, facts, t!(award.next_final), facts.accepted.guarantee_until);
        }
        _ => (
            t!(award.next_close),
            None,
            CloseContract::permits(actor, tender).then(|| (at("reception"), t!(award.next_close_link))),
        ),
    };
    what.clone_into(&mut next.what);
    next.who = t!(next.officer, organisation = pilot);
    next.until = until;
    next.link = link;
}

fn proposed(next: &mut Next, facts: &Facts<'_>) {
    let Facts { tender, pilot, acts, actor, parameters, today, .. } = facts;
    let at = |page: &str| format!("/marches/{}/{page}", tender.reference);
    let opinion = opinion_on_award(acts, parameters).unwrap_or(LegalityOpinion::NotAsked);
    let decides = DecideAward::permits(actor, tender);
    let proposes = ProposeAward::permits(actor, tender);
    match opinion {
        LegalityOpinion::Awaited { until } if *today <= until => {
            t!(award.next_opinion).clone_into(&mut next.what);
            next.who = t!(next.finance_director, organisation = pilot);
            next.until = Some(until);
            next.link = GiveLegalityOpinion::permits(actor, tender).then(|| (at("avis"), t!(next.opinion_link)));
            return;
        }
        LegalityOpinion::Outdated => {
            t!(next.ask_again).clone_into(&mut next.what);
            next.who = t!(next.officer, organisation = pilot);
            next.link = proposes.then(|| (at("attribution"), t!(award.next_ask_opinion_link)));
            return;
        }
        LegalityOpinion::NotAsked if proposes && !decides => {
            t!(award.next_ask_opinion).clone_into(&mut next.what);
            next.who = t!(next.officer, organisation = pilot);
            next.link = Some((at("attribution"), t!(award.next_ask_opinion_link)));
            return;
        }
        LegalityOpinion::NotAsked | LegalityOpinion::Awaited { .. } | LegalityOpinion::Given { .. } => {}
    }
    t!(award.next_decide).clone_into(&mut next.what);
    next.who = t!(award.executive, organisation = pilot);
    next.link = decides.then(|| (at("attribution"), t!(award.next_decide_link)));
}

/// The decision says that it goes to the Region, and it has not gone.
fn awaits_transmission(acts: &[Act]) -> bool {
    let decision = acts.iter().rfind(|act| act.kind == ActKind::AwardDecision);
    let said = decision.is_some_and(|act| act.result == Some(ActResult::ToSupervision));
    said && !acts.iter().any(|act| act.kind == ActKind::SupervisionSent)
}

/// The act that a release follows.
fn accepted_by(stage: Stage) -> ActKind {
    if stage == Stage::FinallyAccepted { ActKind::FinalAcceptance } else { ActKind::ProvisionalAcceptance }
}

fn managed(next: &mut Next, facts: &Facts<'_>, what: &str, until: Option<NaiveDate>) {
    what.clone_into(&mut next.what);
    next.until = until;
    next.who = t!(award.manager, organisation = facts.pilot);
    let address = format!("/marches/{}/reception", facts.tender.reference);
    next.link = AcceptContract::permits(facts.actor, facts.tender).then_some((address, t!(award.next_receive_link)));
}

/// From the day on which the Region had the complete act, prolonged where the last word of it says so.
fn supervised_until(facts: &Facts<'_>) -> Option<NaiveDate> {
    let received = facts.acts.iter().rfind(|act| act.kind == ActKind::SupervisionReceived)?;
    let transmission = Transmission {
        sent_on: received.decided_on?,
        received_on: received.decided_on,
        prolonged: received.result == Some(ActResult::Prolonged),
        result: None,
    };
    transmission.delays(facts.parameters).ok()?.map(|found| found.delay.end)
}

fn after_act(acts: &[Act], kind: ActKind, facts: &Facts<'_>, key: &str) -> Option<NaiveDate> {
    let on = acts.iter().rfind(|act| act.kind == kind)?.decided_on?;
    let days = facts.parameters.days_on(key, on).ok()?;
    deadline::calendar(on, days).ok().map(|delay| delay.end)
}
