use domain::kernel::time::{brussels, date_time_french};
use leptos::prelude::*;
use service::store::audit::Entry;

use crate::pages::words::t;

/// One field in both versions.
pub struct Versions {
    pub word: &'static str,
    pub mine: String,
    pub theirs: String,
}

/// What was typed beside what is kept, and who was faster.
pub fn conflict(rows: Vec<Versions>, last_edit: Option<Entry>) -> AnyView {
    let by = last_edit.map(|edit| {
        let at = date_time_french(brussels(edit.at));
        view! { <p class="pad">{t!(common.conflict_by, who = edit.who, at = at)}</p> }
    });
    let said = |text: String| if text.is_empty() { t!(common.nothing).to_owned() } else { text };
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let differs = (row.mine != row.theirs).then(|| super::tag("now", t!(common.differs)));
            view! {
                <tr>
                    <th scope="row">{row.word}" "{differs}</th>
                    <td data-l=t!(common.mine)>{said(row.mine)}</td>
                    <td data-l=t!(common.theirs)>{said(row.theirs)}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <section class="card card--flush" aria-labelledby="versions">
            <h2 id="versions">{t!(common.conflict)}</h2>
            {by}
            <div class="scroll" tabindex="0" role="group" aria-labelledby="versions">
                <table class="table table--cards">
                    <thead>
                        <tr>
                            <th scope="col">{t!(common.field)}</th>
                            <th scope="col">{t!(common.mine)}</th>
                            <th scope="col">{t!(common.theirs)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
