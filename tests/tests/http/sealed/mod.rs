//! Nobody reads an offer before it is opened: a marker in two hundred of them is looked for wherever anybody could look, and
//! each place is shown to be looked at by finding a marker there once the seal is left out, or once the offers are opened.

mod filled;
mod search;

use std::collections::BTreeSet;

use domain::organisation::Role;
use service::{
    offer,
    testing::{Opened, World},
};

use self::{
    filled::fill,
    search::{MARKERS, Marker, addresses, everybody, logged, marked_files, marked_pages, watch_the_log},
};
use crate::site::{Browser, Site};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_marker_in_two_hundred_offers_is_found_nowhere_before_the_opening() {
    nowhere_before_the_opening(World::for_requests().await, 200, &MARKERS[0]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_marker_in_offers_on_postgres_is_found_nowhere_before_the_opening() {
    nowhere_before_the_opening(World::for_requests_on_postgres().await, 20, &MARKERS[1]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_search_finds_the_marker_when_the_seal_is_left_out() {
    everywhere_without_seal(World::for_requests().await, &MARKERS[2], &["beffroi.db"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_search_finds_the_marker_on_postgres_when_the_seal_is_left_out() {
    everywhere_without_seal(World::for_requests_on_postgres().await, &MARKERS[3], &["/base/", "/pg_wal/"]).await;
}

async fn nowhere_before_the_opening(world: World, offers: usize, marker: &'static Marker) {
    let began = world.services.now();
    watch_the_log();
    let site = Site::of(world);
    let called = site.world.called_tender("Namur", offers).await;
    fill(&site, &called, marker).await;

    let letters = site.world.post().await;
    assert_eq!(letters.iter().filter(|letter| letter.head.contains("RO-")).count(), offers / 2, "one receipt each");
    for letter in letters {
        let marks = marker.marks(format!("{}\n{}", letter.head, letter.text).as_bytes());
        assert_eq!(marks, Vec::<&str>::new(), "{letter:?}");
    }
    assert_eq!(marked_files(&site.world.stored_files(began).await, marker), Vec::<String>::new());
    let readers = everybody(&site, &called).await;
    assert_eq!(
        marked_pages(&site, &addresses(&site, &called).await, &readers, marker, "PME 7<").await,
        Vec::<String>::new()
    );
    assert_eq!(logged(marker), BTreeSet::new());
}

async fn everywhere_without_seal(mut world: World, marker: &'static Marker, database: &[&str]) {
    let began = world.services.now();
    watch_the_log();
    world.services = world.services.without_seal();
    let site = Site::of(world);
    let called = site.world.called_tender("Namur", 2).await;
    fill(&site, &called, marker).await;

    let stored = marked_files(&site.world.stored_files(began).await, marker).join("\n");
    for place in ["/sealed/"].iter().chain(database) {
        assert!(stored.contains(place), "{place}: {stored}");
    }
    // What a firm asks is for everybody: it reaches letters and pages. An address is told by the log.
    let firm = site.signed_in(&called.firms[0].1).await;
    let question = format!("/appels/{}/question", called.reference);
    let asked = site.post(&firm, &question, &[("question", &format!("Que veut dire {} ?", marker.word))]).await;
    assert_eq!(asked.status, 303, "{}", asked.body);
    let letters = site.world.post().await;
    assert!(letters.iter().any(|letter| !marker.marks(letter.text.as_bytes()).is_empty()), "in a letter: {letters:?}");
    let readers = everybody(&site, &called).await;
    let read = marked_pages(&site, &addresses(&site, &called).await, &readers, marker, "PME 7<").await.join("\n");
    assert!(read.contains("/questions"), "on the page of the questions: {read}");
    assert_eq!(logged(marker), BTreeSet::new(), "the log tells nothing of an offer, sealed or not");
    site.get(&Browser::default(), &format!("/{}", marker.word)).await;
    assert_eq!(logged(marker), BTreeSet::from([marker.word]), "in the log");

    opened(&site, &called).await;
    let readers = everybody(&site, &called).await;
    let read = marked_pages(&site, &addresses(&site, &called).await, &readers, marker, "PME 7<").await.join("\n");
    for place in ["/offres/1 ", "/fichiers/", "ouverture.pdf", "comparaison.xlsx", "comparaison.csv"] {
        assert!(read.contains(place), "once opened, {place}: {read}");
    }
}

/// Opened before two persons, examined, and ready to be compared.
async fn opened(site: &Site, called: &Opened) {
    let world = &site.world;
    world.hours_pass(29 * 24);
    let executive = world.member(&called.pilot, Role::ChiefExecutive).await;
    offer::attend(&world.services, &called.officer, called.reference).await.expect("the first is present");
    offer::open(&world.services, &executive, called.reference).await.expect("opened");
    world.compared(called, 1).await;
}
