//! What was just done, said once at the top of the next page: `?fait=besoin`.

use super::words::t;

/// The sentence of a code; an unknown one says nothing.
pub(crate) fn sentence(code: &str) -> Option<&'static str> {
    Some(match code {
        "besoin" => t!(flash.need_described),
        "rejoint" => t!(flash.need_joined),
        "appel" => t!(flash.call_sent),
        "invites" => t!(flash.firms_invited),
        "question" => t!(flash.question_asked),
        "reponse" => t!(flash.question_answered),
        _ => return None,
    })
}
