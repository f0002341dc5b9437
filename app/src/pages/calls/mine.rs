use chrono::{DateTime, Utc};
use domain::organisation::OrganisationKind;
use leptos::prelude::*;
use service::{
    Error,
    store::calls::{self, CallRow},
};

use super::say;
use crate::pages::{Cx, Form, Page, Params, Shown, ui, words::t};

pub(crate) async fn show(cx: Cx, _: Params, _: Form) -> Shown {
    let actor = cx.actor()?;
    if actor.kind() != OrganisationKind::Sme {
        return Err(Error::NotFound);
    }
    let rows = calls::of_firm(cx.services(), actor.organisation()).await?;
    let now = cx.services().now();
    Ok(Page::new(t!(call.mine), "/offres", move || {
        let table = if rows.is_empty() {
            ui::empty(t!(call.mine_empty), t!(call.mine_empty_text), Some(("/appels".to_owned(), t!(call.read_calls))))
        } else {
            table(rows, now)
        };
        view! {
            {ui::head(t!(call.mine)).lede(t!(call.mine_lede)).view()}
            {table}
        }
        .into_any()
    }))
}

fn table(rows: Vec<CallRow>, now: DateTime<Utc>) -> AnyView {
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let deposit = row.clock.deposit_until.map(|until| {
                view! {
                    {say::moment_short(until)}<br/><span class="small quiet">{say::countdown(until, now)}</span>
                }
            });
            view! {
                <tr>
                    <th scope="row">
                        <a href=format!("/appels/{}", row.reference)>{row.object}</a>
                        <br/><span class="ref">{row.reference.to_string()}</span>
                    </th>
                    <td data-l=t!(call.buyer)>{say::buyers(&row.pilot, row.others)}</td>
                    <td data-l=t!(call.deposit_until)><span>{deposit}</span></td>
                    <td data-l=t!(call.channel)>{say::channel(row.channel)}</td>
                    <td data-l=t!(call.state)>{say::state(row.stage, row.clock, now)}</td>
                </tr>
            }
        })
        .collect();
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
                            <th scope="col">{t!(call.channel)}</th>
                            <th scope="col">{t!(call.state)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
