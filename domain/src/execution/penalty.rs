use std::str::FromStr;

use chrono::NaiveDate;

use super::{Unanswerable, figures::Figures};
use crate::{
    kernel::{Money, Percent, deadline::LONGEST_DAYS, rounding::div_half_away},
    parameter::{Parameter, ParameterSet},
    procedure::UnknownWord,
};

/// What was delivered late, all of it by the same days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LateDelivery {
    /// Supplies have their own articles and rows; everything else follows those of services.
    pub is_supplies: bool,
    /// HTVA.
    pub value: Money,
    pub days: u32,
    /// The delay was an award criterion: the cap is higher.
    pub award_criterion: bool,
    /// Sum of the other delay penalties of the contract: only the total may be too small to be claimed.
    pub others: Money,
}

/// Works finished late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LateWorks {
    /// M: initial amount, HTVA.
    pub amount: Money,
    /// N: the delay of the contract, in its own unit.
    pub delay: u32,
    pub unit: WorksUnit,
    /// n: working days of lateness.
    pub late: u32,
}

/// What the delay of a contract of works counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorksUnit {
    Working,
    Calendar,
}

impl WorksUnit {
    /// The word of files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Working => "working",
            Self::Calendar => "calendar",
        }
    }
}

impl FromStr for WorksUnit {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "working" => Ok(Self::Working),
            "calendar" => Ok(Self::Calendar),
            _ => Err(UnknownWord),
        }
    }
}

/// A delay penalty, due without notice by the mere end of the delay (RGE, art. 46).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Penalty {
    pub due: Money,
    /// The most that these values can bear.
    pub cap: Money,
    pub is_capped: bool,
    /// The total of the contract is too small to be claimed.
    pub is_dropped: bool,
    pub rows: Vec<Parameter>,
}

/// Services and supplies (RGE, art. 154 and 123): a rate per day of the value delivered late, up to a cap, rounded once.
/// `on` is the day of the notice or of the invitation.
pub fn late_delivery(set: &ParameterSet, on: NaiveDate, late: LateDelivery) -> Result<Penalty, Unanswerable> {
    if !late.value.is_positive() {
        return Err(Unanswerable::Amount);
    }
    if late.others.is_negative() {
        return Err(Unanswerable::Others);
    }
    if late.days > LONGEST_DAYS {
        return Err(Unanswerable::Length);
    }

    let mut law = Figures::of(set, on);
    let [per_day, cap] = keys(late);
    let per_day = law.percent(per_day)?;
    let cap_rate = law.percent(cap)?;
    let least = law.money("penalty.dropped_below")?;

    let reached = Percent::from_millionths(per_day.millionths().saturating_mul(i64::from(late.days)));
    let cap = cap_rate.of(late.value).ok_or(Unanswerable::TooLarge)?;
    let amount = reached.min(cap_rate).of(late.value).ok_or(Unanswerable::TooLarge)?;
    let total = amount.checked_add(late.others).ok_or(Unanswerable::TooLarge)?;
    let is_dropped = amount.is_positive() && total < least;
    let due = if is_dropped { Money::ZERO } else { amount };

    Ok(Penalty { due, cap, is_capped: reached > cap_rate, is_dropped, rows: law.rows })
}

fn keys(late: LateDelivery) -> [&'static str; 2] {
    match (late.is_supplies, late.award_criterion) {
        (false, false) => ["penalty.services.per_day", "penalty.services.cap"],
        (false, true) => ["penalty.services.per_day", "penalty.services.cap_criterion"],
        (true, false) => ["penalty.supplies.per_day", "penalty.supplies.cap"],
        (true, true) => ["penalty.supplies.per_day", "penalty.supplies.cap_criterion"],
    }
}

/// Works (RGE, art. 86): R = 0.45 × M × n² ÷ N², up to a cap; for small works 150 × N stands for N². A delay in calendar
/// days is converted into working days, rounded down, at least one; the lateness is not.
pub fn late_works(set: &ParameterSet, on: NaiveDate, late: LateWorks) -> Result<Penalty, Unanswerable> {
    if !late.amount.is_positive() {
        return Err(Unanswerable::Amount);
    }
    if late.delay == 0 || late.delay > LONGEST_DAYS || late.late > LONGEST_DAYS {
        return Err(Unanswerable::Length);
    }

    let mut law = Figures::of(set, on);
    let factor = law.percent("penalty.works.factor")?;
    let cap = law.percent("penalty.works.cap")?.of(late.amount).ok_or(Unanswerable::TooLarge)?;
    let small_amount = law.money("penalty.works.small_amount")?;
    let small_days = law.days("penalty.works.small_days")?;
    let delay = match late.unit {
        WorksUnit::Working => late.delay,
        WorksUnit::Calendar => working(late.delay, law.percent("penalty.works.working_day_factor")?),
    };

    let is_small = late.amount <= small_amount && delay <= small_days;
    let square = i128::from(delay) * i128::from(if is_small { small_days } else { delay });
    let dividend = [late.amount.cents(), factor.millionths(), i64::from(late.late), i64::from(late.late)]
        .into_iter()
        .try_fold(1_i128, |product, factor| product.checked_mul(i128::from(factor)))
        .ok_or(Unanswerable::TooLarge)?;
    let amount = div_half_away(dividend, square * i128::from(Percent::HUNDRED.millionths()));
    let due = i64::try_from(amount.min(i128::from(cap.cents()))).map_err(|_| Unanswerable::TooLarge)?;

    let is_capped = amount > i128::from(cap.cents());
    Ok(Penalty { due: Money::from_cents(due), cap, is_capped, is_dropped: false, rows: law.rows })
}

fn working(calendar: u32, factor: Percent) -> u32 {
    let days = i128::from(calendar) * i128::from(factor.millionths()) / i128::from(Percent::HUNDRED.millionths());
    u32::try_from(days).unwrap_or(calendar).max(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn money(text: &str) -> Money {
        Money::parse_iso(text).expect("an amount")
    }

    fn late(value: &str, days: u32) -> LateDelivery {
        LateDelivery { is_supplies: false, value: money(value), days, award_criterion: false, others: Money::ZERO }
    }

    fn on() -> NaiveDate {
        "2026-03-09".parse().expect("an ISO date")
    }

    fn ask(late: LateDelivery) -> Penalty {
        late_delivery(&ParameterSet::shipped(), on(), late).expect("an answer")
    }

    fn works(amount: &str, delay: u32, unit: WorksUnit, days: u32) -> Result<Penalty, Unanswerable> {
        let late = LateWorks { amount: money(amount), delay, unit, late: days };
        late_works(&ParameterSet::shipped(), on(), late)
    }

    #[test]
    fn twenty_three_days_late_cost_two_point_three_per_cent() {
        let penalty = ask(late("40000.00", 23));

        assert_eq!((penalty.due, penalty.cap, penalty.is_capped), (money("920.00"), money("3000.00"), false));
    }

    #[test]
    fn ninety_days_late_stop_at_the_cap_which_is_higher_when_the_delay_was_a_criterion() {
        let capped = ask(late("40000.00", 90));
        let criterion = ask(LateDelivery { award_criterion: true, ..late("40000.00", 90) });

        assert_eq!((capped.due, capped.is_capped), (money("3000.00"), true));
        assert_eq!((criterion.due, criterion.cap), (money("3600.00"), money("4000.00")));
        let supplies = ask(LateDelivery { is_supplies: true, ..late("40000.00", 90) });
        assert_eq!(supplies.due, money("3000.00"));
    }

    #[test]
    fn a_total_of_the_contract_below_seventy_five_is_dropped() {
        let small = late("2000.00", 30);
        let with = |others: &str| ask(LateDelivery { others: money(others), ..small });

        assert_eq!((ask(small).due, ask(small).is_dropped), (Money::ZERO, true));
        assert_eq!(with("14.99").due, Money::ZERO);
        assert_eq!(with("15.00").due, money("60.00"));
        assert_eq!(ask(late("2500.00", 30)).due, money("75.00"));
        assert!(!ask(late("2000.00", 0)).is_dropped);
    }

    #[test]
    fn works_follow_the_formula_and_small_works_its_milder_form() {
        let due = |amount, delay, days| works(amount, delay, WorksUnit::Working, days).map(|penalty| penalty.due);

        assert_eq!(due("300000.00", 100, 10), Ok(money("1350.00")));
        assert_eq!(due("60000.00", 100, 10), Ok(money("180.00")));
        assert_eq!(due("75000.00", 150, 10), Ok(money("150.00")));
        assert_eq!(due("75000.01", 100, 10), Ok(money("337.50")));
        assert_eq!(due("75000.00", 151, 10), Ok(money("148.02")));
        assert_eq!(due("300000.00", 10, 10), Ok(money("15000.00")));
    }

    #[test]
    fn only_the_delay_is_converted_into_working_days() {
        let due = |delay, days| works("300000.00", delay, WorksUnit::Calendar, days).map(|penalty| penalty.due);

        assert_eq!(due(143, 10), Ok(money("1350.00")), "100.1 are 100");
        assert_eq!(due(1, 0), Ok(Money::ZERO), "at least one");
    }

    #[test]
    fn absurd_questions_are_refused() {
        let set = ParameterSet::shipped();
        let asked = |late| late_delivery(&set, on(), late).map(|penalty| penalty.due);

        assert_eq!(asked(late("0.00", 1)), Err(Unanswerable::Amount));
        assert_eq!(asked(late("1.00", LONGEST_DAYS + 1)), Err(Unanswerable::Length));
        assert_eq!(asked(LateDelivery { others: money("-0.01"), ..late("1.00", 1) }), Err(Unanswerable::Others));
        assert_eq!(works("1.00", 0, WorksUnit::Working, 1), Err(Unanswerable::Length));
        assert_eq!(works("-1.00", 1, WorksUnit::Working, 1), Err(Unanswerable::Amount));
        let early = "2017-12-31".parse().expect("an ISO date");
        assert!(matches!(late_delivery(&set, early, late("1.00", 1)), Err(Unanswerable::Missing(_))));
    }

    proptest! {
        #[test]
        fn a_penalty_grows_with_the_days_and_never_passes_its_cap(
            cents in 1_i64..100_000_000_000_000, delay in 1_u32..2_000, days in 0_u32..36_525, criterion: bool,
        ) {
            let set = ParameterSet::shipped();
            let value = Money::from_cents(cents);
            let late = |days| LateDelivery { is_supplies: false, value, days, award_criterion: criterion, others: value };
            let (less, more) = (late_delivery(&set, on(), late(days)), late_delivery(&set, on(), late(days + 1)));
            let (less, more) = (less.expect("an answer"), more.ok().map(|more| more.due));
            prop_assert!(less.due <= less.cap && more.is_none_or(|more| less.due <= more));

            let late = |late| LateWorks { amount: value, delay, unit: WorksUnit::Calendar, late };
            let (less, more) = (late_works(&set, on(), late(days)), late_works(&set, on(), late(days + 1)));
            let (less, more) = (less.expect("an answer"), more.ok().map(|more| more.due));
            prop_assert!(less.due <= less.cap && more.is_none_or(|more| less.due <= more));
        }
    }
}
