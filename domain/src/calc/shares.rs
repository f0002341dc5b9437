use std::str::FromStr;

use serde_json::{Map, Value, json};

use super::{fields::Fields, words};
use crate::share::{Fixed, Key, Participant, Rule, shares};

struct KeyName(Key);

impl FromStr for KeyName {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "equal" => Ok(Self(Key::Equal)),
            "population" => Ok(Self(Key::Population)),
            _ => Err(()),
        }
    }
}

pub(super) fn answer(mut fields: Fields) -> Result<Value, String> {
    let total = fields.money("total")?;
    let KeyName(key) = fields.choice("key", &["equal", "population"])?;
    let fixed = fixed(&mut fields)?;
    let min = fields.optional_money("min")?;
    let max = fields.optional_money("max")?;
    let participants = fields.list("participants")?;
    fields.finish()?;

    let participants = participants.into_iter().map(|entry| participant(entry, key)).collect::<Result<Vec<_>, _>>()?;
    let shares = shares(total, &Rule { key, fixed, min, max }, &participants).map_err(words::share)?;
    let shares: Map<String, Value> = shares.into_iter().map(|(id, share)| (id, json!(share.to_iso()))).collect();

    Ok(json!({ "shares": shares }))
}

fn fixed(fields: &mut Fields) -> Result<Fixed, String> {
    match (fields.optional_percent("fixed_percent")?, fields.optional_money("fixed_amount")?) {
        (None, None) => Ok(Fixed::None),
        (Some(part), None) => Ok(Fixed::Percent(part)),
        (None, Some(amount)) => Ok(Fixed::Amount(amount)),
        (Some(_), Some(_)) => Err(words::two_fixed_parts()),
    }
}

/// The weight may be left out only where it does not count.
fn participant(entry: Value, key: Key) -> Result<Participant<String>, String> {
    let mut fields = Fields::of(entry)?;
    let id = fields.text("id")?;
    let weight = match key {
        Key::Equal => fields.optional_count("weight")?.unwrap_or(0),
        Key::Population => fields.count("weight")?,
    };
    fields.finish()?;

    if id.is_empty() { Err(words::missing_field("id")) } else { Ok(Participant { id, weight }) }
}
