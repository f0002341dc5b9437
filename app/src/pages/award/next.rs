//! What comes next from the proposal of the award to the closing, by whom, until when.

use chrono::NaiveDate;
use domain::{
    authz::{
        AcceptContract, Action as _, Actor, CloseContract, ConcludeContract, DecideAward, FollowSupervision,
        GiveLegalityOpinion, KeepSurety, SendInformation,
    },
    kernel::{deadline, time::brussels},
    parameter::ParameterSet,
    tender::{ActKind, Stage, Tender},
};
use service::store::acts::Act;

use crate::pages::{
    tenders::{Next, opinion_due},
    words::t,
};

/// What the next action depends on.
pub(crate) struct Facts<'a> {
    pub tender: &'a Tender,
    pub pilot: &'a str,
    pub acts: &'a [Act],
    pub actor: &'a Actor,
    pub parameters: &'a ParameterSet,
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
        Stage::Executing => return managed(next, facts, t!(award.next_receive)),
        Stage::ProvisionallyAccepted | Stage::Guarantee => return managed(next, facts, t!(award.next_final)),
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
    let Facts { tender, pilot, acts, actor, parameters } = facts;
    let has = |kind: ActKind| acts.iter().any(|act| act.kind == kind);
    if has(ActKind::AwardOpinionAsked) && !has(ActKind::AwardOpinion) {
        t!(award.next_opinion).clone_into(&mut next.what);
        next.who = t!(next.finance_director, organisation = pilot);
        next.until = opinion_due(acts, ActKind::AwardOpinionAsked, parameters);
        let address = format!("/marches/{}/avis", tender.reference);
        next.link = GiveLegalityOpinion::permits(actor, tender).then_some((address, t!(next.opinion_link)));
        return;
    }
    t!(award.next_decide).clone_into(&mut next.what);
    next.who = t!(award.executive, organisation = pilot);
    let address = format!("/marches/{}/attribution", tender.reference);
    next.link = DecideAward::permits(actor, tender).then_some((address, t!(award.next_decide_link)));
}

fn managed(next: &mut Next, facts: &Facts<'_>, what: &str) {
    what.clone_into(&mut next.what);
    next.who = t!(award.manager, organisation = facts.pilot);
    let address = format!("/marches/{}/reception", facts.tender.reference);
    next.link = AcceptContract::permits(facts.actor, facts.tender).then_some((address, t!(award.next_receive_link)));
}

/// From the day on which the Region had the complete act.
fn supervised_until(facts: &Facts<'_>) -> Option<NaiveDate> {
    after_act(facts.acts, ActKind::SupervisionReceived, facts, "cdld.tutelle.decision_days")
}

fn after_act(acts: &[Act], kind: ActKind, facts: &Facts<'_>, key: &str) -> Option<NaiveDate> {
    let on = acts.iter().rfind(|act| act.kind == kind)?.decided_on?;
    let days = facts.parameters.days_on(key, on).ok()?;
    deadline::calendar(on, days).ok().map(|delay| delay.end)
}
