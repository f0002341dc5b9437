use super::{Promise, SubsidyError};
use crate::kernel::Money;

/// Where a subsidy stands once its costs are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settlement {
    pub paid: Money,
    /// The rate of what was accepted, never more than what was promised.
    pub due: Money,
    pub still_to_pay: Money,
    /// What was paid beyond what is due goes back (CDLD, art. L3331-8).
    pub recover: Money,
}

impl Promise {
    /// After the payment of the first tranches, on the costs that the control accepted.
    pub fn settle(&self, paid_tranches: usize, accepted: Money) -> Result<Settlement, SubsidyError> {
        if accepted.is_negative() {
            return Err(SubsidyError::Accepted);
        }
        let paid = self.tranches.get(..paid_tranches).ok_or(SubsidyError::Paid)?;

        let paid = Money::total(paid.iter().copied()).ok_or(SubsidyError::TooLarge)?;
        let due = self.rate.of(accepted).ok_or(SubsidyError::TooLarge)?.min(self.amount);
        Ok(Settlement { paid, due, still_to_pay: beyond(due, paid)?, recover: beyond(paid, due)? })
    }
}

fn beyond(amount: Money, other: Money) -> Result<Money, SubsidyError> {
    amount.checked_sub(other).map(|difference| difference.max(Money::ZERO)).ok_or(SubsidyError::TooLarge)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::kernel::Percent;

    fn money(text: &str) -> Money {
        Money::parse_iso(text).expect("an amount")
    }

    fn promise() -> Promise {
        let parts = [50, 30, 20].map(|part| Percent::from_millionths(part * 1_000_000));
        let rate = Percent::from_millionths(60_000_000);
        Promise::new(rate, money("80000.00"), Some(money("40000.00")), &parts).expect("a promise")
    }

    fn settled(paid_tranches: usize, accepted: &str) -> [Money; 4] {
        let found = promise().settle(paid_tranches, money(accepted)).expect("an answer");
        [found.paid, found.due, found.still_to_pay, found.recover]
    }

    #[test]
    fn fifty_thousand_justified_after_two_tranches_give_two_thousand_back() {
        assert_eq!(settled(2, "50000.00"), ["32000.00", "30000.00", "0.00", "2000.00"].map(money));
    }

    #[test]
    fn what_is_due_and_not_paid_is_the_balance() {
        assert_eq!(settled(2, "60000.00"), ["32000.00", "36000.00", "4000.00", "0.00"].map(money));
        assert_eq!(settled(2, "80000.00"), ["32000.00", "40000.00", "8000.00", "0.00"].map(money));
        assert_eq!(settled(3, "80000.00"), ["40000.00", "40000.00", "0.00", "0.00"].map(money));
        assert_eq!(settled(0, "0.01"), ["0.00", "0.01", "0.01", "0.00"].map(money));
    }

    #[test]
    fn where_nothing_is_accepted_all_that_was_paid_goes_back() {
        assert_eq!(settled(1, "0.00"), ["20000.00", "0.00", "0.00", "20000.00"].map(money));
    }

    #[test]
    fn absurd_questions_are_refused() {
        assert_eq!(promise().settle(4, money("0.00")), Err(SubsidyError::Paid));
        assert_eq!(promise().settle(usize::MAX, money("0.00")), Err(SubsidyError::Paid));
        assert_eq!(promise().settle(1, money("-0.01")), Err(SubsidyError::Accepted));
    }

    proptest! {
        #[test]
        fn nothing_is_both_to_pay_and_to_recover(paid in 0_usize..=3, accepted in 0_i64..100_000_000_000) {
            let found = promise().settle(paid, Money::from_cents(accepted)).expect("an answer");

            prop_assert!(found.still_to_pay == Money::ZERO || found.recover == Money::ZERO);
            prop_assert!(found.due <= promise().amount());
            let after = found.paid.checked_add(found.still_to_pay).and_then(|sum| sum.checked_sub(found.recover));
            prop_assert_eq!(after, Some(found.due));
        }

        #[test]
        fn more_accepted_never_gives_less(paid in 0_usize..=3, accepted in 0_i64..100_000_000_000) {
            let of = |cents| promise().settle(paid, Money::from_cents(cents)).expect("an answer");
            let (less, more) = (of(accepted), of(accepted + 1));

            prop_assert!(less.due <= more.due && less.recover >= more.recover);
        }
    }
}
