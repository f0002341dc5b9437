use domain::{
    authz::{Actor, GiveUpTender},
    kernel::reference::TenderRef,
    tender::Step,
};

use crate::{
    Error, Services,
    store::{self, Audit, acts::Act},
};

/// Gives the tender up, with reasons (loi du 17 juin 2016, art. 85).
pub async fn give_up(services: &Services, actor: &Actor, reference: TenderRef, reasons: &str) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<GiveUpTender>(actor, tender).await?;

    let after = match permitted.subject().after(Step::GiveUp) {
        Ok(after) => after,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    let act = Act { text: Some(reasons.to_owned()), decided_on: Some(super::today(&tx)), ..Act::new("give_up") };
    let moved = store::tenders::move_to(&tx, &permitted, after).await?;
    let written = store::acts::insert(&tx, &permitted, &act).await?;
    let audit =
        Audit::of(&permitted).with("reasons", reasons).changed("stage", permitted.subject().stage.code(), after.code());
    tx.commit(audit, [moved, written]).await
}
