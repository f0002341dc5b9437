use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::{
    authz::{Actor, AdoptConditions},
    document::{ClauseRef, Document, Layout},
    kernel::{
        Money, Percent, UnitPrice,
        ids::OrganisationId,
        reference::{ReceiptRef, TenderRef},
        time::{brussels, utc_from_brussels},
    },
    offer::{OfferContent, OfferLine},
    organisation::{Organisation, OrganisationKind, Role},
    procedure::{Nature, Procedure},
    tender::{ActKind, Answer, Channel, Notice, Plan, Stage, Vehicle},
};

use crate::{
    call::{self, CallDraft},
    offer, specification,
    store::{self, Audit, acts::Act},
    tender::{self, PlanDraft},
    testing::{World, at, example_answers},
};

/// A tender whose conditions are adopted, and who acts for its pilot.
pub struct Adopted {
    pub reference: TenderRef,
    /// The pilot's procurement officer.
    pub officer: Actor,
    pub pilot: Organisation,
}

/// A tender that was called, and the firms that are invited; when it is opened, those that made the offers.
pub struct Opened {
    pub reference: TenderRef,
    pub officer: Actor,
    pub pilot: Organisation,
    /// In the order of the invitations, and of the offers.
    pub firms: Vec<(Organisation, Actor)>,
}

/// A plan that no figure of the law warns of: 128 000 euro, without publication, deposit hosted here.
pub fn quiet_plan(object: &str) -> Plan {
    Plan {
        object: object.to_owned(),
        description: "Un guichet en logiciel libre".to_owned(),
        cpv: "72212000".to_owned(),
        nature: Nature::Services,
        vehicle: Vehicle::Isolated,
        procedure: Procedure::Pnspp,
        channel: Channel::Hosted,
        procedure_reason: Some("Montant inférieur au seuil".to_owned()),
        lots_reason: Some("Un seul logiciel".to_owned()),
        estimate: Money::from_cents(12_800_000),
    }
}

/// Questions until 14 December, offers until 21 December 2026 at 11:00.
pub fn a_call(invited: impl IntoIterator<Item = OrganisationId>) -> CallDraft {
    CallDraft {
        questions_until: at("2026-12-14 11:00"),
        deposit_until: at("2026-12-21 11:00"),
        notice: None,
        invited: invited.into_iter().collect(),
        reason: None,
    }
}

impl World {
    /// A tender of a new commune, at the step before its call.
    pub async fn adopted_tender(&self, commune: &str) -> Adopted {
        let pilot = self.commune(commune).await;
        self.adopted_by(&pilot, quiet_plan("Guichet citoyen")).await
    }

    /// A tender of this commune, planned through the use cases, its conditions adopted on a specification
    /// of one line: composing the whole text belongs to other tests.
    pub async fn adopted_by(&self, pilot: &Organisation, plan: Plan) -> Adopted {
        let officer = self.member(pilot, Role::ProcurementOfficer).await;
        let services = &self.services;
        let draft = PlanDraft {
            own_need: plan.estimate,
            plan,
            quantity: "1".to_owned(),
            need: None,
            reason: Some("Le marché est préparé pour une épreuve".to_owned()),
        };
        let reference = tender::plan(services, &officer, &draft).await.expect("planned");
        tender::start_drafting(services, &officer, reference).await.expect("drafting");
        specification::save_answers(services, &officer, reference, 0, &example_answers()).await.expect("answered");
        self.adopt_one_line(pilot, reference).await;
        Adopted { reference, officer, pilot: pilot.clone() }
    }

    /// A tender of a new commune called for four weeks, until 11:00 (Monday 21 December 2026 where nobody moved the clock),
    /// and the firms that are invited.
    pub async fn called_tender(&self, commune: &str, firms: usize) -> Opened {
        self.called(self.adopted_tender(commune).await, firms).await
    }

    /// The same of this tender.
    pub(super) async fn called(&self, adopted: Adopted, firms: usize) -> Opened {
        let Adopted { reference, officer, pilot } = adopted;
        let mut invited = Vec::new();
        for number in 1..=firms {
            let firm = self.organisation(OrganisationKind::Sme, &format!("PME {number}")).await;
            let member = self.member(&firm, Role::SmeMember).await;
            invited.push((firm, member));
        }
        let draft = CallDraft {
            questions_until: self.at_eleven(21),
            deposit_until: self.at_eleven(28),
            notice: None,
            invited: invited.iter().map(|(firm, _)| firm.id).collect(),
            reason: None,
        };
        call::publish(&self.services, &officer, reference, &draft).await.expect("published");
        Opened { reference, officer, pilot, firms: invited }
    }

    /// A tender of a new commune called on the federal platform for seven weeks, until 11:00.
    pub async fn platform_tender(&self, commune: &str) -> Adopted {
        let pilot = self.commune(commune).await;
        let plan = Plan { channel: Channel::EProcurement, procedure: Procedure::Po, ..quiet_plan("Guichet citoyen") };
        let adopted = self.adopted_by(&pilot, plan).await;
        let sent_on = brussels(self.services.now()).date();
        let draft = CallDraft {
            questions_until: self.at_eleven(21),
            deposit_until: self.at_eleven(49),
            notice: Some(Notice { number: "2026-700001".to_owned(), sent_on }),
            invited: BTreeSet::new(),
            reason: Some("Une épreuve".to_owned()),
        };
        call::publish(&self.services, &adopted.officer, adopted.reference, &draft).await.expect("published");
        adopted
    }

    /// A tender of a new commune, its offers opened at these totals (« 120000.00 »), half an hour after the end of the
    /// deposit: on Monday 21 December 2026 where the clock stood at its start.
    pub async fn opened_tender(&self, commune: &str, totals: &[&str]) -> Opened {
        self.opened(self.called_tender(commune, totals.len()).await, totals).await
    }

    /// The same of this call.
    pub(super) async fn opened(&self, called: Opened, totals: &[&str]) -> Opened {
        let deposit = self.at_eleven(28);
        self.stands_at(deposit - TimeDelta::hours(25));
        for ((_, member), total) in called.firms.iter().zip(totals) {
            self.offer_of(member, called.reference, total).await;
        }
        self.stands_at(deposit + TimeDelta::minutes(30));
        let executive = self.member(&called.pilot, Role::ChiefExecutive).await;
        offer::attend(&self.services, &called.officer, called.reference).await.expect("the first is present");
        offer::open(&self.services, &executive, called.reference).await.expect("opened");
        called
    }

    /// 11:00 in Brussels, so many days from now.
    fn at_eleven(&self, days: u64) -> DateTime<Utc> {
        let day = brussels(self.services.now()).date() + Days::new(days);
        utc_from_brussels(day, NaiveTime::from_hms_opt(11, 0, 0).expect("an hour")).expect("an hour that exists")
    }

    /// The offer of this firm, written and deposited: the first line of the inventory at this unit price.
    pub async fn offer_of(&self, firm: &Actor, reference: TenderRef, price: &str) -> ReceiptRef {
        let services = &self.services;
        let own = offer::own(services, firm, reference).await.expect("the firm may answer");
        let line = OfferLine {
            code: own.terms.inventory[0].code.clone(),
            unit_price: UnitPrice::parse_iso(price).expect("a price"),
            vat: Percent::parse_iso("21").expect("a rate"),
        };
        let content = OfferContent { lines: vec![line], remark: String::new() };
        let (version, now) = (own.draft.version, services.now());
        offer::write(services, firm, reference, version, &content, now).await.expect("written");
        offer::submit(services, firm, reference, version + 1, now).await.expect("deposited")
    }

    async fn adopt_one_line(&self, pilot: &Organisation, reference: TenderRef) {
        let council = self.member(pilot, Role::Council).await;
        let services = &self.services;
        let name = format!("{reference}-cahier-special-des-charges-1.pdf");
        let kept = store::files::keep(services, &name, "application/pdf", b"%PDF-1.7 epreuve".to_vec())
            .await
            .expect("bytes are kept");
        let tx = services.begin().await.expect("a write begins");
        let tender = store::tenders::lock(&tx, council.scope(), reference).await.expect("found");
        let (tx, permitted) = tx.permit::<AdoptConditions>(&council, tender).await.expect("the council may");

        let on = brussels(tx.now()).date();
        let moved = store::tenders::move_to(&tx, &permitted, Stage::Adopted).await.expect("moved");
        let act = Act { decided_on: Some(on), number: Some("CC-2".to_owned()), ..Act::new(ActKind::Adoption) };
        let written = store::acts::insert(&tx, &permitted, &act).await.expect("written");
        let own = Answer {
            deliberated_on: on,
            number: "CC-2".to_owned(),
            file: None,
            mandate_signed_on: None,
            budget_article: Some("104/742-53".to_owned()),
            remark: None,
        };
        let decided = store::tenders::decide_alone(&tx, &permitted, &own).await.expect("decided");
        let (file, named) = store::files::insert(&tx, &council, &kept).await.expect("named");
        let document = one_line(reference, on);
        let clause = |id: &str, version| ClauseRef { id: id.to_owned(), version };
        let clauses = [clause("objet", 1), clause("commandes", 2), clause("paiement", 1)];
        let edition = store::specifications::insert_edition(&tx, &permitted, 1, file, &clauses, &document, 1)
            .await
            .expect("an edition");
        tx.commit(Audit::of(&permitted), [moved, written, decided, named, edition]).await.expect("kept");
    }
}

fn one_line(reference: TenderRef, date: NaiveDate) -> Document {
    Document {
        title: "Cahier spécial des charges".to_owned(),
        subtitle: "Guichet citoyen".to_owned(),
        reference: reference.to_string(),
        authority: "Commune".to_owned(),
        version: "version 1".to_owned(),
        date,
        lang: "fr-BE".to_owned(),
        draft: false,
        layout: Layout::Act,
        blocks: Vec::new(),
    }
}
