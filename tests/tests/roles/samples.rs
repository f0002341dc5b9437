//! Subjects with nothing in them but whose they are.

use std::{fmt::Debug, str::FromStr};

use chrono::{DateTime, NaiveDate};
use domain::{
    authz::Actor,
    central::{Accession, AccessionDraft, Audience, Fee, Framework, Offer},
    contract::{Allotment, Contract, Lending},
    kernel::{
        ids::{AccessionId, ContractId, LoanId, NeedId, OrganisationId, PersonId, TenderId, VoucherId},
        money::Money,
        reference::TenderRef,
    },
    ledger::{Balance, Held, LoanProposal},
    need::{Need, NeedDraft},
    offer::Place,
    organisation::{Organisation, OrganisationKind, Role},
    price_list::{PriceList, Prices},
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
        nature: Nature::Services,
        procedure: Procedure::Po,
        estimate: Money::ZERO,
        stage: Stage::Executing,
        pilot: participant,
        pilot_name: String::new(),
        supplier,
        supplier_name: String::new(),
        ceiling: Money::ZERO,
        initial_ceiling: Money::ZERO,
        surety: None,
        order_surety: None,
        called_on: NaiveDate::MIN,
        concluded_on: NaiveDate::MIN,
        ends_on: None,
        lines: Vec::new(),
        prices: PriceList::of_offer(NaiveDate::MIN, Prices::new()),
        allotments: vec![Allotment { organisation: participant, name: String::new(), balance: Balance::default() }],
        entitled: None,
        clauses: Vec::new(),
        version: 1,
        created_at: DateTime::UNIX_EPOCH,
    }
}

pub(crate) fn accession(body: OrganisationId, organisation: OrganisationId) -> Accession {
    Accession {
        id: id::<AccessionId>(10),
        body,
        body_name: String::new(),
        organisation,
        organisation_name: String::new(),
        draft: AccessionDraft {
            deliberated_on: NaiveDate::MIN,
            number: String::new(),
            convention_on: NaiveDate::MIN,
            transmitted_on: None,
        },
        accepted_on: None,
        ended_on: None,
        version: 1,
    }
}

pub(crate) fn framework(body: OrganisationId) -> Framework {
    Framework {
        tender: id::<TenderId>(5),
        reference: TenderRef::new(2026, 1).expect("a reference"),
        object: String::new(),
        body,
        body_name: String::new(),
        stage: Stage::Executing,
        estimate: Money::ZERO,
        specified: None,
        offer: Offer { audience: Audience::Everybody, fee: Fee::Free, how: String::new() },
        running: None,
        users: Vec::new(),
        version: 1,
    }
}

pub(crate) fn lending(lender: OrganisationId, borrower: OrganisationId) -> Lending {
    Lending {
        id: id::<LoanId>(8),
        contract: contract(lender, id(9)),
        proposal: LoanProposal::new(lender, borrower, Money::from_cents(1)).expect("two participants"),
        withdrawn_on: None,
        version: 1,
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
        held: Held::default(),
        commitment: None,
        sent_at: None,
        refusal: None,
        authors: [id::<PersonId>(8)].into(),
        deliveries: Vec::new(),
        invoices: Vec::new(),
        surety: None,
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
