use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{fields::Fields, words};
use crate::{
    parameter::ParameterSet,
    surety::{Surety, surety},
};

pub(super) fn answer(mut fields: Fields, parameters: &ParameterSet) -> Result<Value, String> {
    let award = fields.money("award")?;
    let percent = fields.percent("percent")?;
    let on = fields.optional_date("on")?;
    fields.finish()?;

    // Without a date: the rows that have no known end.
    match surety(parameters, on.unwrap_or(NaiveDate::MAX), award, percent).map_err(|error| words::surety(&error))? {
        Surety::Forbidden { below: _ } => Ok(json!({ "forbidden": true })),
        Surety::Due(amount) => Ok(json!({ "surety": amount.to_iso() })),
    }
}
