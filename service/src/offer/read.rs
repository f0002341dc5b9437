use std::collections::BTreeMap;

use domain::{
    authz::{Action as _, Actor, Reach, Scope, WriteOffer},
    kernel::reference::TenderRef,
    offer::{OpenedOffer, Receipt},
    tender::Stage,
};

use super::place;
use crate::{
    Error, Services,
    specification::Sent,
    store::{self, openings::Opening, tenders::TenderView},
};

/// What anybody but the firm sees of a deposited offer before the opening: a hash that can be compared with a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// SHA-256 of the sealed bytes.
    pub sealed_sha256: String,
}

/// The hashes of the deposits that stand, in no order that tells who was first.
pub async fn deposited(services: &Services, scope: Scope, reference: TenderRef) -> Result<Vec<Seen>, Error> {
    let view = in_the_file(services, scope, reference).await?;
    let receipts = store::submissions::of_tender(services, view.tender.id).await?;
    let mut seen: Vec<_> = receipts
        .into_iter()
        .filter(Receipt::stands)
        .map(|receipt| Seen { sealed_sha256: receipt.sealed_sha256 })
        .collect();
    seen.sort_by(|one, other| one.sealed_sha256.cmp(&other.sealed_sha256));
    Ok(seen)
}

/// A tender and its opening, for those who read its file.
pub async fn opening_of(
    services: &Services,
    scope: Scope,
    reference: TenderRef,
) -> Result<(TenderView, Option<Opening>), Error> {
    let view = in_the_file(services, scope, reference).await?;
    let opening = store::openings::find(services, view.tender.id).await?;
    Ok((view, opening))
}

/// The offers that were opened, in the order of arrival; none before. Typed ones wait for the opening too.
pub async fn opened(services: &Services, scope: Scope, reference: TenderRef) -> Result<Vec<OpenedOffer>, Error> {
    let view = in_the_file(services, scope, reference).await?;
    if view.tender.stage < Stage::Opened || store::openings::find(services, view.tender.id).await?.is_none() {
        return Ok(Vec::new());
    }
    store::offers::opened(services, view.tender.id).await
}

/// The minutes of the opening, as they were signed.
pub async fn minutes(services: &Services, scope: Scope, reference: TenderRef) -> Result<Sent, Error> {
    let (_, opening) = opening_of(services, scope, reference).await?;
    let file = opening.and_then(|opening| opening.minutes).ok_or(Error::NotFound)?;
    let file = store::files::find(services, file).await?;
    let bytes = store::files::bytes(services, &file).await?;
    Ok(Sent { name: file.name, media_type: file.media_type, sha256: file.sha256, bytes })
}

/// May the actor's firm answer this call: is it one that was invited, or is the call open to all?
pub async fn may_answer(services: &Services, actor: &Actor, reference: TenderRef) -> Result<bool, Error> {
    let (_, place, _) = place::find(services, actor, reference).await?;
    Ok(WriteOffer::permits(actor, &place))
}

/// Where a firm's own offer for a call stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Nothing,
    Draft,
    Deposited,
    Withdrawn,
}

/// Where each of the actor's own offers stands, by call.
pub async fn standing_of_firm(services: &Services, actor: &Actor) -> Result<BTreeMap<TenderRef, Standing>, Error> {
    store::drafts::standing_of_firm(services, actor.organisation()).await
}

/// Authorities that take part, and those who oversee, read a file; firms and visitors read calls.
pub(super) async fn in_the_file(services: &Services, scope: Scope, reference: TenderRef) -> Result<TenderView, Error> {
    match scope.reach() {
        Reach::Authority(_) | Reach::Everything => store::tenders::find(services, scope, reference).await,
        Reach::Published | Reach::Firm(_) => Err(Error::NotFound),
    }
}
