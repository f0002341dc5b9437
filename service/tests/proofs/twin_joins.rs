//! The twin of `write_left_out`.

use domain::{
    authz::{Actor, JoinNeed},
    kernel::ids::NeedId,
    need::ShareDraft,
};
use service::{
    Error, Services,
    store::{self, Audit},
};

pub(crate) async fn join(services: &Services, actor: &Actor, need: NeedId, share: &ShareDraft) -> Result<(), Error> {
    let tx = services.begin().await?;
    let need = store::needs::lock(&tx, actor.scope(), need).await?;
    let (tx, permitted) = tx.permit::<JoinNeed>(actor, need).await?;

    let joined = store::needs::join(&tx, &permitted, share).await?;
    tx.commit(Audit::of(&permitted), [joined]).await
}
