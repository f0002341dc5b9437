//! The next action of a tender: what, by whom, until when, and the page where it is done.

use chrono::NaiveDate;
use domain::{
    authz::{
        Action as _, Actor, AdoptConditions, AnswerAdhesion, AskLegalityOpinion, ChangeTender, GiveCoordinatorOpinion,
        GiveLegalityOpinion, OpenOffers, PublishCall,
    },
    kernel::time::{brussels, weekday_date_french},
    parameter::ParameterSet,
    tender::{ActKind, Adhesion, FileVersion, LegalityOpinion, Stage, Tender, Vehicle},
};
use leptos::prelude::*;
use service::{
    award::AfterAcceptance,
    store::{acts::Act, tenders::TenderView},
    tender as cases,
};

use crate::pages::{award, words::t};

/// One action, and whether it is this actor's.
pub(crate) struct Next {
    pub what: String,
    /// Empty when nothing is left to do.
    pub who: String,
    pub until: Option<NaiveDate>,
    /// Page of the action, when it is this actor's.
    pub link: Option<(String, &'static str)>,
}

/// `answers` is the version of the specification's answers: the opinion is on them too.
#[expect(clippy::assigning_clones, reason = "a few sentences, once a page")]
pub(crate) fn next(
    TenderView { tender, pilot, .. }: &TenderView,
    acts: &[Act],
    actor: &Actor,
    answers: i32,
    accepted: AfterAcceptance,
    parameters: &ParameterSet,
    now: chrono::DateTime<chrono::Utc>,
) -> Next {
    let at = |page: &str| format!("/marches/{}/{page}", tender.reference);
    let may_change = ChangeTender::permits(actor, tender);
    let own_answer = tender
        .participant(actor.organisation())
        .is_some_and(|own| own.adhesion == Adhesion::Invited && AnswerAdhesion::permits(actor, tender))
        && tender.plan.vehicle == Vehicle::Joint;
    let officer = t!(next.officer, organisation = pilot);
    let waiting: Vec<_> = tender
        .counted()
        .filter(|participant| participant.adhesion == Adhesion::Invited)
        .map(|participant| participant.name.clone())
        .collect();
    let current = FileVersion { tender: tender.version, answers };
    let opinion = cases::opinion_on(acts, current, parameters).unwrap_or(LegalityOpinion::NotAsked);
    let mut next = Next { what: String::new(), who: officer.clone(), until: None, link: None };
    match tender.stage_at(now) {
        Stage::Needs if tender.plan.vehicle != Vehicle::Joint => {
            next.what = t!(next.draft).to_owned();
            next.link = may_change.then(|| (at("cahier"), t!(next.draft_link)));
        }
        Stage::Needs => {
            next.what = t!(next.gather).to_owned();
            next.link = may_change.then(|| (at("participants"), t!(next.gather_link)));
        }
        Stage::Adhesions if !waiting.is_empty() => {
            next.what = t!(next.answer).to_owned();
            next.who = waiting.join(", ");
        }
        Stage::Adhesions => {
            next.what = t!(next.draft).to_owned();
            next.link = may_change.then(|| (at("cahier"), t!(next.draft_link)));
        }
        Stage::Drafting => {
            next.what = t!(next.specification).to_owned();
            next.link = may_change.then(|| (at("cahier"), t!(next.specification_link)));
        }
        Stage::LegalityOpinion if opinion == LegalityOpinion::Outdated => ask_again(&mut next, tender, actor),
        Stage::LegalityOpinion if !is_given(opinion) => {
            next.what = t!(next.opinion).to_owned();
            next.who = t!(next.finance_director, organisation = pilot);
            next.until = due(opinion);
            next.link = GiveLegalityOpinion::permits(actor, tender).then(|| (at("avis"), t!(next.opinion_link)));
        }
        Stage::LegalityOpinion => {
            next.what = t!(next.adopt).to_owned();
            next.who = t!(next.council, organisation = pilot);
            next.link = AdoptConditions::permits(actor, tender).then(|| (at("adoption"), t!(next.adopt_link)));
        }
        Stage::CoordinatorOpinion
            if GiveCoordinatorOpinion::permits(actor, tender)
                && !acts.iter().any(|act| act.kind == ActKind::CoordinatorOpinion) =>
        {
            next.what = t!(next.coordinator).to_owned();
            next.who = t!(next.coordinators).to_owned();
            next.link = Some((at("avis-coordinateur"), t!(next.opinion_link)));
        }
        Stage::Adopted | Stage::CoordinatorOpinion => {
            next.what = t!(next.publish).to_owned();
            next.link = PublishCall::permits(actor, tender).then(|| (at("appel"), t!(next.publish_link)));
        }
        Stage::Called | Stage::QuestionsClosed => {
            next.what = t!(next.wait_offers).to_owned();
            next.who = t!(next.firms).to_owned();
            next.until = tender.clock.deposit_until.map(|until| brussels(until).date());
        }
        Stage::DepositClosed => {
            next.what = t!(next.open).to_owned();
            next.who = if tender.opens_jointly() { t!(next.two_authorities) } else { t!(next.two_persons) }.to_owned();
            next.link = OpenOffers::permits(actor, tender).then(|| (at("ouverture"), t!(next.open_link)));
        }
        Stage::GivenUp | Stage::Annulled | Stage::Terminated | Stage::Closed => {
            next.what = t!(next.nothing).to_owned();
            next.who.clear();
        }
        Stage::Opened | Stage::Selection | Stage::Regularity | Stage::Negotiation | Stage::Evaluation => {
            next.what = t!(next.follow).to_owned();
        }
        stage @ (Stage::AwardProposed
        | Stage::Awarded
        | Stage::Informed
        | Stage::Standstill
        | Stage::Supervision
        | Stage::Concluded
        | Stage::SuretyAwaited
        | Stage::Executing
        | Stage::ProvisionallyAccepted
        | Stage::Guarantee
        | Stage::FinallyAccepted) => {
            let today = brussels(now).date();
            let facts = award::next::Facts { tender, pilot, acts, actor, accepted, parameters, today };
            award::next::fill(&mut next, stage, &facts);
        }
    }
    if own_answer && tender.may_change().is_ok() {
        next.what = t!(next.answer).to_owned();
        next.who = t!(next.you).to_owned();
        next.link = Some((at("adhesion"), t!(next.answer_link)));
    }
    next
}

/// The file changed since its opinion was asked: the record holds the button.
fn ask_again(next: &mut Next, tender: &Tender, actor: &Actor) {
    t!(next.ask_again).clone_into(&mut next.what);
    let record = format!("/marches/{}", tender.reference);
    next.link = AskLegalityOpinion::permits(actor, tender).then_some((record, t!(next.ask_again_link)));
}

fn is_given(opinion: LegalityOpinion) -> bool {
    match opinion {
        LegalityOpinion::Given { .. } => true,
        LegalityOpinion::NotAsked | LegalityOpinion::Awaited { .. } | LegalityOpinion::Outdated => false,
    }
}

fn due(opinion: LegalityOpinion) -> Option<NaiveDate> {
    match opinion {
        LegalityOpinion::Awaited { until } => Some(until),
        LegalityOpinion::NotAsked | LegalityOpinion::Outdated | LegalityOpinion::Given { .. } => None,
    }
}

impl Next {
    /// Where nobody has anything left to do, neither who nor until when is told.
    pub(crate) fn view(self) -> AnyView {
        let until = self.until.map_or_else(|| t!(next.no_date).to_owned(), weekday_date_french);
        let turn = (!self.who.is_empty()).then(|| {
            view! {
                <div><dt>{t!(next.who)}</dt><dd>{self.who}</dd></div>
                <div><dt>{t!(next.until)}</dt><dd>{until}</dd></div>
            }
        });
        view! {
            <section class="next" aria-labelledby="suite">
                <h2 id="suite">{t!(next.title)}</h2>
                <dl>
                    <div><dt>{t!(next.what)}</dt><dd>{self.what}</dd></div>
                    {turn}
                </dl>
                {self.link.map(|(address, word)| view! {
                    <div class="row actions"><a class="btn" href=address>{word}</a></div>
                })}
            </section>
        }
        .into_any()
    }
}
