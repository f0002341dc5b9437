//! Frameworks of a central body, and those who use them.

use chrono::NaiveDate;
use domain::{
    authz::Actor,
    central::{AccessionDraft, Audience, Fee, Offer},
    kernel::{Money, Percent, reference::TenderRef, time::brussels},
    organisation::{Organisation, OrganisationKind, Role},
    tender::{Plan, Vehicle},
};

use crate::{
    central::{self, NeedDraft},
    store,
    testing::{Concluded, Party, World, quiet_plan},
};

/// A framework that is offered and not called yet, and who acts for its body.
pub struct Offered {
    pub body: Organisation,
    pub officer: Actor,
    pub reference: TenderRef,
}

/// What a body says of its framework: everybody sees it, one per cent.
pub fn an_offer() -> Offer {
    Offer {
        audience: Audience::Everybody,
        fee: Fee::Rate(Percent::parse_iso("1").expect("a rate")),
        how: "La convention est signée par les deux parties.".to_owned(),
    }
}

impl World {
    /// A council decided three days ago, the convention is signed, the Region has it.
    pub fn an_accession(&self) -> AccessionDraft {
        let today = brussels(self.services.now()).date();
        let decided = today.checked_sub_days(chrono::Days::new(3)).unwrap_or(NaiveDate::MIN);
        AccessionDraft {
            deliberated_on: decided,
            number: "CC-14".to_owned(),
            convention_on: decided,
            transmitted_on: Some(today),
        }
    }

    /// The adopted framework of a new intercommunale, offered to everybody.
    pub async fn offered_framework(&self) -> Offered {
        let body = self.organisation(OrganisationKind::Intercommunale, "Centrale de la Meuse").await;
        self.offered_by(&body).await
    }

    /// The same of this body.
    pub async fn offered_by(&self, body: &Organisation) -> Offered {
        let plan = Plan { vehicle: Vehicle::Central, ..quiet_plan("Postes de travail") };
        let adopted = self.adopted_by(body, plan).await;
        central::offer(&self.services, &adopted.officer, adopted.reference, 0, &an_offer()).await.expect("offered");
        Offered { body: body.clone(), officer: adopted.officer, reference: adopted.reference }
    }

    /// This officer's authority adheres, and the body accepts it.
    pub async fn adhered(&self, offered: &Offered, officer: &Actor) {
        let services = &self.services;
        let id = central::adhere(services, officer, offered.body.id, None, &self.an_accession(), None)
            .await
            .expect("adhered");
        central::accept(services, &offered.officer, id, 1).await.expect("accepted");
    }

    /// It says its need.
    pub async fn needs(&self, offered: &Offered, officer: &Actor, estimate: &str) {
        let draft =
            NeedDraft { estimate: Money::parse_iso(estimate).expect("an amount"), quantity: "40 postes".to_owned() };
        let version = self.user_version(offered, officer).await;
        central::express_need(&self.services, officer, offered.reference, version, &draft).await.expect("expressed");
    }

    /// The version of its row among the users; 0 where it has none.
    pub async fn user_version(&self, offered: &Offered, officer: &Actor) -> i32 {
        let framework =
            store::central::find(&self.services, officer.scope(), offered.reference).await.expect("offered");
        framework.user(officer.organisation()).map_or(0, |user| user.version)
    }

    /// A new commune that adhered and whose need the body accepted with this part of the maximum.
    pub async fn entitled(&self, offered: &Offered, commune: &str, part: &str) -> Party {
        let commune = self.commune(commune).await;
        let party = self.party(commune).await;
        self.adhered(offered, &party.officer).await;
        self.needs(offered, &party.officer, part).await;
        let version = self.user_version(offered, &party.officer).await;
        let part = Money::parse_iso(part).expect("an amount");
        central::accept_user(&self.services, &offered.officer, offered.reference, party.organisation.id, version, part)
            .await
            .expect("accepted");
        party
    }

    /// The contract of this framework runs, with this maximum; these users order on it beside the body.
    pub async fn concluded_framework(&self, offered: &Offered, maximum: &str, users: Vec<Party>) -> Concluded {
        let council = self.member(&offered.body, Role::Council).await;
        let mut concluded = self.conclude(&council, offered.reference, maximum).await;
        concluded.parties.extend(users);
        concluded
    }
}
