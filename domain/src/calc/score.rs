use serde_json::{Value, json};

use super::{
    fields::{Fields, money, text},
    words,
};
use crate::{
    kernel::Money,
    score::{Formula, Points, price_points, ranking},
};

/// More tenders than any call has.
const MOST_TENDERS: usize = 10_000;

pub(super) fn answer(mut fields: Fields) -> Result<Value, String> {
    let formula = fields.text("formula")?;
    let ceiling = fields.optional_money("ceiling")?;
    let weight = points("weight", fields.text("weight")?.into())?;
    let prices = fields.list("prices")?;
    let others = fields.optional_list("other")?;
    fields.finish()?;

    let formula = named(&formula, ceiling)?;
    if prices.is_empty() || prices.len() > MOST_TENDERS {
        return Err(words::no_tender());
    }
    let prices = prices.into_iter().map(|price| money("prices", price)).collect::<Result<Vec<Money>, _>>()?;
    let others = match others {
        Some(others) => others.into_iter().map(|other| points("other", other)).collect::<Result<_, _>>()?,
        None => vec![Points::ZERO; prices.len()],
    };

    let points = price_points(formula, weight, &prices);
    let ranking = ranking(&points, &others).ok_or_else(words::other_points_do_not_match)?;

    Ok(json!({
        "points": texts(&points),
        "totals": texts(&ranking.totals),
        "ranks": ranking.ranks,
        "provisional": ranking.provisional,
    }))
}

fn named(formula: &str, ceiling: Option<Money>) -> Result<Formula, String> {
    match (formula, ceiling) {
        ("F1", None) => Ok(Formula::F1),
        ("F2", None) => Ok(Formula::F2),
        ("F3", None) => Ok(Formula::F3),
        ("F4", Some(ceiling)) if ceiling.is_positive() => Ok(Formula::F4 { ceiling }),
        ("F4", Some(_)) => Err(words::ceiling_not_positive()),
        ("F4", None) => Err(words::missing_field("ceiling")),
        ("F1" | "F2" | "F3", Some(_)) => Err(words::ceiling_without_use()),
        (other, _) => Err(words::unknown_choice("formula", other, &["F1", "F2", "F3", "F4"])),
    }
}

fn points(name: &str, value: Value) -> Result<Points, String> {
    let points = Points::parse_iso(&text(name, value)?).map_err(|error| words::bad_amount(name, error))?;
    if points < Points::ZERO { Err(words::negative(name)) } else { Ok(points) }
}

fn texts(points: &[Option<Points>]) -> Vec<Option<String>> {
    points.iter().map(|points| points.map(Points::to_iso)).collect()
}
