//! The pages that say that there is nothing to see, or not for this person, or that a request can't be read.

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
    (status, telling(cx, title, text))
}

/// Why a request came to no page at all. Nothing of it was looked at, so nothing of it can be shown again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// More bytes than are taken.
    TooLarge { most_mebibytes: usize },
    /// No text, or a text that holds what no text holds.
    Malformed,
    /// Its sender paused for longer than is waited.
    Paused { seconds: u64 },
    /// The page takes no form.
    NoForm,
    /// Another site's page sent it.
    OtherOrigin,
}

/// The page and the status that tell of an unread request.
pub fn unread(cx: &Cx, why: Unread) -> (u16, Page) {
    let (status, title, text) = match why {
        Unread::TooLarge { most_mebibytes } => {
            (413, t!(error.too_large), t!(error.too_large_text, most = most_mebibytes))
        }
        Unread::Malformed => (400, t!(error.malformed), t!(error.malformed_text).to_owned()),
        Unread::Paused { seconds } => (408, t!(error.paused), t!(error.paused_text, seconds = seconds)),
        Unread::NoForm => (405, t!(error.no_form), t!(error.no_form_text).to_owned()),
        Unread::OtherOrigin => (403, t!(error.other_origin), t!(error.other_origin_text).to_owned()),
    };
    (status, telling(cx, title, text))
}

fn telling(cx: &Cx, title: &'static str, text: String) -> Page {
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
    if airy { page.airy() } else { page }
}
