//! The life of a tender: one enum, one `match`.

use serde::{Deserialize, Serialize};

/// Where a tender stands. The codes S01 to S26 and X1 to X3 are those of the common file of a joint tender.
///
/// Three of them are made by the clock alone and are never stored: see [`Stage::is_made_by_time`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stage {
    /// S01 Besoins.
    Needs,
    /// S02 Adhésions.
    Adhesions,
    /// S03 Cahier spécial des charges en rédaction.
    Drafting,
    /// S04 Avis de légalité demandé.
    LegalityOpinion,
    /// S05 Conditions adoptées.
    Adopted,
    /// S06 Avis d'un bailleur ou du coordinateur (facultatif).
    CoordinatorOpinion,
    /// S07 Publié, ou invitations envoyées.
    Called,
    /// S08 Questions closes; made by the clock.
    QuestionsClosed,
    /// S09 Dépôt clos; made by the clock.
    DepositClosed,
    /// S10 Offres ouvertes.
    Opened,
    /// S11 Sélection.
    Selection,
    /// S12 Régularité.
    Regularity,
    /// S13 Négociation.
    Negotiation,
    /// S14 Évaluation.
    Evaluation,
    /// S15 Proposition d'attribution.
    AwardProposed,
    /// S16 Décision motivée d'attribution.
    Awarded,
    /// S17 Informations envoyées.
    Informed,
    /// S18 Délai d'attente; made by the clock.
    Standstill,
    /// S19 Tutelle sur l'attribution.
    Supervision,
    /// S20 Conclu.
    Concluded,
    /// S21 Cautionnement attendu.
    SuretyAwaited,
    /// S22 En exécution.
    Executing,
    /// S23 Réception provisoire.
    ProvisionallyAccepted,
    /// S24 Garantie.
    Guarantee,
    /// S25 Réception définitive.
    FinallyAccepted,
    /// S26 Clôturé.
    Closed,
    /// X1 Renoncé, non attribué (loi du 17 juin 2016, art. 85).
    GivenUp,
    /// X2 Annulé par la tutelle, ou suspendu par le juge.
    Annulled,
    /// X3 Résilié.
    Terminated,
}

/// What moves a tender from one stage to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Step {
    AskForAdhesions,
    StartDrafting,
    AskLegalityOpinion,
    AdoptConditions,
    AskCoordinatorOpinion,
    Publish,
    OpenOffers,
    StartSelection,
    StartRegularity,
    Negotiate,
    Evaluate,
    ProposeAward,
    DecideAward,
    SendInformation,
    SendToSupervision,
    Conclude,
    AskSurety,
    StartExecution,
    AcceptProvisionally,
    StartGuarantee,
    AcceptFinally,
    Close,
    GiveUp,
    Annul,
    Terminate,
}

/// A step that the stage does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{step:?} is not possible from {from:?}")]
pub struct StepRefused {
    pub from: Stage,
    pub step: Step,
}

/// The instants that make S08, S09 and S18 out of a stored stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StageClock {
    pub questions_until: Option<chrono::DateTime<chrono::Utc>>,
    pub deposit_until: Option<chrono::DateTime<chrono::Utc>>,
    pub standstill_until: Option<chrono::DateTime<chrono::Utc>>,
}

impl Stage {
    pub const ALL: [Self; 29] = [
        Self::Needs,
        Self::Adhesions,
        Self::Drafting,
        Self::LegalityOpinion,
        Self::Adopted,
        Self::CoordinatorOpinion,
        Self::Called,
        Self::QuestionsClosed,
        Self::DepositClosed,
        Self::Opened,
        Self::Selection,
        Self::Regularity,
        Self::Negotiation,
        Self::Evaluation,
        Self::AwardProposed,
        Self::Awarded,
        Self::Informed,
        Self::Standstill,
        Self::Supervision,
        Self::Concluded,
        Self::SuretyAwaited,
        Self::Executing,
        Self::ProvisionallyAccepted,
        Self::Guarantee,
        Self::FinallyAccepted,
        Self::Closed,
        Self::GivenUp,
        Self::Annulled,
        Self::Terminated,
    ];

    /// The stage that follows when `step` is taken on a **stored** stage. Guards that need facts are separate.
    ///
    /// # Errors
    /// [`StepRefused`] for every pair that is not in the table.
    pub fn after(self, step: Step) -> Result<Self, StepRefused> {
        use Stage as S;
        match (self, step) {
            (S::Needs, Step::AskForAdhesions) => Ok(S::Adhesions),
            (S::Needs | S::Adhesions, Step::StartDrafting) => Ok(S::Drafting),
            (S::Drafting, Step::AskLegalityOpinion) => Ok(S::LegalityOpinion),
            (S::Drafting | S::LegalityOpinion, Step::AdoptConditions) => Ok(S::Adopted),
            (S::Adopted, Step::AskCoordinatorOpinion) => Ok(S::CoordinatorOpinion),
            (S::Adopted | S::CoordinatorOpinion, Step::Publish) => Ok(S::Called),
            (S::Called, Step::OpenOffers) => Ok(S::Opened),
            (S::Opened, Step::StartSelection) => Ok(S::Selection),
            (S::Selection, Step::StartRegularity) => Ok(S::Regularity),
            (S::Regularity, Step::Negotiate) => Ok(S::Negotiation),
            (S::Regularity | S::Negotiation, Step::Evaluate) => Ok(S::Evaluation),
            (S::Evaluation, Step::ProposeAward) => Ok(S::AwardProposed),
            (S::AwardProposed, Step::DecideAward) => Ok(S::Awarded),
            (S::Awarded, Step::SendInformation) => Ok(S::Informed),
            (S::Informed, Step::SendToSupervision) => Ok(S::Supervision),
            (S::Informed | S::Supervision, Step::Conclude) => Ok(S::Concluded),
            (S::Concluded, Step::AskSurety) => Ok(S::SuretyAwaited),
            (S::Concluded | S::SuretyAwaited, Step::StartExecution) => Ok(S::Executing),
            (S::Executing, Step::AcceptProvisionally) => Ok(S::ProvisionallyAccepted),
            (S::ProvisionallyAccepted, Step::StartGuarantee) => Ok(S::Guarantee),
            (S::ProvisionallyAccepted | S::Guarantee, Step::AcceptFinally) => Ok(S::FinallyAccepted),
            (S::FinallyAccepted, Step::Close) => Ok(S::Closed),
            (from, Step::GiveUp) if from.is_before_conclusion() => Ok(S::GivenUp),
            (S::Awarded | S::Informed | S::Supervision | S::Concluded, Step::Annul) => Ok(S::Annulled),
            (
                S::Concluded | S::SuretyAwaited | S::Executing | S::ProvisionallyAccepted | S::Guarantee,
                Step::Terminate,
            ) => Ok(S::Terminated),
            (
                S::Needs
                | S::Adhesions
                | S::Drafting
                | S::LegalityOpinion
                | S::Adopted
                | S::CoordinatorOpinion
                | S::Called
                | S::QuestionsClosed
                | S::DepositClosed
                | S::Opened
                | S::Selection
                | S::Regularity
                | S::Negotiation
                | S::Evaluation
                | S::AwardProposed
                | S::Awarded
                | S::Informed
                | S::Standstill
                | S::Supervision
                | S::Concluded
                | S::SuretyAwaited
                | S::Executing
                | S::ProvisionallyAccepted
                | S::Guarantee
                | S::FinallyAccepted
                | S::Closed
                | S::GivenUp
                | S::Annulled
                | S::Terminated,
                _,
            ) => Err(StepRefused { from: self, step }),
        }
    }

    /// What this stored stage is at this moment: « dépôt clos » is the clock's word, no job can be late for it.
    #[must_use]
    #[expect(clippy::wildcard_enum_match_arm, reason = "every other stage is what is stored")]
    pub fn at(self, clock: StageClock, now: chrono::DateTime<chrono::Utc>) -> Self {
        let past = |limit: Option<chrono::DateTime<chrono::Utc>>| limit.is_some_and(|limit| now > limit);
        match self {
            Self::Called if past(clock.deposit_until) => Self::DepositClosed,
            Self::Called if past(clock.questions_until) => Self::QuestionsClosed,
            Self::Informed if clock.standstill_until.is_some_and(|until| now <= until) => Self::Standstill,
            stored => stored,
        }
    }

    /// S08, S09 and S18 come from the clock and are never stored.
    pub fn is_made_by_time(self) -> bool {
        matches!(self, Self::QuestionsClosed | Self::DepositClosed | Self::Standstill)
    }

    /// Giving up is possible until the contract is concluded (loi du 17 juin 2016, art. 85).
    pub fn is_before_conclusion(self) -> bool {
        !self.is_made_by_time() && self < Self::Concluded
    }

    /// Nobody has anything left to do.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Closed | Self::GivenUp | Self::Annulled | Self::Terminated)
    }

    /// The conditions are fixed and public or sent: nothing of them changes any more.
    pub fn is_called_or_later(self) -> bool {
        self >= Self::Called
    }

    /// S01 … S26, X1 … X3.
    pub fn code(self) -> &'static str {
        match self {
            Self::Needs => "S01",
            Self::Adhesions => "S02",
            Self::Drafting => "S03",
            Self::LegalityOpinion => "S04",
            Self::Adopted => "S05",
            Self::CoordinatorOpinion => "S06",
            Self::Called => "S07",
            Self::QuestionsClosed => "S08",
            Self::DepositClosed => "S09",
            Self::Opened => "S10",
            Self::Selection => "S11",
            Self::Regularity => "S12",
            Self::Negotiation => "S13",
            Self::Evaluation => "S14",
            Self::AwardProposed => "S15",
            Self::Awarded => "S16",
            Self::Informed => "S17",
            Self::Standstill => "S18",
            Self::Supervision => "S19",
            Self::Concluded => "S20",
            Self::SuretyAwaited => "S21",
            Self::Executing => "S22",
            Self::ProvisionallyAccepted => "S23",
            Self::Guarantee => "S24",
            Self::FinallyAccepted => "S25",
            Self::Closed => "S26",
            Self::GivenUp => "X1",
            Self::Annulled => "X2",
            Self::Terminated => "X3",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// The eight milestones that people follow.
    pub fn milestone(self) -> Milestone {
        match self {
            Self::Needs => Milestone::Need,
            Self::Adhesions => Milestone::Adhesions,
            Self::Drafting | Self::LegalityOpinion | Self::Adopted | Self::CoordinatorOpinion => {
                Milestone::Specification
            }
            Self::Called | Self::QuestionsClosed => Milestone::Call,
            Self::DepositClosed => Milestone::Opening,
            Self::Opened | Self::Selection | Self::Regularity | Self::Negotiation | Self::Evaluation => {
                Milestone::Evaluation
            }
            Self::AwardProposed | Self::Awarded | Self::Informed | Self::Standstill | Self::Supervision => {
                Milestone::Award
            }
            Self::Concluded
            | Self::SuretyAwaited
            | Self::Executing
            | Self::ProvisionallyAccepted
            | Self::Guarantee
            | Self::FinallyAccepted
            | Self::Closed
            | Self::GivenUp
            | Self::Annulled
            | Self::Terminated => Milestone::Execution,
        }
    }
}

/// The track shown on a record: eight milestones for the legal stages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Milestone {
    Need,
    Adhesions,
    Specification,
    Call,
    Opening,
    Evaluation,
    Award,
    Execution,
}

impl Milestone {
    pub const ALL: [Self; 8] = [
        Self::Need,
        Self::Adhesions,
        Self::Specification,
        Self::Call,
        Self::Opening,
        Self::Evaluation,
        Self::Award,
        Self::Execution,
    ];
}

impl Step {
    pub const ALL: [Self; 25] = [
        Self::AskForAdhesions,
        Self::StartDrafting,
        Self::AskLegalityOpinion,
        Self::AdoptConditions,
        Self::AskCoordinatorOpinion,
        Self::Publish,
        Self::OpenOffers,
        Self::StartSelection,
        Self::StartRegularity,
        Self::Negotiate,
        Self::Evaluate,
        Self::ProposeAward,
        Self::DecideAward,
        Self::SendInformation,
        Self::SendToSupervision,
        Self::Conclude,
        Self::AskSurety,
        Self::StartExecution,
        Self::AcceptProvisionally,
        Self::StartGuarantee,
        Self::AcceptFinally,
        Self::Close,
        Self::GiveUp,
        Self::Annul,
        Self::Terminate,
    ];
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, TimeZone, Utc};

    use super::*;

    #[test]
    fn the_whole_table_reads_as_a_list() {
        use std::fmt::Write as _;

        let mut table = String::new();
        for from in Stage::ALL {
            for step in Step::ALL {
                if let Ok(to) = from.after(step) {
                    let _ = writeln!(table, "{} {from:?} --{step:?}--> {} {to:?}", from.code(), to.code());
                }
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn no_step_leads_to_or_from_a_stage_that_the_clock_makes() {
        for from in Stage::ALL {
            for step in Step::ALL {
                if let Ok(to) = from.after(step) {
                    assert!(!from.is_made_by_time() && !to.is_made_by_time(), "{from:?} {step:?}");
                }
            }
        }
    }

    #[test]
    fn a_call_is_open_at_the_last_second_and_closed_one_after() {
        let until = Utc.with_ymd_and_hms(2026, 12, 2, 10, 0, 0).single().expect("a real instant");
        let clock = StageClock { deposit_until: Some(until), ..StageClock::default() };

        assert_eq!(Stage::Called.at(clock, until), Stage::Called);
        assert_eq!(Stage::Called.at(clock, until + TimeDelta::seconds(1)), Stage::DepositClosed);
    }

    #[test]
    fn questions_close_before_the_deposit_does() {
        let questions = Utc.with_ymd_and_hms(2026, 11, 26, 10, 0, 0).single().expect("a real instant");
        let clock = StageClock {
            questions_until: Some(questions),
            deposit_until: Some(questions + TimeDelta::days(6)),
            standstill_until: None,
        };

        assert_eq!(Stage::Called.at(clock, questions + TimeDelta::seconds(1)), Stage::QuestionsClosed);
    }

    #[test]
    fn the_standstill_shows_until_its_last_second() {
        let until = Utc.with_ymd_and_hms(2026, 11, 20, 22, 59, 59).single().expect("a real instant");
        let clock = StageClock { standstill_until: Some(until), ..StageClock::default() };

        assert_eq!(Stage::Informed.at(clock, until), Stage::Standstill);
        assert_eq!(Stage::Informed.at(clock, until + TimeDelta::seconds(1)), Stage::Informed);
    }

    #[test]
    fn every_code_reads_back() {
        assert!(Stage::ALL.into_iter().all(|stage| Stage::from_code(stage.code()) == Some(stage)));
    }
}
