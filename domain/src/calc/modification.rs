use serde_json::{Value, json};

use super::{
    MOST_LINES,
    fields::{Fields, money},
    words::{self, Names},
};
use crate::{
    execution::{Minimis, Mode, minimis},
    parameter::ParameterSet,
    procedure::Nature,
};

pub(super) fn answer(mut fields: Fields, parameters: &ParameterSet) -> Result<Value, String> {
    let initial = fields.money("initial")?;
    let nature: Nature = fields.choice("nature", &Nature::ALL.map(Nature::word))?;
    let changes = fields.list("changes")?;
    let mode = fields.optional_choice("mode", &Mode::ALL.map(Mode::word))?;
    let on = fields.date("on")?;
    fields.finish()?;
    if changes.len() > MOST_LINES {
        return Err(words::too_many("changes"));
    }

    let changes = changes.into_iter().map(|change| money("changes", change)).collect::<Result<Vec<_>, _>>()?;
    let mode = match mode {
        Some(mode) => mode,
        None => Mode::chosen(parameters, on).map_err(|missing| words::missing_parameter(&missing))?,
    };
    let names = Names { amount: "initial", length: "on" };
    let Minimis { counted, limit, is_allowed, rows: _ } =
        minimis(parameters, on, nature, initial, &changes, mode).map_err(|error| words::sum(&error, &names))?;
    Ok(json!({ "counted": counted.to_iso(), "limit": limit.to_iso(), "allowed": is_allowed }))
}
