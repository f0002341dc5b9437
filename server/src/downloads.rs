//! Files that are sent as they are, over the same use cases as the pages.

use std::{future::Future, pin::Pin};

use app::{Cx, Params};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use service::{
    Error, award, evaluation, offer,
    specification::{self, Sent},
    tender, voucher,
};

type Finding = Pin<Box<dyn Future<Output = Result<Sent, Error>> + Send>>;

/// One address that answers with a file.
#[derive(Clone, Copy)]
pub(crate) struct Download {
    pub(crate) path: &'static str,
    pub(crate) find: fn(Cx, Params) -> Finding,
}

/// Every file of Beffroi, by address. Each finds its own within what the request may read.
pub(crate) fn downloads() -> Vec<Download> {
    vec![
        Download { path: "/marches/{reference}/cahier.pdf", find: |cx, params| Box::pin(current(cx, params)) },
        Download { path: "/marches/{reference}/editions/{numero}", find: |cx, params| Box::pin(edition(cx, params)) },
        Download { path: "/bons/liste.csv", find: |cx, params| Box::pin(app::vouchers_csv(cx, params)) },
        Download { path: "/bons/liste.xlsx", find: |cx, params| Box::pin(app::vouchers_xlsx(cx, params)) },
        Download { path: "/bons/rapport.csv", find: |cx, params| Box::pin(app::report_csv(cx, params)) },
        Download { path: "/bons/rapport.xlsx", find: |cx, params| Box::pin(app::report_xlsx(cx, params)) },
        Download { path: "/bons/{bon}/bon.pdf", find: |cx, params| Box::pin(order(cx, params)) },
        Download { path: "/bons/{bon}/factures/{recue}/fichier", find: |cx, params| Box::pin(invoice(cx, params)) },
        Download { path: "/bons/{bon}/proces-verbal/{livraison}", find: |cx, params| Box::pin(minutes(cx, params)) },
        Download {
            path: "/marches/{reference}/documents/{fichier}",
            find: |cx, params| Box::pin(document(cx, params)),
        },
        Download { path: "/offres/{reference}/courriers/{fichier}", find: |cx, params| Box::pin(letter(cx, params)) },
        Download { path: "/marches/{reference}/ouverture.pdf", find: |cx, params| Box::pin(opening(cx, params)) },
        Download { path: "/offres/{reference}/recepisse.pdf", find: |cx, params| Box::pin(receipt(cx, params)) },
        Download {
            path: "/marches/{reference}/evaluation/rapport.pdf",
            find: |cx, params| Box::pin(report(cx, params)),
        },
        Download {
            path: "/marches/{reference}/evaluation/comparaison.xlsx",
            find: |cx, params| Box::pin(comparison_xlsx(cx, params)),
        },
        Download {
            path: "/marches/{reference}/evaluation/comparaison.csv",
            find: |cx, params| Box::pin(comparison_csv(cx, params)),
        },
    ]
}

async fn document(cx: Cx, params: Params) -> Result<Sent, Error> {
    tender::document(cx.services(), cx.scope(), params.parse("reference")?, params.parse("fichier")?).await
}

async fn letter(cx: Cx, params: Params) -> Result<Sent, Error> {
    award::letter_file(cx.services(), cx.actor()?, params.parse("reference")?, params.parse("fichier")?).await
}

async fn opening(cx: Cx, params: Params) -> Result<Sent, Error> {
    offer::minutes(cx.services(), cx.scope(), params.parse("reference")?).await
}

async fn receipt(cx: Cx, params: Params) -> Result<Sent, Error> {
    offer::receipt(cx.services(), cx.actor()?, params.parse("reference")?).await
}

async fn current(cx: Cx, params: Params) -> Result<Sent, Error> {
    specification::pdf(cx.services(), cx.scope(), params.parse("reference")?).await
}

async fn edition(cx: Cx, params: Params) -> Result<Sent, Error> {
    specification::edition(cx.services(), cx.scope(), params.parse("reference")?, params.parse("numero")?).await
}

async fn order(cx: Cx, params: Params) -> Result<Sent, Error> {
    voucher::pdf(cx.services(), cx.scope(), params.parse("bon")?).await
}

async fn invoice(cx: Cx, params: Params) -> Result<Sent, Error> {
    voucher::invoice_file(cx.services(), cx.scope(), params.parse("bon")?, params.parse("recue")?).await
}

async fn minutes(cx: Cx, params: Params) -> Result<Sent, Error> {
    voucher::minutes(cx.services(), cx.scope(), params.parse("bon")?, params.parse("livraison")?).await
}

async fn report(cx: Cx, params: Params) -> Result<Sent, Error> {
    evaluation::report(cx.services(), cx.actor()?, params.parse("reference")?).await
}

async fn comparison_xlsx(cx: Cx, params: Params) -> Result<Sent, Error> {
    evaluation::xlsx(cx.services(), cx.actor()?, params.parse("reference")?).await
}

async fn comparison_csv(cx: Cx, params: Params) -> Result<Sent, Error> {
    evaluation::csv(cx.services(), cx.actor()?, params.parse("reference")?).await
}

/// The file under its own name; its hash is the entity tag, so that anybody compares it with the one on the page.
pub(crate) fn sent(file: Sent) -> Response {
    let mut response = (StatusCode::OK, file.bytes).into_response();
    let headers = response.headers_mut();
    let values = [
        (header::CONTENT_TYPE, file.media_type),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", plain(&file.name))),
        (header::ETAG, format!("\"{}\"", file.sha256)),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
    ];
    for (name, value) in values {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    response
}

/// A name that every browser keeps: nothing outside ASCII, no quotes, no folders.
pub(crate) fn plain(name: &str) -> String {
    let kept = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '-' };
    name.chars().map(kept).collect()
}
