use crate::kernel::{Money, Percent, ids::OrganisationId};

/// What a body asks of each user and year for its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fee {
    Free,
    /// Of what was ordered, HTVA.
    Rate(Percent),
    /// For each year in which something was ordered, HTVA.
    Flat(Money),
}

/// What one user owes the body for the orders of one year, HTVA.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub organisation: OrganisationId,
    pub name: String,
    /// Of the commitments.
    pub year: i32,
    pub ordered: Money,
    pub amount: Money,
}

impl Fee {
    /// Stable name in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Rate(_) => "rate",
            Self::Flat(_) => "flat",
        }
    }

    /// Of the orders of one year, HTVA, rounded to the cent; nothing when it does not fit.
    pub fn due(self, ordered: Money) -> Option<Money> {
        match self {
            Self::Free => Some(Money::ZERO),
            Self::Rate(rate) => rate.of(ordered),
            Self::Flat(amount) => Some(if ordered.is_positive() { amount } else { Money::ZERO }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        Money::parse_iso(text).expect("an amount")
    }

    #[test]
    fn a_rate_is_of_what_was_ordered_and_a_flat_fee_of_a_year_with_orders() {
        let per_mille = Fee::Rate(Percent::parse_iso("0.25").expect("a rate"));
        let flat = Fee::Flat(money("150.00"));

        assert_eq!(per_mille.due(money("12345.60")), Some(money("30.86")));
        assert_eq!(flat.due(money("0.01")), Some(money("150.00")));
        assert_eq!(flat.due(Money::ZERO), Some(Money::ZERO));
        assert_eq!(Fee::Free.due(money("12345.60")), Some(Money::ZERO));
    }
}
