use domain::{
    authz::{Actor, DraftSpecification},
    kernel::reference::TenderRef,
};

use crate::{
    Error, Services,
    store::{self, Audit, specifications::Answers},
};

/// Keeps answers over those of `version`; an empty answer takes the earlier one away. What can't be read is kept too
/// and blocks the adoption: a half-written specification is not lost.
pub async fn save_answers(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    version: i32,
    typed: &Answers,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<DraftSpecification>(actor, tender).await?;

    if let Err(refusal) = permitted.subject().may_draft() {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }
    let draft = store::specifications::in_write(&tx, permitted.subject().id).await?;
    if draft.version != version {
        return Err(Error::Stale);
    }

    let mut answers = draft.answers;
    for (question, answer) in typed {
        if answer.trim().is_empty() {
            answers.remove(question);
        } else {
            answers.insert(question.clone(), answer.clone());
        }
    }
    let saved = store::specifications::save(&tx, &permitted, &answers, version).await?;
    let changed: Vec<_> = typed.keys().cloned().collect();
    tx.commit(Audit::of(&permitted).with("questions", changed), [saved]).await
}
