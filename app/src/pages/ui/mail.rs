use leptos::prelude::*;
use service::MailMode;

use super::note;
use crate::pages::{Cx, words::t};

/// Says where letters go when there is no mail server; every page that sends one shows it.
pub fn mail_note(cx: &Cx) -> Option<AnyView> {
    match cx.services().settings().mail {
        MailMode::Files => Some(note("", t!(common.mail_files), t!(common.mail_files_text))),
        MailMode::Smtp(_) => None,
    }
}
