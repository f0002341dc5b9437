//! What is typed about a need, read into the domain's drafts.

use domain::{
    fault::Fault,
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
        cpv: {
            let typed = read.text("cpv", CPV_MOST);
            digits(&typed).unwrap_or_else(|| {
                if !typed.is_empty() {
                    read.errors.add("cpv", Fault::UnknownCpv);
                }
                typed
            })
        },
        nature: read.choice("nature", |text| NATURES.contains(&text).then(|| text.to_owned()), String::new()),
        estimate: read.positive_money("estimation"),
        quantity: read.text("quantite", QUANTITY_MOST),
        wanted_on: read.optional_date("debut"),
    };
    read.errors.or(draft)
}

/// The eight digits of what was typed or chosen. Whether the list knows them is asked later.
fn digits(text: &str) -> Option<String> {
    let start: String = text.chars().take_while(|letter| letter.is_ascii_digit() || *letter == '-').collect();
    start.parse::<Cpv>().ok().map(|code| code.to_string())
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
        assert_eq!(digits("72212000").as_deref(), Some("72212000"));
        assert_eq!(digits("72212000-4").as_deref(), Some("72212000"));
        assert_eq!(digits("72212000 · Services de programmation").as_deref(), Some("72212000"));
        assert_eq!(digits("guichet"), None);
    }
}
