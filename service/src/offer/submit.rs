use chrono::{DateTime, Datelike, Utc};
use domain::{
    audit::Stream,
    authz::{Actor, SubmitOffer},
    kernel::{
        ids::{OfferId, SubmissionId},
        reference::{ReceiptRef, TenderRef},
        time::{brussels, date_time_seconds_french},
    },
    offer::{self, OfferContent, OpenedFile, Place, Receipt, SealedFile, priced},
    refusal::Refusal,
    specification::Terms,
};
use seal::{Sealed, Zeroizing};
use serde::{Deserialize, Serialize};

use super::{
    collect::FilesFreed,
    own::{Own, own},
    place,
    promise::OfferReceived,
    vault,
};
use crate::{
    Error, Services,
    store::{self, Audit, Change, Tx, audit::hex, submissions::SealedOffer},
};

/// What is sealed when an offer is deposited: what it says, and which files go with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Deposit {
    pub(super) content: OfferContent,
    pub(super) files: Vec<OpenedFile>,
}

/// A deposit that is sealed and waits for its row.
struct Prepared {
    id: SubmissionId,
    offer: OfferId,
    content: OfferContent,
    terms: Terms,
    version: i32,
    sealed: Sealed,
    files: Vec<SealedFile>,
}

/// Deposits `version` of the firm's offer, in place of the one that stood, and gives its receipt. `received_at` is the
/// arrival of the last byte. The same version deposited twice, by a double click, has one receipt.
pub async fn submit(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    version: i32,
    received_at: DateTime<Utc>,
) -> Result<ReceiptRef, Error> {
    let prepared = prepare(services, actor, reference).await?;
    let tx = services.begin().await?;
    let (place, draft) = place::lock(&tx, actor, reference).await?;
    let (tx, permitted) = tx.permit::<SubmitOffer>(actor, place).await?;

    let place = permitted.subject();
    if let Err(refusal) = decide(place, prepared.as_ref(), received_at) {
        let audit = Audit::refused(&permitted, &refusal).with("arrived_at", in_seconds(received_at));
        return tx.refuse(audit.with("tender", reference.to_string()), refusal).await;
    }
    let before = store::submissions::of_firm_in_write(&tx, place.tender.id, place.firm).await?;
    let replaced = before.into_iter().find(Receipt::stands);
    if let Some(same) = replaced.as_ref().filter(|standing| standing.draft_version == version) {
        return Ok(same.number);
    }
    let prepared = prepared.filter(|prepared| prepared.version == version).ok_or(Error::Stale)?;
    if draft.is_none_or(|draft| draft.version != version) {
        return Err(Error::Stale);
    }

    let (number, counted) = next_number(&tx, received_at).await?;
    let deposit = deposit(place, number, received_at, prepared);
    let receipt = &deposit.receipt;
    let inserted = store::submissions::insert(&tx, &permitted, &deposit).await?;
    let promised = tx.promise(&OfferReceived { tender: reference, organisation: place.firm, receipt: number }).await?;
    let freed = match replaced {
        Some(replaced) => {
            tx.promise(&FilesFreed { tender: replaced.tender, offer: replaced.offer, firm: replaced.firm }).await?
        }
        None => Change::all(Vec::new()),
    };
    let facts =
        |audit: Audit| audit.with("number", number.to_string()).with("sealed_sha256", receipt.sealed_sha256.clone());
    let own = facts(Audit::of(&permitted)).with("received_at", in_seconds(received_at));
    let nameless = facts(Audit::unsigned(Stream::Tender(place.tender.id), "offer.received"));
    tx.commit_telling([own, nameless], [counted, inserted, promised, freed]).await?;
    Ok(number)
}

/// Seals the draft as a deposit; nothing when there is none, or no way to deposit one: the write says why.
async fn prepare(services: &Services, actor: &Actor, reference: TenderRef) -> Result<Option<Prepared>, Error> {
    let own = match own(services, actor, reference).await {
        Ok(own) => own,
        Err(Error::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let Own { place, terms, draft, .. } = own;
    let Some(offer) = place.offer else { return Ok(None) };

    let id = SubmissionId::from_uuid(services.next_id());
    let mut files = Vec::new();
    for file in &draft.files {
        let row = store::drafts::file(services, offer, file.id).await?;
        files.push(SealedFile { id: row.id, sealed_sha256: row.sealed_sha256, commitment: row.commitment });
    }
    let deposit = Deposit { content: draft.content, files: draft.files };
    let clear = serde_json::to_vec(&deposit).map_err(|error| Error::Corrupt(error.to_string()))?;
    let recipient = vault::recipient(services, place.tender.id).await?;
    let context = vault::context(place.tender.id, place.firm, &format!("deposit/{id}"));
    let sealed = vault::sealed(services, &recipient, context, Zeroizing::new(clear)).await?;
    Ok(Some(Prepared { id, offer, content: deposit.content, terms, version: draft.version, sealed, files }))
}

fn decide(place: &Place, prepared: Option<&Prepared>, received_at: DateTime<Utc>) -> Result<(), Refusal> {
    place.may_answer(received_at)?;
    let prepared = prepared.filter(|prepared| !prepared.content.lines.is_empty());
    let prepared = prepared.ok_or(offer::Refusal::NothingPriced)?;
    priced(&prepared.terms.inventory, &prepared.content).ok_or(offer::Refusal::SumTooLarge)?;
    Ok(())
}

/// Receipts are counted by the year of the arrival, without a gap.
async fn next_number(tx: &Tx, received_at: DateTime<Utc>) -> Result<(ReceiptRef, Change), Error> {
    let year = brussels(received_at).year();
    let (number, counted) = store::counters::next(tx, &format!("receipt/{year}")).await?;
    let number = u16::try_from(year)
        .ok()
        .zip(u32::try_from(number).ok())
        .and_then(|(year, number)| ReceiptRef::new(year, number))
        .ok_or_else(|| Error::Corrupt(format!("receipt {number} of {year}")))?;
    Ok((number, counted))
}

fn deposit(place: &Place, number: ReceiptRef, received_at: DateTime<Utc>, prepared: Prepared) -> SealedOffer {
    let receipt = Receipt {
        id: prepared.id,
        offer: prepared.offer,
        tender: place.tender.id,
        firm: place.firm,
        number,
        received_at,
        sealed_sha256: hex(&prepared.sealed.digests.sealed),
        commitment: hex(&prepared.sealed.digests.commitment),
        files: prepared.files,
        withdrawn_at: None,
        replaced_at: None,
        draft_version: prepared.version,
    };
    SealedOffer { receipt, sealed: prepared.sealed.bytes }
}

pub(super) fn in_seconds(instant: DateTime<Utc>) -> String {
    date_time_seconds_french(brussels(instant))
}
