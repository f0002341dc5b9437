//! The pages that say that there is nothing to see, or not for this person.

use domain::refusal::Refusal;
use leptos::prelude::*;
use service::Error;

use super::{Cx, Page, sentence, ui, words::t};

/// The page and the status that tell of a failure. The cause is never shown; `incident` finds it in the log.
pub fn failure(cx: &Cx, error: &Error, incident: &str) -> (u16, Page) {
    let (status, title, text) = match error {
        Error::NotFound => (404, t!(error.not_found), t!(error.not_found_text).to_owned()),
        Error::Denied(_) => (403, t!(error.denied), t!(error.denied_text).to_owned()),
        Error::TooMany { retry_after_seconds } => {
            (429, t!(error.too_many), t!(error.too_many_text, minutes = retry_after_seconds / 60))
        }
        Error::Stale => (409, t!(error.stale), t!(error.stale_text).to_owned()),
        Error::Refused(Refusal::LinkSpent) => (410, t!(error.link_spent), sentence::refusal(&Refusal::LinkSpent)),
        Error::Refused(_) | Error::Invalid(_) => (422, t!(error.refused), t!(error.refused_text).to_owned()),
        Error::Database(_) | Error::Mail(_) | Error::File(_) | Error::Corrupt(_) => {
            (500, t!(error.unavailable), t!(error.unavailable_text, incident = incident))
        }
    };
    let airy = cx.who().is_none();
    let page = Page::new(title, "", move || {
        view! {
            <div class:page=airy>
                {ui::head(title).view()}
                <div class="prose stack">
                    <p>{text}</p>
                    <p><a class="btn btn--second" href="/">{t!(error.home)}</a></p>
                </div>
            </div>
        }
        .into_any()
    });
    (status, if airy { page.airy() } else { page })
}
