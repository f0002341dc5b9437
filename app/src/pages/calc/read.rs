//! What the fields of the calculator have of their own.

use domain::{
    execution::Unanswerable,
    fault::Fault,
    kernel::{Money, NumberError, Percent},
    parameter::MissingParameter,
    refusal::Refusal,
};
use service::{Error, FieldErrors};

use crate::pages::Form;

pub(super) fn optional_money(form: &Form, errors: &mut FieldErrors, name: &str) -> Option<Money> {
    let text = form.text(name);
    if text.is_empty() {
        return None;
    }
    Money::parse_french_not_negative(text).map_err(|error| errors.add(name, Fault::Amount(error))).ok()
}

/// An amount of zero or more.
pub(super) fn money(form: &Form, errors: &mut FieldErrors, name: &str) -> Money {
    match Money::parse_french_not_negative(form.text(name)) {
        Ok(amount) => return amount,
        Err(NumberError::Empty) => errors.add(name, Fault::Empty),
        Err(error) => errors.add(name, Fault::Amount(error)),
    }
    Money::ZERO
}

/// A whole number between these bounds.
pub(crate) fn whole(form: &Form, errors: &mut FieldErrors, name: &str, least: u32, most: u32) -> u32 {
    let text = form.text(name);
    if text.is_empty() {
        errors.add(name, Fault::Empty);
        return least;
    }
    text.parse().ok().filter(|number| (least..=most).contains(number)).unwrap_or_else(|| {
        errors.add(name, Fault::NotBetween { least: least.into(), most: most.into() });
        least
    })
}

/// A rate from 0 to 100.
pub(super) fn percent(form: &Form, errors: &mut FieldErrors, name: &str) -> Percent {
    match Percent::parse_french(form.text(name)) {
        Ok(rate) if (Percent::ZERO..=Percent::HUNDRED).contains(&rate) => return rate,
        Ok(_) => errors.add(name, Fault::NotBetween { least: 0, most: 100 }),
        Err(NumberError::Empty) => errors.add(name, Fault::Empty),
        Err(error) => errors.add(name, Fault::Number(error)),
    }
    Percent::ZERO
}

/// The lines of a list that say something, each with its number.
pub(super) fn lines(form: &Form, name: &str) -> Vec<(usize, String)> {
    let lines = form.text(name).lines().enumerate();
    lines.map(|(place, line)| (place + 1, line.trim().to_owned())).filter(|(_, line)| !line.is_empty()).collect()
}

/// `a ; b`, the second part being optional.
pub(super) fn pair(line: &str) -> (&str, Option<&str>) {
    match line.rsplit_once([';', '\t']) {
        Some((first, second)) => (first.trim(), Some(second.trim()).filter(|second| !second.is_empty())),
        None => (line, None),
    }
}

/// The law of that date is not known: no field is wrong, a row is missing.
pub(super) fn missing(missing: MissingParameter) -> Error {
    Error::Refused(Refusal::MissingParameter { key: missing.key, on: missing.on })
}

/// Why a sum of the performance has no answer, at its field. The bounds of a length were read before.
pub(super) fn unanswerable(error: Unanswerable, amount: &str, length: &str) -> Error {
    let fault = match error {
        Unanswerable::Amount => (amount, Fault::NotPositive),
        Unanswerable::Others => ("autres", Fault::Amount(NumberError::Negative)),
        Unanswerable::Length => (length, Fault::Number(NumberError::TooLarge)),
        Unanswerable::Weights | Unanswerable::Terms | Unanswerable::Index => (length, Fault::Line { line: 1 }),
        Unanswerable::TooLarge => (amount, Fault::Amount(NumberError::TooLarge)),
        Unanswerable::Missing(row) => return missing(row),
    };
    FieldErrors::one(fault.0, fault.1).into()
}
