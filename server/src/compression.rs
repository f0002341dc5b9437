//! Pages are packed as they are painted; the files of the pages were, by `xtask`, much harder.
//!
//! A length must not tell what a page holds, so one kind of answer goes out as it is: see `docs/decisions/0006-compression.md`.

use std::io::Write as _;

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};
use brotli::enc::{BrotliEncoderParams, backward_references::BrotliEncoderMode};

use crate::pages::cookie;

/// What fits in one packet travels as fast unpacked.
const LEAST_BYTES: usize = 1_024;

/// How an answer is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Coding {
    Brotli,
    Gzip,
}

/// Packs a page in a way that the browser takes.
pub(crate) async fn packed(request: Request<Body>, next: Next) -> Response {
    let asks_for_the_head = request.method() == Method::HEAD;
    let coding = if asks_for_the_head || tells_by_its_length(&request) { None } else { accepted(request.headers()) };
    let mut response = next.run(request).await;
    if !is_page(response.headers()) {
        return response;
    }
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-encoding"));
    match coding {
        Some(coding) => with(coding, response).await,
        None => response,
    }
}

/// A signed-in person's page whose address carries text that somebody else may have written.
fn tells_by_its_length(request: &Request<Body>) -> bool {
    request.uri().query().is_some() && cookie(request.headers(), "beffroi").is_some()
}

/// A page. A file that somebody uploaded is streamed as it is, whatever it calls itself.
fn is_page(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.starts_with("text/html")
        && !headers.contains_key(header::CONTENT_DISPOSITION)
        && !headers.contains_key(header::CONTENT_ENCODING)
}

async fn with(coding: Coding, response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return Response::from_parts(parts, Body::empty()) };
    if bytes.len() < LEAST_BYTES {
        return Response::from_parts(parts, Body::from(bytes));
    }
    let (name, packed) = match coding {
        Coding::Brotli => ("br", brotli(&bytes)),
        Coding::Gzip => ("gzip", gzip(&bytes)),
    };
    match packed {
        Ok(packed) => {
            parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
            parts.headers.remove(header::CONTENT_LENGTH);
            Response::from_parts(parts, Body::from(packed))
        }
        Err(error) => {
            tracing::error!(%error, "a page is sent unpacked");
            Response::from_parts(parts, Body::from(bytes))
        }
    }
}

/// The best of ours that the browser takes; `br;q=0` means: not that one.
pub(crate) fn accepted(headers: &HeaderMap) -> Option<Coding> {
    let named: Vec<&str> = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(wanted)
        .collect();
    [("br", Coding::Brotli), ("gzip", Coding::Gzip)]
        .into_iter()
        .find_map(|(name, coding)| named.iter().any(|named| named.eq_ignore_ascii_case(name)).then_some(coding))
}

fn wanted(part: &str) -> Option<&str> {
    let (name, weight) = part.split_once(';').unwrap_or((part, ""));
    let weight = weight.trim().strip_prefix("q=").map_or(Ok(1.0), str::parse::<f32>);
    weight.is_ok_and(|weight| weight > 0.0).then_some(name.trim())
}

/// Quality 3 with a small window: a page of 24 kB becomes 2.6 kB in about a tenth of a millisecond.
fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: 3,
        lgwin: 16,
        size_hint: bytes.len(),
        mode: BrotliEncoderMode::BROTLI_MODE_TEXT,
        ..BrotliEncoderParams::default()
    };
    let mut packed = Vec::with_capacity(bytes.len() / 4);
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &parameters)?;
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packer = flate2::write::GzEncoder::new(Vec::with_capacity(bytes.len() / 4), flate2::Compression::new(3));
    packer.write_all(bytes)?;
    packer.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_not_packed_whatever_it_calls_itself() {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        assert!(is_page(&headers));

        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
        assert!(!is_page(&headers));
    }

    #[test]
    fn the_best_coding_that_the_browser_takes_is_chosen() {
        for (said, chosen) in [
            ("gzip, deflate, br, zstd", Some(Coding::Brotli)),
            ("gzip, deflate", Some(Coding::Gzip)),
            ("BR", Some(Coding::Brotli)),
            ("br;q=0, gzip;q=0.5", Some(Coding::Gzip)),
            ("br;q=0", None),
            ("br;q=x", None),
            ("identity", None),
            ("", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(said));

            assert_eq!(accepted(&headers), chosen, "{said}");
        }
    }
}
