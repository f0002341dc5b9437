//! Tenders: planned from a need, answered by each council, adopted, called, or given up.

mod adopt;
mod answer;
mod change;
mod coordinator;
mod documents;
mod give_up;
mod opinion;
mod plan;
mod steps;

use domain::{
    procedure::Unanswerable,
    refusal::Refusal,
    tender::{Organ, Warning},
};

pub use adopt::{Adoption, adopt, adopt_edition};
pub use answer::{AnswerDraft, answer};
pub use change::{change_plan, invite_participant, set_rule, withdraw_invitation};
pub use coordinator::{ask_coordinator, give_coordinator_opinion};
pub use documents::{document, documents};
pub use give_up::give_up;
pub use opinion::{Opinion, ask_opinion, give_opinion, opinion_of, opinion_on};
pub use plan::{PlanDraft, plan, plan_once};
pub use steps::{ask_for_adhesions, start_drafting};

use crate::{Error, store::Audit, write::today};

/// The college does not write down what the council decided, nor the reverse: `own` are the organs of the actor.
pub(crate) fn own_organ(organ: Organ, own: &[Organ]) -> Result<(), Refusal> {
    if own.contains(&organ) { Ok(()) } else { Err(Refusal::NotYourOrgan) }
}

/// Warnings are gone past by a named person who says why; both are kept.
pub(crate) fn accepted(audit: Audit, warnings: &[Warning], reason: Option<&str>) -> Result<Audit, Refusal> {
    if warnings.is_empty() {
        return Ok(audit);
    }
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty()).ok_or(Refusal::WarningsNeedAReason)?;
    let told: Vec<_> =
        warnings.iter().map(|warning| format!("{} ({})", warning.rule.code(), warning.figure.legal_ref)).collect();
    Ok(audit.with("warnings", told).with("reason", reason))
}

/// The law of that day is not known, or the estimate is not one.
pub(crate) fn unanswerable(error: Unanswerable) -> Error {
    match error {
        Unanswerable::Estimate => {
            Error::Invalid(crate::FieldErrors::one("estimation", domain::fault::Fault::NotPositive))
        }
        Unanswerable::Missing(missing) => {
            Error::Refused(Refusal::MissingParameter { key: missing.key, on: missing.on })
        }
    }
}
