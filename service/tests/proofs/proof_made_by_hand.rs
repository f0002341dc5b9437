//! The proof is written down instead of being asked for: its fields are private.

use domain::{
    authz::{Actor, Authorised, DescribeNeed},
    kernel::ids::NeedId,
    need::NeedDraft,
};
use service::{
    Error, Services,
    store::{self, Audit},
};

pub async fn describe(services: &Services, actor: &Actor, draft: &NeedDraft) -> Result<NeedId, Error> {
    let tx = services.begin().await?;
    let organisation = store::organisations::lock(&tx, actor.organisation()).await?;
    let permitted = Authorised::<DescribeNeed> { actor: actor.clone(), subject: organisation };

    let (id, inserted) = store::needs::insert(&tx, &permitted, draft).await?;
    tx.commit(Audit::of(&permitted), [inserted]).await?;
    Ok(id)
}

fn main() {}
