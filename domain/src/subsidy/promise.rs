use super::SubsidyError;
use crate::kernel::{Money, Percent};

/// More tranches than any decision has.
pub const MOST_TRANCHES: usize = 100;

/// What a decision of grant promises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    pub(super) rate: Percent,
    pub(super) amount: Money,
    pub(super) tranches: Vec<Money>,
}

impl Promise {
    /// The rate of the eligible costs within the cap, in tranches of these parts.
    pub fn new(rate: Percent, eligible: Money, cap: Option<Money>, parts: &[Percent]) -> Result<Self, SubsidyError> {
        if !(Percent::ZERO..=Percent::HUNDRED).contains(&rate) {
            return Err(SubsidyError::Rate);
        }
        if !eligible.is_positive() {
            return Err(SubsidyError::Eligible);
        }
        if cap.is_some_and(Money::is_negative) {
            return Err(SubsidyError::Cap);
        }

        let uncapped = rate.of(eligible).ok_or(SubsidyError::TooLarge)?;
        let amount = cap.map_or(uncapped, |cap| uncapped.min(cap));
        Ok(Self { rate, amount, tranches: tranches(amount, parts)? })
    }

    pub const fn amount(&self) -> Money {
        self.amount
    }

    /// In the order of their payment; their sum is the amount.
    pub fn tranches(&self) -> &[Money] {
        &self.tranches
    }
}

/// Each part rounded to the cent, within what is left; the last is the balance.
fn tranches(amount: Money, parts: &[Percent]) -> Result<Vec<Money>, SubsidyError> {
    let sum = parts.iter().try_fold(Percent::ZERO, |sum, part| sum.checked_add(*part));
    let is_whole = sum == Some(Percent::HUNDRED) && parts.iter().all(|part| *part > Percent::ZERO);
    let (_, before) = parts.split_last().ok_or(SubsidyError::Tranches)?;
    if !is_whole || parts.len() > MOST_TRANCHES {
        return Err(SubsidyError::Tranches);
    }

    let mut left = amount;
    let mut tranches = Vec::with_capacity(parts.len());
    for part in before {
        let tranche = part.of(amount).ok_or(SubsidyError::TooLarge)?.min(left);
        left = left.checked_sub(tranche).ok_or(SubsidyError::TooLarge)?;
        tranches.push(tranche);
    }
    tranches.push(left);
    Ok(tranches)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn money(text: &str) -> Money {
        Money::parse_iso(text).expect("an amount")
    }

    fn percents(parts: &[&str]) -> Vec<Percent> {
        parts.iter().map(|part| Percent::parse_iso(part).expect("a rate")).collect()
    }

    fn promise(rate: &str, eligible: &str, cap: Option<&str>, parts: &[&str]) -> Result<Promise, SubsidyError> {
        let rate = Percent::parse_iso(rate).expect("a rate");
        Promise::new(rate, money(eligible), cap.map(money), &percents(parts))
    }

    #[test]
    fn sixty_per_cent_of_eighty_thousand_stop_at_the_cap_of_forty_thousand() {
        let capped = promise("60", "80000.00", Some("40000.00"), &["50", "30", "20"]).expect("a promise");
        let uncapped = promise("60", "80000.00", None, &["100"]).expect("a promise");

        assert_eq!(capped.amount(), money("40000.00"));
        assert_eq!(capped.tranches(), ["20000.00", "12000.00", "8000.00"].map(money));
        assert_eq!((uncapped.amount(), uncapped.tranches()), (money("48000.00"), &[money("48000.00")][..]));
    }

    #[test]
    fn the_last_tranche_takes_what_rounding_leaves() {
        let thirds = promise("100", "100.00", None, &["33.33", "33.33", "33.34"]).expect("a promise");
        let cents = promise("100", "0.02", None, &["25", "25", "25", "25"]).expect("a promise");

        assert_eq!(thirds.tranches(), ["33.33", "33.33", "33.34"].map(money));
        assert_eq!(cents.tranches(), ["0.01", "0.01", "0.00", "0.00"].map(money), "never below zero");
    }

    #[test]
    fn what_promises_nothing_sensible_is_refused() {
        let parts = |parts: &[&str]| promise("60", "80000.00", None, parts);

        assert_eq!(promise("100.000001", "1.00", None, &["100"]), Err(SubsidyError::Rate));
        assert_eq!(promise("-1", "1.00", None, &["100"]), Err(SubsidyError::Rate));
        assert_eq!(promise("60", "0.00", None, &["100"]), Err(SubsidyError::Eligible));
        assert_eq!(promise("60", "1.00", Some("-0.01"), &["100"]), Err(SubsidyError::Cap));
        assert_eq!(parts(&[]), Err(SubsidyError::Tranches));
        assert_eq!(parts(&["50", "49.999999"]), Err(SubsidyError::Tranches));
        assert_eq!(parts(&["100", "0"]), Err(SubsidyError::Tranches));
        assert_eq!(parts(&["150", "-50"]), Err(SubsidyError::Tranches));
        assert!(parts(&["1"; MOST_TRANCHES]).is_ok());
        let one_more = [vec!["1"; MOST_TRANCHES - 1], vec!["0.5"; 2]].concat();
        assert_eq!(parts(&one_more), Err(SubsidyError::Tranches));
    }

    proptest! {
        #[test]
        fn tranches_add_up_to_what_is_promised(
            cents in 1_i64..100_000_000_000_000, rate in 0_i64..=100_000_000, cap in proptest::option::of(0_i64..10_000_000_000),
            weights in proptest::collection::vec(1_i64..1_000_000, 0..20),
        ) {
            let mut parts: Vec<_> = weights.into_iter().map(Percent::from_millionths).collect();
            let rest = Percent::HUNDRED.millionths() - parts.iter().map(|part| part.millionths()).sum::<i64>();
            parts.push(Percent::from_millionths(rest));
            let (eligible, cap) = (Money::from_cents(cents), cap.map(Money::from_cents));

            let found = Promise::new(Percent::from_millionths(rate), eligible, cap, &parts).expect("a promise");

            prop_assert_eq!(Money::total(found.tranches().iter().copied()), Some(found.amount()));
            prop_assert!(found.tranches().iter().all(|tranche| !tranche.is_negative()));
            prop_assert!(found.amount() <= eligible && cap.is_none_or(|cap| found.amount() <= cap));
        }
    }
}
