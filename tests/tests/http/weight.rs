//! What travels: pages are packed, unless their length could tell something; files may be kept.

use std::io::Read as _;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, header},
};
use tower::ServiceExt as _;

use crate::site::{Browser, Site};

async fn asked(router: Router, browser: &Browser, path: &str, coding: &str) -> (u16, HeaderMap, Vec<u8>) {
    let request = browser
        .request(Method::GET, path)
        .header(header::ACCEPT_ENCODING, coding)
        .body(Body::empty())
        .expect("a request");
    let (parts, body) = router.oneshot(request).await.expect("the router always answers").into_parts();
    let bytes = to_bytes(body, usize::MAX).await.expect("an answer has an end");
    (parts.status.as_u16(), parts.headers, bytes.to_vec())
}

fn unpacked(coding: &str, bytes: &[u8]) -> String {
    let mut text = String::new();
    match coding {
        "br" => brotli::Decompressor::new(bytes, 4_096).read_to_string(&mut text),
        "gzip" => flate2::read::GzDecoder::new(bytes).read_to_string(&mut text),
        _ => {
            text.push_str(std::str::from_utf8(bytes).expect("text"));
            Ok(0)
        }
    }
    .expect("what was packed can be unpacked");
    text
}

fn value<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[tokio::test]
async fn a_page_is_packed_as_the_browser_asks_and_says_the_same() {
    let site = Site::open().await;
    let plain = site.get(&Browser::default(), "/appels").await;
    assert_eq!(plain.header("content-encoding"), "");

    for (asked_for, coding) in [("gzip, deflate, br, zstd", "br"), ("gzip, deflate", "gzip"), ("br;q=0, gzip", "gzip")]
    {
        let (status, headers, bytes) = asked(site.router(), &Browser::default(), "/appels", asked_for).await;

        assert_eq!((status, value(&headers, "content-encoding")), (200, coding), "{asked_for}");
        assert_eq!(value(&headers, "vary"), "accept-encoding");
        assert_eq!(unpacked(coding, &bytes), plain.body);
        assert!(bytes.len() * 2 < plain.body.len(), "{} of {}", bytes.len(), plain.body.len());
    }
}

#[tokio::test]
async fn pages_that_refuse_are_packed_too() {
    let site = Site::open().await;

    let (status, headers, bytes) = asked(site.router(), &Browser::default(), "/nulle-part", "br").await;

    assert_eq!((status, value(&headers, "content-encoding")), (404, "br"));
    assert!(unpacked("br", &bytes).contains("Cette page n’existe pas"));
}

/// Somebody who sees lengths on the wire could make a signed-in person's browser ask `/besoins?q=…` again and again,
/// and learn by the length which guess stands on the page already.
#[tokio::test]
async fn a_signed_in_page_whose_address_carries_text_is_not_packed() {
    let site = Site::open().await;
    let (_, officer) = site.officer("Namur").await;
    let coding = async |browser: &Browser, path: &str| {
        let (status, headers, _) = asked(site.router(), browser, path, "br, gzip").await;
        assert_eq!(status, 200, "{path}");
        value(&headers, "content-encoding").to_owned()
    };

    assert_eq!(coding(&officer, "/besoins?q=guichet").await, "");
    assert_eq!(coding(&officer, "/besoins").await, "br");
    assert_eq!(coding(&Browser::default(), "/appels?q=guichet").await, "br");
}

#[tokio::test]
async fn a_file_of_the_pages_is_kept_for_a_year_and_a_missing_one_is_not() {
    let folder = std::env::temp_dir().join(format!("beffroi-weight-{}", std::process::id()));
    let actifs = folder.join("actifs");
    std::fs::create_dir_all(&actifs).expect("a folder");
    for (name, content) in [("a-1.css", "plain"), ("a-1.css.br", "brotli"), ("a-1.css.gz", "gzip")] {
        std::fs::write(actifs.join(name), content).expect("a file");
    }
    let world = Site::open().await.world;
    let router =
        server::router(world.services.clone(), server::Site { folder: folder.clone(), ..server::Site::none() });

    for (asked_for, coding, content) in
        [("gzip, br", "br", "brotli"), ("gzip", "gzip", "gzip"), ("identity", "", "plain")]
    {
        let (status, headers, bytes) = asked(router.clone(), &Browser::default(), "/actifs/a-1.css", asked_for).await;

        assert_eq!((status, value(&headers, "content-encoding"), bytes.as_slice()), (200, coding, content.as_bytes()));
        assert_eq!(value(&headers, "cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(value(&headers, "vary"), "accept-encoding");

        let again = Browser::default()
            .request(Method::GET, "/actifs/a-1.css")
            .header(header::ACCEPT_ENCODING, asked_for)
            .header(header::IF_NONE_MATCH, value(&headers, "etag"))
            .body(Body::empty())
            .expect("a request");
        let again = router.clone().oneshot(again).await.expect("the router always answers");
        assert_eq!(again.status(), 304, "{asked_for}: the browser has it already");
    }

    let (status, headers, _) = asked(router, &Browser::default(), "/actifs/a-2.css", "br").await;
    assert_eq!((status, value(&headers, "cache-control")), (404, "no-store"));
    std::fs::remove_dir_all(folder).expect("removes");
}
