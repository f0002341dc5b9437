use domain::{
    authz::{Actor, DescribeNeed},
    kernel::ids::NeedId,
    need::NeedDraft,
};

use crate::{
    Error, Services,
    store::{self, Audit},
};

/// Writes down a need of the actor's own authority.
pub async fn describe(services: &Services, actor: &Actor, draft: &NeedDraft) -> Result<NeedId, Error> {
    let tx = services.begin().await?;
    let organisation = store::organisations::lock(&tx, actor.organisation()).await?;
    let (tx, permitted) = tx.permit::<DescribeNeed>(actor, organisation).await?;

    let (id, inserted) = store::needs::insert(&tx, &permitted, draft).await?;
    let audit = Audit::of(&permitted).with("object", draft.object.clone()).with("estimate", draft.estimate.to_iso());
    tx.commit(audit, [inserted]).await?;
    Ok(id)
}
