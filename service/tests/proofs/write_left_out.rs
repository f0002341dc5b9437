//! A write is not handed to `commit`. The lint is the workspace's; a case outside of it says so itself.
#![deny(unused_must_use)]

use domain::{
    authz::{Actor, JoinNeed},
    kernel::ids::NeedId,
    need::ShareDraft,
};
use service::{
    Error, Services,
    store::{self, Audit},
};

pub async fn join(services: &Services, actor: &Actor, need: NeedId, share: &ShareDraft) -> Result<(), Error> {
    let tx = services.begin().await?;
    let need = store::needs::lock(&tx, actor.scope(), need).await?;
    let (tx, permitted) = tx.permit::<JoinNeed>(actor, need).await?;

    store::needs::join(&tx, &permitted, share).await?;
    tx.commit(Audit::of(&permitted), []).await
}

fn main() {}
