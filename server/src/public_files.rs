//! Files of published calls, for everybody.

use axum::{
    body::Body,
    extract::{RawPathParams, Request},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use service::{Error, call};
use tower_sessions::Session;

use crate::pages::{self, Serving};

/// The specification of a call as its council adopted it; the page of an address that does not exist for any other.
pub(crate) async fn specification(
    serving: Serving,
    path: RawPathParams,
    session: Session,
    request: Request<Body>,
) -> Response {
    let reference = path.iter().find(|(name, _)| *name == "reference").and_then(|(_, text)| text.parse().ok());
    let found = match reference {
        Some(reference) => call::specification(&serving.services, reference).await,
        None => Err(Error::NotFound),
    };
    match found {
        Ok((file, bytes)) => {
            let disposition = format!("inline; filename=\"{}\"", file.name.replace(['"', '\\'], ""));
            let mut response = bytes.into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
            if let Ok(disposition) = HeaderValue::from_str(&disposition) {
                headers.insert(header::CONTENT_DISPOSITION, disposition);
            }
            response
        }
        Err(Error::NotFound) => pages::nowhere(serving, session, request).await,
        Err(error) => {
            tracing::error!(%error, "a public file is not served");
            axum::http::StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
