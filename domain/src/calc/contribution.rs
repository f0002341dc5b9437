use serde_json::{Value, json};

use super::{fields::Fields, words};
use crate::contribution::{InhabitantRate, Membership, Tariff, contribution};

pub(super) fn answer(mut fields: Fields) -> Result<Value, String> {
    let rate =
        InhabitantRate::parse_iso(&fields.text("rate")?).map_err(|error| words::bad_number("rate", "sept", error))?;
    let population = fields.count("population")?;
    let min = fields.optional_money("min")?;
    let max = fields.optional_money("max")?;
    let entry = fields.optional_date("from")?;
    let exit = fields.optional_date("to")?;
    fields.finish()?;

    let membership = Membership::of(entry, exit).map_err(words::contribution)?;
    let found = contribution(Tariff { rate, min, max }, population, membership).map_err(words::contribution)?;
    Ok(json!({ "amount": found.amount.to_iso() }))
}
