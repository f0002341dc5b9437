//! Several approved vouchers are sent at once: each is named, then each is told what became of it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{
    authz::{Action as _, SendVoucher},
    fault::Fault,
    kernel::ids::VoucherId,
    voucher::Voucher,
};
use leptos::prelude::*;
use service::{
    Error, FieldErrors,
    store::vouchers,
    voucher::{self, Outcome},
};

use super::{PATH, words};
use crate::pages::{
    Cx, Done, Form, Page, Params, Shown, Submitted,
    address::with_query,
    ui::{self, table::Row},
    words::t,
};

/// Address of the page.
pub(super) const SEND: &str = "/bons/envoi";

/// How many are sent at once.
const MOST: usize = 50;

const SENT: &str = "envoye";
const REFUSED: &str = "refuse";
const STALE: &str = "change";

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let actor = cx.actor()?.clone();
    if !actor.kind().is_contracting_authority() {
        return Err(Error::NotFound);
    }
    let told = told(&cx, &params).await?;
    if !told.is_empty() && !form.was_sent() {
        return Ok(outcome(told, cx.services().now()));
    }
    let chosen = if form.was_sent() { ids(form.all("bon")) } else { ids(asked(&params, "bon")) };
    let found = seen(&cx, chosen).await?;
    let found: Vec<_> = found.into_iter().filter(|voucher| SendVoucher::permits(&actor, voucher)).collect();
    let now = cx.services().now();
    Ok(Page::new(t!(voucher.send_many), PATH, move || {
        let (ready, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|found| found.may_send(now).is_ok());
        let left_out: Vec<_> = others
            .iter()
            .filter_map(|found| Some(ui::note("warn", words::name(found), words::refusal(&found.may_send(now).err()?))))
            .collect();
        let body = if ready.is_empty() {
            ui::empty(t!(voucher.send_none), t!(voucher.send_none_text), Some((approved(), t!(voucher.to_approved))))
        } else {
            confirmation(&cx, &ready)
        };
        view! {
            {ui::errors(&form)}
            {ui::head(t!(voucher.send_many)).back(approved(), t!(voucher.list)).lede(t!(voucher.send_many_lede)).view()}
            <div class="prose stack" id="bon">{left_out}{body}</div>
        }
        .into_any()
    }))
}

/// Each voucher by name, and what it costs to whom.
fn confirmation(cx: &Cx, ready: &[Voucher]) -> AnyView {
    let items: Vec<_> = ready
        .iter()
        .map(|found| {
            let (supplier, amount) = (&found.contract.supplier_name, found.excluding);
            view! {
                <li>
                    <a class="strong" href=format!("{PATH}/{}", found.id)>{words::name(found)}</a><br/>
                    <span class="small quiet">{t!(voucher.send_to, supplier = supplier, amount = amount)}</span>
                    <input type="hidden" name="bon" value=found.id.to_string()/>
                    <input type="hidden" name=version_field(found.id) value=found.version/>
                </li>
            }
        })
        .collect();
    let button = t!(voucher.send_n, n = items.len());
    ui::form(
        cx,
        view! {
            <ul class="govuk-list govuk-list--spaced">{items}</ul>
            <p class="small">{t!(voucher.send_text)}</p>
            {ui::mail_note(cx)}
            <div class="row actions">
                <button class="btn">{button}</button>
                <a class="btn btn--second" href=approved()>{t!(common.cancel)}</a>
            </div>
        },
    )
}

pub(crate) async fn submit(cx: Cx, _: Params, form: Form) -> Submitted {
    let version = |id| form.text(&version_field(id)).parse::<i32>().unwrap_or_default();
    let chosen: Vec<_> = ids(form.all("bon")).into_iter().map(|id| (id, version(id))).collect();
    if chosen.is_empty() {
        return Err(FieldErrors::one("bon", Fault::NotAChoice).into());
    }
    let outcomes = voucher::send_all(cx.services(), cx.actor()?, &chosen).await?;
    let told: Vec<_> = outcomes.iter().filter_map(|(id, outcome)| Some((word(outcome)?, id.to_string()))).collect();
    Done::see(with_query(SEND, told.iter().map(|(word, id)| (*word, id.as_str()))))
}

fn word(outcome: &Outcome) -> Option<&'static str> {
    match outcome {
        Outcome::Sent => Some(SENT),
        Outcome::Refused(_) => Some(REFUSED),
        Outcome::Stale => Some(STALE),
        Outcome::NotOnes => None,
    }
}

/// The vouchers of an address that tells what became of them.
async fn told(cx: &Cx, params: &Params) -> Result<Vec<(&'static str, Voucher)>, Error> {
    let mut told = Vec::new();
    for word in [SENT, REFUSED, STALE] {
        told.extend(seen(cx, ids(asked(params, word))).await?.into_iter().map(|voucher| (word, voucher)));
    }
    Ok(told)
}

fn outcome(told: Vec<(&'static str, Voucher)>, now: DateTime<Utc>) -> Page {
    Page::new(t!(voucher.send_many), PATH, move || {
        let sent = told.iter().filter(|(word, voucher)| is_sent(word, voucher)).count();
        let title = t!(voucher.sent_n, n = sent, of = told.len());
        let kind = if sent == told.len() { "good" } else { "warn" };
        let columns = [ui::column(t!(voucher.one)), ui::column(t!(voucher.status)), ui::column(t!(voucher.outcome))];
        let rows = told.iter().map(|(word, voucher)| row(word, voucher, now));
        view! {
            <div role="status" class="flash">{ui::note(kind, title, "")}</div>
            {ui::head(t!(voucher.send_many)).back(approved(), t!(voucher.list)).view()}
            {ui::table("envois", columns, rows).card(t!(voucher.outcomes))}
        }
        .into_any()
    })
}

fn row(word: &str, voucher: &Voucher, now: DateTime<Utc>) -> Row {
    ui::row(view! { <a href=format!("{PATH}/{}", voucher.id)>{words::name(voucher)}</a> })
        .cell(view! { <span>{words::tag(voucher.status)}</span> })
        .cell(became(word, voucher, now))
}

/// An address may be written by anybody: what the voucher says counts more.
fn is_sent(word: &str, voucher: &Voucher) -> bool {
    word == SENT && voucher.is_known_to_the_supplier()
}

/// Why a voucher is refused is told by the voucher itself.
fn became(word: &str, voucher: &Voucher, now: DateTime<Utc>) -> String {
    if is_sent(word, voucher) {
        return t!(voucher.outcome_sent, supplier = voucher.contract.supplier_name);
    }
    match voucher.may_send(now).err().filter(|_| word == REFUSED) {
        Some(refusal) => words::refusal(&refusal),
        None => t!(voucher.outcome_stale).to_owned(),
    }
}

async fn seen(cx: &Cx, ids: Vec<VoucherId>) -> Result<Vec<Voucher>, Error> {
    let mut found = Vec::new();
    for id in ids {
        match vouchers::find(cx.services(), cx.scope(), id).await {
            Ok(voucher) => found.push(voucher),
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

fn asked<'a>(params: &'a Params, name: &'a str) -> impl Iterator<Item = &'a str> {
    params.query.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// Each once, in the order of the form.
fn ids<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<VoucherId> {
    let mut met = BTreeSet::new();
    texts.filter_map(|text| text.parse().ok()).filter(|id: &VoucherId| met.insert(*id)).take(MOST).collect()
}

fn version_field(id: VoucherId) -> String {
    format!("version-{id}")
}

/// The list of those that wait to be sent.
fn approved() -> String {
    format!("{PATH}?etat=approved")
}
