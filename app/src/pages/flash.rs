//! What was just done, said once at the top of the next page: `?fait=besoin`.

use super::words::t;

/// The sentence of a code; an unknown one says nothing.
pub(crate) fn sentence(code: &str) -> Option<&'static str> {
    Some(match code {
        "besoin" => t!(flash.need_described),
        "rejoint" => t!(flash.need_joined),
        "lien" => t!(flash.link_promised),
        "mot-de-passe" => t!(flash.password_chosen),
        "inscription" => t!(flash.registered),
        "confirmation" => t!(flash.registration_confirmed),
        "invitation" => t!(flash.invited),
        "membre" => t!(flash.joined),
        "organisation" => t!(flash.organisation_edited),
        _ => return None,
    })
}
