//! The French words of this part's codes and refusals.

use domain::{
    award::{LetterKind, Refusal, StandstillGround, SupervisionResult},
    kernel::{
        reference::VoucherRef,
        time::{date_french, weekday_date_french_inline},
    },
};

use crate::pages::words::t;

/// Why an act of this part is refused, and what can be done.
pub(crate) fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotRanked => t!(award.refused_not_ranked).to_owned(),
        Refusal::DeviationNeedsAReason => t!(award.refused_deviation).to_owned(),
        Refusal::NotProposed => t!(award.refused_not_proposed).to_owned(),
        Refusal::OpinionAsked => t!(award.refused_opinion_asked).to_owned(),
        Refusal::NotInformed => t!(award.refused_not_informed).to_owned(),
        Refusal::StandstillRuns { until } => {
            t!(award.refused_standstill, until = weekday_date_french_inline(*until))
        }
        Refusal::SuspensionPending { since } => t!(award.refused_suspension, since = date_french(*since)),
        Refusal::NoSuspension => t!(award.refused_no_suspension).to_owned(),
        Refusal::SupervisionNotSent => t!(award.refused_not_sent).to_owned(),
        Refusal::NotTransmitted => t!(award.refused_not_transmitted).to_owned(),
        Refusal::SupervisionRuns { until } => {
            t!(award.refused_supervision, until = weekday_date_french_inline(*until))
        }
        Refusal::SupervisionDates { sent_on } => t!(award.refused_dates, sent = date_french(*sent_on)),
        Refusal::SupervisionAnswered => t!(award.refused_answered).to_owned(),
        Refusal::Annulled => t!(award.refused_annulled).to_owned(),
        Refusal::SuretyAwaited { amount } => t!(award.refused_surety_awaited, amount = amount),
        Refusal::NoSurety => t!(award.refused_no_surety).to_owned(),
        Refusal::NothingToRelease => t!(award.refused_nothing_to_release).to_owned(),
        Refusal::HalfReleased => t!(award.refused_half_released).to_owned(),
        Refusal::VouchersUndelivered { vouchers } => t!(award.refused_vouchers, vouchers = named(vouchers)),
        Refusal::VouchersUnpaid { vouchers } => t!(award.refused_vouchers_unpaid, vouchers = named(vouchers)),
        Refusal::NotAccepted => t!(award.refused_not_accepted).to_owned(),
        Refusal::GuaranteeRuns { until } => t!(award.refused_guarantee, until = weekday_date_french_inline(*until)),
        Refusal::FoundInTheFuture => t!(award.refused_found_in_the_future).to_owned(),
        Refusal::NoReportOfFailure => t!(award.refused_no_report).to_owned(),
        Refusal::DefenceRuns { until } => t!(award.refused_defence, until = weekday_date_french_inline(*until)),
        Refusal::SuretyHeld { amount } => t!(award.refused_held, amount = amount),
    }
}

fn named(vouchers: &[(VoucherRef, String)]) -> String {
    let names: Vec<_> = vouchers.iter().map(|(number, authority)| format!("{number} ({authority})")).collect();
    names.join(", ")
}

pub(super) fn letter(kind: LetterKind) -> &'static str {
    match kind {
        LetterKind::Winner => t!(award.letter_winner),
        LetterKind::NotChosen => t!(award.letter_not_chosen),
        LetterKind::Irregular => t!(award.letter_irregular),
        LetterKind::NotSelected => t!(award.letter_not_selected),
        LetterKind::GivenUp => t!(award.letter_given_up),
        LetterKind::Annulled => t!(award.letter_annulled),
        LetterKind::Conclusion => t!(award.letter_conclusion),
        LetterKind::FailureReport => t!(award.act_failure),
        LetterKind::Termination => t!(award.act_termination),
    }
}

pub(super) fn ground(ground: StandstillGround) -> String {
    match ground {
        StandstillGround::EuropeanPublication { threshold } => t!(award.ground_european, threshold = threshold),
        StandstillGround::Works { from } => t!(award.ground_works, from = from),
        StandstillGround::Voluntary => t!(award.ground_voluntary).to_owned(),
        StandstillGround::SoleTenderer => t!(award.ground_sole).to_owned(),
        StandstillGround::BelowThreshold { threshold } => t!(award.ground_below, threshold = threshold),
    }
}

pub(crate) fn supervision_result(result: SupervisionResult) -> &'static str {
    match result {
        SupervisionResult::NotAnnulled => t!(award.not_annulled),
        SupervisionResult::Annulled => t!(award.annulled),
    }
}
