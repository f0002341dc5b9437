use chrono::{DateTime, Utc};
use domain::{
    evaluation::PieceRequest,
    kernel::reference::TenderRef,
    tender::{Channel, Stage},
};
use leptos::prelude::*;
use service::{
    Error,
    offer::{self, Own},
    store,
};

use super::words;
use crate::pages::{Cx, Form, Page, Params, Shown, calls::say, ui, words::t};

/// The firm's own offer as a short list of what is done and what is missing.
pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let reference: TenderRef = params.parse("reference")?;
    let own = offer::own(cx.services(), cx.actor()?, reference).await?;
    let now = cx.services().now();
    let asked = if is_opened(&own) && own.standing().is_some() { asked(&cx, &own).await? } else { false };
    Ok(Page::new(t!(offers.title), "/offres", move || {
        view! {
            <div class="page">
                {ui::flash(&params)}
                {ui::head(t!(offers.title))
                    .back("/offres", t!(call.mine))
                    .above(view! { <span class="ref">{reference.to_string()}</span>{tag(&own)} })
                    .lede(t!(offers.lede, object = own.view.tender.plan.object, pilot = own.view.pilot))
                    .view()}
                {columns(&own, asked, now)}
            </div>
        }
        .into_any()
    })
    .airy())
}

/// The hour comes first as long as the firm may still deposit; then it is a fact beside the rest.
fn columns(own: &Own, asked: bool, now: DateTime<Utc>) -> AnyView {
    if is_closed(own, now) {
        return view! {
            <div class="cols">
                <div class="stack">{body(own, asked, now)}</div>
                {deadline(own, now)}
            </div>
        }
        .into_any();
    }
    view! {
        <div class="record">
            <div class="now stack">{deadline(own, now)}</div>
            <div class="body stack">{body(own, asked, now)}</div>
        </div>
    }
    .into_any()
}

fn is_closed(own: &Own, now: DateTime<Utc>) -> bool {
    own.view.tender.clock.deposit_until.is_some_and(|until| now > until)
}

fn tag(own: &Own) -> AnyView {
    match (own.standing(), own.receipts.first()) {
        (Some(receipt), _) if receipt.draft_version != own.draft.version => ui::tag("now", t!(offers.changed_since)),
        (Some(_), _) if is_opened(own) => ui::tag("done", t!(offers.opened_tag)),
        (Some(_), _) => ui::tag("seal", t!(offers.deposited)),
        (None, Some(_)) => ui::tag("bad", t!(offers.withdrawn)),
        (None, None) => ui::tag("", t!(offers.draft_not_deposited)),
    }
}

/// Whether the authorities wait for an answer of this firm about its opened offer.
async fn asked(cx: &Cx, own: &Own) -> Result<bool, Error> {
    let firm = cx.actor()?.organisation();
    match store::evaluation::requests_of_firm(cx.services(), own.view.tender.id, firm).await {
        Ok(requests) => Ok(requests.iter().any(PieceRequest::is_open)),
        // A damaged offer is in no list of the opened ones.
        Err(Error::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}

fn is_opened(own: &Own) -> bool {
    own.view.tender.progress() >= Stage::Opened
}

/// The hour of the server and the hour of the deposit, side by side.
pub(super) fn deadline(own: &Own, now: DateTime<Utc>) -> AnyView {
    let Some(until) = own.view.tender.clock.deposit_until else { return ().into_any() };
    let class = if is_closed(own, now) { "card stack-s" } else { "next" };
    view! {
        <section class=class aria-labelledby="cloture">
            <h2 id="cloture">{t!(offers.end_of_deposit)}</h2>
            <dl class="facts">
                <div><dt>{t!(offers.end)}</dt><dd>{say::moment(until)}</dd></div>
                {(now <= until).then(|| view! {
                    <div><dt>{t!(offers.server_hour)}</dt><dd>{words::instant(now)}</dd></div>
                    <div><dt>{t!(offers.left)}</dt><dd>{say::countdown(until, now)}</dd></div>
                })}
            </dl>
            {(now <= until).then(|| view! { <p class="small quiet">{t!(offers.until_then)}</p> })}
        </section>
    }
    .into_any()
}

fn body(own: &Own, asked: bool, now: DateTime<Utc>) -> AnyView {
    if own.view.tender.plan.channel == Channel::EProcurement {
        return ui::note("", t!(offers.on_the_platform), "");
    }
    let receipt = own.receipts.first().map(|receipt| {
        let reference = own.view.tender.reference;
        let (kind, text) = match own.standing() {
            Some(_) => ("seal", t!(offers.stands, number = receipt.number, at = words::seconds(receipt.received_at))),
            None => ("warn", t!(offers.stands_no_more, number = receipt.number)),
        };
        view! {
            {ui::note(kind, text, "")}
            <p><a href=format!("/offres/{reference}/recepisse")>{t!(offers.see_receipt)}</a></p>
        }
    });
    match own.place.may_answer(now) {
        Err(_) if is_opened(own) && own.standing().is_some() => opened(own.view.tender.reference, asked),
        Ok(()) => view! { {receipt}{tasks(own)}{actions(own)} }.into_any(),
        Err(refusal) => {
            let text = if own.standing().is_some() { t!(offers.closed_deposited) } else { t!(offers.closed_nothing) };
            let files = (own.standing().is_none() && own.draft.version > 0)
                .then(|| view! { <p class="small quiet">{t!(offers.files_closed)}</p> });
            view! { {receipt}{ui::note("warn", crate::pages::sentence::refusal(&refusal), text)}{files} }.into_any()
        }
    }
}

/// After the opening: what the firm is asked comes before what it may read.
fn opened(reference: TenderRef, asked: bool) -> AnyView {
    let at = |page: &str| format!("/offres/{reference}/{page}");
    let kind = if asked { "btn btn--second" } else { "btn" };
    view! {
        {ui::note("", t!(offers.opened_strong), t!(offers.opened_text))}
        {asked.then(|| ui::note("warn", t!(offers.asked), t!(offers.asked_text)))}
        <p class="row actions">
            {asked.then(|| view! { <a class="btn" href=at("demandes")>{t!(offers.answer_request)}</a> })}
            <a class=kind href=at("resultat")>{t!(offers.see_result)}</a>
            <a href=at("recepisse")>{t!(offers.see_receipt)}</a>
        </p>
    }
    .into_any()
}

fn tasks(own: &Own) -> AnyView {
    let reference = own.view.tender.reference;
    let priced = own.draft.content.lines.len();
    let all = own.terms.inventory.len();
    let prices = match priced {
        0 => ui::tag("now", t!(offers.to_do)),
        n if n == all => ui::tag("done", t!(offers.complete)),
        n => ui::tag("wait", t!(offers.priced, n = n, all = all)),
    };
    let files = match own.draft.files.len() {
        0 => ui::tag("", t!(offers.none_yet)),
        n => ui::tag("done", t!(offers.file_count, n = n)),
    };
    let item = |address: String, word: &'static str, hint: &'static str, state: AnyView| {
        view! {
            <li class="govuk-task-list__item govuk-task-list__item--with-link">
                <div class="govuk-task-list__name-and-hint">
                    <a class="govuk-link govuk-task-list__link" href=address>{word}</a>
                    <div class="govuk-task-list__hint">{hint}</div>
                </div>
                <div class="govuk-task-list__status">{state}</div>
            </li>
        }
    };
    view! {
        <section class="card" aria-labelledby="taches">
            <h2 id="taches">{t!(offers.tasks)}</h2>
            <ul class="govuk-task-list">
                {item(format!("/offres/{reference}/prix"), t!(offers.prices), t!(offers.prices_hint), prices)}
                {item(format!("/offres/{reference}/fichiers"), t!(offers.files), t!(offers.files_hint), files)}
            </ul>
        </section>
    }
    .into_any()
}

fn actions(own: &Own) -> AnyView {
    let reference = own.view.tender.reference;
    let is_ready = !own.draft.content.lines.is_empty();
    let is_same = own.standing().is_some_and(|receipt| receipt.draft_version == own.draft.version);
    let check = (is_ready && !is_same).then(|| {
        let word = if own.standing().is_some() { t!(offers.check_replacement) } else { t!(offers.check) };
        view! { <a class="btn" href=format!("/offres/{reference}/verifier")>{word}</a> }
    });
    let withdraw = own.standing().map(|_| {
        view! { <a class="btn btn--danger" href=format!("/offres/{reference}/retirer")>{t!(offers.withdraw)}</a> }
    });
    let hint = (!is_ready).then(|| view! { <p class="small quiet">{t!(offers.price_first)}</p> });
    view! { {hint}<div class="row actions">{check}{withdraw}</div> }.into_any()
}
