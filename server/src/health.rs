use axum::{extract::State, http::StatusCode};
use service::Services;

/// Alive.
pub(crate) async fn healthz() -> &'static str {
    "ok"
}

/// Ready: the database answers and no migration is missing.
pub(crate) async fn readyz(State(services): State<Services>) -> (StatusCode, &'static str) {
    if services.store().is_ready().await {
        (StatusCode::OK, "ready")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer, or a migration is missing")
    }
}
