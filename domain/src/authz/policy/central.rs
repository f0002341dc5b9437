//! Central purchasing bodies: the body offers frameworks and takes users, authorities adhere and say what they need.

use super::{acts_for_authority, officer_of_pilot};
use crate::{
    authz::{Action, Actor},
    central::{Accession, Framework},
    organisation::{Organisation, Role},
    tender::Tender,
};

declare! {
    /// Offer a tender of one's own central body as a framework, with its fee.
    OfferFramework on Tender, "central.offer": |actor, tender| officer_of_pilot(actor, tender);
    /// Record that one's own authority adheres to a body (CDLD, art. L1222-7).
    AdhereToBody on Organisation, "central.adhere": |actor, body| {
        body.kind.is_contracting_authority()
            && !acts_for_authority(actor, body)
            && actor.kind().is_contracting_authority()
            && actor.holds_any(&ADHERING)
    };
    /// Accept it, for the body.
    AcceptAccession on Accession, "central.accept": |actor, accession| {
        accession.body == actor.organisation()
            && actor.holds_any(&[Role::ProcurementOfficer, Role::Executive, Role::ChiefExecutive])
    };
    /// Record that the deliberation was sent to the supervising Region.
    SendAccession on Accession, "central.transmit": |actor, accession| adheres(actor, accession);
    /// Leave the body; what was ordered goes on.
    EndAccession on Accession, "central.withdraw": |actor, accession| adheres(actor, accession);
    /// Say what one's own authority needs of a framework.
    ExpressNeed on Framework, "central.need": |actor, framework| {
        actor.kind().is_contracting_authority()
            && framework.body != actor.organisation()
            && actor.holds(Role::ProcurementOfficer)
    };
    /// Name potential users before the call, and make entitled users.
    ManageUsers on Framework, "central.users":
        |actor, framework| framework.body == actor.organisation() && actor.holds(Role::ProcurementOfficer);
}

const ADHERING: [Role; 3] = [Role::ProcurementOfficer, Role::Council, Role::ChiefExecutive];

fn adheres(actor: &Actor, accession: &Accession) -> bool {
    accession.organisation == actor.organisation() && actor.holds_any(&ADHERING)
}
