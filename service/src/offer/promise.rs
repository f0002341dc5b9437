use domain::{
    authz::Scope,
    kernel::{
        ids::OrganisationId,
        reference::{ReceiptRef, TenderRef},
    },
};
use serde::{Deserialize, Serialize};

use super::letters;
use crate::{
    Error, Services,
    call::letters::Letter,
    store::{
        self,
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

/// The letter that keeps the promise; none when the firm has no address.
pub async fn letters_of(services: &Services, due: &Due) -> Result<Option<Letter>, Error> {
    let promise: OfferReceived = serde_json::from_value(due.payload.clone())
        .map_err(|error| Error::Corrupt(format!("{}: {error}", due.kind)))?;
    let view = store::tenders::find(services, Scope::VISITOR, promise.tender).await?;
    let receipts = store::submissions::of_firm(services, view.tender.id, promise.organisation).await?;
    let receipt = receipts.into_iter().find(|receipt| receipt.number == promise.receipt).ok_or(Error::NotFound)?;
    let to = store::invitations::address(services, promise.organisation).await?;
    let (subject, text) = letters::received(&services.settings().base_url, &view, &receipt);
    Ok((!to.is_empty()).then_some(Letter { to, subject, text }))
}
