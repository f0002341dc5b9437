//! The call: sent out once, widened, asked about and answered, until the hour of the deposit.

mod answer;
mod ask;
mod invite;
pub mod letters;
mod promise;
mod publish;
mod specification;

pub use answer::answer;
pub use ask::{ARTICLE_MOST, QUESTION_MOST, QuestionDraft, ask};
pub use invite::invite;
pub use promise::{CallInvitation, KINDS, QuestionAnswered, QuestionAsked, letters_of};
pub use publish::{CallDraft, Foreseen, foresee, publish};
pub use specification::specification;
