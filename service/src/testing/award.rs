use domain::{
    authz::Actor,
    award::Organ,
    kernel::{ids::OfferId, reference::TenderRef, time::brussels},
    organisation::{Organisation, Role},
};

use crate::{
    award::{self, DecisionDraft, ProposalDraft},
    store,
    testing::{Adopted, Evaluated, Offered, World},
};

const TOTALS: [&str; 3] = ["120000.00", "100000.00", "150000.00"];
const QUALITY: [&[&str]; 3] = [&["22", "18", "14"], &["17", "14", "9"], &["23", "19", "15"]];

/// A tender whose award is on its way, and who acts in it.
pub struct Awarded {
    pub reference: TenderRef,
    pub officer: Actor,
    /// The clerk of the pilot's executive.
    pub executive: Actor,
    /// The pilot's finance director.
    pub director: Actor,
    /// The pilot's leading official.
    pub manager: Actor,
    pub pilot: Organisation,
    /// In the order of the offers; the first one wins with 87.33, 80.00 and 83.67 points.
    pub firms: Vec<(Organisation, Actor)>,
}

impl Awarded {
    /// A decision of this day on the first proposal, with a reason where the law warns.
    pub fn decision(&self, world: &World) -> DecisionDraft {
        DecisionDraft {
            organ: Organ::Executive,
            decided_on: brussels(world.services.now()).date(),
            number: "2026/512".to_owned(),
            to_supervision: false,
            reason: Some("L’avis est rendu en séance".to_owned()),
            version: 1,
        }
    }
}

impl World {
    /// Three offers, compared: the quality example of the common model.
    pub async fn ready_to_award(&self, commune: &str) -> Awarded {
        self.awarding(self.evaluated_tender(commune, &TOTALS, &QUALITY).await).await
    }

    /// S17 of a framework that is offered, with the same three offers.
    pub async fn informed_framework(&self, offered: &Offered) -> Awarded {
        let Offered { body, officer, reference } = offered;
        let adopted = Adopted { reference: *reference, officer: officer.clone(), pilot: body.clone() };
        let opened = self.opened(self.called(adopted, TOTALS.len()).await, &TOTALS).await;
        self.compared(&opened, TOTALS.len()).await;
        let awarded = self.awarding(self.scored(opened, &QUALITY).await).await;
        self.propose_first(&awarded).await;
        self.decide_and_inform(&awarded).await;
        awarded
    }

    async fn decide_and_inform(&self, awarded: &Awarded) {
        let draft = awarded.decision(self);
        award::decide(&self.services, &awarded.executive, awarded.reference, &draft).await.expect("decided");
        award::send_information(&self.services, &awarded.officer, awarded.reference).await.expect("sent");
    }

    async fn awarding(&self, evaluated: Evaluated) -> Awarded {
        let Evaluated { reference, officer, pilot, firms, .. } = evaluated;
        Awarded {
            reference,
            officer,
            executive: self.member(&pilot, Role::Executive).await,
            director: self.member(&pilot, Role::FinanceDirector).await,
            manager: self.member(&pilot, Role::ContractManager).await,
            pilot,
            firms,
        }
    }

    /// S16 with four offers: the first wins, the second is not chosen, the third is void, the fourth is not selected.
    pub async fn decided_among(&self, commune: &str, totals: &[&str; 4]) -> Awarded {
        let awarded = self.awarding(self.half_evaluated_tender(commune, totals).await).await;
        self.propose_first(&awarded).await;
        let draft = awarded.decision(self);
        award::decide(&self.services, &awarded.executive, awarded.reference, &draft).await.expect("decided");
        awarded
    }

    /// The offer at this place, from 1.
    pub async fn offer_at(&self, awarded: &Awarded, position: i32) -> OfferId {
        let view = store::tenders::find(&self.services, awarded.officer.scope(), awarded.reference).await;
        let tender = view.expect("found").tender.id;
        let offers = store::offers::opened(&self.services, tender).await.expect("opened");
        offers.into_iter().find(|offer| offer.position == position).expect("an offer at this place").id
    }

    /// S15: the first of the ranking is proposed.
    pub async fn proposed_award(&self, commune: &str) -> Awarded {
        let awarded = self.ready_to_award(commune).await;
        self.propose_first(&awarded).await;
        awarded
    }

    async fn propose_first(&self, awarded: &Awarded) {
        let draft = ProposalDraft {
            offer: self.offer_at(awarded, 1).await,
            reasons: "L’offre est la mieux classée.\nSa méthode est la plus complète.".to_owned(),
            deviation: None,
            version: 0,
        };
        award::propose(&self.services, &awarded.officer, awarded.reference, &draft).await.expect("proposed");
    }

    /// S16: decided on this day.
    pub async fn decided_award(&self, commune: &str) -> Awarded {
        let awarded = self.proposed_award(commune).await;
        let draft = awarded.decision(self);
        award::decide(&self.services, &awarded.executive, awarded.reference, &draft).await.expect("decided");
        awarded
    }

    /// S17: the letters are sent now.
    pub async fn informed_award(&self, commune: &str) -> Awarded {
        let awarded = self.proposed_award(commune).await;
        self.decide_and_inform(&awarded).await;
        awarded
    }

    /// S20: concluded twenty days after the letters.
    pub async fn concluded_award(&self, commune: &str) -> Awarded {
        let awarded = self.informed_award(commune).await;
        self.hours_pass(20 * 24);
        let reason = Some("Le montant n’est pas soumis à la tutelle");
        let concluded = award::conclude(&self.services, &awarded.officer, awarded.reference, reason);
        Box::pin(concluded).await.expect("concluded");
        awarded
    }
}
