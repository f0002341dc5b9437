use domain::{
    authz::{Actor, JoinNeed},
    kernel::ids::NeedId,
    need::ShareDraft,
    refusal::Refusal,
};

use crate::{
    Error, Services,
    store::{self, Audit},
};

/// The actor's authority needs the same: it joins, once.
pub async fn join(services: &Services, actor: &Actor, need: NeedId, share: &ShareDraft) -> Result<(), Error> {
    let tx = services.begin().await?;
    let need = store::needs::lock(&tx, actor.scope(), need).await?;
    let (tx, permitted) = tx.permit::<JoinNeed>(actor, need).await?;

    let need = permitted.subject();
    if let Err(refusal) = need.is_free() {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }
    if need.joined.contains(&actor.organisation()) {
        return tx.refuse(Audit::refused(&permitted, &Refusal::AlreadyDone), Refusal::AlreadyDone).await;
    }

    let joined = store::needs::join(&tx, &permitted, share).await?;
    let audit = Audit::of(&permitted)
        .with("need", need.id.to_string())
        .with("object", need.draft.object.clone())
        .with("estimate", share.estimate.to_iso());
    tx.commit(audit, [joined]).await
}
