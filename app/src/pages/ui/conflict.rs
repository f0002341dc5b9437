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
    let rows = rows.into_iter().map(|row| {
        let differs = (row.mine != row.theirs).then(|| super::tag("now", t!(common.differs)));
        super::row(view! { {row.word}" "{differs} }).cell(said(row.mine)).cell(said(row.theirs))
    });
    let columns = [t!(common.field), t!(common.mine), t!(common.theirs)].map(super::column);
    super::table("versions", columns, rows).above(by).card(t!(common.conflict))
}
