//! Calls, on both databases: sent out once, public, asked about until the last second, anonymous.

mod publish;
mod questions;
mod search;

use chrono::TimeDelta;
use domain::{
    audit::{Outcome, Stream},
    authz::Actor,
    organisation::{Organisation, OrganisationKind, Role},
    refusal::Refusal,
};
use service::{
    Error,
    call::{self, CallDraft, QuestionDraft},
    store,
    testing::{Adopted, World, a_call},
};

fn a_question() -> QuestionDraft {
    QuestionDraft { article: Some("12".to_owned()), text: "Le paiement en ligne est-il compris ?".to_owned() }
}

async fn a_firm(world: &World, name: &str) -> (Organisation, Actor) {
    let firm = world.organisation(OrganisationKind::Sme, name).await;
    let member = world.member(&firm, Role::SmeMember).await;
    (firm, member)
}

/// An adopted tender, called with one invited firm.
async fn a_published_call(world: &World) -> (Adopted, Organisation, Actor) {
    let tender = world.adopted_tender("Namur").await;
    let (firm, member) = a_firm(world, "Aubier Logiciels").await;
    call::publish(&world.services, &tender.officer, tender.reference, &a_call([firm.id])).await.expect("published");
    (tender, firm, member)
}

async fn stream(world: &World, tender: &Adopted) -> Stream {
    let found = store::tenders::find(&world.services, tender.officer.scope(), tender.reference).await.expect("found");
    Stream::Tender(found.tender.id)
}

/// The kinds of the promises that wait, in their order.
async fn promised(world: &World) -> Vec<store::outbox::Due> {
    let mut due = Vec::new();
    while let Some(next) = store::outbox::take(&world.services, TimeDelta::hours(1)).await.expect("the outbox reads") {
        due.push(next);
    }
    due
}

async fn refused(world: &World, tender: &Adopted, draft: &CallDraft) -> Refusal {
    match call::publish(&world.services, &tender.officer, tender.reference, draft).await {
        Err(Error::Refused(refusal)) => {
            let told = world.last_audit(stream(world, tender).await).await;
            assert_eq!((told.action.as_str(), told.outcome), ("call.publish", Outcome::Refused));
            refusal
        }
        other => panic!("expected a refusal, got {other:?}"),
    }
}
