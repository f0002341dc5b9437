use domain::{
    authz::Actor,
    evaluation::Refusal,
    kernel::{ids::RequestId, reference::TenderRef, time::brussels},
};

use super::steps::assessing;
use crate::{
    Error, Services,
    store::{self, Audit},
};

/// Accepts or refuses the answer to a request, once; a firm that has not answered keeps its delay. An answer that came by
/// another way (letter, e-mail) is written down in the same act.
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
    let settled = if request.accepted.is_some() { Err(Refusal::RequestSettled) } else { Ok(()) };
    let came = answer.map_or_else(|| request.is_over(brussels(tx.now()).date()), |_| Ok(()));
    if let Err(refusal) = settled.and(came) {
        let refusal = refusal.into();
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
