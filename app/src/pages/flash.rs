//! What was just done, said once at the top of the next page: `?fait=besoin`.

use super::words::t;

/// The sentence of a code; an unknown one says nothing.
pub(crate) fn sentence(code: &str) -> Option<&'static str> {
    Some(match code {
        "besoin" => t!(flash.need_described),
        "rejoint" => t!(flash.need_joined),
        "parametre" => t!(flash.parameter_added),
        _ => return None,
    })
}
