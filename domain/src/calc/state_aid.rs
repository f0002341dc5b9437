use serde_json::{Value, json};

use super::{MOST_LINES, fields::Fields, words};
use crate::{
    parameter::ParameterSet,
    state_aid::{Aid, state_aid},
};

pub(super) fn answer(mut fields: Fields, parameters: &ParameterSet) -> Result<Value, String> {
    let earlier = fields.list("earlier")?;
    let amount = fields.money("new")?;
    let on = fields.date("on")?;
    fields.finish()?;
    if earlier.len() > MOST_LINES {
        return Err(words::too_many("earlier"));
    }

    let earlier = earlier.into_iter().map(aid).collect::<Result<Vec<_>, _>>()?;
    let found = state_aid(parameters, &earlier, Aid { on, amount }).map_err(|error| words::state_aid(&error))?;
    Ok(json!({
        "counted_before": found.counted_before.to_iso(),
        "after": found.after.to_iso(),
        "allowed": found.is_allowed,
    }))
}

fn aid(entry: Value) -> Result<Aid, String> {
    let mut fields = Fields::of(entry)?;
    let on = fields.date("on")?;
    let amount = fields.money("amount")?;
    fields.finish()?;

    Ok(Aid { on, amount })
}
