use domain::{
    authz::{Actor, AskQuestion},
    kernel::reference::TenderRef,
    refusal::Refusal,
};

use super::QuestionAsked;
use crate::{
    Error, Services,
    store::{self, Audit},
};

/// Longest question kept, in characters.
pub const QUESTION_MOST: usize = 2_000;
/// Longest number of an article kept, in characters.
pub const ARTICLE_MOST: usize = 40;

/// What a firm asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionDraft {
    /// The article of the specification that it is about.
    pub article: Option<String>,
    pub text: String,
}

/// Asks a question about a published call, until the hour for questions. Everybody reads it, nobody reads who asked.
pub async fn ask(services: &Services, actor: &Actor, reference: TenderRef, draft: &QuestionDraft) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<AskQuestion>(actor, tender).await?;

    let again = store::questions::was_asked(&tx, &permitted, &draft.text).await?;
    let allowed =
        permitted.subject().may_be_asked(tx.now()).and(if again { Err(Refusal::AlreadyDone) } else { Ok(()) });
    if let Err(refusal) = allowed {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    let (id, number, asked) = store::questions::insert(&tx, &permitted, draft.article.as_deref(), &draft.text).await?;
    let promised = tx.promise(&QuestionAsked { tender: reference, question: id }).await?;
    let audit = Audit::of(&permitted).with("number", number);
    tx.commit(audit, [asked, promised]).await
}
