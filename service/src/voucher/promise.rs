//! What vouchers promise: their PDF, and letters to those who have the next step.

use domain::{
    kernel::ids::{DeliveryId, PersonId, VoucherId},
    voucher::Reached,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{letters, pdf};
use crate::{
    Error, Services,
    call::letters::Letter,
    store::{
        self,
        outbox::{Due, Promise},
    },
};

/// What happened, that somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    Sent,
    Confirmed,
    Declined,
    Delivered,
    Accepted,
    /// Something of this delivery is refused: the firm has these days for its defence, from the sending of the minutes.
    PartlyAccepted {
        delivery: DeliveryId,
        defence_days: u32,
    },
    /// All of a delivery is refused: the same delay.
    Refused {
        defence_days: u32,
    },
    /// The same in a promise that does not hold the delay.
    Rejected,
    Invoiced,
    /// An invoice that the firm brought is not as ordered or accepted so far.
    InvoiceWaiting,
    /// An invoice is refused by the authority, or was brought by it and can not be taken.
    InvoiceRefused,
    Paid,
    Cancelled,
}

/// Somebody learns of a step of a voucher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoucherLetter {
    pub voucher: VoucherId,
    pub event: Event,
}

/// Somebody who watches over a contract learns how far an approval uses it up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct AlertLetter {
    pub voucher: VoucherId,
    pub reader: PersonId,
    pub reached: Reached,
}

/// The PDF of an approved voucher is painted and kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoucherPainted {
    pub voucher: VoucherId,
}

impl Promise for VoucherLetter {
    const KIND: &'static str = "voucher.letter";
}

impl Promise for AlertLetter {
    const KIND: &'static str = "voucher.alert";
}

impl Promise for VoucherPainted {
    const KIND: &'static str = "voucher.painted";
}

/// The promises that [`keep`] keeps.
pub const KINDS: [&str; 3] = [VoucherLetter::KIND, AlertLetter::KIND, VoucherPainted::KIND];

/// Keeps a promise; the letter is left to the worker, and there is none when nobody has an address.
pub async fn keep(services: &Services, due: &Due) -> Result<Option<Letter>, Error> {
    match due.kind.as_str() {
        VoucherPainted::KIND => {
            let promise: VoucherPainted = payload(due)?;
            pdf::keep(services, promise.voucher).await?;
            Ok(None)
        }
        VoucherLetter::KIND => {
            let promise: VoucherLetter = payload(due)?;
            let voucher = store::vouchers::promised(services, promise.voucher).await?;
            let reader = letters::reader(&voucher, promise.event);
            let to = store::invitations::address(services, reader).await?;
            let (subject, text) = letters::write(&services.settings().base_url, &voucher, promise.event);
            Ok((!to.is_empty()).then_some(Letter { to, subject, text }))
        }
        AlertLetter::KIND => alert(services, &payload(due)?).await,
        other => Err(Error::Corrupt(format!("{other} is not a promise of a voucher"))),
    }
}

/// Nothing for who is gone.
async fn alert(services: &Services, promise: &AlertLetter) -> Result<Option<Letter>, Error> {
    let to = match store::people::find(services, promise.reader).await {
        Ok(person) => person.email,
        Err(Error::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let voucher = store::vouchers::promised(services, promise.voucher).await?;
    let (subject, text) = letters::alert(&services.settings().base_url, &voucher, promise.reached);
    Ok(Some(Letter { to, subject, text }))
}

fn payload<P: DeserializeOwned>(due: &Due) -> Result<P, Error> {
    serde_json::from_value(due.payload.clone()).map_err(|error| Error::Corrupt(format!("{}: {error}", due.kind)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_promised_without_its_delay_still_reads() {
        let kept = serde_json::json!({ "voucher": "018f6b1e-7d2a-7c3e-9b1f-0a1b2c3d4e5f", "event": "rejected" });
        let promise: VoucherLetter = serde_json::from_value(kept).expect("it reads");

        assert_eq!(promise.event, Event::Rejected);
        let now = serde_json::to_value(Event::Refused { defence_days: 15 }).expect("it writes");
        assert_eq!(now, serde_json::json!({ "refused": { "defence_days": 15 } }));
    }
}
