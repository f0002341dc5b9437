//! Scores: points of the price by the formula that the specification states, totals, ranks.
//!
//! Prices are the final, corrected ones of regular tenders. Each criterion's points are rounded to two decimals, then
//! summed; the ranking is made on that sum.

mod abnormal;
mod points;
mod ranking;

use crate::kernel::{Money, rounding::div_half_away};

pub use abnormal::{AbnormalPrices, abnormal_prices};
pub use points::Points;
pub use ranking::{Ranking, ranking};

/// Formula of the price criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formula {
    /// Proportional inverse: W × Pmin / P.
    F1,
    /// Linear from the lowest: W × (1 - (P - Pmin) / Pmin), never below 0.
    F2,
    /// Range: W × (Pmax - P) / (Pmax - Pmin); equal prices all take W.
    F3,
    /// Ceiling: W × (ceiling - P) / (ceiling - Pmin), 0 above the ceiling; a lowest price on the ceiling takes W.
    F4 {
        /// Stated in the specification.
        ceiling: Money,
    },
}

/// Points of each price, in the same order. A price of zero or below has none: it is checked first, and it counts neither
/// as the lowest nor as the highest. A single price takes the whole weight, unless it is above a ceiling.
pub fn price_points(formula: Formula, weight: Points, prices: &[Money]) -> Vec<Option<Points>> {
    let counted = || prices.iter().copied().filter(|price| price.is_positive());
    let (Some(lowest), Some(highest)) = (counted().min(), counted().max()) else {
        return vec![None; prices.len()];
    };

    let points = |price: Money| weighted(weight, fraction(formula, price, lowest, highest));
    prices.iter().map(|price| price.is_positive().then(|| points(*price))).collect()
}

/// Part of the weight that a price takes, from 0 to 1, as an exact fraction.
fn fraction(formula: Formula, price: Money, lowest: Money, highest: Money) -> (i128, i128) {
    let cents = |amount: Money| i128::from(amount.cents());
    let (p, low, high) = (cents(price), cents(lowest), cents(highest));

    match formula {
        Formula::F1 => (low, p),
        Formula::F2 => ((2 * low - p).max(0), low),
        Formula::F3 if high == low => (1, 1),
        Formula::F3 => (high - p, high - low),
        Formula::F4 { ceiling } if price > ceiling => (0, 1),
        Formula::F4 { ceiling } if ceiling == lowest => (1, 1),
        Formula::F4 { ceiling } => (cents(ceiling) - p, cents(ceiling) - low),
    }
}

fn weighted(weight: Points, (part, whole): (i128, i128)) -> Points {
    let hundredths = div_half_away(i128::from(weight.hundredths()) * part, whole);
    Points::from_hundredths(i64::try_from(hundredths).expect("a part of the weight is not more than the weight"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEIGHT: Points = Points::from_hundredths(4_000);

    fn points(formula: Formula, prices: &[&str]) -> Vec<String> {
        let prices: Vec<Money> = prices.iter().map(|price| Money::parse_iso(price).expect("an amount")).collect();
        let points = price_points(formula, WEIGHT, &prices);
        points.into_iter().map(|points| points.map_or("-".to_owned(), Points::to_iso)).collect()
    }

    fn ceiling(text: &str) -> Formula {
        Formula::F4 { ceiling: Money::parse_iso(text).expect("an amount") }
    }

    const PRICES: [&str; 3] = ["100000", "120000", "150000"];

    #[test]
    fn the_four_formulas_give_the_points_of_the_examples() {
        assert_eq!(points(Formula::F1, &PRICES), ["40.00", "33.33", "26.67"]);
        assert_eq!(points(Formula::F2, &PRICES), ["40.00", "32.00", "20.00"]);
        assert_eq!(points(Formula::F3, &PRICES), ["40.00", "24.00", "0.00"]);
        assert_eq!(points(ceiling("160000"), &PRICES), ["40.00", "26.67", "6.67"]);
    }

    #[test]
    fn the_linear_formula_never_goes_below_zero() {
        assert_eq!(points(Formula::F2, &["100", "200", "200.01", "900"]), ["40.00", "0.00", "0.00", "0.00"]);
    }

    #[test]
    fn above_the_ceiling_there_is_nothing_and_on_it_the_lowest_takes_all() {
        assert_eq!(points(ceiling("120000"), &PRICES), ["40.00", "0.00", "0.00"]);
        assert_eq!(points(ceiling("100000"), &PRICES), ["40.00", "0.00", "0.00"]);
        assert_eq!(points(ceiling("99999.99"), &PRICES), ["0.00", "0.00", "0.00"]);
    }

    #[test]
    fn equal_prices_and_a_single_price_take_the_whole_weight() {
        for formula in [Formula::F1, Formula::F2, Formula::F3, ceiling("150")] {
            assert_eq!(points(formula, &["100"]), ["40.00"]);
            assert_eq!(points(formula, &["100", "100"]), ["40.00", "40.00"]);
        }
    }

    #[test]
    fn a_price_of_zero_or_below_has_no_points_and_does_not_count_as_the_lowest() {
        assert_eq!(points(Formula::F1, &["0", "100000", "-1", "120000"]), ["-", "40.00", "-", "33.33"]);
        assert_eq!(points(Formula::F3, &["0", "100"]), ["-", "40.00"]);
        assert_eq!(points(Formula::F1, &["0", "0"]), ["-", "-"]);
    }

    #[test]
    fn half_a_hundredth_of_a_point_goes_up() {
        assert_eq!(points(Formula::F1, &["1", "1600"]), ["40.00", "0.03"]);
    }
}
