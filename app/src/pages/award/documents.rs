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

use crate::pages::{tenders::act_word, words::t};

pub(crate) fn card(reference: TenderRef, filed: Vec<Filed>) -> Option<AnyView> {
    if filed.is_empty() {
        return None;
    }
    let rows: Vec<_> = filed.into_iter().map(|filed| row(reference, filed)).collect();
    Some(
        view! {
            <section class="card card--flush" aria-labelledby="documents">
                <h2 id="documents">{t!(award.documents)}</h2>
                <div class="scroll" tabindex="0" role="group" aria-labelledby="documents">
                    <table class="table table--cards">
                        <thead>
                            <tr>
                                <th scope="col">{t!(award.document)}</th>
                                <th scope="col">{t!(tender.date)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        }
        .into_any(),
    )
}

fn row(reference: TenderRef, filed: Filed) -> AnyView {
    let word = word(&filed.kind);
    let about = (!filed.about.is_empty()).then(|| format!(", {}", filed.about));
    let address = format!("/marches/{reference}/documents/{}", filed.file.id);
    let on = date_french(brussels(filed.created_at).date());
    let size = t!(award.size, kind = kind(&filed.file.media_type), n = kilobytes(filed.file.size_bytes));
    view! {
        <tr>
            <th scope="row">
                <a href=address>{word}{about}</a><br/>
                <span class="small quiet">{size}</span><br/>
                <span class="small quiet">{t!(award.fingerprint)}" "<span class="hash">{filed.file.sha256}</span></span>
            </th>
            <td data-l=t!(tender.date)><span class="nowrap">{on}</span></td>
        </tr>
    }
    .into_any()
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
