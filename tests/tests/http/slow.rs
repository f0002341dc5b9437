//! Files and forms that come slowly, over real lines: they keep nobody else waiting, and those that stop are told so.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use domain::authz::Actor;
use service::testing::Opened;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    time::timeout,
};

use crate::site::{Browser, Site};

/// Threads that compute, where the program has 512.
const THREADS: usize = 8;

/// A site that listens, and a call that so many firms may answer.
async fn listening(firms: usize) -> (Site, SocketAddr, Opened) {
    let site = Site::open().await;
    let called = site.world.called_tender("Namur", firms).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let router = site.router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    (site, address, called)
}

/// Begins to send a file that is announced and does not come.
async fn begin(site: &Site, address: SocketAddr, called: &Opened, firm: &Actor) -> TcpStream {
    let browser = site.signed_in(firm).await;
    let mut line = TcpStream::connect(address).await.expect("the site listens");
    let head = format!(
        "POST /offres/{}/fichiers HTTP/1.1\r\nHost: {address}\r\nCookie: {}\r\nContent-Length: 1000000\r\n\
         Content-Type: multipart/form-data; boundary=limite\r\n\r\n\
         --limite\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"lent.txt\"\r\n\r\nUn début",
        called.reference, browser.cookie
    );
    line.write_all(head.as_bytes()).await.expect("the site reads");
    line
}

/// Half files on the disk.
fn partials(site: &Site) -> usize {
    site.world.sealed_files().iter().filter(|path| path.to_string_lossy().contains("partial-")).count()
}

async fn until(what: impl Fn() -> bool) -> bool {
    let began = Instant::now();
    while !what() && began.elapsed() < Duration::from_secs(20) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    what()
}

#[test]
fn a_crowd_that_sends_two_bytes_a_second_keeps_nobody_from_signing_in() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(THREADS)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let (site, address, called) = listening(16).await;
        for (_, firm) in &called.firms {
            for _ in 0..4 {
                let mut line = begin(&site, address, &called, firm).await;
                tokio::spawn(async move {
                    while line.write_all(b".").await.is_ok() {
                        tokio::time::sleep(Duration::from_millis(500)).await;
                    }
                });
            }
        }
        until(|| partials(&site) >= THREADS).await;

        let fields = [("courriel", "personne@example.be"), ("motdepasse", "un mot de passe quelconque")];
        let visitor = Browser::default();
        let signing_in = site.post(&visitor, "/connexion", &fields);
        let answer = timeout(Duration::from_secs(10), signing_in).await.expect("a password is looked at all the same");

        assert_eq!(answer.status, 422, "{}", answer.body);
        assert!(until(|| partials(&site) == 64).await, "every upload is under way: {}", partials(&site));
    });
    // Whoever still waits for a thread is not waited for.
    runtime.shutdown_background();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sender_who_pauses_too_long_is_told_so_and_nothing_stays() {
    let (site, address, called) = listening(1).await;
    let mut line = begin(&site, address, &called, &called.firms[0].1).await;

    let mut answer = Vec::new();
    timeout(Duration::from_secs(20), line.read_to_end(&mut answer)).await.expect("in time").expect("an answer");

    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.contains("plus rien n’est arrivé pendant 4 secondes"), "{answer}");
    assert!(until(|| partials(&site) == 0).await, "half a file stayed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sender_of_half_a_form_who_pauses_too_long_is_told_so() {
    let (_site, address, _) = listening(1).await;
    for kind in ["application/x-www-form-urlencoded", "multipart/form-data; boundary=limite"] {
        let mut line = TcpStream::connect(address).await.expect("the site listens");
        let head = format!(
            "POST /connexion HTTP/1.1\r\nHost: {address}\r\nContent-Length: 1000\r\nContent-Type: {kind}\r\n\r\ncourriel="
        );
        line.write_all(head.as_bytes()).await.expect("the site reads");

        let mut answer = Vec::new();
        timeout(Duration::from_secs(20), line.read_to_end(&mut answer)).await.expect("in time").expect("an answer");

        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with("HTTP/1.1 408 "), "{kind}: {answer}");
        assert!(answer.contains("plus rien n’est arrivé pendant 4 secondes"), "{kind}: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_firm_that_sends_four_files_hears_that_a_fifth_must_wait() {
    let (site, address, called) = listening(2).await;
    let (firm, other) = (&called.firms[0].1, &called.firms[1].1);
    let mut lines = Vec::new();
    for _ in 0..4 {
        lines.push(begin(&site, address, &called, firm).await);
    }
    assert!(until(|| partials(&site) == 4).await);

    let page = format!("/offres/{}/fichiers", called.reference);
    let send = async |actor: &Actor| {
        let browser = site.signed_in(actor).await;
        let whole = crate::uploads::form("note.txt", b"Une note");
        site.send(crate::uploads::request(&browser, &page, whole)).await
    };
    let fifth = send(firm).await;
    let others = send(other).await;

    assert_eq!(fifth.status, 422, "{}", fifth.body);
    assert!(fifth.read().contains("4 fichiers de votre entreprise sont déjà en cours d’envoi"), "{}", fifth.read());
    assert_eq!(others.status, 303, "{}", others.body);
    drop(lines);
    assert!(until(|| partials(&site) == 0).await);
    assert_eq!(send(firm).await.status, 303, "a line that was hung up makes room");
}
