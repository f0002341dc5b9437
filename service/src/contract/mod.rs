//! Contracts: made at the conclusion of a tender; unused allotment is lent between those who order on them.

mod advance;
mod defend;
mod establish;
mod lend;
mod modify;
mod penalise;
mod penalise_works;
mod promise;
mod revise;
mod running;

pub use advance::{AdvanceDraft, ComputedAdvance, computed_advance, give_advance, to_set_off};
pub use defend::{AwaitedAnswer, Failure, answer_failure, answers_awaited, failures};
pub use establish::establish;
pub(crate) use establish::told;
pub use lend::{LoanDraft, Way, agree_to_loan, propose_loan, withdraw_loan};
pub use modify::{ModificationDraft, judged, modify};
pub use penalise::{ClaimDraft, claim, proposed, stated_criterion};
pub use penalise_works::{claim_works, works_proposed};
pub use promise::{KINDS, letters_of};
pub use revise::{revise, revision_warnings, stated_formula};
