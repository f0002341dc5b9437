//! The specification: its task list, one form per section, the document.

mod answers;
mod document_view;
mod grid;
mod missing;
mod question;

pub(crate) use document_view::plain_sheet as sheet;

pub(crate) mod document;
pub(crate) mod section;
pub(crate) mod tasks;

use domain::{
    authz::{Action as _, Actor, DraftSpecification},
    kernel::reference::TenderRef,
};
use service::specification::Reading;

use super::words::t;

/// May this person answer now, by the policy and by the stage?
fn may_write(actor: &Actor, reading: &Reading) -> bool {
    DraftSpecification::permits(actor, &reading.view.tender) && reading.view.tender.may_draft().is_ok()
}

fn address(reference: TenderRef) -> String {
    format!("/marches/{reference}/cahier")
}

/// Where a question is answered.
fn address_of(reference: TenderRef, section: &str, question: &str) -> String {
    format!("/marches/{reference}/cahier/{section}#{question}")
}

/// « à l’article 22 », « à l’annexe A »: annexes have letters.
fn article(number: &str) -> String {
    if number.starts_with(|first: char| first.is_ascii_digit()) {
        t!(specification.feeds_article, n = number)
    } else {
        t!(specification.feeds_annex, n = number)
    }
}
