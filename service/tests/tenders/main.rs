//! Tenders from the plan to the coordinator's opinion, on both databases.

mod adoption;
mod coordinator;
mod participants;
mod plan;
mod shares;

use domain::{
    audit::Stream,
    authz::Actor,
    kernel::{Money, reference::TenderRef},
    organisation::Role,
    procedure::{Nature, Procedure},
    tender::{Channel, OpinionResult, Organ, Plan, Vehicle},
};
use service::{
    Error, specification, store,
    tender::{self, Adoption, Opinion, PlanDraft},
    testing::{Joint, World, an_adoption, example_answers},
};

fn euros(amount: i64) -> Money {
    Money::from_cents(amount * 100)
}

fn a_plan(vehicle: Vehicle, estimate: Money) -> PlanDraft {
    PlanDraft {
        plan: Plan {
            object: "Guichet citoyen".to_owned(),
            description: String::new(),
            cpv: "72212000".to_owned(),
            nature: Nature::Services,
            vehicle,
            procedure: Procedure::Pnspp,
            channel: Channel::Hosted,
            procedure_reason: None,
            lots_reason: None,
            estimate,
        },
        own_need: euros(10_000),
        quantity: "1".to_owned(),
        need: None,
        reason: None,
    }
}

async fn found(world: &World, actor: &Actor, reference: TenderRef) -> store::tenders::TenderView {
    store::tenders::find(&world.services, actor.scope(), reference).await.expect("the tender is found")
}

/// A joint tender whose specification is complete, and who acts on it.
struct Written<'world> {
    world: &'world World,
    joint: Joint,
    director: Actor,
}

async fn a_written_file(world: &World) -> Written<'_> {
    let joint = world.tender_in_drafting().await;
    let director = world.member(&joint.pilot, Role::FinanceDirector).await;
    let answers = example_answers();
    specification::save_answers(&world.services, &joint.officer, joint.reference, 0, &answers).await.expect("saved");
    Written { world, joint, director }
}

impl Written<'_> {
    async fn ask(&self) -> Result<(), Error> {
        tender::ask_opinion(&self.world.services, &self.joint.officer, self.joint.reference).await
    }

    async fn opine(&self, who: &Actor, result: OpinionResult) -> Result<(), Error> {
        let opinion = Opinion { result, text: "Lu".to_owned() };
        tender::give_opinion(&self.world.services, who, self.joint.reference, &opinion).await
    }

    async fn answer_differently(&self, version: i32) {
        let typed = [("duree".to_owned(), "36".to_owned())].into();
        specification::save_answers(&self.world.services, &self.joint.officer, self.joint.reference, version, &typed)
            .await
            .expect("saved");
    }

    async fn adopt(&self, organ: Organ, on: &str) -> Result<(), Error> {
        self.adopt_because(organ, on, "").await
    }

    async fn adopt_because(&self, organ: Organ, on: &str, reason: &str) -> Result<(), Error> {
        self.adopt_as(&self.joint.council, organ, on, reason).await
    }

    async fn adopt_as(&self, who: &Actor, organ: Organ, on: &str, reason: &str) -> Result<(), Error> {
        let decided_on = on.parse().expect("a date");
        let adoption = Adoption { organ, decided_on, reason: Some(reason.to_owned()), ..an_adoption() };
        tender::adopt(&self.world.services, who, self.joint.reference, &adoption).await
    }

    async fn stream(&self) -> Stream {
        Stream::Tender(found(self.world, &self.joint.officer, self.joint.reference).await.tender.id)
    }
}
