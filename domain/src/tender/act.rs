//! The acts of a file: opinions, decisions, letters and findings, each once it is made.

use super::OpinionResult;
use crate::award::SupervisionResult;

/// What an act is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActKind {
    OpinionAsked,
    Opinion,
    Adoption,
    CoordinatorAsked,
    CoordinatorOpinion,
    GiveUp,
    PlatformOpening,
    Draw,
    AwardProposal,
    AwardOpinionAsked,
    AwardOpinion,
    AwardDecision,
    Suspension,
    SuspensionLifted,
    SupervisionSent,
    SupervisionReceived,
    SupervisionResult,
    Annulment,
    Conclusion,
    SuretyAsked,
    SuretyDeposited,
    SuretyReleased,
    ProvisionalAcceptance,
    FinalAcceptance,
    FailureReport,
    Termination,
}

impl ActKind {
    pub const ALL: [Self; 26] = [
        Self::OpinionAsked,
        Self::Opinion,
        Self::Adoption,
        Self::CoordinatorAsked,
        Self::CoordinatorOpinion,
        Self::GiveUp,
        Self::PlatformOpening,
        Self::Draw,
        Self::AwardProposal,
        Self::AwardOpinionAsked,
        Self::AwardOpinion,
        Self::AwardDecision,
        Self::Suspension,
        Self::SuspensionLifted,
        Self::SupervisionSent,
        Self::SupervisionReceived,
        Self::SupervisionResult,
        Self::Annulment,
        Self::Conclusion,
        Self::SuretyAsked,
        Self::SuretyDeposited,
        Self::SuretyReleased,
        Self::ProvisionalAcceptance,
        Self::FinalAcceptance,
        Self::FailureReport,
        Self::Termination,
    ];

    /// Stable name in the database and in the trail.
    pub fn code(self) -> &'static str {
        match self {
            Self::OpinionAsked => "opinion_asked",
            Self::Opinion => "opinion",
            Self::Adoption => "adoption",
            Self::CoordinatorAsked => "coordinator_asked",
            Self::CoordinatorOpinion => "coordinator_opinion",
            Self::GiveUp => "give_up",
            Self::PlatformOpening => "platform_opening",
            Self::Draw => "draw",
            Self::AwardProposal => "award_proposal",
            Self::AwardOpinionAsked => "award_opinion_asked",
            Self::AwardOpinion => "award_opinion",
            Self::AwardDecision => "award_decision",
            Self::Suspension => "suspension",
            Self::SuspensionLifted => "suspension_lifted",
            Self::SupervisionSent => "supervision_sent",
            Self::SupervisionReceived => "supervision_received",
            Self::SupervisionResult => "supervision_result",
            Self::Annulment => "annulment",
            Self::Conclusion => "conclusion",
            Self::SuretyAsked => "surety_asked",
            Self::SuretyDeposited => "surety_deposited",
            Self::SuretyReleased => "surety_released",
            Self::ProvisionalAcceptance => "provisional_acceptance",
            Self::FinalAcceptance => "final_acceptance",
            Self::FailureReport => "failure_report",
            Self::Termination => "termination",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What an act says, where it is a yes, a no or a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActResult {
    Opinion(OpinionResult),
    Supervision(SupervisionResult),
    /// An acceptance is granted.
    Granted,
    /// An acceptance is refused.
    Refused,
    /// The decision goes to the supervising Region.
    ToSupervision,
    /// The Region prolonged its delay.
    Prolonged,
    /// The number of the offer that was drawn, and those of the equal ones it was drawn among; none where the act keeps the
    /// winner alone.
    Drawn {
        winner: i32,
        between: Vec<i32>,
    },
}

impl ActResult {
    /// Stable name in the database and in the trail.
    pub fn code(&self) -> String {
        match self {
            Self::Opinion(result) => result.code().to_owned(),
            Self::Supervision(result) => result.code().to_owned(),
            Self::Granted => "granted".to_owned(),
            Self::Refused => "refused".to_owned(),
            Self::ToSupervision => "to_supervision".to_owned(),
            Self::Prolonged => "prolonged".to_owned(),
            Self::Drawn { winner, between } if between.is_empty() => winner.to_string(),
            Self::Drawn { winner, between } => {
                let between: Vec<_> = between.iter().map(ToString::to_string).collect();
                format!("{winner} of {}", between.join(","))
            }
        }
    }

    /// No two results share a name.
    pub fn from_code(code: &str) -> Option<Self> {
        let opinion = OpinionResult::from_code(code).map(Self::Opinion);
        let supervision = || SupervisionResult::from_code(code).map(Self::Supervision);
        opinion.or_else(supervision).or_else(|| match code {
            "granted" => Some(Self::Granted),
            "refused" => Some(Self::Refused),
            "to_supervision" => Some(Self::ToSupervision),
            "prolonged" => Some(Self::Prolonged),
            drawn => {
                let (winner, between) = match drawn.split_once(" of ") {
                    Some((winner, between)) => (winner, positions(between)?),
                    None => (drawn, Vec::new()),
                };
                Some(Self::Drawn { winner: winner.parse().ok()?, between })
            }
        })
    }
}

/// « 2,7 »
fn positions(text: &str) -> Option<Vec<i32>> {
    text.split(',').map(|position| position.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back() {
        assert!(ActKind::ALL.into_iter().all(|kind| ActKind::from_code(kind.code()) == Some(kind)));
        let drawn = ActResult::Drawn { winner: 7, between: vec![2, 7] };
        let results = OpinionResult::ALL.map(ActResult::Opinion).into_iter();
        let results = results.chain(SupervisionResult::ALL.map(ActResult::Supervision));
        let others = [ActResult::Granted, ActResult::Refused, ActResult::ToSupervision, ActResult::Prolonged, drawn];
        for result in results.chain(others) {
            assert_eq!(ActResult::from_code(&result.code()), Some(result));
        }
    }

    #[test]
    fn a_draw_that_keeps_its_winner_alone_reads_back_and_what_is_no_draw_does_not() {
        let alone = ActResult::Drawn { winner: 2, between: Vec::new() };

        assert_eq!(ActResult::from_code("2"), Some(alone.clone()));
        assert_eq!(alone.code(), "2");
        assert!(["", "two", "2 of ", "2 of 1;2"].into_iter().all(|code| ActResult::from_code(code).is_none()));
    }
}
