use chrono::{DateTime, Utc};
use domain::{
    audit::Stream,
    authz::{Actor, WithdrawOffer},
    kernel::reference::TenderRef,
    offer::{self, Receipt},
    refusal::Refusal,
};

use super::{collect::FilesFreed, place, submit::in_seconds};
use crate::{
    Error, Services,
    store::{self, Audit},
};

/// Takes the deposited offer back, until the hour of the deposit. Its receipt stays, with the hour of the withdrawal; the
/// draft stays too, and may be deposited again.
pub async fn withdraw(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    received_at: DateTime<Utc>,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let (place, _) = place::lock(&tx, actor, reference).await?;
    let (tx, permitted) = tx.permit::<WithdrawOffer>(actor, place).await?;

    let place = permitted.subject();
    let receipts = store::submissions::of_firm_in_write(&tx, place.tender.id, place.firm).await?;
    let standing = receipts.into_iter().find(Receipt::stands);
    let allowed =
        place.may_answer(received_at).and_then(|()| standing.ok_or(Refusal::from(offer::Refusal::NothingDeposited)));
    let receipt = match allowed {
        Ok(receipt) => receipt,
        Err(refusal) => {
            let audit = Audit::refused(&permitted, &refusal).with("arrived_at", in_seconds(received_at));
            return tx.refuse(audit, refusal).await;
        }
    };

    let withdrawn = store::submissions::withdraw(&tx, &permitted, receipt.offer, received_at).await?;
    let freed = tx.promise(&FilesFreed { tender: receipt.tender, offer: receipt.offer, firm: receipt.firm }).await?;
    let number = receipt.number.to_string();
    let own = Audit::of(&permitted).with("number", number.clone());
    let nameless = Audit::unsigned(Stream::Tender(place.tender.id), "offer.withdrawn").with("number", number);
    tx.commit_telling([own, nameless], [withdrawn, freed]).await
}
