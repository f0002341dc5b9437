use chrono::{DateTime, Utc};
use domain::{organisation::OrganisationKind, tender::Channel};
use leptos::prelude::*;
use service::{
    Error,
    offer::{Standing, standing_of_firm},
    store::calls::{self, CallRow},
};

use crate::pages::{
    Cx, Form, Page, Params, Shown,
    calls::say,
    ui::{self, table::Row},
    words::t,
};

pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let actor = cx.actor()?;
    if actor.kind() != OrganisationKind::Sme {
        return Err(Error::NotFound);
    }
    let rows = calls::of_firm(cx.services(), actor.organisation()).await?;
    let standing = standing_of_firm(cx.services(), actor).await?;
    let now = cx.services().now();
    Ok(Page::new(t!(call.mine), "/offres", move || {
        let table = if rows.is_empty() {
            ui::empty(t!(call.mine_empty), t!(call.mine_empty_text), Some(("/appels".to_owned(), t!(call.read_calls))))
        } else {
            let rows = rows.into_iter().map(|row| {
                let standing = standing.get(&row.reference).copied().unwrap_or(Standing::Nothing);
                line(row, standing, now)
            });
            table(rows)
        };
        view! {
            {ui::flash(&params)}
            {ui::head(t!(call.mine)).lede(t!(call.mine_lede)).view()}
            {table}
        }
        .into_any()
    }))
}

fn line(row: CallRow, standing: Standing, now: DateTime<Utc>) -> Row {
    let deposit = row.clock.deposit_until.map(|until| {
        view! { {say::moment_short(until)}<br/><span class="small quiet">{say::countdown(until, now)}</span> }
    });
    let address = match row.channel {
        Channel::Hosted => format!("/offres/{}", row.reference),
        Channel::EProcurement => format!("/appels/{}", row.reference),
    };
    ui::row(view! { <a href=address>{row.object}</a><br/><span class="ref">{row.reference.to_string()}</span> })
        .cell(say::buyers(&row.pilot, row.others))
        .cell(view! { <span>{deposit}</span> })
        .cell(say::state(row.stage, row.clock, now))
        .cell(word(standing, row.channel))
}

fn word(standing: Standing, channel: Channel) -> AnyView {
    match (standing, channel) {
        (Standing::Nothing, Channel::EProcurement) => ui::tag("", say::channel(channel)),
        (Standing::Nothing, Channel::Hosted) => ui::tag("", t!(offers.to_write)),
        (Standing::Draft, _) => ui::tag("now", t!(offers.draft)),
        (Standing::Deposited, _) => ui::tag("seal", t!(offers.deposited)),
        (Standing::Withdrawn, _) => ui::tag("bad", t!(offers.withdrawn)),
    }
}

fn table(rows: impl Iterator<Item = Row>) -> AnyView {
    let columns =
        [t!(call.object), t!(call.buyer), t!(call.deposit_until), t!(call.state), t!(offers.own)].map(ui::column);
    ui::table("offres", columns, rows).card(t!(call.mine_table))
}
