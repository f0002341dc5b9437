//! Tenders brought to where a form is accepted.

use std::collections::BTreeSet;

use chrono::{Days, TimeDelta};
use domain::{
    authz::Actor,
    evaluation::{Regularity, RequestKind, Selection},
    kernel::{reference::TenderRef, time::brussels},
    organisation::{Organisation, Role},
    procedure::Procedure,
    tender::{Channel, Notice, Plan, Vehicle},
};
use service::{
    award,
    call::{self, CallDraft, QuestionDraft},
    evaluation::{self, RegularityDraft, RequestDraft, SelectionDraft},
    offer, specification, store, tender,
    testing::{Awarded, Opened, World, a_sheet, clear_grounds, example_answers, quiet_plan},
};

use super::rows::At;
use crate::site::Site;

/// A tender and those who act in it.
pub(super) struct Tender {
    pub(super) reference: TenderRef,
    pub(super) officer: Actor,
    pub(super) pilot: Organisation,
    pub(super) firms: Vec<(Organisation, Actor)>,
    pub(super) evaluator: Option<Actor>,
    pub(super) words: Vec<(&'static str, String)>,
}

impl From<Opened> for Tender {
    fn from(Opened { reference, officer, pilot, firms }: Opened) -> Self {
        Self { reference, officer, pilot, firms, evaluator: None, words: Vec::new() }
    }
}

impl From<Awarded> for Tender {
    fn from(Awarded { reference, officer, pilot, firms, .. }: Awarded) -> Self {
        Self { reference, officer, pilot, firms, evaluator: None, words: Vec::new() }
    }
}

const TOTALS: [&str; 2] = ["120000.00", "100000.00"];

/// `established` is a commune that filled in its page: nothing lacks in its specification.
pub(super) async fn made_at(site: &Site, at: At, established: &Organisation) -> Tender {
    let world = &site.world;
    match at {
        At::Planned => planned(site, Vehicle::Isolated, site.world.commune("Namur").await).await,
        At::PlannedTogether => planned(site, Vehicle::Joint, site.world.commune("Namur").await).await,
        At::Drafting => drafting(site, established).await,
        At::Awaited => {
            let made = drafting(site, established).await;
            tender::ask_opinion(&world.services, &made.officer, made.reference).await.expect("asked");
            made
        }
        At::Adopted | At::Advised => {
            let adopted = world.adopted_tender("Namur").await;
            if at == At::Advised {
                let (services, officer) = (&world.services, &adopted.officer);
                tender::ask_coordinator(services, officer, adopted.reference).await.expect("asked");
            }
            let (firms, words) = (Vec::new(), Vec::new());
            let (reference, officer, pilot) = (adopted.reference, adopted.officer, adopted.pilot);
            Tender { reference, officer, pilot, firms, evaluator: None, words }
        }
        At::Called | At::Asked | At::Written | At::Attached | At::Deposited | At::Closed => called(world, at).await,
        At::ClosedElsewhere => closed_elsewhere(world).await,
        At::Opened | At::Requested => {
            let mut made = Tender::from(world.opened_tender("Namur", &TOTALS).await);
            if at == At::Requested {
                made.words.push(("demande", requested(world, &made).await));
            }
            made
        }
        At::Selected | At::Negotiated => {
            let made = Tender::from(world.opened_tender("Namur", &TOTALS).await);
            selected(world, &made, at == At::Negotiated).await;
            made
        }
        At::Compared => world.compared_tender("Namur", &TOTALS).await.into(),
        At::Named | At::Scored => {
            let opened = world.compared_tender("Namur", &TOTALS).await;
            let evaluator = if at == At::Named {
                let evaluator = world.member(&opened.pilot, Role::Evaluator).await;
                let (services, officer) = (&world.services, &opened.officer);
                let named = evaluation::name_juror(services, officer, opened.reference, evaluator.person()).await;
                named.expect("named");
                evaluator
            } else {
                let evaluator = world.juror(&opened).await;
                let sheet = a_sheet(0, &[&["22", "18", "14"], &["17", "14", "9"]]);
                evaluation::score(&world.services, &evaluator, opened.reference, &sheet).await.expect("scored");
                evaluator
            };
            Tender { evaluator: Some(evaluator), ..opened.into() }
        }
        At::Proposed => world.proposed_award("Namur").await.into(),
        At::Decided => world.decided_award("Namur").await.into(),
        At::Informed => world.informed_award("Namur").await.into(),
        At::Free => {
            let informed = world.informed_award("Namur").await;
            world.hours_pass(20 * 24);
            informed.into()
        }
        At::Concluded => world.concluded_award("Namur").await.into(),
        At::Executing | At::Failing => {
            let concluded = world.concluded_award("Namur").await;
            let (services, officer, reference) = (&world.services, &concluded.officer, concluded.reference);
            award::ask_surety(services, officer, reference).await.expect("asked");
            let today = brussels(services.now()).date();
            award::deposit_surety(services, officer, reference, today, "CDC-1").await.expect("deposited");
            if at == At::Failing {
                award::report_failure(services, &concluded.manager, reference, "Rien n’est livré").await.expect("told");
                world.hours_pass(20 * 24);
            }
            concluded.into()
        }
        At::Nowhere
        | At::Registered
        | At::Forgotten
        | At::Invited
        | At::Needed
        | At::Ordering
        | At::Late
        | At::Offered
        | At::Offering
        | At::Adhering
        | At::Adhered
        | At::Wanting
        | At::Order(_) => {
            unreachable!("{at:?} is no tender")
        }
    }
}

async fn planned(site: &Site, vehicle: Vehicle, pilot: Organisation) -> Tender {
    let officer = site.world.member(&pilot, Role::ProcurementOfficer).await;
    let reference = site.tender_as(&officer, vehicle).await;
    Tender { reference, officer, pilot, firms: Vec::new(), evaluator: None, words: Vec::new() }
}

/// Its specification is whole.
async fn drafting(site: &Site, pilot: &Organisation) -> Tender {
    let made = planned(site, Vehicle::Isolated, pilot.clone()).await;
    let (services, officer, reference) = (&site.world.services, &made.officer, made.reference);
    tender::start_drafting(services, officer, reference).await.expect("opened");
    let mut answers = example_answers();
    answers.insert("pnspp_motif".to_owned(), "Montant inférieur au seuil".to_owned());
    specification::save_answers(services, officer, reference, 0, &answers).await.expect("answered");
    made
}

async fn called(world: &World, at: At) -> Tender {
    let opened = world.called_tender("Namur", 1).await;
    let (services, reference, firm) = (&world.services, opened.reference, opened.firms[0].1.clone());
    let mut made = Tender::from(opened);
    let tender = store::tenders::find(services, made.officer.scope(), reference).await.expect("found").tender;
    if at == At::Asked {
        let draft = QuestionDraft { article: None, text: "Quel est le délai ?".to_owned() };
        call::ask(services, &firm, reference, &draft).await.expect("asked");
        let asked = store::questions::of_tender(services, tender.id).await.expect("read").remove(0);
        made.words.push(("question", asked.id.to_string()));
    } else if at == At::Attached {
        let upload = offer::begin_upload(services, &firm, reference).await.expect("begun");
        let upload = upload.push(b"%PDF-1.7\nepreuve\n%%EOF\n").await.expect("taken");
        upload.finish("note.pdf", services.now()).await.expect("kept");
        let own = offer::own(services, &firm, reference).await.expect("own");
        made.words.push(("fichier", own.draft.files[0].id.to_string()));
    } else if at != At::Called {
        world.offer_of(&firm, reference, "120000.00").await;
    }
    if at == At::Written {
        offer::withdraw(services, &firm, reference, services.now()).await.expect("withdrawn");
    } else if at == At::Closed {
        world.stands_at(tender.clock.deposit_until.expect("a deposit ends") + TimeDelta::minutes(30));
    }
    made
}

async fn closed_elsewhere(world: &World) -> Tender {
    let pilot = world.commune("Namur").await;
    let plan = Plan { channel: Channel::EProcurement, procedure: Procedure::Po, ..quiet_plan("Guichet citoyen") };
    let adopted = world.adopted_by(&pilot, plan).await;
    let now = world.services.now();
    let draft = CallDraft {
        questions_until: now + TimeDelta::days(30),
        deposit_until: now + TimeDelta::days(50),
        notice: Some(Notice { number: "2026-700001".to_owned(), sent_on: brussels(now).date() }),
        invited: BTreeSet::new(),
        reason: Some("Une épreuve".to_owned()),
    };
    call::publish(&world.services, &adopted.officer, adopted.reference, &draft).await.expect("published");
    world.hours_pass(50 * 24 + 1);
    let (reference, officer) = (adopted.reference, adopted.officer);
    Tender { reference, officer, pilot, firms: Vec::new(), evaluator: None, words: Vec::new() }
}

async fn requested(world: &World, made: &Tender) -> String {
    let (services, officer, reference) = (&world.services, &made.officer, made.reference);
    evaluation::start_selection(services, officer, reference).await.expect("started");
    let due_on = Some(brussels(services.now()).date() + Days::new(7));
    let draft = RequestDraft { offer: 1, kind: RequestKind::Piece, text: "Les trois références.".to_owned(), due_on };
    evaluation::request(services, officer, reference, &draft).await.expect("asked");
    let tender = store::tenders::find(services, officer.scope(), reference).await.expect("found").tender;
    let firm = made.firms[0].0.id;
    store::evaluation::requests_of_firm(services, tender.id, firm).await.expect("own").remove(0).id.to_string()
}

/// Both are selected; and the negotiation is open with both.
async fn selected(world: &World, made: &Tender, negotiates: bool) {
    let (services, officer, reference) = (&world.services, &made.officer, made.reference);
    evaluation::start_selection(services, officer, reference).await.expect("started");
    for offer in [1, 2] {
        let selection = Selection { selected: true, grounds: clear_grounds() };
        let draft = SelectionDraft { offer, version: 0, selection, reason: String::new() };
        evaluation::select(services, officer, reference, &draft).await.expect("selected");
    }
    evaluation::start_regularity(services, officer, reference).await.expect("everybody is decided");
    if negotiates {
        for offer in [1, 2] {
            let draft = RegularityDraft { offer, version: 0, regularity: Regularity::Regular, reason: String::new() };
            evaluation::decide_regularity(services, officer, reference, &draft).await.expect("regular");
        }
        evaluation::negotiate(services, officer, reference).await.expect("the conditions have a negotiation");
    }
}
