//! Files of offers: taken piece by piece while they are sealed, so that none is ever whole in memory.

use std::{future::Future, time::Duration};

use app::{Form, Unread};
use axum::{
    body::Body,
    extract::{
        FromRequest as _, Multipart, RawPathParams, Request,
        multipart::{Field, MultipartError},
    },
    http::{StatusCode, header::CONTENT_TYPE},
    response::Response,
};
use domain::{kernel::reference::TenderRef, offer::FileFault};
use service::{Error, offer};
use tokio::time::timeout;
use tower_sessions::Session;

use crate::pages::{self, Serving};

/// Page of the files of an offer; it takes its own bodies.
pub(crate) const PAGE: &str = "/offres/{reference}/fichiers";
/// What is read of a file that is refused, so that the browser hears the answer, in bytes.
const HEARD_OUT: usize = 128 * 1024 * 1024;

/// Takes a form with a file; any other form of the page goes the usual way, with the usual limit.
pub(crate) async fn take(
    serving: Serving,
    route: app::Route,
    path: RawPathParams,
    session: Session,
    request: Request<Body>,
) -> Response {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("multipart/form-data") {
        return pages::answer(serving, route, path, session, request).await;
    }

    let params = pages::params(&path, request.uri());
    let (parts, body) = request.into_parts();
    let cx = match pages::context(&serving, &session, &parts).await {
        Ok(cx) => cx,
        Err(error) => return pages::painted(&pages::visitor(&serving, &parts), Err(error), StatusCode::OK),
    };
    if cx.who().is_none() {
        return pages::sign_in_keeping(&cx, &Form::sent(Vec::new(), Vec::new())).await;
    }
    let taken = match params.parse("reference") {
        Ok(reference) => receive(&cx, reference, Request::from_parts(parts, body)).await,
        Err(error) => Err(Refused::Error(error)),
    };
    match taken {
        Ok(address) => pages::see(&address),
        Err(Refused::Unread(why)) => pages::unread(&cx, why),
        Err(Refused::Error(error)) => match Form::sent(Vec::new(), Vec::new()).explaining(error) {
            Ok(form) => {
                let status = StatusCode::from_u16(form.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
                pages::painted(&cx, (route.show)(cx.clone(), params, form).await, status)
            }
            Err(error) => pages::painted(&cx, Err(error), StatusCode::OK),
        },
    }
}

/// Why nothing was kept.
enum Refused {
    /// The body could not be read: cut, or no form at all.
    Unread(Unread),
    Error(Error),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// Every file of the form, one after the other; the first that is wrong ends it.
async fn receive(cx: &app::Cx, reference: TenderRef, request: Request<Body>) -> Result<String, Refused> {
    let pause = cx.services().settings().upload_pause;
    let mut multipart = Multipart::from_request(request, &()).await.map_err(|_| Refused::Unread(Unread::Malformed))?;
    let mut taken = 0;
    while let Some(field) = next(pause, multipart.next_field()).await? {
        if field.file_name().is_some() {
            one(cx, reference, field).await?;
            taken += 1;
        }
    }
    if taken == 0 {
        return Err(offer::wrong(FileFault::Empty).into());
    }
    Ok(format!("/offres/{reference}/fichiers?fait=fichier"))
}

async fn one(cx: &app::Cx, reference: TenderRef, mut field: Field<'_>) -> Result<(), Refused> {
    let pause = cx.services().settings().upload_pause;
    let name = field.file_name().unwrap_or_default().to_owned();
    let begun = match cx.actor() {
        Ok(actor) => offer::begin_upload(cx.services(), actor, reference).await,
        Err(error) => Err(error),
    };
    let mut upload = match begun {
        Ok(upload) => upload,
        Err(error) => return Err(heard_out(field, error, pause).await),
    };
    while let Some(bytes) = next(pause, field.chunk()).await? {
        upload = match upload.push(&bytes).await {
            Ok(upload) => upload,
            Err(error) => return Err(heard_out(field, error, pause).await),
        };
    }
    // The last byte of the file is there; nothing was written to the database yet.
    let received_at = cx.services().now();
    if name.is_empty() {
        return Err(offer::wrong(FileFault::Empty).into());
    }
    upload.finish(&name, received_at).await?;
    Ok(())
}

/// What comes next, unless the sender pauses too long.
async fn next<T>(
    pause: Duration,
    coming: impl Future<Output = Result<Option<T>, MultipartError>>,
) -> Result<Option<T>, Refused> {
    match timeout(pause, coming).await {
        Ok(Ok(came)) => Ok(came),
        Ok(Err(_)) => Err(Refused::Unread(Unread::Malformed)),
        Err(_) => Err(Refused::Unread(Unread::Paused { seconds: pause.as_secs() })),
    }
}

/// Reads on for a while: a browser that is still sending does not read why.
async fn heard_out(mut field: Field<'_>, error: Error, pause: Duration) -> Refused {
    let mut read = 0;
    while let Ok(Some(bytes)) = next(pause, field.chunk()).await {
        read += bytes.len();
        if read > HEARD_OUT {
            break;
        }
    }
    Refused::Error(error)
}
