//! A posted form becomes raw strings and small files; nothing is decided here.

use std::time::Duration;

use app::{Form, Unread, Upload};
use axum::{
    body::Body,
    extract::{
        FromRequest as _, Multipart, Request,
        multipart::{MultipartError, MultipartRejection},
    },
    http::{StatusCode, header::CONTENT_TYPE},
};
use tokio::time::timeout;
use tokio_stream::StreamExt as _;

/// Largest form taken, files included.
const MOST_MEBIBYTES: usize = 12;
/// The same in bytes, for the router's limit.
pub(crate) const MOST_BYTES: usize = MOST_MEBIBYTES * 1024 * 1024;

/// Reads it, unless its sender pauses for longer than `pause`.
pub(crate) async fn read(request: Request<Body>, pause: Duration) -> Result<Form, Unread> {
    let (parts, body) = request.into_parts();
    let bytes = whole(body, pause).await?;
    let kind = parts.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.starts_with("multipart/form-data") {
        multipart(Request::from_parts(parts, Body::from(bytes))).await
    } else {
        urlencoded(&bytes)
    }
}

async fn whole(body: Body, pause: Duration) -> Result<Vec<u8>, Unread> {
    let mut pieces = body.into_data_stream();
    let mut bytes = Vec::new();
    loop {
        match timeout(pause, pieces.next()).await {
            Ok(Some(Ok(piece))) if bytes.len() + piece.len() > MOST_BYTES => return Err(too_large()),
            Ok(Some(Ok(piece))) => bytes.extend_from_slice(&piece),
            Ok(Some(Err(_))) => return Err(Unread::Malformed),
            Ok(None) => return Ok(bytes),
            Err(_) => return Err(Unread::Paused { seconds: pause.as_secs() }),
        }
    }
}

fn urlencoded(bytes: &[u8]) -> Result<Form, Unread> {
    let text = std::str::from_utf8(bytes).map_err(|_| Unread::Malformed)?;
    let values: Vec<(String, String)> = serde_urlencoded::from_str(text).map_err(|_| Unread::Malformed)?;
    readable(values, Vec::new())
}

async fn multipart(request: Request<Body>) -> Result<Form, Unread> {
    let broken = |error: MultipartError| why(error.status());
    let mut multipart =
        Multipart::from_request(request, &()).await.map_err(|error: MultipartRejection| why(error.status()))?;
    let (mut values, mut files) = (Vec::new(), Vec::new());
    while let Some(field) = multipart.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(str::to_owned);
        let bytes = field.bytes().await.map_err(broken)?;
        if let Some(file) = file {
            files.push(Upload { field: name, name: file, bytes: bytes.to_vec() });
            continue;
        }
        values.push((name, String::from_utf8(bytes.to_vec()).map_err(|_| Unread::Malformed)?));
    }
    readable(values, files)
}

/// PostgreSQL keeps no NUL, and nobody types one.
fn readable(values: Vec<(String, String)>, files: Vec<Upload>) -> Result<Form, Unread> {
    if values.iter().any(|(name, value)| name.contains('\0') || value.contains('\0')) {
        return Err(Unread::Malformed);
    }
    Ok(Form::sent(values, files))
}

/// A form beyond the limit.
fn too_large() -> Unread {
    Unread::TooLarge { most_mebibytes: MOST_MEBIBYTES }
}

fn why(status: StatusCode) -> Unread {
    if status == StatusCode::PAYLOAD_TOO_LARGE { too_large() } else { Unread::Malformed }
}
