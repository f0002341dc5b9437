use chrono::{Days, NaiveDate};

use crate::kernel::{Money, deadline::LONGEST_DAYS, rounding::div_up};

/// What was committed on a day, HTVA; what was given back is below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    pub on: NaiveDate,
    pub amount: Money,
}

/// When nothing will be left, if orders go on as they did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forecast {
    /// Nothing is left.
    Spent,
    /// Too few days to tell a pace.
    TooEarly,
    /// Nothing was ordered in the last year: at that pace, never.
    NoPace,
    /// The contract ends first, or no calendar goes that far.
    NotBeforeTheEnd,
    On(NaiveDate),
}

/// The pace of the last year, however orders fall within it: a shorter one would take a season for a habit.
const WINDOW_DAYS: u64 = 365;
const LEAST_DAYS: i64 = 30;

/// The pace is what was committed over the last 365 days, or since the start of the contract when it is younger, per day;
/// what is left lasts as many days from today, rounded up to the day. Fewer than thirty days tell nothing.
pub fn forecast(
    available: Money,
    orders: impl IntoIterator<Item = Order>,
    started_on: NaiveDate,
    today: NaiveDate,
    ends_on: Option<NaiveDate>,
) -> Forecast {
    if !available.is_positive() {
        return Forecast::Spent;
    }
    let window = today.checked_sub_days(Days::new(WINDOW_DAYS)).unwrap_or(started_on).max(started_on);
    let days = (today - window).num_days();
    if days < LEAST_DAYS {
        return Forecast::TooEarly;
    }
    let in_window = orders.into_iter().filter(|order| (window..=today).contains(&order.on));
    let ordered: i128 = in_window.map(|order| i128::from(order.amount.cents())).sum();
    if ordered <= 0 {
        return Forecast::NoPace;
    }

    let left = div_up(i128::from(available.cents()) * i128::from(days), ordered);
    u64::try_from(left)
        .ok()
        .filter(|left| *left <= u64::from(LONGEST_DAYS))
        .and_then(|left| today.checked_add_days(Days::new(left)))
        .filter(|date| ends_on.is_none_or(|end| *date <= end))
        .map_or(Forecast::NotBeforeTheEnd, Forecast::On)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    fn order(on: &str, cents: i64) -> Order {
        Order { on: date(on), amount: Money::from_cents(cents) }
    }

    fn ask(available: i64, orders: &[Order], today: &str, ends_on: Option<&str>) -> Forecast {
        let available = Money::from_cents(available);
        forecast(available, orders.iter().copied(), date("2026-01-01"), date(today), ends_on.map(date))
    }

    #[test]
    fn what_is_left_lasts_as_long_as_the_pace_says() {
        let orders = [order("2026-01-01", 60_000), order("2026-04-11", 40_000)];

        // A hundred days, 1 000 cents a day: fifty days, and one more for the last cent.
        assert_eq!(ask(50_000, &orders, "2026-04-11", None), Forecast::On(date("2026-05-31")));
        assert_eq!(ask(50_001, &orders, "2026-04-11", None), Forecast::On(date("2026-06-01")));
        let given_back = [orders[0], orders[1], order("2026-04-11", -50_000)];
        assert_eq!(ask(50_000, &given_back, "2026-04-11", None), Forecast::On(date("2026-07-20")));
    }

    #[test]
    fn a_contract_that_ends_first_is_told() {
        let orders = [order("2026-04-11", 100_000)];

        assert_eq!(ask(50_000, &orders, "2026-04-11", Some("2026-05-31")), Forecast::On(date("2026-05-31")));
        assert_eq!(ask(50_000, &orders, "2026-04-11", Some("2026-05-30")), Forecast::NotBeforeTheEnd);
        assert_eq!(ask(i64::MAX, &[order("2026-04-11", 1)], "2026-04-11", None), Forecast::NotBeforeTheEnd);
    }

    #[test]
    fn old_orders_and_a_young_contract_tell_no_pace() {
        let orders = [order("2026-01-02", 100_000)];

        assert_eq!(ask(50_000, &orders, "2026-01-30", None), Forecast::TooEarly);
        assert!(matches!(ask(50_000, &orders, "2026-01-31", None), Forecast::On(_)));
        assert_eq!(ask(50_000, &orders, "2027-06-01", None), Forecast::NoPace);
        assert_eq!(ask(0, &orders, "2026-01-02", None), Forecast::Spent);
    }
}
