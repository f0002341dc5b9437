//! Public pages are kept in memory; nobody may see one that something has changed since.

use axum::{
    body::{Body, to_bytes},
    http::{Method, header},
};
use chrono::{DurationRound as _, TimeDelta};
use domain::{
    authz::Actor,
    kernel::reference::TenderRef,
    organisation::{OrganisationKind, Role},
};
use service::{
    Services,
    call::{self, CallDraft, QuestionDraft},
    clock::{SystemClock, TimeOrderedIds},
    store::Store,
};
use tower::ServiceExt as _;

use crate::site::{Browser, Site};

/// A call whose deposit ends in twenty days, and a firm that is invited.
async fn published(site: &Site) -> (TenderRef, Actor) {
    let adopted = site.world.adopted_tender("Namur").await;
    let firm = site.world.organisation(OrganisationKind::Sme, "Aubier Logiciels").await;
    let member = site.world.member(&firm, Role::SmeMember).await;
    let now = site.world.services.now().duration_trunc(TimeDelta::minutes(1)).expect("a minute");
    let draft = CallDraft {
        questions_until: now + TimeDelta::days(10),
        deposit_until: now + TimeDelta::days(20),
        notice: None,
        invited: [firm.id].into(),
        reason: Some("Épreuve".to_owned()),
    };
    call::publish(&site.world.services, &adopted.officer, adopted.reference, &draft).await.expect("published");
    (adopted.reference, member)
}

async fn asks(services: &Services, firm: &Actor, reference: TenderRef, text: &str) {
    let draft = QuestionDraft { article: None, text: text.to_owned() };
    call::ask(services, firm, reference, &draft).await.expect("asked");
}

#[tokio::test]
async fn a_visitor_sees_at_once_what_was_written_here() {
    let site = Site::open().await;
    let (reference, firm) = published(&site).await;
    let address = format!("/appels/{reference}");
    let before = site.get(&Browser::default(), &address).await;
    assert_eq!(site.get(&Browser::default(), &address).await.body, before.body);

    asks(&site.world.services, &firm, reference, "Le paiement en ligne est-il compris ?").await;

    let after = site.get(&Browser::default(), &address).await.read();
    assert!(!before.body.contains("paiement en ligne") && after.contains("paiement en ligne"), "{after}");
}

#[tokio::test]
async fn a_visitor_sees_at_once_what_was_written_on_another_server() {
    let site = Site::open().await;
    let (reference, firm) = published(&site).await;
    let address = format!("/appels/{reference}");
    site.get(&Browser::default(), &address).await;
    let store = Store::open(&site.world.url).await.expect("the same database");
    let other = Services::new(store, SystemClock, TimeOrderedIds, site.world.services.settings().clone());

    asks(&other, &firm, reference, "Le code est-il publié ?").await;

    assert!(site.get(&Browser::default(), &address).await.read().contains("Le code est-il publié ?"));
}

#[tokio::test]
async fn the_end_of_the_deposit_is_seen_in_its_minute() {
    let site = Site::open().await;
    let (reference, _) = published(&site).await;
    let listed = async || site.get(&Browser::default(), "/appels").await.body.contains(&reference.to_string());
    assert!(listed().await && listed().await);

    site.world.hours_pass(20 * 24);

    assert!(!listed().await, "the list shows what is open");
}

#[tokio::test]
async fn a_kept_page_has_its_heads_and_nobody_else_gets_it() {
    let site = Site::open().await;
    published(&site).await;
    let (_, officer) = site.officer("Gembloux").await;
    let dark = Browser { cookie: "affichage=dark".to_owned() };
    let first = site.get(&Browser::default(), "/appels").await;

    let again = site.get(&Browser::default(), "/appels").await;
    again.assert_page();
    assert_eq!(again.headers, first.headers);
    assert!(site.get(&dark, "/appels").await.body.contains("data-theme=\"dark\""));
    assert!(!site.get(&Browser::default(), "/appels").await.body.contains("data-theme"));
    assert_ne!(site.get(&officer, "/appels").await.body, first.body, "an officer has an account");
    assert_eq!(site.get(&Browser::default(), "/appels").await.body, first.body);

    for (coding, packed) in [("br", "br"), ("br", "br"), ("gzip", "gzip"), ("identity", "")] {
        let request = Browser::default().request(Method::GET, "/appels").header(header::ACCEPT_ENCODING, coding);
        let request = request.body(Body::empty()).expect("a request");
        let (parts, body) = site.router().oneshot(request).await.expect("the router always answers").into_parts();
        let said = parts.headers.get(header::CONTENT_ENCODING).map_or("", |said| said.to_str().expect("text"));
        assert_eq!(said, packed);
        assert!(!to_bytes(body, usize::MAX).await.expect("an answer has an end").is_empty());
    }
}
