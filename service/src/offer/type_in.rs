use chrono::{DateTime, Utc};
use domain::{
    audit::Stream,
    authz::{Actor, Authorised, TypeOffers},
    kernel::{
        identifier::Bce,
        ids::{OfferId, OrganisationId},
        reference::TenderRef,
    },
    offer::{self, OfferContent, OpenedOffer, priced},
    organisation::{Organisation, OrganisationKind},
    refusal::Refusal,
    specification::Terms,
    tender::ActKind,
};

use crate::{
    Error, Services, specification,
    store::{self, Audit, Change, Tx, acts::Act},
};

/// An offer as the opening report of the federal platform gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Enterprise number and name of the firm; one that Beffroi does not know yet gets its page.
    pub bce: Bce,
    pub firm: String,
    /// When the platform received it.
    pub received_at: DateTime<Utc>,
    /// Number of the platform's own opening report.
    pub report: String,
    pub content: OfferContent,
}

/// Copies an offer of the federal platform, once the deposit is over; it is read when the offers are opened here.
pub async fn type_in(services: &Services, actor: &Actor, reference: TenderRef, typed: &Typed) -> Result<(), Error> {
    let terms = terms_to_type(services, actor, reference).await?;
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<TypeOffers>(actor, tender).await?;

    let there = store::offers::opened_in_write(&tx, permitted.subject().id).await?;
    let known = store::organisations::lock_by_bce(&tx, typed.bce).await?;
    let totals = priced(&terms.inventory, &typed.content);
    let allowed = decide(&permitted, &tx, typed, &there, known.as_ref()).and(match &totals {
        Some(_) if typed.content.lines.is_empty() => Err(offer::Refusal::NothingPriced.into()),
        Some(_) => Ok(()),
        None => Err(offer::Refusal::SumTooLarge.into()),
    });
    if let Err(refusal) = allowed {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    let (firm, made) = firm(services, &tx, typed, known).await?;
    let totals = totals.ok_or(Error::Stale)?;
    let position = there.iter().map(|offer| offer.position).max().unwrap_or_default() + 1;
    let opened = OpenedOffer {
        id: OfferId::from_uuid(services.next_id()),
        tender: permitted.subject().id,
        firm: firm.id,
        firm_name: firm.name.clone(),
        position,
        receipt: None,
        received_at: typed.received_at,
        content: typed.content.clone(),
        files: Vec::new(),
        excluding: totals.vat.excluding,
        including: totals.vat.including,
        typed: true,
    };
    let inserted = store::offers::insert_opened(&tx, &opened).await?;
    let act = Act { number: Some(typed.report.clone()), ..Act::new(ActKind::PlatformOpening) };
    let written = store::acts::insert(&tx, &permitted, &act).await?;
    let audit = Audit::of(&permitted).with("number", typed.report.clone());
    tx.commit(audit, [made, inserted, written]).await
}

/// What there is to copy, before the form is read: whoever may not, or comes at another time, is refused here, and that is
/// written down.
pub async fn terms_to_type(services: &Services, actor: &Actor, reference: TenderRef) -> Result<Terms, Error> {
    let view = super::read::in_the_file(services, actor.scope(), reference).await?;
    let permitted = services.permit::<TypeOffers>(actor, view.tender.clone()).await?;
    let in_time = permitted.subject().may_type_offers(services.now()).map_err(Error::Refused);
    services.made_for(&permitted, in_time).await?;
    specification::terms(services, view).await
}

fn decide(
    permitted: &Authorised<TypeOffers>,
    tx: &Tx,
    typed: &Typed,
    there: &[OpenedOffer],
    known: Option<&Organisation>,
) -> Result<(), Refusal> {
    let tender = permitted.subject();
    tender.may_type_offers(tx.now())?;
    if let Some(at) = tender.clock.deposit_until.filter(|until| typed.received_at > *until) {
        return Err(Refusal::DepositClosed { at });
    }
    if known.is_some_and(|known| there.iter().any(|offer| offer.firm == known.id)) {
        return Err(offer::Refusal::TypedAlready.into());
    }
    Ok(())
}

/// The firm of this number; a new page, that the firm claims later, for one that is not known.
async fn firm(
    services: &Services,
    tx: &Tx,
    typed: &Typed,
    known: Option<Organisation>,
) -> Result<(Organisation, Change), Error> {
    if let Some(known) = known {
        return Ok((known, Change::all(Vec::new())));
    }
    let id = OrganisationId::from_uuid(services.next_id());
    let new = Organisation {
        bce: Some(typed.bce.to_string()),
        ..Organisation::named(id, OrganisationKind::Sme, typed.firm.as_str())
    };
    let made = store::organisations::insert(tx, &new).await?;
    Ok((new, made))
}

/// Takes back an offer that was copied wrongly, until the opening.
pub async fn untype(services: &Services, actor: &Actor, reference: TenderRef, id: OfferId) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<TypeOffers>(actor, tender).await?;

    if let Err(refusal) = permitted.subject().may_type_offers(tx.now()) {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    let removed = store::offers::remove_typed(&tx, &permitted, id).await?;
    let audit = Audit::of(&permitted).with("removed", id.to_string()).on(Stream::Tender(permitted.subject().id));
    tx.commit(audit, [removed]).await
}

/// What was copied so far, for the officer who copies; nobody else reads it before the opening.
pub async fn typed(services: &Services, actor: &Actor, reference: TenderRef) -> Result<Vec<OpenedOffer>, Error> {
    let view = super::read::in_the_file(services, actor.scope(), reference).await?;
    let permitted = Authorised::<TypeOffers>::check(actor, view.tender)?;
    store::offers::opened(services, permitted.subject().id).await
}
