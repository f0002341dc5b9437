//! The French sentence of every fault and every refusal. A new one without a sentence does not compile.

use domain::{
    fault::Fault,
    kernel::{
        Money, NumberError,
        time::{brussels, date_french, date_time_french},
    },
    refusal::Refusal,
    specification::AnswerError,
};

use super::{award, central, contracts::execution, evaluation, offers, tenders, vouchers, words::t};

/// What is wrong with a field, and what to write instead.
pub(crate) fn fault(field: &str, fault: &Fault) -> String {
    match fault {
        Fault::Empty => empty(field).to_owned(),
        Fault::TooLong { most } => t!(fault.too_long, most = most),
        Fault::Amount(NumberError::Empty | NumberError::NotANumber) => t!(fault.amount).to_owned(),
        Fault::Amount(NumberError::TooManyDecimals) => t!(fault.amount_decimals).to_owned(),
        Fault::Amount(NumberError::TooLarge) => t!(fault.amount_large).to_owned(),
        Fault::Amount(NumberError::Negative) => t!(fault.amount_negative).to_owned(),
        Fault::NotPositive => t!(fault.not_positive).to_owned(),
        Fault::Number(_) => t!(fault.number).to_owned(),
        Fault::PointsOver { most } => t!(evaluation.fault_points, most = most),
        Fault::NotAPercentage => t!(fault.percentage).to_owned(),
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
        Fault::InvoiceNumberTaken => t!(fault.invoice_number_taken).to_owned(),
        Fault::BceTaken => t!(fault.bce_taken).to_owned(),
        Fault::NotAnArticle => t!(fault.not_an_article).to_owned(),
        Fault::Quantity(NumberError::Empty | NumberError::NotANumber) => t!(fault.quantity).to_owned(),
        Fault::Quantity(NumberError::Negative) => t!(fault.quantity_negative).to_owned(),
        Fault::Quantity(NumberError::TooManyDecimals) => t!(fault.quantity_decimals).to_owned(),
        Fault::Quantity(NumberError::TooLarge) => t!(fault.quantity_large).to_owned(),
        Fault::NotAReference => t!(fault.not_a_reference).to_owned(),
        Fault::NotPeppol => t!(fault.not_peppol).to_owned(),
        Fault::WeakPassword => t!(fault.weak_password).to_owned(),
        Fault::Answer(error) => answer(field, error),
        Fault::NamesAThird { name } => t!(award.fault_third, name = name),
        Fault::Character { character } => t!(fault.character, character = character),
        Fault::Weights { sum } => t!(fault.weights, sum = sum),
        Fault::Tranches { sum } => t!(fault.tranches, sum = sum),
        Fault::InhabitantRate => t!(fault.inhabitant_rate).to_owned(),
        Fault::MaximumBelowMinimum => t!(fault.maximum_below_minimum).to_owned(),
        Fault::NoPopulation { names } => t!(fault.no_population, names = names),
        Fault::Shares => t!(fault.shares).to_owned(),
        Fault::Line { line } => t!(fault.line, line = line),
        Fault::BadFile => t!(fault.bad_file).to_owned(),
        Fault::FileTooLarge { most_mebibytes } => t!(fault.file_too_large, most = most_mebibytes),
        Fault::File(fault) => offers::words::file(fault),
        Fault::UnitPrice(NumberError::Empty | NumberError::NotANumber) => t!(fault.amount).to_owned(),
        Fault::UnitPrice(NumberError::TooManyDecimals) => t!(fault.price_decimals).to_owned(),
        Fault::UnitPrice(NumberError::TooLarge) => t!(fault.amount_large).to_owned(),
        Fault::UnitPrice(NumberError::Negative) => t!(fault.amount_negative).to_owned(),
        Fault::Rate => t!(fault.rate).to_owned(),
        Fault::NotRecognised => t!(fault.not_recognised).to_owned(),
        Fault::NotConfirmed => t!(fault.not_confirmed).to_owned(),
    }
}

/// What is wrong with an answer to a question of the specification.
fn answer(field: &str, error: &AnswerError) -> String {
    match error {
        AnswerError::Empty => empty(field).to_owned(),
        AnswerError::TooLong { max } => t!(fault.too_long, most = max),
        AnswerError::NotANumber => t!(fault.number).to_owned(),
        AnswerError::NotADate => t!(fault.not_a_date).to_owned(),
        AnswerError::NotADateTime => t!(fault.answer_date_time).to_owned(),
        AnswerError::NotYesOrNo => t!(fault.answer_yes_no).to_owned(),
        AnswerError::NotAnOption => t!(fault.not_a_choice).to_owned(),
        AnswerError::BelowMinimum { min } => t!(fault.answer_below, min = min),
        AnswerError::AboveMaximum { max } => t!(fault.answer_above, max = max),
        AnswerError::TooFewLines { min } => t!(fault.answer_few_lines, min = min),
        AnswerError::CellCount { line, .. } => t!(fault.answer_cells, line = line),
        AnswerError::EmptyCell { line, column } => t!(fault.answer_empty_cell, line = line, column = column),
        AnswerError::CellNotANumber { line, column } => t!(fault.answer_cell_number, line = line, column = column),
        AnswerError::CellNotAnOption { line, column } => t!(fault.answer_cell_choice, line = line, column = column),
        AnswerError::Twice { line } => t!(fault.answer_twice, line = line),
        AnswerError::WeightsNotHundred { total_hundredths } => {
            t!(fault.weights, sum = Money::from_cents(*total_hundredths).amount_french().replace(",00", ""))
        }
        AnswerError::NoPriceCriterion => t!(fault.answer_no_price).to_owned(),
        AnswerError::QuantityMode { line } => t!(fault.answer_quantity, line = line),
    }
}

fn empty(field: &str) -> &'static str {
    match field {
        "objet" => t!(fault.empty_object),
        "estimation" | "besoin-propre" => t!(fault.amount),
        "quantite" => t!(fault.empty_quantity),
        "cpv" => t!(fault.empty_cpv),
        "nature" => t!(fault.empty_nature),
        "courriel" => t!(fault.not_email),
        "motdepasse" => t!(fault.empty_password),
        "montant" | "total" | "plafond" | "eligible" | "accepte" => t!(fault.amount),
        "valeur" => t!(fault.empty_value),
        "du" | "le" | "evenement" | "verifie" => t!(fault.empty_date),
        "duree" => t!(fault.empty_length),
        "numero" => t!(fault.empty_number),
        "participants" => t!(fault.empty_participants),
        "offres" => t!(fault.empty_offers),
        "poids" => t!(fault.empty_points),
        "taux" => t!(fault.empty_rate),
        "source" => t!(fault.empty_source),
        "entreprise" => t!(fault.empty_firm),
        "bce" => t!(fault.not_bce),
        "adresse" => t!(fault.empty_address),
        "nom" => t!(fault.empty_name),
        "role" => t!(fault.empty_role),
        "avis" => t!(fault.empty_notice),
        "depot" | "envoi" => t!(fault.not_a_date),
        "question" => t!(fault.empty_question),
        "article" => t!(fault.not_an_article),
        "engage" => t!(offers.commit_first),
        "rapport" => t!(offers.report_first),
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
        Refusal::NotJoint => t!(refusal.not_joint).to_owned(),
        Refusal::OthersTakePart => t!(refusal.others_take_part).to_owned(),
        Refusal::NotWaiting => t!(refusal.not_waiting).to_owned(),
        Refusal::NotAnAuthority => t!(refusal.not_an_authority).to_owned(),
        Refusal::MandatesAndCredits { mandates, credits } => mandates_and_credits(mandates, credits),
        Refusal::TooFewParticipants { present } => t!(refusal.too_few_participants, present = present),
        Refusal::NotAdhered { missing } => t!(refusal.not_adhered, missing = missing.join(", ")),
        Refusal::SpecificationIncomplete { missing } => t!(refusal.specification_incomplete, missing = missing),
        Refusal::WarningsNeedAReason => t!(refusal.warnings_need_a_reason).to_owned(),
        Refusal::OpinionAwaited { until } => t!(refusal.opinion_awaited, until = date_french(*until)),
        Refusal::OpinionOutdated => t!(refusal.opinion_outdated).to_owned(),
        Refusal::DecidedInTheFuture => t!(refusal.decided_in_the_future).to_owned(),
        Refusal::DecidedBeforeOpinion { on } => t!(refusal.decided_before_opinion, on = date_french(*on)),
        Refusal::NotYourOrgan => t!(refusal.not_your_organ).to_owned(),
        Refusal::Unprintable { character } => t!(refusal.unprintable, character = character),
        Refusal::DepositClosed { at: closed } => t!(refusal.deposit_closed, at = at(*closed)),
        Refusal::QuestionsClosed { at: closed } => t!(refusal.questions_closed, at = at(*closed)),
        Refusal::NeedTaken => t!(refusal.need_taken).to_owned(),
        Refusal::NeedNotJoined => t!(refusal.need_not_joined).to_owned(),
        Refusal::NeedIsShared => t!(refusal.need_is_shared).to_owned(),
        Refusal::AlreadyDone => t!(refusal.already_done).to_owned(),
        Refusal::LastManager => t!(refusal.last_manager).to_owned(),
        Refusal::Stopped { stage } => t!(refusal.stopped, stage = tenders::words::stage(*stage).to_lowercase()),
        Refusal::FormSpent => t!(refusal.form_spent).to_owned(),
        Refusal::LinkSpent => t!(refusal.link_spent).to_owned(),
        Refusal::NobodyInvited => t!(refusal.nobody_invited).to_owned(),
        Refusal::Offer(refusal) => offers::words::refusal(refusal),
        Refusal::Evaluation(refusal) => evaluation::refusal(refusal),
        Refusal::Award(refusal) => award::words::refusal(refusal),
        Refusal::Execution(refusal) => execution::words::refusal(refusal),
        Refusal::Central(refusal) => central::words::refusal(refusal),
        Refusal::Voucher(refusal) => vouchers::words::refusal(refusal),
        Refusal::MissingParameter { key, on } => t!(refusal.missing_parameter, key = key, on = date_french(*on)),
    }
}

/// Who lacks what, each by name.
fn mandates_and_credits(mandates: &[String], credits: &[String]) -> String {
    let mandates = (!mandates.is_empty()).then(|| t!(refusal.mandates_missing, names = mandates.join(", ")));
    let credits = (!credits.is_empty()).then(|| t!(refusal.credits_missing, names = credits.join(", ")));
    let lacking: Vec<_> = mandates.into_iter().chain(credits).collect();
    t!(refusal.mandates_and_credits, lacking = lacking.join(" "))
}
