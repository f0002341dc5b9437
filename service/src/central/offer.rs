use domain::{
    authz::{Actor, OfferFramework},
    central::{Fee, Offer},
    kernel::reference::TenderRef,
};

use crate::{
    Error, Services,
    store::{self, Audit},
};

/// Offers a tender of one's own central body to authorities, or says something else of it: `version` is that of the page, 0
/// where nothing was offered.
pub async fn offer(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    version: i32,
    offer: &Offer,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<OfferFramework>(actor, tender).await?;

    if let Err(refusal) = permitted.subject().may_be_offered() {
        return tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await;
    }

    let offered = store::central::offer(&tx, &permitted, offer, version).await?;
    let audit = Audit::of(&permitted)
        .with("audience", offer.audience.code())
        .with("fee", offer.fee.code())
        .with("figure", figure(offer.fee));
    tx.commit(audit, [offered]).await
}

fn figure(fee: Fee) -> Option<String> {
    match fee {
        Fee::Free => None,
        Fee::Rate(rate) => Some(rate.to_iso()),
        Fee::Flat(amount) => Some(amount.to_iso()),
    }
}
