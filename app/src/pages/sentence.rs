//! The French sentence of every fault and every refusal. A new one without a sentence does not compile.

use domain::{
    fault::Fault,
    kernel::{
        NumberError,
        time::{brussels, date_french, date_time_french},
    },
    refusal::Refusal,
};

use super::words::t;

/// What is wrong with a field, and what to write instead.
pub(crate) fn fault(field: &str, fault: &Fault) -> String {
    match fault {
        Fault::Empty => empty(field).to_owned(),
        Fault::TooLong { most } => t!(fault.too_long, most = most),
        Fault::Amount(NumberError::Empty) => t!(fault.amount).to_owned(),
        Fault::Amount(NumberError::NotANumber) => t!(fault.amount).to_owned(),
        Fault::Amount(NumberError::TooManyDecimals) => t!(fault.amount_decimals).to_owned(),
        Fault::Amount(NumberError::TooLarge) => t!(fault.amount_large).to_owned(),
        Fault::Amount(NumberError::Negative) => t!(fault.amount_negative).to_owned(),
        Fault::NotPositive => t!(fault.not_positive).to_owned(),
        Fault::Number(_) => t!(fault.number).to_owned(),
        Fault::NotBetween { least, most } => t!(fault.not_between, least = least, most = most),
        Fault::NotADate => t!(fault.not_a_date).to_owned(),
        Fault::NotATime => t!(fault.not_a_time).to_owned(),
        Fault::Before { earliest } => t!(fault.before, date = date_french(*earliest)),
        Fault::After { latest } => t!(fault.after, date = date_french(*latest)),
        Fault::NotAChoice => t!(fault.not_a_choice).to_owned(),
        Fault::UnknownCpv => t!(fault.unknown_cpv).to_owned(),
        Fault::NotBce => t!(fault.not_bce).to_owned(),
        Fault::NotIban => t!(fault.not_iban).to_owned(),
        Fault::NotEmail => t!(fault.not_email).to_owned(),
        Fault::BceTaken => t!(fault.bce_taken).to_owned(),
        Fault::WeakPassword => t!(fault.weak_password).to_owned(),
        Fault::Weights { sum } => t!(fault.weights, sum = sum),
        Fault::Shares => t!(fault.shares).to_owned(),
        Fault::BadFile => t!(fault.bad_file).to_owned(),
        Fault::FileTooLarge { most_mebibytes } => t!(fault.file_too_large, most = most_mebibytes),
        Fault::NotRecognised => t!(fault.not_recognised).to_owned(),
    }
}

fn empty(field: &str) -> &'static str {
    match field {
        "objet" => t!(fault.empty_object),
        "estimation" => t!(fault.amount),
        "quantite" => t!(fault.empty_quantity),
        "cpv" => t!(fault.empty_cpv),
        "nature" => t!(fault.empty_nature),
        "courriel" => t!(fault.not_email),
        "motdepasse" => t!(fault.empty_password),
        "avis" => t!(fault.empty_notice),
        "depot" | "envoi" => t!(fault.not_a_date),
        "question" => t!(fault.empty_question),
        _ if field.starts_with("reponse-") => t!(fault.empty_answer),
        _ => t!(fault.empty),
    }
}

/// Why a well-typed, permitted act is refused, and what can be done.
pub(crate) fn refusal(refusal: &Refusal) -> String {
    let at = |instant| date_time_french(brussels(instant));
    match refusal {
        Refusal::Step { .. } => t!(refusal.step).to_owned(),
        Refusal::AlreadyCalled => t!(refusal.already_called).to_owned(),
        Refusal::ConditionsAdopted => t!(refusal.conditions_adopted).to_owned(),
        Refusal::NotDrafting => t!(refusal.not_drafting).to_owned(),
        Refusal::NotCalled => t!(refusal.not_called).to_owned(),
        Refusal::DepositInThePast => t!(refusal.deposit_in_the_past).to_owned(),
        Refusal::QuestionsInThePast => t!(refusal.questions_in_the_past).to_owned(),
        Refusal::QuestionsAfterDeposit => t!(refusal.questions_after_deposit).to_owned(),
        Refusal::NoticeMissing => t!(refusal.notice_missing).to_owned(),
        Refusal::EstimateBelowNeeds { needs } => t!(refusal.estimate_below_needs, needs = needs),
        Refusal::TakesPartAlready => t!(refusal.takes_part_already).to_owned(),
        Refusal::TooFewParticipants { present } => t!(refusal.too_few_participants, present = present),
        Refusal::NotAdhered { missing } => t!(refusal.not_adhered, missing = missing.join(", ")),
        Refusal::SpecificationIncomplete { missing } => t!(refusal.specification_incomplete, missing = missing),
        Refusal::WarningsNeedAReason => t!(refusal.warnings_need_a_reason).to_owned(),
        Refusal::OpinionAwaited { until } => t!(refusal.opinion_awaited, until = date_french(*until)),
        Refusal::DepositClosed { at: closed } => t!(refusal.deposit_closed, at = at(*closed)),
        Refusal::QuestionsClosed { at: closed } => t!(refusal.questions_closed, at = at(*closed)),
        Refusal::NeedTaken => t!(refusal.need_taken).to_owned(),
        Refusal::AlreadyDone => t!(refusal.already_done).to_owned(),
        Refusal::LinkSpent => t!(refusal.link_spent).to_owned(),
        Refusal::NobodyInvited => t!(refusal.nobody_invited).to_owned(),
        Refusal::MissingParameter { key, on } => t!(refusal.missing_parameter, key = key, on = date_french(*on)),
    }
}
