use domain::{
    execution::{AdvanceCase, Ground, Modification, Refusal},
    kernel::time::{date_french, weekday_date_french_inline},
    price_list::{Basis, Version},
};

use crate::pages::words::t;

/// Why an act of this part is refused, and what can be done.
pub(crate) fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::PricesTooEarly { earliest } => t!(execution.refused_early, earliest = date_french(*earliest)),
        Refusal::OtherLines => t!(execution.refused_lines).to_owned(),
        Refusal::OtherFormula => t!(execution.refused_formula).to_owned(),
        Refusal::NoRevisionClause => t!(execution.refused_no_clause).to_owned(),
        Refusal::TooLarge => t!(execution.refused_large).to_owned(),
        Refusal::CeilingBelowOrders { free } => t!(execution.refused_ceiling, free = free),
        Refusal::AllotmentBelowOrders { participant, free } => {
            t!(execution.refused_allotment, participant = participant, free = free)
        }
        Refusal::NothingLate => t!(execution.refused_nothing_late).to_owned(),
        Refusal::PenaltyDropped => t!(execution.refused_dropped).to_owned(),
        Refusal::Works => t!(execution.refused_works).to_owned(),
        Refusal::NoWorks => t!(execution.refused_no_works).to_owned(),
        Refusal::WorksDecided => t!(execution.refused_works_decided).to_owned(),
        Refusal::DefenceOver { on } => t!(execution.refused_defence, on = weekday_date_french_inline(*on)),
        Refusal::Answered => t!(execution.refused_answered).to_owned(),
        Refusal::AdvanceGiven => t!(execution.refused_advance).to_owned(),
        Refusal::AdvanceBySize => t!(execution.refused_by_size).to_owned(),
        Refusal::SizeToCome { on } => t!(execution.refused_size, on = date_french(*on)),
    }
}

/// Where the prices of a version come from.
pub(super) fn basis(version: &Version, modifications: &[Modification]) -> String {
    match &version.basis {
        Basis::Offer => t!(execution.basis_offer).to_owned(),
        Basis::Revised(formula) => {
            let coefficient = formula.coefficient().unwrap_or_default().replace('.', ",");
            t!(execution.basis_revised, coefficient = coefficient)
        }
        Basis::Modified => modifications.iter().find(|one| one.prices_from == Some(version.from)).map_or_else(
            || t!(execution.basis_modified).to_owned(),
            |one| t!(execution.basis_article, article = one.ground.article()),
        ),
    }
}

pub(super) fn ground(ground: Ground) -> &'static str {
    match ground {
        Ground::ReviewClause => t!(execution.ground_review_clause),
        Ground::Additional => t!(execution.ground_additional),
        Ground::Unforeseen => t!(execution.ground_unforeseen),
        Ground::Replacement => t!(execution.ground_replacement),
        Ground::Minimis => t!(execution.ground_minimis),
        Ground::NotSubstantial => t!(execution.ground_not_substantial),
        Ground::PriceRevision => t!(execution.ground_price_revision),
        Ground::Taxes => t!(execution.ground_taxes),
        Ground::Circumstances => t!(execution.ground_circumstances),
        Ground::FactOfAParty => t!(execution.ground_fact_of_a_party),
        Ground::Suspension => t!(execution.ground_suspension),
    }
}

pub(super) fn case(case: AdvanceCase) -> &'static str {
    match case {
        AdvanceCase::Pnspp => t!(calc.advance_pnspp),
        AdvanceCase::Micro => t!(calc.advance_micro),
        AdvanceCase::Small => t!(calc.advance_small),
        AdvanceCase::Medium => t!(calc.advance_medium),
    }
}
