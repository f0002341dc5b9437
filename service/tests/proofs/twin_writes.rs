//! The twin of `without_check`, `proof_made_by_hand`, `without_audit` and `wrong_proof`.

use domain::{
    authz::{Actor, DescribeNeed},
    kernel::ids::NeedId,
    need::NeedDraft,
};
use service::{
    Error, Services,
    store::{self, Audit},
};

pub(crate) async fn describe(services: &Services, actor: &Actor, draft: &NeedDraft) -> Result<NeedId, Error> {
    let tx = services.begin().await?;
    let organisation = store::organisations::lock(&tx, actor.organisation()).await?;
    let (tx, permitted) = tx.permit::<DescribeNeed>(actor, organisation).await?;

    let (id, inserted) = store::needs::insert(&tx, &permitted, draft).await?;
    tx.commit(Audit::of(&permitted), [inserted]).await?;
    Ok(id)
}
