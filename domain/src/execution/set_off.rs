use chrono::NaiveDate;

use super::{Unanswerable, figures::Figures};
use crate::{
    kernel::{Money, Percent, rounding::div_half_away},
    parameter::{Parameter, ParameterSet},
};

/// What of an advance is taken off the invoices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetOff {
    /// In all, by now.
    pub due: Money,
    pub rows: Vec<Parameter>,
}

impl SetOff {
    /// What is due of it when the earlier invoices of the contract set off so much.
    pub fn left(&self, before: Money) -> Money {
        self.due.checked_sub(before).unwrap_or(Money::ZERO).max(Money::ZERO)
    }
}

/// The first half of an advance is set off once a part of the contract is performed, the second at a greater part
/// (law of 17 June 2016, art. 12/1 and following). `whole` and `done` count alike, TVAC or HTVA.
pub fn set_off(
    set: &ParameterSet,
    on: NaiveDate,
    advance: Money,
    whole: Money,
    done: Money,
) -> Result<SetOff, Unanswerable> {
    if !whole.is_positive() {
        return Err(Unanswerable::Amount);
    }
    let mut law = Figures::of(set, on);
    let (first, second) = (law.percent("advance.setoff.first_percent")?, law.percent("advance.setoff.second_percent")?);
    let is_reached = |part: Percent| {
        let reached = i128::from(done.cents()) * i128::from(Percent::HUNDRED.millionths());
        reached >= i128::from(whole.cents()) * i128::from(part.millionths())
    };
    let half = i64::try_from(div_half_away(i128::from(advance.cents()), 2)).map_err(|_| Unanswerable::TooLarge)?;
    let due = if is_reached(second) {
        advance
    } else if is_reached(first) {
        Money::from_cents(half)
    } else {
        Money::ZERO
    };
    Ok(SetOff { due, rows: law.rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_is_set_off_at_thirty_per_cent_and_the_rest_at_sixty() {
        let money = |text: &str| Money::parse_iso(text).expect("an amount");
        let on = "2026-03-09".parse().expect("an ISO date");
        let due = |done: &str| {
            let found = set_off(&ParameterSet::shipped(), on, money("9000.01"), money("90000.00"), money(done));
            found.expect("an answer").due
        };

        assert_eq!(due("26999.99"), Money::ZERO);
        assert_eq!(due("27000.00"), money("4500.01"));
        assert_eq!(due("53999.99"), money("4500.01"));
        assert_eq!(due("54000.00"), money("9000.01"));
    }

    #[test]
    fn what_earlier_invoices_set_off_is_not_set_off_again() {
        let money = |text: &str| Money::parse_iso(text).expect("an amount");
        let off = SetOff { due: money("4500.01"), rows: Vec::new() };

        assert_eq!(off.left(Money::ZERO), money("4500.01"));
        assert_eq!(off.left(money("4500.00")), money("0.01"));
        assert_eq!(off.left(money("9000.01")), Money::ZERO);
    }
}
