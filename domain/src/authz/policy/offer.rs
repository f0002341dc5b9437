//! Offers up to their opening.

use crate::{
    authz::{Action, Actor},
    offer::Place,
    organisation::Role,
    tender::Tender,
};

declare! {
    /// Write one's own firm's offer: prices, files.
    WriteOffer on Place, "offer.write": |actor, place| acts_for_firm(actor, place);
    /// Deposit it, or replace the one that was deposited.
    SubmitOffer on Place, "offer.submit": |actor, place| acts_for_firm(actor, place);
    /// Take it back.
    WithdrawOffer on Place, "offer.withdraw": |actor, place| acts_for_firm(actor, place);
    /// Copy the offers of the federal platform once the deposit is over.
    TypeOffers on Tender, "offer.type": |actor, tender| super::officer_of_pilot(actor, tender);
    /// Be present at the opening, and open: an officer or the chief executive of an authority that buys.
    OpenOffers on Tender, "offer.open": |actor, tender| {
        let own = tender.participant(actor.organisation());
        let takes_part = tender.is_pilot(actor.organisation()) || own.is_some_and(|own| own.adhesion.counts());
        takes_part && actor.holds_any(&[Role::ProcurementOfficer, Role::Executive, Role::ChiefExecutive])
    };
}

fn acts_for_firm(actor: &Actor, place: &Place) -> bool {
    actor.organisation() == place.firm && actor.holds(Role::SmeMember) && place.is_concerned()
}
