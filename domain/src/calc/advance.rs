use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{
    fields::Fields,
    words::{self, Names},
};
use crate::{
    execution::{Advance, AdvanceCase, advance},
    parameter::ParameterSet,
};

pub(super) fn answer(mut fields: Fields, parameters: &ParameterSet) -> Result<Value, String> {
    let amount = fields.money("amount")?;
    let months = fields.length("months")?;
    let case = fields.choice("case", &AdvanceCase::ALL.map(AdvanceCase::word))?;
    let on = fields.optional_date("on")?.unwrap_or(NaiveDate::MAX);
    fields.finish()?;

    let names = Names { amount: "amount", length: "months" };
    let Advance { reference, advance, is_capped: _, rows: _ } =
        advance(parameters, on, amount, months, case).map_err(|error| words::sum(&error, &names))?;
    Ok(json!({ "reference": reference.to_iso(), "advance": advance.to_iso() }))
}
