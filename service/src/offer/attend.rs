use domain::{
    authz::{Actor, OpenOffers},
    kernel::reference::TenderRef,
    offer,
};

use super::open::attendant;
use crate::{
    Error, Services,
    store::{self, Audit},
};

/// The first person says that they are present.
pub async fn attend(services: &Services, actor: &Actor, reference: TenderRef) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<OpenOffers>(actor, tender).await?;

    let present = store::openings::in_write(&tx, permitted.subject().id).await?;
    let allowed = permitted.subject().may_attend_opening(tx.now()).and(match present {
        Some(_) => Err(offer::Refusal::SomebodyPresent.into()),
        None => Ok(()),
    });
    if let Err(refusal) = allowed {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    let begun = store::openings::begin(&tx, &permitted).await?;
    tx.commit(Audit::of(&permitted).with("present", true), [begun]).await
}

/// The first person leaves before anything is opened, so that somebody else may come.
pub async fn leave(services: &Services, actor: &Actor, reference: TenderRef) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<OpenOffers>(actor, tender).await?;

    let present = store::openings::in_write(&tx, permitted.subject().id).await?;
    let first = present.map(|opening| opening.first);
    if let Err(refusal) = permitted.subject().may_leave_opening(tx.now(), first, attendant(actor)) {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    let left = store::openings::leave(&tx, &permitted).await?;
    tx.commit(Audit::of(&permitted).with("present", false), [left]).await
}
