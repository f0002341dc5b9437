use chrono::{DateTime, Utc};
use domain::{
    authz::{Actor, Scope, WriteOffer},
    kernel::{ids::OfferId, reference::TenderRef},
    offer::OfferContent,
    tender::Channel,
};
use seal::{Sealed, Zeroizing};

use super::{place, vault};
use crate::{
    Error, Services,
    store::{self, Audit, Change},
};

/// Keeps what the firm wrote over `version` of its draft. It is sealed before the write begins: nothing clear is stored.
pub async fn write(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    version: i32,
    content: &OfferContent,
    received_at: DateTime<Utc>,
) -> Result<(), Error> {
    let sealed = sealed(services, actor, reference, content).await?;
    let tx = services.begin().await?;
    let (place, draft) = place::lock(&tx, actor, reference).await?;
    let (tx, permitted) = tx.permit::<WriteOffer>(actor, place).await?;

    if let Err(refusal) = permitted.subject().may_answer(received_at) {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }
    let sealed = sealed.ok_or(Error::Stale)?;

    let (id, begun) = match draft {
        Some(draft) => (draft.id, Change::all(Vec::new())),
        None => {
            let id = OfferId::from_uuid(services.next_id());
            (id, store::drafts::begin(&tx, &permitted, id).await?)
        }
    };
    let written = store::drafts::write(&tx, &permitted, id, version, &sealed.bytes).await?;
    let audit = Audit::of(&permitted).on(domain::audit::Stream::Offer(id)).with("tender", reference.to_string());
    tx.commit(audit, [begun, written]).await
}

/// Nothing where nothing can be sealed: offers for the call are deposited elsewhere, and the write will say so.
async fn sealed(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    content: &OfferContent,
) -> Result<Option<Sealed>, Error> {
    let tender = store::tenders::find(services, Scope::VISITOR, reference).await?.tender;
    if tender.plan.channel != Channel::Hosted {
        return Ok(None);
    }
    let recipient = vault::recipient(services, tender.id).await?;
    let clear = serde_json::to_vec(content).map_err(|error| Error::Corrupt(error.to_string()))?;
    let context = vault::context(tender.id, actor.organisation(), "draft");
    vault::sealed(services, &recipient, context, Zeroizing::new(clear)).await.map(Some)
}
