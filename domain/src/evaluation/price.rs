use chrono::NaiveDate;

use crate::{
    kernel::{Money, ids::OfferId},
    offer::OpenedOffer,
    parameter::{MissingParameter, Parameter, ParameterSet},
    score::abnormal_prices,
};

/// What the price check says (royal decree of 18 April 2017, art. 35 and 36). For IT services the rule of the mean is a
/// hint: it binds works and services in sectors sensitive to fraud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceCheck {
    /// Selected offers whose corrected price is so far below the mean that the rule would question it.
    pub questioned: Vec<OfferId>,
    /// Zero or below: always questioned.
    pub not_positive: Vec<OfferId>,
    /// The mean, when enough offers are selected.
    pub mean: Option<Money>,
    /// From which part below the mean.
    pub below: Parameter,
    /// From how many offers.
    pub least: Parameter,
}

/// Checks the corrected prices of the selected offers with the figures of the day `law`.
///
/// # Errors
/// No row of a figure on that day.
pub fn price_check(
    set: &ParameterSet,
    law: NaiveDate,
    prices: &[(&OpenedOffer, Money)],
) -> Result<PriceCheck, MissingParameter> {
    let amounts: Vec<_> = prices.iter().map(|(_, price)| *price).collect();
    let least = usize::try_from(set.days_on(LEAST, law)?).unwrap_or(usize::MAX);
    let found = abnormal_prices(&amounts, set.percent_on(BELOW, law)?, least);
    let questioned = found.as_ref().map(|found| found.questioned.clone()).unwrap_or_default();
    Ok(PriceCheck {
        questioned: questioned.into_iter().filter_map(|place| prices.get(place)).map(|(offer, _)| offer.id).collect(),
        not_positive: prices.iter().filter(|(_, price)| !price.is_positive()).map(|(offer, _)| offer.id).collect(),
        mean: found.and_then(|found| mean(&found.kept)),
        below: set.on(BELOW, law)?.clone(),
        least: set.on(LEAST, law)?.clone(),
    })
}

const BELOW: &str = "price.abnormal_percent";
const LEAST: &str = "price.abnormal_min_tenders";

/// For the reader's eye: the rule itself compares with the exact mean.
fn mean(kept: &[Money]) -> Option<Money> {
    let count: i128 = kept.iter().map(|_| 1).sum();
    let sum: i128 = kept.iter().map(|price| i128::from(price.cents())).sum();
    if count == 0 {
        return None;
    }
    i64::try_from(crate::kernel::rounding::div_half_away(sum, count)).ok().map(Money::from_cents)
}
