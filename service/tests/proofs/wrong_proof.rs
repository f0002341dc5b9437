//! Another action was permitted.

use domain::{
    authz::{Actor, JoinNeed},
    kernel::ids::NeedId,
    need::NeedDraft,
};
use service::{
    Error, Services,
    store::{self, Audit},
};

pub async fn describe(
    services: &Services,
    actor: &Actor,
    need: NeedId,
    draft: &NeedDraft,
) -> Result<NeedId, Error> {
    let tx = services.begin().await?;
    let need = store::needs::lock(&tx, actor.scope(), need).await?;
    let (tx, permitted) = tx.permit::<JoinNeed>(actor, need).await?;

    let (id, inserted) = store::needs::insert(&tx, &permitted, draft).await?;
    tx.commit(Audit::of(&permitted), [inserted]).await?;
    Ok(id)
}

fn main() {}
