use std::str::FromStr;

use chrono::NaiveDate;

use super::{Unanswerable, figures::Figures};
use crate::{
    kernel::{Money, rounding::div_half_away},
    parameter::{Parameter, ParameterSet},
    procedure::UnknownWord,
};

/// Why an advance is compulsory (law of 17 June 2016, art. 12/1 and following).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdvanceCase {
    /// Negotiated without publication because of the amount, whatever the size of the firm.
    Pnspp,
    Micro,
    /// At least this rate.
    Small,
    /// At least this rate.
    Medium,
}

impl AdvanceCase {
    /// In the order of a form.
    pub const ALL: [Self; 4] = [Self::Pnspp, Self::Micro, Self::Small, Self::Medium];

    /// The word of files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pnspp => "pnspp",
            Self::Micro => "micro",
            Self::Small => "small",
            Self::Medium => "medium",
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Pnspp => "advance.pnspp_percent",
            Self::Micro => "advance.sme.micro_percent",
            Self::Small => "advance.sme.small_percent",
            Self::Medium => "advance.sme.medium_percent",
        }
    }
}

impl FromStr for AdvanceCase {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|case| case.word() == text).ok_or(UnknownWord)
    }
}

/// The least that is advanced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advance {
    /// TVAC: the amount, or what falls on twelve months of a longer contract.
    pub reference: Money,
    pub advance: Money,
    pub is_capped: bool,
    pub rows: Vec<Parameter>,
}

/// More months than any contract has.
const MOST_MONTHS: u32 = 1_200;

/// The rate of the case on the reference value, each rounded to the cent, within the part and the amount allowed.
/// `amount` is TVAC; `on` is the day of the notice or of the invitation.
pub fn advance(
    set: &ParameterSet,
    on: NaiveDate,
    amount: Money,
    months: u32,
    case: AdvanceCase,
) -> Result<Advance, Unanswerable> {
    if !amount.is_positive() {
        return Err(Unanswerable::Amount);
    }
    if months == 0 || months > MOST_MONTHS {
        return Err(Unanswerable::Length);
    }

    let mut law = Figures::of(set, on);
    let reference_months = law.days("advance.reference_months")?;
    let rate = law.percent(case.key())?;
    let most_rate = law.percent("advance.max_percent")?;
    let most = law.money("advance.max")?;

    let reference = if months <= reference_months {
        amount
    } else {
        let cents = div_half_away(i128::from(amount.cents()) * i128::from(reference_months), i128::from(months));
        Money::from_cents(i64::try_from(cents).map_err(|_| Unanswerable::TooLarge)?)
    };
    let uncapped = rate.of(reference).ok_or(Unanswerable::TooLarge)?;
    let cap = most_rate.of(reference).ok_or(Unanswerable::TooLarge)?.min(most);
    Ok(Advance { reference, advance: uncapped.min(cap), is_capped: uncapped > cap, rows: law.rows })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn money(text: &str) -> Money {
        Money::parse_iso(text).expect("an amount")
    }

    fn ask(amount: &str, months: u32, case: AdvanceCase) -> Result<(Money, Money), Unanswerable> {
        let on = "2026-03-09".parse().expect("an ISO date");
        let found = advance(&ParameterSet::shipped(), on, money(amount), months, case)?;
        Ok((found.reference, found.advance))
    }

    #[test]
    fn ninety_thousand_over_two_years_refer_to_forty_five_thousand() {
        let of = |advance: &str| Ok((money("45000.00"), money(advance)));

        assert_eq!(ask("90000.00", 24, AdvanceCase::Micro), of("9000.00"));
        assert_eq!(ask("90000.00", 24, AdvanceCase::Pnspp), of("6750.00"));
        assert_eq!(ask("90000.00", 24, AdvanceCase::Small), of("4500.00"));
        assert_eq!(ask("90000.00", 24, AdvanceCase::Medium), of("2250.00"));
    }

    #[test]
    fn a_contract_of_a_year_or_less_is_its_own_reference() {
        assert_eq!(ask("90000.00", 12, AdvanceCase::Micro), Ok((money("90000.00"), money("18000.00"))));
        assert_eq!(ask("90000.00", 1, AdvanceCase::Micro), Ok((money("90000.00"), money("18000.00"))));
        assert_eq!(ask("90000.00", 13, AdvanceCase::Micro), Ok((money("83076.92"), money("16615.38"))));
    }

    #[test]
    fn no_advance_passes_two_hundred_and_twenty_five_thousand() {
        assert_eq!(ask("1125000.00", 12, AdvanceCase::Micro).map(|found| found.1), Ok(money("225000.00")));
        assert_eq!(ask("9000000.00", 12, AdvanceCase::Micro).map(|found| found.1), Ok(money("225000.00")));
    }

    #[test]
    fn absurd_questions_are_refused() {
        assert_eq!(ask("0.00", 12, AdvanceCase::Micro), Err(Unanswerable::Amount));
        assert_eq!(ask("1.00", 0, AdvanceCase::Micro), Err(Unanswerable::Length));
        assert_eq!(ask("1.00", 1_201, AdvanceCase::Micro), Err(Unanswerable::Length));
    }

    proptest! {
        #[test]
        fn an_advance_stays_within_its_caps_and_grows_with_the_amount(
            cents in 1_i64..100_000_000_000_000, months in 1_u32..1_200, case in 0_usize..4,
        ) {
            let on = "2026-03-09".parse().expect("an ISO date");
            let set = ParameterSet::shipped();
            let of = |cents| advance(&set, on, Money::from_cents(cents), months, AdvanceCase::ALL[case]).expect("an answer");
            let (less, more) = (of(cents), of(cents + 1));

            prop_assert!(less.reference <= Money::from_cents(cents) && less.advance <= money("225000.00"));
            prop_assert!(i128::from(less.advance.cents()) * 5 <= i128::from(less.reference.cents()) + 3);
            prop_assert!(less.advance <= more.advance);
        }
    }
}
