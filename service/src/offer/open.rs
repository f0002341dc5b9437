use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{
    authz::{Action as _, Actor, OpenOffers},
    kernel::{ids::OfferId, reference::TenderRef},
    offer::{Attendant, OpenedOffer, Receipt, priced},
    specification::Terms,
};

use super::{
    collect::free_unheld,
    minutes::{self, Facts},
    read::in_the_file,
    unseal::{self, Unsealed},
};
use crate::{
    Error, Services, document, specification,
    store::{self, Audit, Change, Tx, files::Kept, openings::Opening},
};

/// Everything opened and written down, waiting for its rows.
struct Ready {
    opened_at: DateTime<Utc>,
    /// Whom the minutes name as present, and since when.
    opening: Opening,
    /// The deposits that stood when they were opened.
    receipts: Vec<Receipt>,
    offers: Vec<OpenedOffer>,
    damaged: usize,
    minutes: Kept,
}

/// The second person opens (S09 to S10): every deposit that stands is unsealed and checked against its receipt, the minutes
/// are written, and all of it is kept at once. Of two who open together one does.
pub async fn open(services: &Services, actor: &Actor, reference: TenderRef) -> Result<(), Error> {
    let ready = foresee(services, actor, reference).await?;
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<OpenOffers>(actor, tender).await?;

    let opening = store::openings::in_write(&tx, permitted.subject().id).await?;
    let first = opening.as_ref().map(|opening| opening.first);
    let after = match permitted.subject().may_open(tx.now(), first, attendant(actor)) {
        Ok(after) => after,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };
    let ready = ready.filter(|ready| opening.as_ref() == Some(&ready.opening)).ok_or(Error::Stale)?;
    if standing(store::submissions::of_tender_in_write(&tx, permitted.subject().id).await?) != ready.receipts {
        return Err(Error::Stale);
    }

    let there = store::offers::opened_in_write(&tx, permitted.subject().id).await?;
    let typed = ready.offers.iter().filter(|offer| offer.typed).map(|offer| offer.id);
    if there.iter().map(|offer| offer.id).collect::<BTreeSet<_>>() != typed.collect() {
        return Err(Error::Stale);
    }

    let kept = keep(&tx, &ready.offers).await?;
    let (minutes, named) = store::files::insert(&tx, actor, &ready.minutes).await?;
    let opened = store::openings::open(&tx, &permitted, ready.opened_at, minutes).await?;
    let moved = store::tenders::move_to(&tx, &permitted, after).await?;
    let freed = free_unheld(&tx, &permitted).await?;
    let audit = Audit::of(&permitted)
        .changed("stage", permitted.subject().stage.code(), after.code())
        .with("offers", ready.offers.len())
        .with("damaged", ready.damaged)
        .with("minutes_sha256", ready.minutes.sha256.clone());
    tx.commit(audit, [kept, named, opened, moved, freed]).await
}

pub(super) fn attendant(actor: &Actor) -> Attendant {
    Attendant { person: actor.person(), organisation: actor.organisation() }
}

async fn keep(tx: &Tx, offers: &[OpenedOffer]) -> Result<Change, Error> {
    let mut kept = Vec::new();
    kept.push(store::offers::renumber(tx, offers).await?);
    for offer in offers.iter().filter(|offer| !offer.typed) {
        kept.push(store::offers::insert_opened(tx, offer).await?);
    }
    Ok(Change::all(kept))
}

/// Opens and writes down before the write begins, and only for two persons who may; nothing for anybody else, whom the
/// write then refuses.
async fn foresee(services: &Services, actor: &Actor, reference: TenderRef) -> Result<Option<Ready>, Error> {
    let view = in_the_file(services, actor.scope(), reference).await?;
    let opening = store::openings::find(services, view.tender.id).await?;
    let opened_at = services.now();
    let may = view.tender.may_open(opened_at, opening.as_ref().map(|opening| opening.first), attendant(actor)).is_ok();
    let Some(opening) = opening.filter(|_| may && OpenOffers::permits(actor, &view.tender)) else { return Ok(None) };

    let all = store::submissions::of_tender(services, view.tender.id).await?;
    let receipts = standing(all.clone());
    let unsealed = unseal::all(services, &view.tender, &receipts).await?;
    let terms = specification::terms(services, view.clone()).await?;
    let mut offers = opened(services, &terms, &unsealed).await?;
    offers.extend(store::offers::opened(services, view.tender.id).await?);
    in_the_order_of_arrival(&mut offers);
    let damaged = unsealed.iter().filter(|one| one.deposit.is_none()).count();

    let facts = Facts::gather(services, &view, &opening, attendant(actor), opened_at, all).await?;
    let document = minutes::document(&facts, &offers, &unsealed);
    let pdf = tokio::task::spawn_blocking(move || document::paint(&document))
        .await
        .map_err(|error| Error::Corrupt(error.to_string()))?
        .map_err(|error| Error::Corrupt(error.to_string()))?;
    let name = format!("{reference}-proces-verbal-ouverture.pdf");
    let minutes = store::files::keep(services, &name, "application/pdf", pdf.bytes).await?;
    Ok(Some(Ready { opened_at, opening, receipts, offers, damaged, minutes }))
}

fn standing(receipts: Vec<Receipt>) -> Vec<Receipt> {
    receipts.into_iter().filter(Receipt::stands).collect()
}

/// Numbered from 1.
fn in_the_order_of_arrival(offers: &mut [OpenedOffer]) {
    offers.sort_by(|one, other| one.received_at.cmp(&other.received_at).then(one.receipt.cmp(&other.receipt)));
    for (position, offer) in (1..).zip(offers) {
        offer.position = position;
    }
}

async fn opened(services: &Services, terms: &Terms, unsealed: &[Unsealed]) -> Result<Vec<OpenedOffer>, Error> {
    let mut offers = Vec::new();
    for (one, deposit) in unsealed.iter().filter_map(|one| Some((one, one.deposit.as_ref()?))) {
        let totals = priced(&terms.inventory, &deposit.content)
            .ok_or_else(|| Error::Corrupt(format!("{} does not add up", one.receipt.number)))?;
        let firm = store::organisations::find(services, one.receipt.firm).await?;
        offers.push(OpenedOffer {
            id: OfferId::from_uuid(services.next_id()),
            tender: one.receipt.tender,
            firm: firm.id,
            firm_name: firm.name,
            position: 0,
            receipt: Some(one.receipt.number),
            received_at: one.receipt.received_at,
            content: deposit.content.clone(),
            files: deposit.files.clone(),
            excluding: totals.vat.excluding,
            including: totals.vat.including,
            typed: false,
        });
    }
    Ok(offers)
}
