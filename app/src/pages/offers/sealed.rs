//! What anybody may know of offers before they are opened.

use leptos::prelude::*;
use service::offer::Seen;

use super::words;
use crate::pages::{ui, words::t};

/// In plain words, what « sceller » does here and who keeps the key.
pub(super) fn what_sealing_means() -> AnyView {
    view! {
        <section class="note note--seal" aria-labelledby="sceller">
            {ui::icon::view(ui::icon::LOCK)}
            <div class="stack-s">
                <h2 id="sceller">{t!(offers.sealing)}</h2>
                <p>{t!(offers.sealing_how)}</p>
                <p>{t!(offers.sealing_who)}</p>
                <p class="small">{t!(offers.sealing_key)}</p>
            </div>
        </section>
    }
    .into_any()
}

/// How many there are, and the hashes of their receipts.
pub(super) fn count(seen: &[Seen]) -> AnyView {
    let hashes: Vec<_> =
        seen.iter().map(|one| view! { <li class="hash small">{words::hash(&one.sealed_sha256)}</li> }).collect();
    view! {
        <section class="card stack-s" aria-labelledby="deposees">
            <h2 id="deposees">{t!(offers.deposited_count, n = seen.len())}</h2>
            <p class="quiet">{t!(offers.deposited_text)}</p>
            {(!hashes.is_empty()).then(|| view! { <ul class="govuk-list">{hashes}</ul> })}
        </section>
    }
    .into_any()
}
