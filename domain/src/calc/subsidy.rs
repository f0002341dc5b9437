use serde_json::{Value, json};

use super::{
    fields::{Fields, percent},
    words,
};
use crate::{
    kernel::{Money, Percent},
    subsidy::{Promise, Settlement, SubsidyError},
};

pub(super) fn answer(mut fields: Fields) -> Result<Value, String> {
    let rate = fields.percent("rate")?;
    let eligible = fields.money("eligible")?;
    let cap = fields.optional_money("cap")?;
    let parts = fields.list("tranches")?.into_iter().map(part).collect::<Result<Vec<_>, _>>()?;
    let paid_tranches = usize::try_from(fields.count("paid_tranches")?).unwrap_or(usize::MAX);
    let accepted = fields.money("accepted")?;
    fields.finish()?;

    let promise = Promise::new(rate, eligible, cap, &parts).map_err(words::subsidy)?;
    let Settlement { paid, due, still_to_pay, recover } =
        promise.settle(paid_tranches, accepted).map_err(words::subsidy)?;
    Ok(json!({
        "promised": promise.amount().to_iso(),
        "tranches": promise.tranches().iter().copied().map(Money::to_iso).collect::<Vec<_>>(),
        "paid": paid.to_iso(),
        "due": due.to_iso(),
        "still_to_pay": still_to_pay.to_iso(),
        "recover": recover.to_iso(),
    }))
}

/// A whole number of per cent, or a rate with decimals between quotation marks.
fn part(entry: Value) -> Result<Percent, String> {
    match entry.as_i64() {
        Some(whole) if (0..=100).contains(&whole) => Ok(Percent::from_millionths(whole * 1_000_000)),
        Some(_) => Err(words::subsidy(SubsidyError::Tranches)),
        None => percent("tranches", entry),
    }
}
