use domain::{
    authz::{Actor, AnswerQuestion},
    kernel::{ids::QuestionId, reference::TenderRef},
};

use super::QuestionAnswered;
use crate::{
    Error, Services,
    store::{self, Audit, Change},
    tender::{accepted, unanswerable},
};

/// Answers `version` of a question, to everybody; an answer may be corrected until the deposit ends. One that comes too
/// late to be of use to all says why it comes.
pub async fn answer(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    question: QuestionId,
    version: i32,
    text: &str,
    reason: Option<&str>,
) -> Result<(), Error> {
    let parameters = store::parameters::set(services).await?;
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<AnswerQuestion>(actor, tender).await?;

    let warnings =
        permitted.subject().warnings_of_answer(&parameters, tx.now()).map_err(|missing| unanswerable(missing.into()));
    let (tx, warnings) = tx.made(&permitted, warnings).await?;
    let allowed = permitted.subject().may_answer_questions(tx.now());
    let audit = match allowed.and_then(|()| accepted(Audit::of(&permitted), &warnings, reason)) {
        Ok(audit) => audit,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    let asked = store::questions::lock(&tx, permitted.subject().id, question).await?;
    let answered = store::questions::answer(&tx, &permitted, question, version, text).await?;
    let mut promised = Vec::new();
    for organisation in store::invitations::concerned(&tx, permitted.subject().id).await? {
        promised.push(tx.promise(&QuestionAnswered { tender: reference, question, organisation }).await?);
    }
    let before = asked.answer.map(|answer| answer.text).unwrap_or_default();
    let audit = audit.with("number", asked.number).changed("answer", before, text);
    tx.commit(audit, [answered, Change::all(promised)]).await
}
