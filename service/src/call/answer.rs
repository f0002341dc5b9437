use domain::{
    authz::{Actor, AnswerQuestion},
    kernel::{ids::QuestionId, reference::TenderRef},
};

use super::QuestionAnswered;
use crate::{
    Error, Services,
    store::{self, Audit, Change},
};

/// Answers `version` of a question, to everybody; an answer may be corrected until the deposit ends.
pub async fn answer(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    question: QuestionId,
    version: i32,
    text: &str,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<AnswerQuestion>(actor, tender).await?;

    if let Err(refusal) = permitted.subject().may_answer_questions(tx.now()) {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    let asked = store::questions::lock(&tx, permitted.subject().id, question).await?;
    let answered = store::questions::answer(&tx, &permitted, question, version, text).await?;
    let mut promised = Vec::new();
    for organisation in store::invitations::concerned(&tx, permitted.subject().id).await? {
        promised.push(tx.promise(&QuestionAnswered { tender: reference, question, organisation }).await?);
    }
    let before = asked.answer.map(|answer| answer.text).unwrap_or_default();
    let audit = Audit::of(&permitted).with("number", asked.number).changed("answer", before, text);
    tx.commit(audit, [answered, Change::all(promised)]).await
}
