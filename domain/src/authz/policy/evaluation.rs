//! Opened offers: selected, corrected, judged, ranked.

use super::officer_of_pilot;
use crate::{
    authz::{Action, Actor},
    organisation::Role,
    tender::{Stage, Tender},
};

declare! {
    /// Read the examination of the offers: those who take part, and those who read every file. Nobody before the opening.
    ReadEvaluation on Tender, "evaluation.read": |actor, tender| {
        tender.stage >= Stage::Opened
            && (takes_part(actor, tender) && !actor.holds_only(Role::PlatformAdministrator)
                || actor.holds_any(&[Role::Coordinator, Role::Auditor]))
    };
    /// Select, correct, ask, negotiate, decide on regularity.
    AssessOffers on Tender, "evaluation.assess": |actor, tender| officer_of_pilot(actor, tender);
    /// Name who judges the quality.
    NameJury on Tender, "evaluation.jury": |actor, tender| officer_of_pilot(actor, tender);
    /// Declare one's interests (loi du 17 juin 2016, art. 6).
    DeclareInterests on Tender, "evaluation.declare": |actor, tender| evaluator(actor, tender);
    /// Give points.
    ScoreOffers on Tender, "evaluation.score": |actor, tender| evaluator(actor, tender);
    /// Close the evaluation: the ranking stands.
    CloseEvaluation on Tender, "evaluation.close": |actor, tender| officer_of_pilot(actor, tender);
    /// Answer what one's own firm was asked.
    AnswerRequest on Tender, "evaluation.answer_request": |actor, _| actor.holds(Role::SmeMember);
}

fn takes_part(actor: &Actor, tender: &Tender) -> bool {
    tender.is_pilot(actor.organisation()) || tender.participant(actor.organisation()).is_some()
}

fn evaluator(actor: &Actor, tender: &Tender) -> bool {
    takes_part(actor, tender) && actor.holds(Role::Evaluator)
}
