//! At which stages a file may wait for somebody, by their roles: the others are not read.

use domain::{authz::RoleSet, organisation::Role, tender::Stage};

pub(super) fn stages(roles: &RoleSet) -> Vec<Stage> {
    Stage::ALL.into_iter().filter(|stage| roles.iter().any(|role| of(*role, *stage))).collect()
}

/// Stages as they are stored: a call whose deposit is closed is one still.
fn of(role: Role, stage: Stage) -> bool {
    match role {
        Role::ProcurementOfficer => !stage.is_over() && !stage.is_made_by_time(),
        Role::ContractManager => matches!(stage, Stage::Executing | Stage::ProvisionallyAccepted | Stage::Guarantee),
        Role::FinanceDirector => matches!(stage, Stage::LegalityOpinion | Stage::AwardProposed),
        Role::Executive => {
            matches!(
                stage,
                Stage::LegalityOpinion
                    | Stage::Adopted
                    | Stage::CoordinatorOpinion
                    | Stage::Called
                    | Stage::AwardProposed
                    | Stage::Informed
            )
        }
        Role::Council => is_planned(stage),
        Role::ChiefExecutive => is_planned(stage) || stage == Stage::Called,
        Role::Coordinator => stage == Stage::CoordinatorOpinion,
        Role::Evaluator => (Stage::Opened..=Stage::Evaluation).contains(&stage),
        Role::Auditor | Role::PlatformAdministrator | Role::SmeMember => false,
    }
}

/// Until the conditions are adopted, an authority answers its invitation.
fn is_planned(stage: Stage) -> bool {
    stage < Stage::Adopted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_read_for_roles_that_have_nothing_to_do() {
        for role in [Role::Auditor, Role::PlatformAdministrator, Role::SmeMember] {
            assert!(stages(&[role].into()).is_empty(), "{role:?}");
        }
        assert_eq!(
            stages(&[Role::Auditor, Role::FinanceDirector].into()),
            [Stage::LegalityOpinion, Stage::AwardProposed]
        );
    }
}
