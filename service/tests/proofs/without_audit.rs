//! Nothing is told to the trail: there is no other `commit`.

use domain::{
    authz::{Actor, DescribeNeed},
    kernel::ids::NeedId,
    need::NeedDraft,
};
use service::{Error, Services, store};

pub async fn describe(services: &Services, actor: &Actor, draft: &NeedDraft) -> Result<NeedId, Error> {
    let tx = services.begin().await?;
    let organisation = store::organisations::lock(&tx, actor.organisation()).await?;
    let (tx, permitted) = tx.permit::<DescribeNeed>(actor, organisation).await?;

    let (id, inserted) = store::needs::insert(&tx, &permitted, draft).await?;
    tx.commit([inserted]).await?;
    Ok(id)
}

fn main() {}
