//! Tenders brought to a stage through the use cases.

use chrono::NaiveDate;
use domain::{
    audit::Stream,
    authz::{Actor, AnswerAdhesion, ChangeTender},
    kernel::{Money, ids::OrganisationId, reference::TenderRef},
    organisation::{Organisation, OrganisationKind, Population, Role},
    procedure::{Nature, Procedure},
    specification::{Answers, parse_answers},
    tender::{Adhesion, Answer, Channel, Organ, Plan, Vehicle},
};

use super::World;
use crate::{
    store::{self, Audit},
    tender::{self, Adoption, AnswerDraft, PlanDraft},
};

/// A joint tender of three communes and those who act in it.
pub struct Joint {
    pub reference: TenderRef,
    pub pilot: Organisation,
    /// Procurement officer of the pilot.
    pub officer: Actor,
    /// Council of the pilot.
    pub council: Actor,
    /// Procurement officers of the two other participants.
    pub others: [Actor; 2],
}

impl World {
    /// A commune that filled in its page.
    pub async fn established(&self, name: &str, nis: &str, bce: &str, inhabitants: i64) -> Organisation {
        let id = OrganisationId::from_uuid(self.services.next_id());
        let new = Organisation {
            nis: Some(nis.to_owned()),
            bce: Some(bce.to_owned()),
            population: Some(Population { inhabitants, year: 2026, source: "Statbel".to_owned() }),
            address: Some(format!("Place communale 1, {name}")),
            email: Some("marches@commune.example".to_owned()),
            claimed: true,
            ..Organisation::named(id, OrganisationKind::Commune, name)
        };
        let tx = self.services.begin().await.expect("a write begins");
        let inserted = store::organisations::insert(&tx, &new).await.expect("a new organisation");
        tx.commit(Audit::unsigned(Stream::Organisation(new.id), "test.organisation"), [inserted]).await.expect("kept");
        new
    }

    /// An authority that takes part in this tender of somebody else, and left: it reads the file and counts no more.
    pub async fn took_part(&self, officer: &Actor, reference: TenderRef, other: &Actor) {
        let services = &self.services;
        let need = Money::from_cents(100_000);
        let tx = services.begin().await.expect("a write begins");
        let tender = store::tenders::lock(&tx, officer.scope(), reference).await.expect("found");
        let (tx, permitted) = tx.permit::<ChangeTender>(officer, tender).await.expect("the officer may");
        let invited = store::tenders::invite(&tx, &permitted, other.organisation(), need, "1").await.expect("invited");
        tx.commit(Audit::of(&permitted), [invited]).await.expect("kept");

        let tx = services.begin().await.expect("a write begins");
        let tender = store::tenders::lock(&tx, other.scope(), reference).await.expect("found");
        let (tx, permitted) = tx.permit::<AnswerAdhesion>(other, tender).await.expect("a participant may");
        let day = NaiveDate::from_ymd_opt(2026, 9, 1).expect("a real day");
        let decision = Answer {
            deliberated_on: day,
            number: "14".to_owned(),
            file: None,
            mandate_signed_on: None,
            budget_article: None,
            remark: None,
        };
        let left = store::tenders::answer(&tx, &permitted, Adhesion::Withdrawn, need, &decision).await.expect("left");
        tx.commit(Audit::of(&permitted), [left]).await.expect("kept");
    }

    /// A planned tender of three communes that have all adhered.
    pub async fn tender_with_adhesions(&self) -> Joint {
        let pilot = self.established("Ville de Namur", "92094", "1000000021", 114_000).await;
        let officer = self.member(&pilot, Role::ProcurementOfficer).await;
        let council = self.member(&pilot, Role::Council).await;
        let gembloux = self.established("Commune de Gembloux", "92142", "1000000219", 27_000).await;
        let andenne = self.established("Commune d’Andenne", "92003", "1000000120", 28_000).await;
        let others = [
            self.member(&gembloux, Role::ProcurementOfficer).await,
            self.member(&andenne, Role::ProcurementOfficer).await,
        ];
        let reference = self.adhesions(&officer, &others).await;
        Joint { reference, pilot, officer, council, others }
    }

    /// The same, with its specification open.
    pub async fn tender_in_drafting(&self) -> Joint {
        let joint = self.tender_with_adhesions().await;
        tender::start_drafting(&self.services, &joint.officer, joint.reference).await.expect("opened");
        joint
    }

    /// Another one of communes that have one.
    pub(super) async fn drafting_again(&self, pilot: &Organisation, others: [&Organisation; 2]) -> Joint {
        let officer = self.member(pilot, Role::ProcurementOfficer).await;
        let council = self.member(pilot, Role::Council).await;
        let others = [
            self.member(others[0], Role::ProcurementOfficer).await,
            self.member(others[1], Role::ProcurementOfficer).await,
        ];
        let reference = self.adhesions(&officer, &others).await;
        tender::start_drafting(&self.services, &officer, reference).await.expect("opened");
        Joint { reference, pilot: pilot.clone(), officer, council, others }
    }

    async fn adhesions(&self, officer: &Actor, others: &[Actor; 2]) -> TenderRef {
        let services = &self.services;
        let reference = tender::plan(services, officer, &a_joint_counter()).await.expect("planned");
        for other in others {
            let (need, commune) = (Money::from_cents(1_000_000), other.organisation());
            tender::invite_participant(services, officer, reference, commune, need, "1").await.expect("invited");
        }
        tender::ask_for_adhesions(services, officer, reference).await.expect("asked");
        for who in [officer, &others[0], &others[1]] {
            tender::answer(services, who, reference, 1, &an_adhesion(), None).await.expect("answered");
        }
        reference
    }
}

/// Every question of the model that this tender is asked, answered: the example of the common model.
pub fn example_answers() -> Answers {
    parse_answers("exemple.txt", include_str!("../../../templates-cdc/exemple.txt")).expect("the example reads")
}

/// The council's decision.
pub fn an_adoption() -> Adoption {
    Adoption {
        organ: Organ::Council,
        decided_on: NaiveDate::from_ymd_opt(2026, 11, 20).expect("a real day"),
        number: "14".to_owned(),
        budget_article: None,
        reason: Some("L’avis de légalité est demandé séparément".to_owned()),
    }
}

fn a_joint_counter() -> PlanDraft {
    PlanDraft {
        plan: Plan {
            object: "Guichet citoyen en logiciel libre".to_owned(),
            description: "Les trois communes acquièrent en commun un guichet citoyen en ligne, publié sous licence \
                          libre."
                .to_owned(),
            cpv: "72212000".to_owned(),
            nature: Nature::Services,
            vehicle: Vehicle::Joint,
            procedure: Procedure::Po,
            channel: Channel::EProcurement,
            procedure_reason: None,
            lots_reason: Some("Les fonctions partagent le même modèle de données".to_owned()),
            estimate: Money::from_cents(48_000_000),
        },
        own_need: Money::from_cents(1_000_000),
        quantity: "1".to_owned(),
        need: None,
        reason: None,
    }
}

/// The answer of a council that adheres, mandate signed and credit cited.
pub fn an_adhesion() -> AnswerDraft {
    let day = NaiveDate::from_ymd_opt(2026, 9, 1).expect("a real day");
    AnswerDraft {
        adheres: true,
        deliberated_on: day,
        number: "14".to_owned(),
        mandate_signed_on: Some(day),
        budget_article: Some("104/742-53".to_owned()),
        need: Money::from_cents(1_000_000),
        remark: None,
    }
}
