//! What is typed about a need, read into the domain's drafts.

use domain::need::{DESCRIPTION_MOST, NeedDraft, OBJECT_MOST, QUANTITY_MOST, ShareDraft};
use service::Error;

use crate::pages::Form;

pub(super) fn need(form: &Form) -> Result<NeedDraft, Error> {
    let mut read = form.read();
    let draft = NeedDraft {
        object: read.text("objet", OBJECT_MOST),
        description: read.optional_text("description", DESCRIPTION_MOST),
        cpv: read.cpv("cpv"),
        nature: read.choice("nature", |text| NATURES.contains(&text).then(|| text.to_owned()), String::new()),
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

const NATURES: [&str; 3] = ["services", "supplies", "works"];
