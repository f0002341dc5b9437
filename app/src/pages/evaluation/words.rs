//! The French words of the codes and refusals of this part.

use domain::{
    evaluation::{Debts, Dossier, Exclusion, Irregularity, Refusal, RequestKind},
    kernel::{Money, time::date_french},
    offer::OpenedOffer,
};
use leptos::prelude::*;

use crate::pages::{tenders, ui, words::t};

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
        Refusal::NoRegularisation => t!(evaluation.no_regularisation).to_owned(),
        Refusal::DebtsToAsk => t!(evaluation.debts_to_ask).to_owned(),
        Refusal::PriceToAsk => t!(evaluation.price_to_ask).to_owned(),
        Refusal::AnswerAwaited { until } => t!(evaluation.answer_awaited, until = date_french(*until)),
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
        Refusal::NotImproved { price } => t!(evaluation.not_improved, price = price),
        Refusal::NotTied => t!(evaluation.not_tied).to_owned(),
        Refusal::NotClosed => t!(evaluation.not_closed).to_owned(),
    }
}

pub(super) fn exclusion(exclusion: Exclusion) -> &'static str {
    match exclusion {
        Exclusion::None => t!(evaluation.exclusion_none),
        Exclusion::Corrected => t!(evaluation.exclusion_corrected),
        Exclusion::Found => t!(evaluation.exclusion_found),
    }
}

/// The situations of debts, with the amount of the law.
pub(super) fn debts(debts: Debts, limit: Money) -> String {
    match debts {
        Debts::None => t!(evaluation.debts_none).to_owned(),
        Debts::BelowLimit => t!(evaluation.debts_below, limit = limit),
        Debts::PaymentPlan => t!(evaluation.debts_plan).to_owned(),
        Debts::Claim => t!(evaluation.debts_claim).to_owned(),
        Debts::PutRight => t!(evaluation.debts_put_right).to_owned(),
        Debts::Above => t!(evaluation.debts_above, limit = limit),
    }
}

pub(super) fn irregularity(kind: Irregularity) -> &'static str {
    match kind {
        Irregularity::Competition => t!(evaluation.irregularity_competition),
        Irregularity::Law => t!(evaluation.irregularity_law),
        Irregularity::Form => t!(evaluation.irregularity_form),
        Irregularity::Minimum => t!(evaluation.irregularity_minimum),
        Irregularity::Price => t!(evaluation.irregularity_price),
        Irregularity::Other => t!(evaluation.irregularity_other),
    }
}

pub(super) fn regularity_code(code: &str) -> &'static str {
    match code {
        "regular" => t!(evaluation.regular),
        "not_substantial" => t!(evaluation.not_substantial),
        "put_right" => t!(evaluation.put_right),
        _ => t!(evaluation.substantial),
    }
}

pub(super) fn request(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::Debts => t!(evaluation.request_debts),
        RequestKind::Piece => t!(evaluation.request_piece),
        RequestKind::Price => t!(evaluation.request_price),
        RequestKind::Regularisation => t!(evaluation.request_regularisation),
        RequestKind::Negotiation => t!(evaluation.request_negotiation),
        RequestKind::Improvement => t!(evaluation.request_improvement),
    }
}

/// The decision on a tenderer, as a tag.
pub(super) fn selection_tag(dossier: &Dossier, offer: &OpenedOffer) -> AnyView {
    match dossier.selections.get(&offer.id) {
        None => ui::tag("now", t!(evaluation.undecided)),
        Some(decision) if decision.result.selected => ui::tag("done", t!(evaluation.selected)),
        Some(_) => ui::tag("bad", t!(evaluation.not_selected)),
    }
}

/// The decision on an offer, as a tag.
pub(super) fn regularity_tag(dossier: &Dossier, offer: &OpenedOffer) -> AnyView {
    match dossier.regularities.get(&offer.id) {
        None => ui::tag("now", t!(evaluation.undecided)),
        Some(decision) if decision.result.stays() => ui::tag("done", regularity_code(decision.result.code())),
        Some(_) => ui::tag("bad", t!(evaluation.void)),
    }
}
