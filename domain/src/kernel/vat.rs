//! VAT, computed per rate on the sum of the lines, never line by line.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{money::Money, percent::Percent};

/// Totals of a list of lines, with their VAT.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VatTotals {
    /// One entry per rate met, in ascending rate.
    pub rates: Vec<VatAtRate>,
    /// HTVA.
    pub excluding: Money,
    /// Sum of the VAT of each rate.
    pub vat: Money,
    /// TVAC.
    pub including: Money,
}

/// What is taxed at one rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VatAtRate {
    /// The rate.
    pub rate: Percent,
    /// Sum of the lines at this rate, HTVA.
    pub base: Money,
    /// VAT on that sum, rounded once, half away from zero.
    pub vat: Money,
}

/// Sums lines (rate, amount HTVA) per rate, then taxes each sum; nothing when a sum does not fit.
pub fn totals(lines: impl IntoIterator<Item = (Percent, Money)>) -> Option<VatTotals> {
    let mut bases: BTreeMap<Percent, Money> = BTreeMap::new();
    for (rate, amount) in lines {
        let base = bases.entry(rate).or_default();
        *base = base.checked_add(amount)?;
    }

    let rates: Vec<VatAtRate> = bases
        .into_iter()
        .map(|(rate, base)| Some(VatAtRate { rate, base, vat: rate.of(base)? }))
        .collect::<Option<_>>()?;
    let excluding = Money::total(rates.iter().map(|at_rate| at_rate.base))?;
    let vat = Money::total(rates.iter().map(|at_rate| at_rate.vat))?;

    Some(VatTotals { including: excluding.checked_add(vat)?, rates, excluding, vat })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWENTY_ONE: Percent = Percent::from_millionths(21_000_000);
    const SIX: Percent = Percent::from_millionths(6_000_000);

    #[test]
    fn a_thousand_euros_carry_two_hundred_and_ten_of_vat() {
        let totals = totals([(TWENTY_ONE, Money::from_cents(100_000))]).expect("it fits");

        assert_eq!((totals.vat, totals.including), (Money::from_cents(21_000), Money::from_cents(121_000)));
    }

    #[test]
    fn vat_is_rounded_once_per_rate_and_not_per_line() {
        let totals = totals([(TWENTY_ONE, Money::from_cents(12)); 3]).expect("it fits");

        assert_eq!((totals.excluding, totals.vat), (Money::from_cents(36), Money::from_cents(8)));
        assert_eq!(totals.including, Money::from_cents(44));
    }

    #[test]
    fn rates_stay_apart_and_in_order() {
        let totals =
            totals([(TWENTY_ONE, Money::from_cents(1_000)), (SIX, Money::from_cents(1_000))]).expect("it fits");

        assert_eq!(totals.rates.iter().map(|at_rate| at_rate.rate).collect::<Vec<_>>(), [SIX, TWENTY_ONE]);
        assert_eq!(totals.vat, Money::from_cents(270));
    }

    #[test]
    fn no_line_makes_a_total_of_nothing() {
        assert_eq!(totals([]).map(|totals| totals.including), Some(Money::ZERO));
    }
}
