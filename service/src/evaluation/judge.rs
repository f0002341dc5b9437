use domain::{
    authz::Actor,
    evaluation::Refusal,
    kernel::{ids::RequestId, reference::TenderRef},
};

use super::steps::assessing;
use crate::{
    Error, Services,
    store::{self, Audit},
};

/// Accepts or refuses the answer to a request, once. An answer that came by another way (letter, e-mail) is written down
/// in the same act.
pub async fn judge_request(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    request: RequestId,
    version: i32,
    accepted: bool,
    answer: Option<&str>,
) -> Result<(), Error> {
    let (tx, permitted, dossier) = assessing(services, actor, reference).await?;

    let request = dossier.requests.iter().find(|one| one.id == request).ok_or(Error::NotFound)?;
    if request.accepted.is_some() {
        let refusal = Refusal::RequestSettled.into();
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    let judged = store::evaluation::judge_request(&tx, &permitted, request, version, accepted, answer).await?;
    let name = dossier.offers.iter().find(|offer| offer.id == request.offer).map(|offer| offer.firm_name.clone());
    let audit = Audit::of(&permitted)
        .with("organisation", name.unwrap_or_default())
        .with("asked", request.kind.code())
        .with("accepted", accepted);
    tx.commit(audit, [judged]).await
}
