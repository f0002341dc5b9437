use serde_json::{Map, Value, json};

use super::{MOST_LINES, fields::Fields, words};
use crate::kernel::{
    Money, Percent,
    vat::{VatAtRate, VatTotals, totals},
};

pub(super) fn answer(mut fields: Fields) -> Result<Value, String> {
    let lines = fields.list("lines")?;
    fields.finish()?;
    if lines.is_empty() || lines.len() > MOST_LINES {
        return Err(words::lines("lines"));
    }

    let lines = lines.into_iter().map(line).collect::<Result<Vec<_>, _>>()?;
    let VatTotals { rates, including, excluding: _, vat: _ } = totals(lines).ok_or_else(words::too_large)?;
    let by_rate = |amount: fn(&VatAtRate) -> Money| -> Map<String, Value> {
        rates.iter().map(|rate| (rate.rate.to_iso(), json!(amount(rate).to_iso()))).collect()
    };
    Ok(json!({
        "base": by_rate(|rate| rate.base),
        "vat": by_rate(|rate| rate.vat),
        "total": including.to_iso(),
    }))
}

fn line(entry: Value) -> Result<(Percent, Money), String> {
    let mut fields = Fields::of(entry)?;
    let amount = fields.money("amount")?;
    let rate = fields.percent("rate")?;
    fields.finish()?;

    if (Percent::ZERO..=Percent::HUNDRED).contains(&rate) {
        Ok((rate, amount))
    } else {
        Err(words::rate_out_of_bounds("rate"))
    }
}
