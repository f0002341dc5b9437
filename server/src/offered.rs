//! Files of opened offers: unsealed while they are sent.

use axum::{
    body::Body,
    extract::{RawPathParams, Request},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use service::{Error, offer};
use tokio_stream::wrappers::ReceiverStream;
use tower_sessions::Session;

use crate::{
    downloads::plain,
    pages::{self, Serving},
};

/// The file, or the page that says why not.
pub(crate) async fn file(serving: Serving, path: RawPathParams, session: Session, request: Request<Body>) -> Response {
    let params = pages::params(&path, request.uri());
    let (parts, _) = request.into_parts();
    let cx = match pages::context(&serving, &session, &parts).await {
        Ok(cx) => cx,
        Err(error) => return pages::painted(&pages::visitor(&serving, &parts), Err(error), StatusCode::OK),
    };
    match find(&cx, &params).await {
        Ok(streamed) => sent(streamed),
        Err(error) => pages::painted(&cx, Err(error), StatusCode::OK),
    }
}

async fn find(cx: &app::Cx, params: &app::Params) -> Result<offer::Streamed, Error> {
    let (reference, position) = (params.parse("reference")?, params.parse("numero")?);
    offer::file(cx.services(), cx.scope(), reference, position, params.parse("fichier")?).await
}

/// Always a download: what a firm sent is never shown as a page of ours.
fn sent(streamed: offer::Streamed) -> Response {
    let file = streamed.file;
    let mut response = Body::from_stream(ReceiverStream::new(streamed.pieces)).into_response();
    let headers = response.headers_mut();
    let values = [
        (header::CONTENT_TYPE, file.media_type),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", plain(&file.name))),
        (header::CONTENT_LENGTH, file.size_bytes.to_string()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    for (name, value) in values {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    response
}
