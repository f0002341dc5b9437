//! What is typed about a need, read into the domain's drafts.

use domain::{
    need::{DESCRIPTION_MOST, NeedDraft, OBJECT_MOST, QUANTITY_MOST, ShareDraft},
    procedure::Nature,
};
use service::Error;

use crate::pages::Form;

pub(super) fn need(form: &Form) -> Result<NeedDraft, Error> {
    let mut read = form.read();
    let draft = NeedDraft {
        object: read.text("objet", OBJECT_MOST),
        description: read.optional_text("description", DESCRIPTION_MOST),
        cpv: read.cpv("cpv"),
        nature: read.choice("nature", nature, Nature::Services),
        estimate: read.positive_money("estimation"),
        quantity: read.text("quantite", QUANTITY_MOST),
        wanted_on: read.optional_date("debut"),
    };
    read.errors.or(draft)
}

pub(super) fn share(form: &Form) -> Result<ShareDraft, Error> {
    let mut read = form.read();
    let draft = ShareDraft {
        estimate: read.positive_money("estimation"),
        quantity: read.text("quantite", QUANTITY_MOST),
        remark: read.optional_text("remarque", DESCRIPTION_MOST),
    };
    read.errors.or(draft)
}

/// Of a need; the special services are told apart when the tender is planned.
pub(super) const NATURES: [Nature; 3] = [Nature::Services, Nature::Supplies, Nature::Works];

fn nature(text: &str) -> Option<Nature> {
    NATURES.into_iter().find(|nature| nature.word() == text)
}
