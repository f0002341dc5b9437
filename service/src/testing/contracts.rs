use chrono::Datelike;
use domain::{
    authz::{Actor, AdoptConditions},
    contract::Conclusion,
    document::ClauseRef,
    kernel::{Money, Percent, UnitPrice, reference::TenderRef, time::brussels},
    offer::{OfferContent, OfferLine},
    organisation::{Organisation, OrganisationKind, Role},
    procedure::Nature,
    specification::{Answers, PriceLine, PriceMode, Terms},
    tender::Stage,
};

use crate::{
    contract, specification,
    store::{self, Audit},
    testing::{
        Awarded, Joint, World,
        database::{of_nature, per_order},
        example_answers, quiet_plan,
    },
};

/// A running contract, its supplier, and those who order on it.
pub struct Concluded {
    pub reference: TenderRef,
    pub supplier: Organisation,
    /// A member of the supplier.
    pub firm: Actor,
    /// The pilot first.
    pub parties: Vec<Party>,
}

/// An authority that orders, and who acts in it.
pub struct Party {
    pub organisation: Organisation,
    pub officer: Actor,
    pub director: Actor,
    pub executive: Actor,
    pub manager: Actor,
}

impl Concluded {
    /// The one who orders in most tests.
    pub fn pilot(&self) -> &Party {
        &self.parties[0]
    }
}

impl From<&Awarded> for Concluded {
    /// The contract of an award, and who orders on it.
    fn from(awarded: &Awarded) -> Self {
        let (supplier, firm) = awarded.firms[0].clone();
        let party = Party {
            organisation: awarded.pilot.clone(),
            officer: awarded.officer.clone(),
            director: awarded.director.clone(),
            executive: awarded.executive.clone(),
            manager: awarded.manager.clone(),
        };
        Self { reference: awarded.reference, supplier, firm, parties: vec![party] }
    }
}

impl World {
    /// A contract of three communes with this ceiling (« 100000.00 »): days, a rate, and two instalments.
    pub async fn concluded_contract(&self, ceiling: &str) -> Concluded {
        let joint = self.tender_in_drafting().await;
        self.conclude_jointly(&joint, &example_answers(), ceiling).await
    }

    /// The same, where the specification fixes the prices.
    pub async fn concluded_without_revision(&self, ceiling: &str) -> Concluded {
        let joint = self.tender_in_drafting().await;
        let mut answers = example_answers();
        answers.insert("revision".to_owned(), "non".to_owned());
        self.conclude_jointly(&joint, &answers, ceiling).await
    }

    /// The same, where the delay was an award criterion.
    pub async fn concluded_with_delay_criterion(&self, ceiling: &str) -> Concluded {
        let joint = self.tender_in_drafting().await;
        let mut answers = example_answers();
        answers.insert("delai_critere".to_owned(), "oui".to_owned());
        self.conclude_jointly(&joint, &answers, ceiling).await
    }

    /// A contract as [`World::concluded_contract`] makes it, of works: what its inventory states is 70 000 euro, HTVA.
    pub async fn concluded_works(&self, ceiling: &str) -> Concluded {
        let concluded = self.concluded_contract(ceiling).await;
        of_nature(&self.url, Nature::Works).await;
        concluded
    }

    /// A contract as [`World::concluded_contract`] makes it, where each order asks a surety of 5 %.
    pub async fn concluded_per_order(&self, ceiling: &str) -> Concluded {
        let concluded = self.concluded_contract(ceiling).await;
        per_order(&self.url, Percent::parse_iso("5").expect("a rate")).await;
        concluded
    }

    /// Another one of the same three communes, with new people.
    pub async fn concluded_again(&self, before: &Concluded, ceiling: &str) -> Concluded {
        let [pilot, first, second] = [0, 1, 2].map(|place| &before.parties[place].organisation);
        let joint = self.drafting_again(pilot, [first, second]).await;
        self.conclude_jointly(&joint, &example_answers(), ceiling).await
    }

    async fn conclude_jointly(&self, joint: &Joint, answers: &Answers, ceiling: &str) -> Concluded {
        specification::save_answers(&self.services, &joint.officer, joint.reference, 0, answers)
            .await
            .expect("answered");
        self.conclude(&joint.council, joint.reference, ceiling).await
    }

    /// The same of one authority alone.
    pub async fn concluded_by(&self, pilot: &Organisation, ceiling: &str) -> Concluded {
        let reference = self.adopted_by(pilot, quiet_plan("Guichet citoyen")).await.reference;
        let council = self.member(pilot, Role::Council).await;
        self.conclude(&council, reference, ceiling).await
    }

    pub(super) async fn conclude(&self, council: &Actor, reference: TenderRef, ceiling: &str) -> Concluded {
        let services = &self.services;
        let view = store::tenders::find(services, council.scope(), reference).await.expect("found");
        let ids: Vec<_> = view.tender.participants.iter().map(|participant| participant.organisation).collect();
        let supplier = self.organisation(OrganisationKind::Sme, "Aubier Logiciels SRL").await;
        let mut terms = specification::terms(services, view).await.expect("a whole specification");
        terms.inventory = price_list();
        terms.maximum = Some(Money::parse_iso(ceiling).expect("an amount"));
        self.conclude_at_once(council, reference, &supplier, &terms).await;

        let firm = self.member(&supplier, Role::SmeMember).await;
        let mut parties = Vec::new();
        for id in ids {
            let organisation = store::organisations::find(services, id).await.expect("found");
            parties.push(self.party(organisation).await);
        }
        Concluded { reference, supplier, firm, parties }
    }

    pub(super) async fn party(&self, organisation: Organisation) -> Party {
        Party {
            officer: self.member(&organisation, Role::ProcurementOfficer).await,
            director: self.member(&organisation, Role::FinanceDirector).await,
            executive: self.member(&organisation, Role::Executive).await,
            manager: self.member(&organisation, Role::ContractManager).await,
            organisation,
        }
    }

    /// From the specification to the running contract in one write: call, offers and award belong to other tests.
    async fn conclude_at_once(&self, council: &Actor, reference: TenderRef, supplier: &Organisation, terms: &Terms) {
        let law = store::parameters::set(&self.services).await.expect("the law ships");
        let offer = prices(&terms.inventory);
        let tx = self.services.begin().await.expect("a write begins");
        let tender = store::tenders::lock(&tx, council.scope(), reference).await.expect("found");
        let (tx, permitted) = tx.permit::<AdoptConditions>(council, tender).await.expect("the council may");
        let today = brussels(tx.now()).date();
        let conclusion = Conclusion {
            supplier: supplier.id,
            terms,
            offer: &offer,
            clauses: vec![
                ClauseRef { id: "commandes".to_owned(), version: 2 },
                ClauseRef { id: "paiement".to_owned(), version: 1 },
            ],
            concluded_on: today,
            called_on: today,
        };
        let moved = store::tenders::move_to(&tx, &permitted, Stage::Executing).await.expect("moved");
        let (_, made) = contract::establish(&tx, &permitted, &law, conclusion).await.expect("established");
        let audit = Audit::of(&permitted).with("year", today.year());
        tx.commit(audit, [moved, made]).await.expect("kept");
    }
}

fn price_list() -> Vec<PriceLine> {
    let line = |code: &str, item: &str, unit: &str, quantity, mode| PriceLine {
        code: code.to_owned(),
        item: item.to_owned(),
        unit: unit.to_owned(),
        quantity,
        mode,
    };
    vec![
        line("P-01", "Mise en service du guichet", "forfait", Some(2), PriceMode::Fixed),
        line("P-02", "Journée de développement", "jour", Some(100), PriceMode::Presumed),
        line("P-03", "Astreinte en dehors des heures d’assistance", "heure", None, PriceMode::RateOnly),
        line("P-04", "Documentation des interfaces", "exemplaire", Some(10), PriceMode::Presumed),
    ]
}

/// 5 000, 600 and 90 euro, the emergency hours at 6 % so that two rates meet; the documentation is included.
fn prices(inventory: &[PriceLine]) -> OfferContent {
    let figures = [("5000.00", "21"), ("600.00", "21"), ("90.00", "6")];
    let lines = inventory.iter().zip(figures).map(|(line, (price, vat))| OfferLine {
        code: line.code.clone(),
        unit_price: UnitPrice::parse_iso(price).expect("a price"),
        vat: Percent::parse_iso(vat).expect("a rate"),
    });
    OfferContent { lines: lines.collect(), remark: String::new() }
}
