use std::str::FromStr;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{
    fields::Fields,
    words::{self, Names},
};
use crate::{
    execution::{LateDelivery, LateWorks, Penalty, late_delivery, late_works},
    kernel::Money,
    parameter::ParameterSet,
    procedure::UnknownWord,
};

enum Kind {
    Services,
    Supplies,
    Works,
}

impl FromStr for Kind {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "services" => Ok(Self::Services),
            "supplies" => Ok(Self::Supplies),
            "works" => Ok(Self::Works),
            _ => Err(UnknownWord),
        }
    }
}

pub(super) fn answer(mut fields: Fields, parameters: &ParameterSet) -> Result<Value, String> {
    let Penalty { due, cap, is_capped: _, is_dropped: _, rows: _ } =
        match fields.choice("kind", &["services", "supplies", "works"])? {
            Kind::Services => delivery(fields, parameters, false)?,
            Kind::Supplies => delivery(fields, parameters, true)?,
            Kind::Works => works(fields, parameters)?,
        };
    Ok(json!({ "due": due.to_iso(), "cap": cap.to_iso() }))
}

fn delivery(mut fields: Fields, parameters: &ParameterSet, is_supplies: bool) -> Result<Penalty, String> {
    let late = LateDelivery {
        is_supplies,
        value: fields.money("value")?,
        days: fields.length("days")?,
        award_criterion: fields.optional_flag("award_criterion")?.unwrap_or(false),
        others: fields.optional_money("others")?.unwrap_or(Money::ZERO),
    };
    let on = fields.optional_date("on")?.unwrap_or(NaiveDate::MAX);
    fields.finish()?;

    let names = Names { amount: "value", length: "days" };
    late_delivery(parameters, on, late).map_err(|error| words::sum(&error, &names))
}

fn works(mut fields: Fields, parameters: &ParameterSet) -> Result<Penalty, String> {
    let late = LateWorks {
        amount: fields.money("M")?,
        delay: fields.length("N")?,
        unit: fields.choice("unit", &["working", "calendar"])?,
        late: fields.length("n")?,
    };
    let on = fields.optional_date("on")?.unwrap_or(NaiveDate::MAX);
    fields.finish()?;

    let names = Names { amount: "M", length: "N, n" };
    late_works(parameters, on, late).map_err(|error| words::sum(&error, &names))
}
