//! What was just done, said once at the top of the next page: `?fait=besoin`.

use super::words::t;

/// The sentence of a code; an unknown one says nothing.
pub(crate) fn sentence(code: &str) -> Option<&'static str> {
    Some(match code {
        "besoin" => t!(flash.need_described),
        "rejoint" => t!(flash.need_joined),
        "redaction" => t!(flash.drafting),
        "reponses" => t!(flash.answers),
        "questions" => t!(flash.questions),
        _ => return None,
    })
}
