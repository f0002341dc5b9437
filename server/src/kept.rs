//! What everybody asks is painted once: a visitor's public page goes out again, packed, until anything is committed by any
//! server, or a minute begins (`docs/decisions/0007-kept-pages.md`).

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use service::Services;

use crate::{
    compression::{self, Coding},
    pages::cookie,
};

/// Beyond so many the memory starts again empty: somebody is trying addresses out.
const MOST_PAGES: usize = 200;

/// The pages of one version of the database and one minute.
#[derive(Clone)]
pub(crate) struct Kept {
    services: Services,
    pages: Arc<Mutex<Pages>>,
}

#[derive(Default)]
struct Pages {
    moment: Moment,
    by_asked: HashMap<Asked, Answer>,
}

/// What a page shows is right for as long as this stays the same: states and remaining days change at whole minutes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Moment {
    version: String,
    minute: i64,
}

/// All of a visitor's request that a page depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Asked {
    address: String,
    theme: String,
    coding: Option<Coding>,
}

#[derive(Clone)]
struct Answer {
    headers: HeaderMap,
    body: Bytes,
}

impl Kept {
    pub(crate) fn new(services: Services) -> Self {
        Self { services, pages: Arc::default() }
    }

    /// `None` when the database does not answer: the page itself will say so.
    async fn moment(&self) -> Option<Moment> {
        let version = self.services.store().version().await.ok()?;
        Some(Moment { version, minute: self.services.now().timestamp().div_euclid(60) })
    }

    fn find(&self, moment: &Moment, asked: &Asked) -> Option<Answer> {
        let pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.moment == *moment { pages.by_asked.get(asked).cloned() } else { None }
    }

    fn keep(&self, moment: Moment, asked: Asked, answer: Answer) {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.moment != moment {
            *pages = Pages { moment, by_asked: HashMap::new() };
        }
        if pages.by_asked.len() >= MOST_PAGES {
            pages.by_asked.clear();
        }
        pages.by_asked.insert(asked, answer);
    }
}

/// Sends a kept page, or keeps the one that is painted.
pub(crate) async fn again(State(kept): State<Kept>, request: Request<Body>, next: Next) -> Response {
    let Some(asked) = of_a_visitor(&request) else { return next.run(request).await };
    // Read before the page is: what is committed meanwhile makes another version.
    let Some(moment) = kept.moment().await else { return next.run(request).await };
    if let Some(answer) = kept.find(&moment, &asked) {
        return (answer.headers, answer.body).into_response();
    }
    let response = next.run(request).await;
    if !may_be_kept(&response) {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else { return Response::from_parts(parts, Body::empty()) };
    kept.keep(moment, asked, Answer { headers: parts.headers.clone(), body: body.clone() });
    Response::from_parts(parts, Body::from(body))
}

/// A whole page, for nobody in particular: neither a cookie nor the word of one painting that lets its script run.
fn may_be_kept(response: &Response) -> bool {
    let headers = response.headers();
    let policy =
        headers.get(header::CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok()).unwrap_or_default();
    response.status() == StatusCode::OK && !headers.contains_key(header::SET_COOKIE) && !policy.contains("'nonce-")
}

/// The public list, a call: what somebody without a session asks by address alone.
fn of_a_visitor(request: &Request<Body>) -> Option<Asked> {
    let call = request.uri().path().strip_prefix("/appels")?;
    let is_a_page = call.is_empty() || call.strip_prefix('/').is_some_and(|call| !call.contains('/'));
    if request.method() != Method::GET || !is_a_page || cookie(request.headers(), "beffroi").is_some() {
        return None;
    }
    Some(Asked {
        address: request.uri().path_and_query()?.as_str().to_owned(),
        theme: cookie(request.headers(), "affichage").unwrap_or_default().to_owned(),
        coding: compression::accepted(request.headers()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(path: &str, cookie: &str) -> Option<Asked> {
        let request = Request::builder().uri(path).header(header::COOKIE, cookie).body(Body::empty());
        of_a_visitor(&request.expect("a request"))
    }

    #[test]
    fn a_page_with_a_word_for_its_script_is_painted_each_time() {
        let with = |policy: &'static str| [(header::CONTENT_SECURITY_POLICY, policy)].into_response();

        assert!(may_be_kept(&with("script-src 'none'")));
        assert!(!may_be_kept(&with("script-src 'self' 'nonce-1'")));
        assert!(!may_be_kept(&[(header::SET_COOKIE, "beffroi=1")].into_response()));
        assert!(!may_be_kept(&StatusCode::NOT_FOUND.into_response()));
    }

    #[test]
    fn only_public_pages_of_visitors_are_kept() {
        for path in ["/appels", "/appels?page=2", "/appels/MP-2026-0001"] {
            assert!(asked(path, "affichage=dark").is_some(), "{path}");
            assert!(asked(path, "affichage=dark; beffroi=x").is_none(), "{path}");
        }
        for path in ["/", "/appelsx", "/appels/MP-2026-0001/question", "/appels/MP-2026-0001/cahier.pdf", "/besoins"] {
            assert!(asked(path, "").is_none(), "{path}");
        }
        assert_ne!(asked("/appels", "affichage=dark"), asked("/appels", ""));
    }
}
