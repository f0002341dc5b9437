use serde_json::{Value, json};

use super::{
    fields::Fields,
    words::{self, Names},
};
use crate::{
    execution::{Index, Revision, Term, Unanswerable},
    kernel::{Percent, UnitPrice},
};

pub(super) fn answer(mut fields: Fields) -> Result<Value, String> {
    let price =
        UnitPrice::parse_iso(&fields.text("price")?).map_err(|error| words::bad_number("price", "quatre", error))?;
    let fixed = part("fixed", fields.text("fixed")?)?;
    let terms = fields.list("terms")?.into_iter().map(term).collect::<Result<Vec<_>, _>>()?;
    fields.finish()?;

    let refused = |error: Unanswerable| words::sum(&error, &Names { amount: "price", length: "terms" });
    if price.ten_thousandths() <= 0 {
        return Err(refused(Unanswerable::Amount));
    }
    let revision = Revision::new(fixed, terms).map_err(refused)?;
    Ok(json!({
        "coefficient": revision.coefficient().map_err(refused)?,
        "price": revision.of(price).map_err(refused)?.to_iso(),
    }))
}

fn term(entry: Value) -> Result<Term, String> {
    let mut fields = Fields::of(entry)?;
    let weight = part("weight", fields.text("weight")?)?;
    let mut index = |name: &'static str| -> Result<Index, String> {
        Index::parse_iso(&fields.text(name)?).map_err(|error| words::bad_number(name, "quatre", error))
    };
    let (now, base) = (index("now")?, index("base")?);
    fields.finish()?;

    Ok(Term { weight, now, base })
}

fn part(name: &'static str, typed: String) -> Result<Percent, String> {
    Percent::parse_part_iso(&typed).map_err(|error| words::bad_number(name, "huit", error))
}
