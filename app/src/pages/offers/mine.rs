use chrono::{DateTime, Utc};
use domain::{organisation::OrganisationKind, tender::Channel};
use leptos::prelude::*;
use service::{
    Error,
    offer::{Standing, standing_of_firm},
    store::calls::{self, CallRow},
};

use crate::pages::{Cx, Form, Page, Params, Shown, calls::say, ui, words::t};

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
            table(rows.collect())
        };
        view! {
            {ui::flash(&params)}
            {ui::head(t!(call.mine)).lede(t!(call.mine_lede)).view()}
            {table}
        }
        .into_any()
    }))
}

fn line(row: CallRow, standing: Standing, now: DateTime<Utc>) -> AnyView {
    let deposit = row.clock.deposit_until.map(|until| {
        view! { {say::moment_short(until)}<br/><span class="small quiet">{say::countdown(until, now)}</span> }
    });
    let address = match row.channel {
        Channel::Hosted => format!("/offres/{}", row.reference),
        Channel::EProcurement => format!("/appels/{}", row.reference),
    };
    view! {
        <tr>
            <th scope="row"><a href=address>{row.object}</a><br/><span class="ref">{row.reference.to_string()}</span></th>
            <td data-l=t!(call.buyer)>{say::buyers(&row.pilot, row.others)}</td>
            <td data-l=t!(call.deposit_until)><span>{deposit}</span></td>
            <td data-l=t!(call.state)>{say::state(row.stage, row.clock, now)}</td>
            <td data-l=t!(offers.own)>{word(standing, row.channel)}</td>
        </tr>
    }
    .into_any()
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

fn table(rows: Vec<AnyView>) -> AnyView {
    view! {
        <section class="card card--flush" aria-labelledby="offres">
            <h2 id="offres">{t!(call.mine_table)}</h2>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="offres">
                <table class="table table--cards">
                    <thead>
                        <tr>
                            <th scope="col">{t!(call.object)}</th>
                            <th scope="col">{t!(call.buyer)}</th>
                            <th scope="col">{t!(call.deposit_until)}</th>
                            <th scope="col">{t!(call.state)}</th>
                            <th scope="col">{t!(offers.own)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
