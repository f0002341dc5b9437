//! The French words of the codes and refusals of this part.

use domain::evaluation::Refusal;

use crate::pages::{tenders, words::t};

/// Why it is refused, and what can be done.
pub(crate) fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotAtThisStep { stage } => t!(evaluation.not_at_this_step, stage = tenders::stage_word(*stage)),
        Refusal::SelectionUndecided { names } => t!(evaluation.selection_undecided, names = names.join(", ")),
        Refusal::NobodySelected => t!(evaluation.nobody_selected).to_owned(),
        Refusal::RegularityUndecided { names } => t!(evaluation.regularity_undecided, names = names.join(", ")),
        Refusal::NoRegularOffer => t!(evaluation.no_regular_offer).to_owned(),
        Refusal::OfferIsOut => t!(evaluation.offer_is_out).to_owned(),
        Refusal::NoNegotiation => t!(evaluation.no_negotiation).to_owned(),
        Refusal::DebtsAskedOnce => t!(evaluation.debts_asked_once).to_owned(),
        Refusal::RequestSettled => t!(evaluation.request_settled).to_owned(),
        Refusal::NotOnTheJury => t!(evaluation.not_on_the_jury).to_owned(),
        Refusal::NotDeclared => t!(evaluation.not_declared).to_owned(),
        Refusal::InConflict => t!(evaluation.in_conflict).to_owned(),
        Refusal::DeclaredAlready => t!(evaluation.declared_already).to_owned(),
        Refusal::HasScored => t!(evaluation.has_scored).to_owned(),
        Refusal::Closed => t!(evaluation.closed).to_owned(),
        Refusal::NoJury => t!(evaluation.no_jury).to_owned(),
        Refusal::DeclarationsMissing { names } => t!(evaluation.declarations_missing, names = names.join(", ")),
        Refusal::SheetsIncomplete { names } => t!(evaluation.sheets_incomplete, names = names.join(", ")),
        Refusal::PricesToCheck { names } => t!(evaluation.prices_to_check, names = names.join(", ")),
        Refusal::Tied { names } => t!(evaluation.tied, names = names.join(", ")),
        Refusal::NotTied => t!(evaluation.not_tied).to_owned(),
        Refusal::NotClosed => t!(evaluation.not_closed).to_owned(),
    }
}
