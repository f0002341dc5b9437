use serde_json::{Value, json};

use super::{
    fields::Fields,
    words::{self, Names},
};
use crate::{
    execution::{Interest, interest},
    parameter::ParameterSet,
};

pub(super) fn answer(mut fields: Fields, parameters: &ParameterSet) -> Result<Value, String> {
    let amount = fields.money("amount")?;
    let due = fields.date("due")?;
    let paid = fields.date("paid")?;
    fields.finish()?;

    let names = Names { amount: "amount", length: "due, paid" };
    let Interest { days, interest, flat, total, periods: _, rows: _ } =
        interest(parameters, amount, due, paid).map_err(|error| words::sum(&error, &names))?;
    Ok(json!({ "days": days, "interest": interest.to_iso(), "flat": flat.to_iso(), "total": total.to_iso() }))
}
