//! A posted form becomes raw strings and small files; nothing is decided here.

use app::{Form, Upload};
use axum::{
    body::{Body, to_bytes},
    extract::{FromRequest, Multipart, Request},
    http::header::CONTENT_TYPE,
};

/// Largest form taken, files included, in bytes.
const MOST_BYTES: usize = 12 * 1024 * 1024;

/// Why a form could not be read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unreadable {
    TooLarge,
    Malformed,
}

pub(crate) async fn read(request: Request<Body>) -> Result<Form, Unreadable> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.starts_with("multipart/form-data") { multipart(request).await } else { urlencoded(request).await }
}

async fn urlencoded(request: Request<Body>) -> Result<Form, Unreadable> {
    let bytes = to_bytes(request.into_body(), MOST_BYTES).await.map_err(|_| Unreadable::TooLarge)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Unreadable::Malformed)?;
    let values: Vec<(String, String)> = serde_urlencoded::from_str(text).map_err(|_| Unreadable::Malformed)?;
    if values.iter().any(|(_, value)| value.contains('\0')) {
        return Err(Unreadable::Malformed);
    }
    Ok(Form::sent(values, Vec::new()))
}

async fn multipart(request: Request<Body>) -> Result<Form, Unreadable> {
    let (parts, body) = request.into_parts();
    let request = Request::from_parts(parts, Body::new(http_body_util::Limited::new(body, MOST_BYTES)));
    let mut multipart = Multipart::from_request(request, &()).await.map_err(|_| Unreadable::Malformed)?;
    let (mut values, mut files) = (Vec::new(), Vec::new());
    while let Some(field) = multipart.next_field().await.map_err(|_| Unreadable::TooLarge)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|_| Unreadable::TooLarge)?;
        if let Some(file) = file {
            files.push(Upload { field: name, name: file, bytes: bytes.to_vec() });
            continue;
        }
        let value = String::from_utf8(bytes.to_vec()).map_err(|_| Unreadable::Malformed)?;
        if value.contains('\0') {
            return Err(Unreadable::Malformed);
        }
        values.push((name, value));
    }
    Ok(Form::sent(values, files))
}
