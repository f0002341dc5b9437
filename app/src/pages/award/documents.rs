//! The documents of a tender, on its record: each with its date, its size and its hash.

use domain::{
    kernel::{
        reference::TenderRef,
        time::{brussels, date_french},
    },
    tender::ActKind,
};
use leptos::prelude::*;
use service::store::documents::Filed;

use crate::pages::{
    tenders::act_word,
    ui::{self, table::Row},
    words::t,
};

pub(crate) fn card(reference: TenderRef, filed: Vec<Filed>) -> Option<AnyView> {
    if filed.is_empty() {
        return None;
    }
    let columns = [t!(award.document), t!(tender.date)].map(ui::column);
    let rows = filed.into_iter().map(|filed| row(reference, filed));
    Some(ui::table("documents", columns, rows).card(t!(award.documents)))
}

fn row(reference: TenderRef, filed: Filed) -> Row {
    let word = word(&filed.kind);
    let about = (!filed.about.is_empty()).then(|| format!(", {}", filed.about));
    let address = format!("/marches/{reference}/documents/{}", filed.file.id);
    let on = date_french(brussels(filed.created_at).date());
    let size = t!(award.size, kind = kind(&filed.file.media_type), n = kilobytes(filed.file.size_bytes));
    let name = view! {
        <a href=address>{word}{about}</a><br/>
        <span class="small quiet">{size}</span><br/>
        <span class="small quiet">{t!(award.fingerprint)}" "<span class="hash">{filed.file.sha256}</span></span>
    };
    ui::row(name).cell(view! { <span class="nowrap">{on}</span> })
}

fn word(kind: &str) -> &'static str {
    match kind {
        "edition" => t!(award.doc_edition),
        "deliberation" => t!(award.doc_deliberation),
        "minutes" => t!(award.doc_minutes),
        "report" => t!(award.doc_report),
        "letter" => t!(award.doc_letter),
        act => ActKind::from_code(act).map_or(t!(tender.act), act_word),
    }
}

fn kind(media_type: &str) -> &str {
    media_type.rsplit('/').next().map_or("", |kind| if kind == "pdf" { "PDF" } else { kind })
}

/// Rounded up: a file is never of nothing.
fn kilobytes(bytes: i64) -> i64 {
    (bytes + 999) / 1_000
}
