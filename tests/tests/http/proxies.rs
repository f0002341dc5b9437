//! The brake on attempts counts callers, not the proxy in front of them.

use std::net::SocketAddr;

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Method, Request},
};

use crate::site::{Browser, Site};

/// More attempts than one address may make within a quarter of an hour.
const TOO_MANY: usize = 61;

fn through_the_proxy(client: &str, link: usize) -> Request<Body> {
    let mut request = Browser::default()
        .request(Method::GET, &format!("/mot-de-passe/{link}"))
        .header("x-forwarded-for", format!("192.0.2.66, {client}"))
        .body(Body::empty())
        .expect("a request");
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 40_000))));
    request
}

async fn statuses(site: &Site) -> (u16, u16) {
    let mut last = 0;
    for link in 0..TOO_MANY {
        last = site.send(through_the_proxy("198.51.100.1", link)).await.status;
    }
    (last, site.send(through_the_proxy("198.51.100.2", 0)).await.status)
}

#[tokio::test]
async fn behind_a_trusted_proxy_one_caller_who_tries_too_often_slows_nobody_else() {
    let site = Site::behind("10.0.0.0/8").await;

    let (first, other) = statuses(&site).await;

    assert_eq!(first, 429);
    assert_ne!(other, 429);
}

#[tokio::test]
async fn without_a_trusted_proxy_the_header_changes_nothing() {
    let site = Site::open().await;

    assert_eq!(statuses(&site).await, (429, 429));
}
