//! What is typed about a need, read into the domain's drafts.

use domain::{
    kernel::identifier::Cpv,
    need::{DESCRIPTION_MOST, NeedDraft, OBJECT_MOST, QUANTITY_MOST, ShareDraft},
};
use service::Error;

use crate::pages::Form;

pub(super) fn need(form: &Form) -> Result<NeedDraft, Error> {
    let mut read = form.read();
    let draft = NeedDraft {
        object: read.text("objet", OBJECT_MOST),
        description: read.optional_text("description", DESCRIPTION_MOST),
        cpv: digits(&read.text("cpv", CPV_MOST)),
        nature: read.choice("nature", |text| NATURES.contains(&text).then(|| text.to_owned()), String::new()),
        estimate: read.positive_money("estimation"),
        quantity: read.text("quantite", QUANTITY_MOST),
        wanted_on: read.optional_date("debut"),
    };
    read.errors.or(draft)
}

/// The eight digits of what was typed or chosen; what can't be one comes back as it is, and the list will not know it.
fn digits(text: &str) -> String {
    let start: String = text.chars().take_while(|letter| letter.is_ascii_digit() || *letter == '-').collect();
    start.parse::<Cpv>().map_or_else(|_| text.to_owned(), |code| code.to_string())
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

/// A code with its label, as some browsers paste it.
const CPV_MOST: usize = 300;
const NATURES: [&str; 3] = ["services", "supplies", "works"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_with_its_check_digit_or_its_label() {
        assert_eq!(digits("72212000"), "72212000");
        assert_eq!(digits("72212000-4"), "72212000");
        assert_eq!(digits("72212000 · Services de programmation"), "72212000");
        assert_eq!(digits("guichet"), "guichet");
    }
}
