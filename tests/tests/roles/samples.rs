//! Subjects with nothing in them but whose they are.

use std::{fmt::Debug, str::FromStr};

use chrono::{DateTime, NaiveDate};
use domain::{
    authz::Actor,
    contract::{Allotment, Contract},
    kernel::{
        ids::{ContractId, NeedId, OrganisationId, PersonId, TenderId, VoucherId},
        money::Money,
        reference::TenderRef,
    },
    need::{Need, NeedDraft},
    offer::Place,
    organisation::{Organisation, OrganisationKind, Role},
    procedure::{Nature, Procedure},
    share::{self, Fixed, Key},
    tender::{Adhesion, Channel, Participant, Plan, Stage, StageClock, Tender, Vehicle},
    voucher::{Status, Voucher},
};

pub(crate) fn actor(kind: OrganisationKind, role: Role) -> Actor {
    Actor::member(id::<PersonId>(1), id::<OrganisationId>(2), kind, [role].into())
}

pub(crate) fn id<T: FromStr<Err: Debug>>(number: u8) -> T {
    format!("00000000-0000-0000-0000-{number:012}").parse().expect("an identifier")
}

pub(crate) fn own_organisation(actor: &Actor) -> Organisation {
    organisation(actor.organisation(), actor.kind())
}

pub(crate) fn other_organisation() -> Organisation {
    organisation(id::<OrganisationId>(3), OrganisationKind::Commune)
}

pub(crate) fn organisation(id: OrganisationId, kind: OrganisationKind) -> Organisation {
    Organisation { claimed: true, ..Organisation::named(id, kind, "") }
}

pub(crate) fn need_of(organisation: OrganisationId) -> Need {
    Need {
        id: id::<NeedId>(4),
        organisation,
        draft: NeedDraft {
            object: String::new(),
            description: String::new(),
            cpv: String::new(),
            nature: Nature::Services,
            estimate: Money::from_cents(1),
            quantity: String::new(),
            wanted_on: None,
        },
        tender: None,
        joined: Vec::new(),
        version: 1,
    }
}

pub(crate) fn place(firm: OrganisationId, invited: bool) -> Place {
    Place { tender: tender(id::<OrganisationId>(9), &[], Stage::Called), firm, invited, offer: None }
}

pub(crate) fn contract(participant: OrganisationId, supplier: OrganisationId) -> Contract {
    Contract {
        id: id::<ContractId>(6),
        tender: id::<TenderId>(5),
        reference: TenderRef::new(2026, 1).expect("a reference"),
        object: String::new(),
        stage: Stage::Executing,
        pilot: participant,
        pilot_name: String::new(),
        supplier,
        supplier_name: String::new(),
        ceiling: Money::ZERO,
        surety: None,
        called_on: NaiveDate::MIN,
        concluded_on: NaiveDate::MIN,
        ends_on: None,
        lines: Vec::new(),
        allotments: vec![Allotment {
            organisation: participant,
            name: String::new(),
            amount: Money::ZERO,
            committed: Money::ZERO,
        }],
        clauses: Vec::new(),
        version: 1,
        created_at: DateTime::UNIX_EPOCH,
    }
}

pub(crate) fn voucher(organisation: OrganisationId, supplier: OrganisationId) -> Voucher {
    Voucher {
        id: id::<VoucherId>(7),
        contract: contract(organisation, supplier),
        organisation,
        organisation_name: String::new(),
        status: Status::Draft,
        number: None,
        object: String::new(),
        delivery_address: String::new(),
        wanted_on: None,
        lines: Vec::new(),
        excluding: Money::ZERO,
        vat: Money::ZERO,
        including: Money::ZERO,
        commitment: None,
        sent_at: None,
        refusal: None,
        authors: [id::<PersonId>(8)].into(),
        deliveries: Vec::new(),
        invoices: Vec::new(),
        file: None,
        version: 1,
        created_at: DateTime::UNIX_EPOCH,
    }
}

pub(crate) fn tender(pilot: OrganisationId, participants: &[OrganisationId], stage: Stage) -> Tender {
    let participant = |organisation: &OrganisationId| Participant {
        organisation: *organisation,
        name: String::new(),
        nis: None,
        population: None,
        adhesion: Adhesion::Adhered,
        estimate: Money::from_cents(1),
        quantity: String::new(),
        answer: None,
        version: 1,
    };
    Tender {
        id: id::<TenderId>(5),
        reference: TenderRef::new(2026, 1).expect("a reference"),
        pilot,
        plan: Plan {
            object: String::new(),
            description: String::new(),
            cpv: String::new(),
            nature: Nature::Services,
            vehicle: Vehicle::Joint,
            procedure: Procedure::Pnspp,
            channel: Channel::Hosted,
            procedure_reason: None,
            lots_reason: None,
            estimate: Money::from_cents(1),
        },
        rule: share::Rule { key: Key::Equal, fixed: Fixed::None, min: None, max: None },
        stage,
        stopped_at: None,
        clock: StageClock::default(),
        published_at: None,
        notice: None,
        participants: participants.iter().map(participant).collect(),
        version: 1,
    }
}
