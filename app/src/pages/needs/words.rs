//! Words that several pages of needs share.

use std::collections::BTreeMap;

use crate::pages::words::t;

/// `72212000 · Services de programmation…`; the digits alone when the list does not hold them any more.
pub(super) fn cpv(code: &str, labels: &BTreeMap<String, String>) -> String {
    labels.get(code).map_or_else(|| code.to_owned(), |label| t!(need.code_and_label, code = code, label = label))
}
