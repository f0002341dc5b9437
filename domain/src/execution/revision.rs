use std::fmt;

use chrono::NaiveDate;

use super::Unanswerable;
use crate::{
    kernel::{
        Money, NumberError, Percent, UnitPrice,
        decimal::{parse_french, parse_iso, to_french, to_iso},
        rounding::sum_half_away,
    },
    parameter::{MissingParameter, Parameter, ParameterSet},
};

/// More terms than any formula has.
pub const MOST_TERMS: usize = 20;
/// Decimals of a coefficient as it is shown; it is applied at full precision.
const SHOWN_DECIMALS: u32 = 10;
const INDEX_DECIMALS: u32 = 4;

/// A published index, above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Index(i64);

impl Index {
    /// Reads the form of files, at most four decimals.
    pub fn parse_iso(text: &str) -> Result<Self, NumberError> {
        parse_iso(text, INDEX_DECIMALS).map(Self)
    }

    /// Reads an index as people type it.
    pub fn parse_french(text: &str) -> Result<Self, NumberError> {
        parse_french(text, INDEX_DECIMALS).map(Self)
    }

    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// The form of files, at least two decimals.
    pub fn to_iso(self) -> String {
        to_iso(self.0, INDEX_DECIMALS, 2)
    }
}

/// `121,45`.
impl fmt::Display for Index {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&to_french(self.0, INDEX_DECIMALS, 2))
    }
}

/// A part of the price that follows an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    pub weight: Percent,
    pub now: Index,
    pub base: Index,
}

/// A revision of prices (RGE, art. 38/7): P = P0 × (fixed + Σ weight × now ÷ base).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    fixed: Percent,
    terms: Vec<Term>,
}

impl Revision {
    /// Fixed term and weights are zero or more and add up to one; indices are above zero.
    pub fn new(fixed: Percent, terms: Vec<Term>) -> Result<Self, Unanswerable> {
        if terms.is_empty() || terms.len() > MOST_TERMS {
            return Err(Unanswerable::Terms);
        }
        if terms.iter().any(|term| !term.now.is_positive() || !term.base.is_positive()) {
            return Err(Unanswerable::Index);
        }
        let weights = || terms.iter().map(|term| term.weight);
        let sum = weights().try_fold(fixed, Percent::checked_add);
        if fixed < Percent::ZERO || weights().any(|weight| weight < Percent::ZERO) || sum != Some(Percent::HUNDRED) {
            return Err(Unanswerable::Weights);
        }
        Ok(Self { fixed, terms })
    }

    pub fn fixed(&self) -> Percent {
        self.fixed
    }

    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The revised price, rounded once: to the cent, or to a ten-thousandth when the initial price goes below the cent.
    pub fn of(&self, price: UnitPrice) -> Result<UnitPrice, Unanswerable> {
        let step: i64 = if price.is_whole_cents() { 100 } else { 1 };
        let steps = self.times(price.ten_thousandths(), step)?;
        i64::try_from(steps)
            .ok()
            .and_then(|steps| steps.checked_mul(step))
            .map(UnitPrice::from_ten_thousandths)
            .ok_or(Unanswerable::TooLarge)
    }

    /// The coefficient as it is shown, rounded to ten decimals, in the form of files: `1.024`.
    pub fn coefficient(&self) -> Result<String, Unanswerable> {
        let one = 10_i64.pow(SHOWN_DECIMALS);
        let coefficient = i64::try_from(self.times(one, 1)?).map_err(|_| Unanswerable::TooLarge)?;
        Ok(to_iso(coefficient, SHOWN_DECIMALS, 0))
    }

    /// `number` × coefficient ÷ `divisor`, rounded once.
    fn times(&self, number: i64, divisor: i64) -> Result<i128, Unanswerable> {
        let (number, whole) = (i128::from(number), i128::from(Percent::HUNDRED.millionths()) * i128::from(divisor));
        let fixed = number.checked_mul(i128::from(self.fixed.millionths())).map(|dividend| (dividend, whole));
        let terms = self.terms.iter().map(|term| {
            let weighted = number.checked_mul(i128::from(term.weight.millionths()))?;
            Some((weighted.checked_mul(i128::from(term.now.0))?, whole.checked_mul(i128::from(term.base.0))?))
        });
        let fractions: Vec<_> =
            std::iter::once(fixed).chain(terms).collect::<Option<_>>().ok_or(Unanswerable::TooLarge)?;
        sum_half_away(&fractions).ok_or(Unanswerable::TooLarge)
    }
}

/// The rows by which a revision was not compulsory (law of 17 June 2016, art. 10; RGE, art. 38/7): a small estimate, HTVA,
/// or a short initial delay, in calendar days; none known counts as long. `on` is the day of the notice or invitation.
pub fn not_compulsory(
    set: &ParameterSet,
    on: NaiveDate,
    estimate: Money,
    delay_days: Option<i64>,
) -> Result<Vec<Parameter>, MissingParameter> {
    const ESTIMATE: &str = "revision.min";
    const DELAY: &str = "revision.min_days";
    let mut rows = Vec::new();
    if estimate < set.money_on(ESTIMATE, on)? {
        rows.push(set.on(ESTIMATE, on)?.clone());
    }
    let shortest = i64::from(set.days_on(DELAY, on)?);
    if delay_days.is_some_and(|days| days < shortest) {
        rows.push(set.on(DELAY, on)?.clone());
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn term(weight: &str, now: &str, base: &str) -> Term {
        let index = |text| Index::parse_iso(text).expect("an index");
        Term { weight: part(weight), now: index(now), base: index(base) }
    }

    fn part(text: &str) -> Percent {
        Percent::parse_part_iso(text).expect("a part")
    }

    fn price(text: &str) -> UnitPrice {
        UnitPrice::parse_iso(text).expect("a price")
    }

    fn revision(fixed: &str, terms: &[(&str, &str, &str)]) -> Result<Revision, Unanswerable> {
        let terms = terms.iter().map(|(weight, now, base)| term(weight, now, base)).collect();
        Revision::new(part(fixed), terms)
    }

    #[test]
    fn six_hundred_follow_the_wages_to_six_hundred_fourteen_forty() {
        let revision = revision("0.20", &[("0.80", "113.30", "110.00")]).expect("a formula");

        assert_eq!(revision.of(price("600.00")), Ok(price("614.40")));
        assert_eq!(revision.coefficient(), Ok("1.024".to_owned()));
    }

    #[test]
    fn the_coefficient_is_applied_at_full_precision_and_the_price_rounded_once() {
        let revision = revision("0.20", &[("0.80", "121.45", "118.20")]).expect("a formula");

        assert_eq!(revision.coefficient(), Ok("1.0219966159".to_owned()));
        assert_eq!(revision.of(price("600.00")), Ok(price("613.20")));
        assert_eq!(revision.of(price("600.0001")), Ok(price("613.1981")), "a price below the cent stays so");
        assert_eq!(revision.of(price("1000000000.00")), Ok(price("1021996615.91")));
    }

    #[test]
    fn several_terms_are_summed_before_the_rounding() {
        let halves = revision("0", &[("0.5", "1", "3"), ("0.5", "2", "3")]).expect("a formula");

        assert_eq!(halves.of(price("0.01")), Ok(price("0.01")), "half a cent goes up");
        assert_eq!(halves.of(price("100.00")), Ok(price("50.00")));
    }

    #[test]
    fn a_formula_that_is_none_is_refused() {
        let one = [("0.80", "110", "100")];

        assert_eq!(revision("0.21", &one), Err(Unanswerable::Weights));
        assert_eq!(revision("-0.20", &[("1.20", "110", "100")]), Err(Unanswerable::Weights));
        assert_eq!(revision("0.20", &[("0.80", "110", "0")]), Err(Unanswerable::Index));
        assert_eq!(revision("1", &[]), Err(Unanswerable::Terms));
        let most = revision("0", &[("1", "1000000000000", "0.0001")]).expect("a formula");
        assert_eq!(most.of(price("1000000000000")), Err(Unanswerable::TooLarge));
    }

    #[test]
    fn a_revision_is_not_compulsory_below_an_estimate_or_a_delay() {
        let on = "2026-03-09".parse().expect("an ISO date");
        let set = ParameterSet::shipped();
        let keys = |estimate: &str, days| {
            let rows = not_compulsory(&set, on, Money::parse_iso(estimate).expect("an amount"), days).expect("the law");
            rows.into_iter().map(|row| row.key).collect::<Vec<_>>()
        };

        assert_eq!(keys("119999.99", Some(179)), ["revision.min", "revision.min_days"]);
        assert_eq!(keys("120000.00", Some(180)), Vec::<String>::new());
        assert_eq!(keys("120000.00", None), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn a_price_stays_when_no_index_moves_and_never_falls_when_one_rises(
            cents in 1_i64..1_000_000_000_000, fixed in 0_i64..=100, base in 1_i64..1_000_000_000, rise in 0_i64..1_000_000,
        ) {
            let price = UnitPrice::from_ten_thousandths(cents * 100);
            let (fixed, weight) = (Percent::from_millionths(fixed * 1_000_000), Percent::from_millionths((100 - fixed) * 1_000_000));
            let at = |now| Revision::new(fixed, vec![Term { weight, now: Index(now), base: Index(base) }]).expect("a formula");

            prop_assert_eq!(at(base).of(price), Ok(price));
            if let (Ok(less), Ok(more)) = (at(base + rise).of(price), at(base + rise + 1).of(price)) {
                prop_assert!(price <= less && less <= more);
            }
        }
    }
}
