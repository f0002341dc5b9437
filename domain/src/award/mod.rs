//! The award and what follows it: who is told, who waits for what, the conclusion, and the end of the contract.

mod act;
mod conclusion;
mod decision;
mod end;
mod ending;
mod file;
mod letter;
mod proposal;
mod refusal;
mod standstill;
mod state;
mod supervision;
mod tenderer;

pub use crate::tender::Organ;
pub use act::signatories;
pub use conclusion::{Waiting, validity_end};
pub use decision::{Decided, decision};
pub use end::{Acceptance, AcceptanceKind, acceptance_report, failure_report, termination_decision};
pub use ending::{Ending, EndingLetter, ending_letter, giving_up_decision};
pub use file::{AwardFile, Party};
pub use letter::{LetterKind, Regime, Remedies, conclusion_letter, information_letter};
pub use proposal::{draft_reasons, proposed, third_named};
pub use refusal::Refusal;
pub use standstill::{Standstill, StandstillGround, last_instant, standstill};
pub use state::{AnnulledBy, Award, Decision, SupervisionResult, Transmission};
pub use supervision::{Supervision, SupervisionDelays, supervision};
pub use tenderer::{Standing, Tenderer};
