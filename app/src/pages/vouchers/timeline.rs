//! What happened to a voucher, and what is still to come.

use domain::{
    kernel::time::{brussels, date_time_french},
    voucher::Status,
};
use leptos::prelude::*;
use service::store::vouchers::StepTaken;

use super::words;
use crate::pages::{tenders::named_once, words::t};

pub(super) fn card(taken: Vec<StepTaken>, status: Status) -> AnyView {
    let taken: Vec<_> = taken.into_iter().map(item).collect();
    let mut coming = coming(status).iter();
    let next = coming.next().map(|word| view! { <li class="now"><b>{*word}</b></li> });
    let coming: Vec<_> = coming.map(|word| view! { <li>{*word}</li> }).collect();
    view! {
        <section class="card" aria-labelledby="etapes">
            <h2 id="etapes">{t!(voucher.timeline)}</h2>
            <ol class="line">{taken}{next}{coming}</ol>
        </section>
    }
    .into_any()
}

fn item(taken: StepTaken) -> AnyView {
    let at = brussels(taken.at);
    view! {
        <li class="mark">
            <b>{words::step(taken.step)}</b>
            {taken.note.map(|note| view! { <br/><span class="small">{note}</span> })}
            <br/>
            <span class="who">
                <time datetime=at.format("%Y-%m-%dT%H:%M").to_string()>{date_time_french(at)}</time>" · "{named_once(&taken.who).to_owned()}
            </span>
        </li>
    }
    .into_any()
}

/// The usual road from here; partial deliveries make it longer.
fn coming(status: Status) -> &'static [&'static str] {
    static ROAD: [&str; 9] = [
        t!(voucher.coming_check),
        t!(voucher.coming_approve),
        t!(voucher.coming_send),
        t!(voucher.coming_answer),
        t!(voucher.coming_deliver),
        t!(voucher.coming_accept),
        t!(voucher.coming_invoice),
        t!(voucher.coming_pay),
        t!(voucher.coming_close),
    ];
    let from = match status {
        Status::Draft => 0,
        Status::Checked => 1,
        Status::Approved => 2,
        Status::Sent => 3,
        Status::Confirmed | Status::Rejected | Status::PartlyAccepted => 4,
        Status::PartlyDelivered | Status::Delivered => 5,
        Status::Accepted => 6,
        Status::Invoiced => 7,
        Status::Paid => 8,
        Status::Closed | Status::Declined | Status::Cancelled => 9,
    };
    ROAD.get(from..).unwrap_or_default()
}
