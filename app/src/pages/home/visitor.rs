//! What anybody reads first: what Beffroi is, and the calls that end next.

use domain::kernel::time::brussels;
use leptos::prelude::*;
use service::store::calls::{self, CallRow, Filter};

use super::agenda::{self, Line};
use crate::pages::{Cx, Page, Shown, ui, words::t};

/// How many calls stand on the page.
const CALLS: u64 = 5;

pub(super) async fn page(cx: Cx) -> Shown {
    let today = brussels(cx.services().now()).date();
    let found = calls::list(cx.services(), &Filter { per_page: CALLS, ..Filter::default() }).await?;
    Ok(Page::new(t!(common.home), "/", move || {
        let lines = found.rows.into_iter().map(line).collect();
        view! {
            {ui::public_head(t!(home.public_title), t!(home.public_lede))}
            <div class="page">
                <div class="cols cols--even">
                    <div class="card stack">
                        <p>{t!(home.read_calls_text)}</p>
                        <p class="row actions">
                            <a class="btn" href="/appels">{t!(home.read_calls)}</a>
                            <a class="btn btn--second" href="/connexion">{t!(common.sign_in)}</a>
                        </p>
                    </div>
                    {agenda::card("prochains", t!(home.next_calls), lines, today, t!(home.no_call))}
                </div>
            </div>
        }
        .into_any()
    })
    .airy())
}

fn line(row: CallRow) -> Line {
    Line {
        title: row.object,
        address: format!("/appels/{}", row.reference),
        reference: row.reference.to_string(),
        object: row.pilot,
        until: row.clock.deposit_until.map(|until| brussels(until).date()),
    }
}
