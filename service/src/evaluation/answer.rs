use domain::{
    authz::{Actor, AnswerRequest},
    evaluation::Refusal,
    kernel::{ids::RequestId, reference::TenderRef},
};

use super::promise::RequestAnswered;
use crate::{
    Error, Services,
    store::{self, Audit},
};

/// Longest answer kept, in characters.
pub const ANSWER_MOST: usize = 10_000;

/// The firm answers what it was asked, once; a late answer is taken and dated, the authority judges it. Another firm's
/// request is not found.
pub async fn answer_request(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    request: RequestId,
    version: i32,
    text: &str,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<AnswerRequest>(actor, tender).await?;

    let dossier = store::evaluation::dossier_in_write(&tx, permitted.subject().id).await?;
    let own = dossier.offers.iter().find(|offer| offer.firm == actor.organisation()).ok_or(Error::NotFound)?;
    let request =
        dossier.requests.iter().find(|one| one.id == request && one.offer == own.id).ok_or(Error::NotFound)?;
    if !request.is_open() {
        let refusal = Refusal::RequestSettled.into();
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    let answered = store::evaluation::answer_request(&tx, &permitted, request, version, text).await?;
    let promised = tx.promise(&RequestAnswered { tender: reference, request: request.id }).await?;
    let audit = Audit::of(&permitted).with("organisation", own.firm_name.clone()).with("asked", request.kind.code());
    tx.commit(audit, [answered, promised]).await
}
