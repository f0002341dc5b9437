use domain::{
    authz::Scope,
    kernel::{
        ids::OrganisationId,
        reference::{ReceiptRef, TenderRef},
    },
    offer::Receipt,
    tender::{ActKind, Tender},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::letters;
use crate::{
    Error, Services,
    call::letters::Letter,
    store::{
        self, Change, Tx,
        outbox::{Due, Promise},
    },
};

/// A firm gets its receipt by mail: number, hour and hash, nothing of the offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferReceived {
    pub tender: TenderRef,
    pub organisation: OrganisationId,
    pub receipt: ReceiptRef,
}

impl Promise for OfferReceived {
    const KIND: &'static str = "offer.received";
}

/// A firm whose offer is deposited learns that the tender is given up before anybody opened it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferUnopened {
    pub tender: TenderRef,
    pub organisation: OrganisationId,
    pub receipt: ReceiptRef,
}

impl Promise for OfferUnopened {
    const KIND: &'static str = "offer.unopened";
}

/// Promises a letter to every firm whose deposit stands.
pub(crate) async fn tell_depositors(tx: &Tx, tender: &Tender) -> Result<Change, Error> {
    let receipts = store::submissions::of_tender_in_write(tx, tender.id).await?;
    let mut promised = Vec::new();
    for receipt in receipts.into_iter().filter(Receipt::stands) {
        let (organisation, receipt) = (receipt.firm, receipt.number);
        promised.push(tx.promise(&OfferUnopened { tender: tender.reference, organisation, receipt }).await?);
    }
    Ok(Change::all(promised))
}

/// The letter that keeps the promise of a receipt; none when the firm has no address.
pub async fn letters_of(services: &Services, due: &Due) -> Result<Option<Letter>, Error> {
    let promise: OfferReceived = payload(due)?;
    let view = store::tenders::find(services, Scope::VISITOR, promise.tender).await?;
    let receipts = store::submissions::of_firm(services, view.tender.id, promise.organisation).await?;
    let receipt = receipts.into_iter().find(|receipt| receipt.number == promise.receipt).ok_or(Error::NotFound)?;
    let to = store::invitations::address(services, promise.organisation).await?;
    let (subject, text) = letters::received(&services.settings().base_url, &view, &receipt);
    Ok((!to.is_empty()).then_some(Letter { to, subject, text }))
}

/// The letter to a firm whose offer nobody opens; none when it has no address.
pub(crate) async fn letter_of_the_end(services: &Services, due: &Due) -> Result<Option<Letter>, Error> {
    let promise: OfferUnopened = payload(due)?;
    let view = store::tenders::find(services, Scope::VISITOR, promise.tender).await?;
    let acts = store::acts::of_tender(services, view.tender.id).await?;
    let given_up = acts.into_iter().find(|act| act.kind == ActKind::GiveUp).ok_or(Error::NotFound)?;
    let to = store::invitations::address(services, promise.organisation).await?;
    let (subject, text) = letters::unopened(&view, promise.receipt, &given_up.text.unwrap_or_default());
    Ok((!to.is_empty()).then_some(Letter { to, subject, text }))
}

fn payload<P: DeserializeOwned>(due: &Due) -> Result<P, Error> {
    serde_json::from_value(due.payload.clone()).map_err(|error| Error::Corrupt(format!("{}: {error}", due.kind)))
}
