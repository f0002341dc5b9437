use serde_json::{Map, Value, json};

use super::{fields::Fields, words};
use crate::{
    parameter::{Parameter, ParameterSet, Value as Figure},
    procedure::{Answer, MinimumDelays, Nature, candidates},
};

pub(super) fn answer(mut fields: Fields, parameters: &ParameterSet) -> Result<Value, String> {
    let on = fields.date("on")?;
    let nature = fields.choice("nature", &Nature::ALL.map(Nature::word))?;
    let estimate = fields.money("estimate")?;
    fields.finish()?;

    let candidates = candidates(parameters, on, nature, estimate).map_err(|error| words::unanswerable(&error))?;
    let min_days: Map<String, Value> = candidates
        .open()
        .filter(|answer| !answer.delays.is_free())
        .map(|answer| (answer.procedure.code().to_owned(), days(answer.delays)))
        .collect();

    Ok(json!({
        "allowed": candidates.allowed().map(code).collect::<Vec<_>>(),
        "on_conditions": candidates.on_conditions().map(code).collect::<Vec<_>>(),
        "publication": by_code(candidates.open(), |answer| json!(answer.publication)),
        "min_days": min_days,
        "rows": candidates.rows.iter().map(row).collect::<Vec<_>>(),
        "why": by_code(candidates.answers.iter(), |answer| json!(words::procedure(answer))),
    }))
}

fn code(answer: &Answer) -> &'static str {
    answer.procedure.code()
}

fn by_code<'a>(answers: impl Iterator<Item = &'a Answer>, value: impl Fn(&Answer) -> Value) -> Map<String, Value> {
    answers.map(|answer| (code(answer).to_owned(), value(answer))).collect()
}

/// Only the delays that the procedure has: an open procedure has no requests to participate.
fn days(delays: MinimumDelays) -> Value {
    let MinimumDelays { requests, requests_urgent, plain, electronic, urgent, prior_notice: _ } = delays;
    let named = [
        ("requests", requests),
        ("requests_urgent", requests_urgent),
        ("plain", plain),
        ("electronic", electronic),
        ("urgent", urgent),
    ];

    named.into_iter().filter_map(|(name, days)| Some((name.to_owned(), json!(days?)))).collect::<Map<_, _>>().into()
}

fn row(row: &Parameter) -> Value {
    let value = match &row.value {
        Figure::Count(count) => json!(count),
        Figure::Money(_) | Figure::Percent(_) | Figure::Choice(_) => json!(row.value.to_string()),
    };

    json!({
        "key": row.key,
        "value": value,
        "valid_from": row.valid_from,
        "legal_ref": row.legal_ref,
        "certainty": row.certainty,
    })
}
