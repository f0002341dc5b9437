use axum::{
    Router,
    body::Body,
    extract::{RawPathParams, Request},
    http::{HeaderValue, header},
    routing::{get, on},
};
use service::Services;
use tower_http::{csrf::CsrfLayer, services::ServeDir, set_header::SetResponseHeaderLayer, trace::TraceLayer};
use tower_sessions::{Expiry, Session, SessionManagerLayer, cookie::SameSite, cookie::time::Duration};

use crate::{
    Site, health,
    pages::{self, Serving},
    public_files,
    session::DatabaseSessions,
};

/// A session ends after this many hours without a click.
const SESSION_HOURS: i64 = 8;

/// Every address of Beffroi.
pub fn router(services: Services, site: Site) -> Router {
    let serving = Serving { services: services.clone(), site: site.clone() };
    let mut router = Router::new();
    for route in app::routes() {
        let serving = serving.clone();
        let methods = axum::routing::MethodFilter::GET.or(axum::routing::MethodFilter::POST);
        let handler = move |path: RawPathParams, session: Session, request: Request<Body>| {
            pages::answer(serving, route, path, session, request)
        };
        router = router.route(route.path, on(methods, handler));
    }
    let specification = {
        let serving = serving.clone();
        move |path: RawPathParams, session: Session, request: Request<Body>| {
            public_files::specification(serving, path, session, request)
        }
    };
    router = router.route("/appels/{reference}/cahier.pdf", get(specification));
    let nowhere = {
        let serving = serving.clone();
        move |session: Session, request: Request<Body>| pages::nowhere(serving, session, request)
    };

    let sessions = SessionManagerLayer::new(DatabaseSessions(services.clone()))
        .with_name("beffroi")
        .with_same_site(SameSite::Lax)
        .with_secure(services.settings().base_url.starts_with("https://"))
        .with_expiry(Expiry::OnInactivity(Duration::hours(SESSION_HOURS)));

    router
        .fallback(nowhere)
        .layer(sessions)
        .layer(CsrfLayer::new())
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz).with_state(services))
        .nest_service("/actifs", assets(&site))
        .layer(header("x-content-type-options", "nosniff"))
        .layer(header("referrer-policy", "same-origin"))
        .layer(TraceLayer::new_for_http())
}

/// Hashed names never change their content.
fn assets(site: &Site) -> Router {
    Router::new()
        .fallback_service(ServeDir::new(site.folder.join("actifs")).precompressed_br().precompressed_gzip())
        .layer(SetResponseHeaderLayer::overriding(
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=31536000, immutable"),
        ))
}

fn header(name: &'static str, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(header::HeaderName::from_static(name), HeaderValue::from_static(value))
}
