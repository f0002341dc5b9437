//! One handler for every page and every form.

use std::{collections::BTreeMap, net::SocketAddr, sync::Arc};

use app::{Access, Cx, Done, Form, Inner, Page, Params, Route, Unread, Who};
use axum::{
    body::Body,
    extract::{ConnectInfo, RawPathParams, Request},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header, request::Parts},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use service::{Error, Services};
use tower_http::csrf::ProtectionError;
use tower_sessions::Session;

use crate::{
    Site, TrustedProxies,
    downloads::{self, Download},
    forms, session,
};

/// What every handler is given.
#[derive(Clone)]
pub(crate) struct Serving {
    pub(crate) services: Services,
    pub(crate) site: Site,
    pub(crate) proxies: Arc<TrustedProxies>,
}

/// Answers a page, or a form sent to it.
pub(crate) async fn answer(
    serving: Serving,
    route: Route,
    path: RawPathParams,
    session: Session,
    request: Request<Body>,
) -> Response {
    let params = params(&path, request.uri());
    let (parts, body) = request.into_parts();
    let cx = match context(&serving, &session, &parts).await {
        Ok(cx) => cx,
        Err(error) => return painted(&visitor(&serving, &parts), Err(error), StatusCode::OK),
    };
    if parts.method != Method::POST {
        if route.access == Access::SignedIn && cx.who().is_none() {
            return see(&format!(
                "/connexion?vers={}",
                encoded(parts.uri.path_and_query().map_or("/", |uri| uri.as_str()))
            ));
        }
        return painted(&cx, (route.show)(cx.clone(), params, Form::default()).await, StatusCode::OK);
    }

    let pause = serving.services.settings().upload_pause;
    let form = match forms::read(Request::from_parts(parts, body), pause).await {
        Ok(form) => form.arrived(serving.services.now()),
        Err(why) => return unread(&cx, why),
    };
    if route.access == Access::SignedIn && cx.who().is_none() {
        return sign_in_keeping(&cx, &form).await;
    }
    submitted(cx, route, params, form, &session).await
}

/// Answers with a file, or with the page that says why not.
pub(crate) async fn file(
    serving: Serving,
    download: Download,
    path: RawPathParams,
    session: Session,
    request: Request<Body>,
) -> Response {
    let params = params(&path, request.uri());
    let (parts, _) = request.into_parts();
    let cx = match context(&serving, &session, &parts).await {
        Ok(cx) => cx,
        Err(error) => {
            tracing::error!(%error, "a request has no context");
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    };
    match (download.find)(cx.clone(), params).await {
        Ok(file) => downloads::sent(file),
        Err(error) => painted(&cx, Err(error), StatusCode::OK),
    }
}

/// The page of an address that does not exist.
pub(crate) async fn nowhere(serving: Serving, session: Session, request: Request<Body>) -> Response {
    let (parts, _) = request.into_parts();
    let cx = context(&serving, &session, &parts).await.unwrap_or_else(|_| visitor(&serving, &parts));
    painted(&cx, Err(Error::NotFound), StatusCode::NOT_FOUND)
}

/// A method that a page does not answer: a form sent to a page that only reads, or a program's attempt.
pub(crate) async fn no_form(serving: Serving, session: Session, request: Request<Body>) -> Response {
    let (parts, _) = request.into_parts();
    let cx = context(&serving, &session, &parts).await.unwrap_or_else(|_| visitor(&serving, &parts));
    unread(&cx, Unread::NoForm)
}

/// Gives a page to what the protection against other sites' forms refused without a word.
pub(crate) async fn explaining_refusals(serving: Serving, request: Request<Body>, next: Next) -> Response {
    if request.method() == Method::GET {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let cx = visitor(&serving, &parts);
    let response = next.run(Request::from_parts(parts, body)).await;
    if response.extensions().get::<ProtectionError>().is_some() {
        return unread(&cx, Unread::OtherOrigin);
    }
    response
}

async fn submitted(cx: Cx, route: Route, params: Params, form: Form, session: &Session) -> Response {
    let Some(submit) = route.submit else { return unread(&cx, Unread::NoForm) };
    match submit(cx.clone(), params.clone(), form.clone()).await {
        Ok(done) => match followed(&cx, done, &form, session).await {
            Ok(response) => response,
            Err(error) => painted(&cx, Err(error), StatusCode::OK),
        },
        Err(error) => match form.explaining(error) {
            Ok(form) => {
                let status = StatusCode::from_u16(form.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
                painted(&cx, (route.show)(cx.clone(), params, form).await, status)
            }
            Err(error) => painted(&cx, Err(error), StatusCode::OK),
        },
    }
}

async fn followed(cx: &Cx, done: Done, form: &Form, session: &Session) -> Result<Response, Error> {
    match done {
        Done::See(address) => Ok(see(&address)),
        Done::SignedIn { person, then } => {
            session::sign_in(cx.services(), session, person).await?;
            match app::interrupted(form) {
                None => Ok(see(&then)),
                Some(kept) => Ok(resumed(cx, &then, kept, session).await),
            }
        }
        Done::ActsFor { organisation, then } => {
            session::act_for(cx.services(), session, organisation).await?;
            Ok(see(&then))
        }
        Done::SignedOut => {
            session::sign_out(session).await?;
            Ok(see("/"))
        }
        Done::Theme { theme, then } => {
            let cookie = format!("affichage={theme}; Path=/; Max-Age=31536000; SameSite=Lax");
            let cookie = HeaderValue::from_str(&cookie).map_err(|error| Error::Corrupt(error.to_string()))?;
            let mut response = see(&then);
            response.headers_mut().append(header::SET_COOKIE, cookie);
            Ok(response)
        }
    }
}

/// A session ended in the middle of a form: the sign-in page carries what was typed, but for passwords.
pub(crate) async fn sign_in_keeping(cx: &Cx, form: &Form) -> Response {
    let mut kept: Vec<_> = form
        .values()
        .iter()
        .filter(|(name, _)| !name.contains("motdepasse"))
        .map(|(name, value)| (format!("tenu.{name}"), value.clone()))
        .collect();
    kept.push(("vers".to_owned(), cx.path().to_owned()));
    let sign_in = app::routes().into_iter().find(|route| route.path == "/connexion");
    match sign_in {
        Some(route) => {
            let shown = (route.show)(cx.clone(), Params::default(), Form::sent(kept, Vec::new())).await;
            painted(cx, shown, StatusCode::UNAUTHORIZED)
        }
        None => StatusCode::UNAUTHORIZED.into_response(),
    }
}

/// Signed in again: the form comes back as it was, to be read and sent.
async fn resumed(cx: &Cx, then: &str, kept: Form, session: &Session) -> Response {
    let found = app::routes().into_iter().find_map(|route| Some((matched(route.path, then)?, route)));
    let Some((path, route)) = found else { return see(then) };
    let who = session::who(cx.services(), session).await.ok().flatten();
    let again = Cx::new(Inner {
        services: cx.services().clone(),
        who,
        path: then.to_owned(),
        assets: cx.assets(),
        nonce: cx.nonce().to_owned(),
        theme: cx.theme().to_owned(),
        address: cx.address().to_owned(),
    });
    let params = Params { path, query: Vec::new() };
    painted(&again, (route.show)(again.clone(), params, kept).await, StatusCode::OK)
}

/// The changing parts of `address`, if it is one of `pattern`.
fn matched(pattern: &str, address: &str) -> Option<BTreeMap<String, String>> {
    let (pattern, address): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), address.split('/').collect());
    if pattern.len() != address.len() {
        return None;
    }
    let mut found = BTreeMap::new();
    for (expected, part) in pattern.into_iter().zip(address) {
        match expected.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) => {
                found.insert(name.to_owned(), part.to_owned());
            }
            None if expected == part => {}
            None => return None,
        }
    }
    Some(found)
}

pub(crate) async fn context(serving: &Serving, session: &Session, parts: &Parts) -> Result<Cx, Error> {
    let has_session = cookie(&parts.headers, "beffroi").is_some();
    let who = if has_session { session::who(&serving.services, session).await? } else { None };
    if who.is_some() {
        session::keep_alive(&serving.services, session).await?;
    }
    Ok(request_of(serving, parts, who))
}

/// The same request, of nobody in particular: needs no session, so no database.
pub(crate) fn visitor(serving: &Serving, parts: &Parts) -> Cx {
    request_of(serving, parts, None)
}

fn request_of(serving: &Serving, parts: &Parts, who: Option<Who>) -> Cx {
    let socket = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    let forwarded: Vec<&str> = parts
        .headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|list| list.to_str().ok())
        .flat_map(|list| list.split(','))
        .collect();
    let address = socket.map_or_else(
        || "unknown".to_owned(),
        |socket| serving.proxies.caller(socket, forwarded.into_iter()).to_string(),
    );
    Cx::new(Inner {
        services: serving.services.clone(),
        who,
        path: parts.uri.path().to_owned(),
        assets: serving.site.assets.clone(),
        nonce: service::secret::random_hex(),
        theme: cookie(&parts.headers, "affichage")
            .filter(|theme| ["light", "dark"].contains(theme))
            .unwrap_or_default()
            .to_owned(),
        address,
    })
}

pub(crate) fn unread(cx: &Cx, why: Unread) -> Response {
    let (status, page) = app::unread(cx, why);
    painted(cx, Ok(page), StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST))
}

pub(crate) fn painted(cx: &Cx, shown: Result<Page, Error>, status: StatusCode) -> Response {
    let (status, page, is_error) = match shown {
        Ok(page) => (status, page, status.is_client_error() && status != StatusCode::UNAUTHORIZED),
        Err(error) => {
            let incident = cx.nonce().chars().take(8).collect::<String>();
            let (status, page) = app::failure(cx, &error, &incident);
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            if status.is_server_error() {
                tracing::error!(incident, path = cx.path(), %error, "a page failed");
            }
            (status, page, false)
        }
    };
    let (live, scripted) = (page.live, page.script.is_some());
    let html = app::document(cx, page, is_error);
    let mut response = (status, Html(html)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    if let Ok(policy) = HeaderValue::from_str(&content_security_policy(cx.nonce(), live, scripted)) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn content_security_policy(nonce: &str, live: bool, scripted: bool) -> String {
    let scripts = match (live, scripted) {
        (true, _) => format!("'self' 'nonce-{nonce}' 'wasm-unsafe-eval'"),
        (false, true) => "'self'".to_owned(),
        (false, false) => "'none'".to_owned(),
    };
    format!(
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; script-src {scripts}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

pub(crate) fn see(address: &str) -> Response {
    match HeaderValue::from_str(address) {
        Ok(address) => (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response(),
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

pub(crate) fn params(path: &RawPathParams, uri: &Uri) -> Params {
    Params {
        path: path.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        query: serde_urlencoded::from_str(uri.query().unwrap_or_default()).unwrap_or_default(),
    }
}

pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

fn encoded(text: &str) -> String {
    serde_urlencoded::to_string([("", text)]).map(|pair| pair.trim_start_matches('=').to_owned()).unwrap_or_default()
}
