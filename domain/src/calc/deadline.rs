use std::str::FromStr;

use serde_json::{Value, json};

use super::{fields::Fields, words};
use crate::kernel::deadline::{Counting, count};

struct Kind(Counting);

impl FromStr for Kind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "calendar" => Ok(Self(Counting::Calendar)),
            "backward" => Ok(Self(Counting::Backward)),
            "working" => Ok(Self(Counting::Working)),
            _ => Err(()),
        }
    }
}

pub(super) fn answer(mut fields: Fields) -> Result<Value, String> {
    let Kind(counting) = fields.choice("kind", &["calendar", "backward", "working"])?;
    let event = fields.date("event")?;
    let length = fields.count("length")?;
    fields.finish()?;

    let days = u32::try_from(length).map_err(|_| words::out_of_calendar())?;
    let counted = count(counting, event, days).map_err(|_| words::out_of_calendar())?;

    Ok(json!({
        "raw_end": counted.raw_end,
        "end": counted.end,
        "free_from": counted.free_from,
        "why": counted.why.iter().map(|why| words::why(*why)).collect::<Vec<_>>(),
    }))
}
