//! The calculator: one JSON question, one JSON answer, with the very rules that the application uses.
//!
//! Amounts are texts with two decimals, dates are ISO. A question with an unknown, missing or badly written field is
//! refused with a French sentence. The form of questions and answers stands in `docs/calc.schema.json`.

mod advance;
mod contribution;
mod deadline;
mod delay;
mod fields;
mod identifier;
mod interest;
mod modification;
mod procedure;
mod revision;
mod score;
mod shares;
mod state_aid;
mod subsidy;
mod surety;
mod vat;
pub mod words;

use serde_json::Value;

use crate::parameter::ParameterSet;
use fields::Fields;

/// The answer to one line, or the French sentence that says why there is none.
pub fn answer(line: &str, parameters: &ParameterSet) -> Result<Value, String> {
    let question = serde_json::from_str(line).map_err(|error| words::not_json(&error))?;
    let mut fields = Fields::of(question)?;

    match fields.text("calc")?.as_str() {
        "deadline" => deadline::answer(fields),
        "procedure" => procedure::answer(fields, parameters),
        "shares" => shares::answer(fields),
        "identifier" => identifier::answer(fields),
        "score" => score::answer(fields),
        "surety" => surety::answer(fields, parameters),
        "vat" => vat::answer(fields),
        "delay" => delay::answer(fields, parameters),
        "interest" => interest::answer(fields, parameters),
        "revision" => revision::answer(fields),
        "advance" => advance::answer(fields, parameters),
        "modification" => modification::answer(fields, parameters),
        "subsidy" => subsidy::answer(fields),
        "contribution" => contribution::answer(fields),
        "state_aid" => state_aid::answer(fields, parameters),
        other => Err(words::unknown_choice("calc", other, &CALCULATIONS)),
    }
}

const CALCULATIONS: [&str; 15] = [
    "deadline",
    "procedure",
    "shares",
    "identifier",
    "score",
    "surety",
    "vat",
    "delay",
    "interest",
    "revision",
    "advance",
    "modification",
    "subsidy",
    "contribution",
    "state_aid",
];

/// More lines than any order or contract has.
const MOST_LINES: usize = 10_000;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_execution;
#[cfg(test)]
mod tests_of_funding;
