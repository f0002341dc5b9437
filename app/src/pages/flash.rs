//! What was just done, said once at the top of the next page: `?fait=besoin`.

use super::words::t;

/// The sentence of a code; an unknown one says nothing.
pub(crate) fn sentence(code: &str) -> Option<&'static str> {
    Some(match code {
        "besoin" => t!(flash.need_described),
        "rejoint" => t!(flash.need_joined),
        "marche" => t!(flash.tender_planned),
        "modifie" => t!(flash.tender_changed),
        "adhesions" => t!(flash.adhesions_asked),
        "redaction" => t!(flash.drafting_started),
        "avis-demande" => t!(flash.opinion_asked),
        "avis" => t!(flash.opinion_given),
        "adhesion" => t!(flash.answered),
        "coordinateur-demande" => t!(flash.coordinator_asked),
        "coordinateur" => t!(flash.coordinator_given),
        "adoption" => t!(flash.adopted),
        "renonce" => t!(flash.given_up),
        "cle" => t!(flash.rule_set),
        "retire" => t!(flash.withdrawn),
        "invite" => t!(flash.invited),
        "retour" => t!(flash.resumed),
        "parametre" => t!(flash.parameter_added),
        "lien" => t!(flash.link_promised),
        "mot-de-passe" => t!(flash.password_chosen),
        "inscription" => t!(flash.registered),
        "confirmation" => t!(flash.registration_confirmed),
        "invitation" => t!(flash.invited),
        "membre" => t!(flash.joined),
        "organisation" => t!(flash.organisation_edited),
        "reponses" => t!(flash.answers_kept),
        "questions" => t!(flash.questions_appeared),
        "appel" => t!(flash.call_sent),
        "invites" => t!(flash.firms_invited),
        "question" => t!(flash.question_asked),
        "reponse" => t!(flash.question_answered),
        "horloge" => t!(flash.clock_moved),
        "role-retire" => t!(flash.role_taken),
        _ => return None,
    })
}
