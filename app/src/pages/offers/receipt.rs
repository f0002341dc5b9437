use chrono::{DateTime, Utc};
use domain::{kernel::reference::TenderRef, offer::Receipt};
use leptos::prelude::*;
use service::{
    Error,
    offer::{self, Own},
};

use super::words;
use crate::pages::{Cx, Form, Page, Params, Shown, calls::say, ui, words::t};

/// The latest receipt, then the older ones.
pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let reference: TenderRef = params.parse("reference")?;
    let own = offer::own(cx.services(), cx.actor()?, reference).await?;
    if own.receipts.is_empty() {
        return Err(Error::NotFound);
    }
    let now = cx.services().now();
    Ok(Page::new(t!(offers.receipt), "/offres", move || {
        view! {
            <div class="page">
                <a class="govuk-back-link" href=format!("/offres/{reference}")>{t!(offers.title)}</a>
                <div class="cols">
                    <div class="stack">
                        {own.receipts.first().map(|receipt| latest(&own, receipt))}
                        {actions(&own, now)}
                        {ui::mail_note(&cx)}
                        {older(&own.receipts)}
                    </div>
                    <div>{what_follows(&own, now)}</div>
                </div>
            </div>
        }
        .into_any()
    })
    .airy())
}

fn latest(own: &Own, receipt: &Receipt) -> AnyView {
    let title = if receipt.stands() { t!(offers.is_deposited) } else { t!(offers.is_withdrawn) };
    let small = if receipt.stands() { t!(offers.in_time) } else { t!(offers.withdrawn_text) };
    let withdrawn = receipt.withdrawn_at.map(|at| {
        view! { <div><dt>{t!(offers.withdrawn_at)}</dt><dd>{words::instant(at)}</dd></div> }
    });
    let files: Vec<_> = receipt
        .files
        .iter()
        .map(|file| {
            let known = own.draft.files.iter().find(|known| known.id == file.id);
            let name = known.map_or_else(|| t!(offers.file_taken_out), |known| known.name.as_str());
            let sent = known.map(|known| {
                let label = t!(offers.file_as_sent, name = name);
                view! { <div class="wide"><dt>{label}</dt><dd class="hash">{words::hash(&known.sha256)}</dd></div> }
            });
            let label = t!(offers.file_as_sealed, name = name);
            view! {
                {sent}
                <div class="wide"><dt>{label}</dt><dd class="hash">{words::hash(&file.sealed_sha256)}</dd></div>
            }
        })
        .collect();
    view! {
        <section class="receipt" aria-labelledby="recu">
            <p class="row small">{ui::icon::view(ui::icon::CHECK)}{small}</p>
            <h1 id="recu">{title}</h1>
            <dl>
                <div><dt>{t!(offers.receipt)}</dt><dd>{receipt.number.to_string()}</dd></div>
                <div><dt>{t!(offers.tender)}</dt><dd>{own.view.tender.reference.to_string()}</dd></div>
                <div><dt>{t!(offers.last_byte)}</dt><dd>{words::instant(receipt.received_at)}</dd></div>
                {withdrawn}
                <div class="wide"><dt>{t!(offers.fingerprint)}</dt><dd class="hash">{words::hash(&receipt.sealed_sha256)}</dd></div>
                <div class="wide"><dt>{t!(offers.commitment_hash)}</dt><dd class="hash">{words::hash(&receipt.commitment)}</dd></div>
                {files}
            </dl>
        </section>
    }
    .into_any()
}

fn actions(own: &Own, now: DateTime<Utc>) -> AnyView {
    let reference = own.view.tender.reference;
    let open = own.place.may_answer(now).is_ok();
    let replace = open.then(|| {
        view! { <a class="btn btn--second" href=format!("/offres/{reference}")>{t!(offers.replace)}</a> }
    });
    let withdraw = (open && own.standing().is_some()).then(|| {
        view! { <a class="btn btn--danger" href=format!("/offres/{reference}/retirer")>{t!(offers.withdraw)}</a> }
    });
    view! {
        <div class="row actions">
            <a class="btn" href=format!("/offres/{reference}/recepisse.pdf")>
                {ui::icon::view(ui::icon::DOWNLOAD)}{t!(offers.receipt_pdf)}
            </a>
            {replace}
            {withdraw}
        </div>
    }
    .into_any()
}

fn older(receipts: &[Receipt]) -> Option<AnyView> {
    let older = receipts.get(1..).filter(|older| !older.is_empty())?;
    let rows = older.iter().map(|receipt| {
        let (kind, word) = match (receipt.withdrawn_at, receipt.replaced_at) {
            (Some(_), _) => ("bad", t!(offers.withdrawn)),
            (None, Some(_)) => ("", t!(offers.replaced)),
            (None, None) => ("seal", t!(offers.deposited)),
        };
        ui::row(receipt.number.to_string()).cell(words::instant(receipt.received_at)).cell(ui::tag(kind, word))
    });
    let columns = [t!(offers.receipt), t!(offers.last_byte), t!(call.state)].map(ui::column);
    Some(ui::table("anciens", columns, rows).card(t!(offers.older)))
}

fn what_follows(own: &Own, now: DateTime<Utc>) -> AnyView {
    let until = own.view.tender.clock.deposit_until;
    let over = until.is_some_and(|until| now > until);
    let opened = own.view.tender.stage > domain::tender::Stage::DepositClosed;
    view! {
        <section class="card" aria-labelledby="apres">
            <h2 id="apres">{t!(call.and_now)}</h2>
            <ol class="line">
                <li class="mark">{t!(offers.step_deposited)}</li>
                <li class=if over { "mark" } else { "now" }>{t!(offers.step_end)}<br/>{until.map(say::moment)}</li>
                <li class=if opened { "mark" } else { "" }>{t!(offers.step_opening)}</li>
                <li>{t!(offers.step_decision)}</li>
            </ol>
        </section>
    }
    .into_any()
}
