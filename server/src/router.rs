use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, RawPathParams, Request, rejection::RawPathParamsRejection},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::Response,
    routing::{MethodFilter, get, on},
};
use service::Services;
use tower_http::{csrf::CsrfLayer, services::ServeDir, set_header::SetResponseHeaderLayer, trace::TraceLayer};
use tower_sessions::{Expiry, Session, SessionManagerLayer, cookie::SameSite, cookie::time::Duration};

use crate::{
    Site, TrustedProxies, compression,
    downloads::downloads,
    forms, health,
    kept::{self, Kept},
    offered,
    pages::{self, Serving},
    public_files,
    session::{self, DatabaseSessions},
    uploads,
};

/// The changing parts of an address, or an address that can't be read.
type Path = Result<RawPathParams, RawPathParamsRejection>;

/// Every address of Beffroi, with no proxy in front.
pub fn router(services: Services, site: Site) -> Router {
    router_behind(services, site, TrustedProxies::default())
}

/// Every address of Beffroi, behind these proxies.
pub fn router_behind(services: Services, site: Site, proxies: TrustedProxies) -> Router {
    let serving = Serving { services: services.clone(), site: site.clone(), proxies: Arc::new(proxies) };
    let mut router = Router::new();
    for route in app::routes() {
        let serving = serving.clone();
        let methods = if route.submit.is_some() { MethodFilter::GET.or(MethodFilter::POST) } else { MethodFilter::GET };
        let handler = async move |path: Path, session: Session, request: Request<Body>| match path {
            Ok(path) if route.path == uploads::PAGE && request.method() == Method::POST => {
                uploads::take(serving, route, path, session, request).await
            }
            Ok(path) => pages::answer(serving, route, path, session, request).await,
            Err(_) => pages::nowhere(serving, session, request).await,
        };
        let mut method_router = on(methods, handler);
        if route.path == uploads::PAGE {
            // It reads piece by piece and counts by itself.
            method_router = method_router.layer(DefaultBodyLimit::disable());
        }
        router = router.route(route.path, method_router);
    }
    for download in downloads() {
        let serving = serving.clone();
        let handler = move |path: RawPathParams, session: Session, request: Request<Body>| {
            pages::file(serving, download, path, session, request)
        };
        router = router.route(download.path, get(handler));
    }
    let specification = {
        let serving = serving.clone();
        move |path: RawPathParams, session: Session, request: Request<Body>| {
            public_files::specification(serving, path, session, request)
        }
    };
    router = router.route("/appels/{reference}/cahier.pdf", get(specification));
    let offered = {
        let serving = serving.clone();
        move |path: RawPathParams, session: Session, request: Request<Body>| {
            offered::file(serving, path, session, request)
        }
    };
    router = router.route("/marches/{reference}/offres/{numero}/fichiers/{fichier}", get(offered));
    let nowhere = {
        let serving = serving.clone();
        move |session: Session, request: Request<Body>| pages::nowhere(serving, session, request)
    };

    let no_form = {
        let serving = serving.clone();
        move |session: Session, request: Request<Body>| pages::no_form(serving, session, request)
    };
    let refusals = middleware::from_fn(move |request: Request<Body>, next: Next| {
        pages::explaining_refusals(serving.clone(), request, next)
    });

    let sessions = SessionManagerLayer::new(DatabaseSessions(services.clone()))
        .with_name("beffroi")
        .with_same_site(SameSite::Lax)
        .with_secure(services.settings().base_url.starts_with("https://"))
        .with_expiry(Expiry::OnInactivity(Duration::hours(session::HOURS)));

    router
        .fallback(nowhere)
        .method_not_allowed_fallback(no_form)
        .layer(DefaultBodyLimit::max(forms::MOST_BYTES))
        .layer(sessions)
        .layer(CsrfLayer::new())
        .layer(refusals)
        .layer(middleware::from_fn(compression::packed))
        .layer(middleware::from_fn_with_state(Kept::new(services.clone()), kept::again))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz).with_state(services))
        .nest_service("/actifs", assets(&site))
        .layer(header("x-content-type-options", "nosniff"))
        .layer(header("referrer-policy", "same-origin"))
        .layer(TraceLayer::new_for_http())
}

/// The files of the pages, packed beforehand.
fn assets(site: &Site) -> Router {
    Router::new()
        .fallback_service(ServeDir::new(site.folder.join("actifs")).precompressed_br().precompressed_gzip())
        .layer(middleware::map_response(kept_for_a_year))
}

/// Hashed names never change their content; a file that is not here yet may come with the next version.
async fn kept_for_a_year(mut response: Response) -> Response {
    let found = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let kept = if found { "public, max-age=31536000, immutable" } else { "no-store" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    response
}

fn header(name: &'static str, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(header::HeaderName::from_static(name), HeaderValue::from_static(value))
}
