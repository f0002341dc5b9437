//! The French words of a tender's codes.

use domain::{
    kernel::Money,
    procedure::{Nature, Procedure},
    tender::{Adhesion, Channel, Milestone, Organ, Stage, Vehicle},
};
use leptos::prelude::*;

use crate::pages::{ui, words::t};

pub(crate) fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Needs => t!(stage.needs),
        Stage::Adhesions => t!(stage.adhesions),
        Stage::Drafting => t!(stage.drafting),
        Stage::LegalityOpinion => t!(stage.legality_opinion),
        Stage::Adopted => t!(stage.adopted),
        Stage::CoordinatorOpinion => t!(stage.coordinator_opinion),
        Stage::Called => t!(stage.called),
        Stage::QuestionsClosed => t!(stage.questions_closed),
        Stage::DepositClosed => t!(stage.deposit_closed),
        Stage::Opened => t!(stage.opened),
        Stage::Selection => t!(stage.selection),
        Stage::Regularity => t!(stage.regularity),
        Stage::Negotiation => t!(stage.negotiation),
        Stage::Evaluation => t!(stage.evaluation),
        Stage::AwardProposed => t!(stage.award_proposed),
        Stage::Awarded => t!(stage.awarded),
        Stage::Informed => t!(stage.informed),
        Stage::Standstill => t!(stage.standstill),
        Stage::Supervision => t!(stage.supervision),
        Stage::Concluded => t!(stage.concluded),
        Stage::SuretyAwaited => t!(stage.surety_awaited),
        Stage::Executing => t!(stage.executing),
        Stage::ProvisionallyAccepted => t!(stage.provisionally_accepted),
        Stage::Guarantee => t!(stage.guarantee),
        Stage::FinallyAccepted => t!(stage.finally_accepted),
        Stage::Closed => t!(stage.closed),
        Stage::GivenUp => t!(stage.given_up),
        Stage::Annulled => t!(stage.annulled),
        Stage::Terminated => t!(stage.terminated),
    }
}

/// The stage as a tag: someone's turn, done, or stopped.
pub(crate) fn stage_tag(at: Stage) -> AnyView {
    let kind = match at {
        Stage::GivenUp | Stage::Annulled | Stage::Terminated => "bad",
        Stage::Closed | Stage::FinallyAccepted | Stage::Executing | Stage::Concluded => "done",
        Stage::Called | Stage::QuestionsClosed | Stage::DepositClosed => "wait",
        Stage::Needs
        | Stage::Adhesions
        | Stage::Drafting
        | Stage::LegalityOpinion
        | Stage::Adopted
        | Stage::CoordinatorOpinion
        | Stage::Opened
        | Stage::Selection
        | Stage::Regularity
        | Stage::Negotiation
        | Stage::Evaluation
        | Stage::AwardProposed
        | Stage::Awarded
        | Stage::Informed
        | Stage::Standstill
        | Stage::Supervision
        | Stage::SuretyAwaited
        | Stage::ProvisionallyAccepted
        | Stage::Guarantee => "now",
    };
    ui::tag(kind, stage(at))
}

pub(super) fn milestone(milestone: Milestone) -> &'static str {
    match milestone {
        Milestone::Need => t!(stage.m_need),
        Milestone::Adhesions => t!(stage.m_adhesions),
        Milestone::Specification => t!(stage.m_specification),
        Milestone::Call => t!(stage.m_call),
        Milestone::Opening => t!(stage.m_opening),
        Milestone::Evaluation => t!(stage.m_evaluation),
        Milestone::Award => t!(stage.m_award),
        Milestone::Execution => t!(stage.m_execution),
    }
}

pub(crate) fn procedure(procedure: Procedure) -> &'static str {
    match procedure {
        Procedure::Fm => t!(tender.procedure_fm),
        Procedure::Pnspp => t!(tender.procedure_pnspp),
        Procedure::Pndapp => t!(tender.procedure_pndapp),
        Procedure::Po => t!(tender.procedure_po),
        Procedure::Pr => t!(tender.procedure_pr),
        Procedure::Pcan => t!(tender.procedure_pcan),
        Procedure::Dc => t!(tender.procedure_dc),
        Procedure::Pi => t!(tender.procedure_pi),
        Procedure::Sss => t!(tender.procedure_sss),
    }
}

pub(crate) fn vehicle(vehicle: Vehicle) -> &'static str {
    match vehicle {
        Vehicle::Isolated => t!(tender.isolated),
        Vehicle::Joint => t!(tender.joint),
        Vehicle::Central => t!(tender.central),
    }
}

pub(crate) fn nature(nature: Nature) -> &'static str {
    match nature {
        Nature::Services => t!(need.services),
        Nature::Supplies => t!(need.supplies),
        Nature::Works => t!(need.works),
        Nature::Sss => t!(tender.sss),
    }
}

pub(super) fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Hosted => t!(tender.hosted),
        Channel::EProcurement => t!(tender.e_procurement),
    }
}

/// `63 355`, with the narrow no-break space.
pub(super) fn grouped(number: i64) -> String {
    let text = Money::from_cents(number.saturating_mul(100)).amount_french();
    text.split(',').next().unwrap_or_default().to_owned()
}

pub(super) fn organ(organ: Organ) -> &'static str {
    match organ {
        Organ::Council => t!(role.council),
        Organ::Executive => t!(role.executive),
        Organ::ChiefExecutive => t!(role.chief_executive),
    }
}

pub(super) fn adhesion(adhesion: Adhesion) -> &'static str {
    match adhesion {
        Adhesion::Invited => t!(tender.invited),
        Adhesion::Adhered => t!(tender.adhered),
        Adhesion::Refused => t!(tender.refused),
        Adhesion::Withdrawn => t!(tender.withdrawn),
    }
}

pub(super) fn adhesion_tag(at: Adhesion) -> AnyView {
    let kind = match at {
        Adhesion::Invited => "wait",
        Adhesion::Adhered => "done",
        Adhesion::Refused | Adhesion::Withdrawn => "bad",
    };
    ui::tag(kind, adhesion(at))
}
