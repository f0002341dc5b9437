use chrono::NaiveDate;

use super::price_place;
use crate::{
    kernel::{Money, Percent, ids::OfferId},
    offer::OpenedOffer,
    parameter::{MissingParameter, Parameter, ParameterSet},
    score::abnormal_prices,
    specification::Criterion,
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
    /// Of the criterion that the formula scores, among the criteria of award.
    pub weight: Percent,
    /// The rule of the mean is written for a price that weighs this or more.
    pub least_weight: Percent,
}

impl PriceCheck {
    /// The price weighs too little for the rule of the mean, even where it binds.
    pub fn is_light(&self) -> bool {
        self.weight < self.least_weight
    }
}

/// Checks the corrected prices of the selected offers with the figures of the day `law`.
///
/// # Errors
/// No row of a figure on that day.
pub fn price_check(
    set: &ParameterSet,
    law: NaiveDate,
    criteria: &[Criterion],
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
        weight: weight(criteria),
        least_weight: set.percent_on(LEAST_WEIGHT, law)?,
    })
}

const BELOW: &str = "price.abnormal_percent";
const LEAST: &str = "price.abnormal_min_tenders";
const LEAST_WEIGHT: &str = "price.abnormal_weight_percent";

/// All weights make 100 %.
fn weight(criteria: &[Criterion]) -> Percent {
    let price = price_place(criteria).and_then(|place| criteria.get(place));
    Percent::from_millionths(price.map_or(0, |criterion| criterion.weight_hundredths * 10_000))
}

/// For the reader's eye: the rule itself compares with the exact mean.
fn mean(kept: &[Money]) -> Option<Money> {
    let count: i128 = kept.iter().map(|_| 1).sum();
    let sum: i128 = kept.iter().map(|price| i128::from(price.cents())).sum();
    if count == 0 {
        return None;
    }
    i64::try_from(crate::kernel::rounding::div_half_away(sum, count)).ok().map(Money::from_cents)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specification::CriterionNature;

    fn check(weights: &[(CriterionNature, i64)]) -> PriceCheck {
        let criterion = |&(nature, weight_hundredths): &(CriterionNature, i64)| Criterion {
            name: String::new(),
            weight_hundredths,
            nature,
            elements: String::new(),
        };
        let criteria: Vec<_> = weights.iter().map(criterion).collect();
        let day = "2026-11-23".parse().expect("a date");
        price_check(&ParameterSet::shipped(), day, &criteria, &[]).expect("rows")
    }

    #[test]
    fn the_rule_of_the_mean_asks_for_a_price_of_half_the_weights() {
        use CriterionNature::{Cost, Price, Quality};

        assert!(!check(&[(Price, 10_000)]).is_light());
        assert!(!check(&[(Price, 5_000), (Quality, 5_000)]).is_light());
        assert!(check(&[(Price, 4_999), (Quality, 5_001)]).is_light());
        assert!(check(&[(Price, 4_000), (Cost, 6_000)]).is_light());
        assert!(!check(&[(Cost, 6_000), (Quality, 4_000)]).is_light());
        assert!(check(&[(Cost, 4_999), (Quality, 5_001)]).is_light());
        assert!(check(&[(Quality, 10_000)]).is_light());
        assert_eq!(check(&[(Price, 4_000), (Quality, 6_000)]).weight.to_string(), "40\u{a0}%");
    }
}
