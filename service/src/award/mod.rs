//! The award and what follows it: proposal, decision, letters, waiting times, conclusion, end of the contract.

mod annul;
mod close;
mod conclude;
mod decide;
mod facts;
mod inform;
mod opinion;
mod paper;
mod promise;
mod propose;
mod result;
mod supervise;
mod surety;
mod suspend;
mod terminate;

pub use annul::annul;
pub use close::{AcceptanceDraft, accept_finally, accept_provisionally, close};
pub use conclude::{conclude, waiting};
pub use decide::{DecisionDraft, decide};
pub use facts::{Gathered, gather};
pub use inform::{Information, Prepared, information, send_information};
pub use opinion::{ask_opinion, opinion_on_award};
pub use promise::{KINDS, TendererLetter, written};
pub use propose::{ProposalDraft, propose};
pub use result::{FirmResult, letter_file, of_firm};
pub use supervise::{SupervisionDraft, record_supervision, send_to_supervision};
pub use surety::{
    AfterAcceptance, Release, after_acceptance, ask_surety, deposit_surety, release_surety, start_execution,
};
pub use suspend::{lift_suspension, register_suspension};
pub(crate) use terminate::defence_of;
pub use terminate::{TerminationDraft, defence, report_failure, report_failure_once, terminate};

pub(crate) use facts::gather_offers;
pub(crate) use inform::{Painted, tell_the_end, write_the_end};
pub(crate) use opinion::asked as opinion_asked;
pub(crate) use paper::kept as keep_paper;
