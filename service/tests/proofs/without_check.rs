//! The policy is never asked: a writer wants the proof, not the thing.

use domain::{authz::Actor, kernel::ids::NeedId, need::NeedDraft};
use service::{Error, Services, store, store::Audit};

pub async fn describe(services: &Services, actor: &Actor, draft: &NeedDraft, audit: Audit) -> Result<NeedId, Error> {
    let tx = services.begin().await?;
    let organisation = store::organisations::lock(&tx, actor.organisation()).await?;

    let (id, inserted) = store::needs::insert(&tx, &organisation, draft).await?;
    tx.commit(audit, [inserted]).await?;
    Ok(id)
}

fn main() {}
