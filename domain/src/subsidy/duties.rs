use chrono::NaiveDate;

use crate::{
    kernel::Money,
    parameter::{MissingParameter, ParameterSet},
};

/// Which duties an amount brings (CDLD, art. L3331-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duties {
    /// To use it as granted, or to give it back.
    UseOnly {
        below: Money,
    },
    /// The grantor may exempt from some.
    Exemptible {
        least: Money,
        below: Money,
    },
    All {
        least: Money,
    },
}

/// The figures that decide, in rising order.
pub const DUTY_FIGURES: [&str; 2] = ["subsidy.local.min", "subsidy.local.full"];

/// For an amount granted on this day.
pub fn duties(set: &ParameterSet, on: NaiveDate, amount: Money) -> Result<Duties, MissingParameter> {
    let [least, full] = DUTY_FIGURES.map(|key| set.money_on(key, on));
    let (least, full) = (least?, full?);

    if amount >= full {
        Ok(Duties::All { least: full })
    } else if amount >= least {
        Ok(Duties::Exemptible { least, below: full })
    } else {
        Ok(Duties::UseOnly { below: least })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        Money::parse_iso(text).expect("an amount")
    }

    #[test]
    fn duties_begin_at_two_thousand_five_hundred_and_are_whole_from_twenty_five_thousand_on() {
        let on = "2026-03-09".parse().expect("an ISO date");
        let of = |amount| duties(&ParameterSet::shipped(), on, money(amount));
        let (least, full) = (money("2500.00"), money("25000.00"));

        assert_eq!(of("2499.99"), Ok(Duties::UseOnly { below: least }));
        assert_eq!(of("2500.00"), Ok(Duties::Exemptible { least, below: full }));
        assert_eq!(of("24999.99"), Ok(Duties::Exemptible { least, below: full }));
        assert_eq!(of("25000.00"), Ok(Duties::All { least: full }));
    }

    #[test]
    fn a_day_without_its_figure_is_named() {
        let on = "2017-12-31".parse().expect("an ISO date");
        let missing = MissingParameter { key: "subsidy.local.min".to_owned(), on };

        assert_eq!(duties(&ParameterSet::shipped(), on, Money::ZERO), Err(missing));
    }
}
