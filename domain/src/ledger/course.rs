use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};

use super::{Entry, Movement, Order};
use crate::kernel::{Money, ids::VoucherId, rounding::div_half_away, time::brussels};

/// An entry and the instant at which it was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    pub entry: Entry,
    pub at: DateTime<Utc>,
}

/// What one month committed, and all that was committed at its end, HTVA.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    pub first: NaiveDate,
    pub ordered: Money,
    pub total: Money,
}

/// What was committed, and given back of it, on the days of Brussels; what only a draft held is left out.
pub fn orders(entries: &[Dated]) -> Vec<Order> {
    let committed: BTreeMap<VoucherId, DateTime<Utc>> = entries
        .iter()
        .filter(|dated| matches!(dated.entry.movement, Movement::Commit(_)))
        .map(|dated| (dated.entry.voucher, dated.at))
        .collect();
    entries
        .iter()
        .filter_map(|dated| {
            let since = committed.get(&dated.entry.voucher)?;
            let amount = match dated.entry.movement {
                Movement::Commit(amount) => Some(amount),
                Movement::Correct(amount) => Some(amount).filter(|_| dated.at > *since),
                Movement::Release(_) => dated.entry.movement.takes(),
                Movement::Reserve(_) => None,
            }?;
            Some(Order { on: brussels(dated.at).date(), amount })
        })
        .collect()
}

/// Each month from that of `from` to that of `to`; what came before stands in the first. None when a sum does not fit.
pub fn by_month(orders: &[Order], from: NaiveDate, to: NaiveDate) -> Option<Vec<Month>> {
    let (mut first, last) = (from.with_day(1)?, to.with_day(1)?);
    let (mut months, mut total) = (Vec::new(), Money::ZERO);
    while first <= last {
        let next = first.checked_add_months(Months::new(1))?;
        let is_here = |order: &&Order| order.on < next && (months.is_empty() || order.on >= first);
        let ordered = Money::total(orders.iter().filter(is_here).map(|order| order.amount))?;
        total = total.checked_add(ordered)?;
        months.push(Month { first, ordered, total });
        first = next;
    }
    Some(months)
}

/// The months after that of `today` up to that of `on`, when the maximum would be reached in a straight line.
pub fn projection(total: Money, maximum: Money, today: NaiveDate, on: NaiveDate) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    let mut next = after(today);
    while let Some(first) = next.filter(|first| *first <= on) {
        next = after(first);
        let last = next.and_then(|next| next.pred_opt()).unwrap_or(on).min(on);
        let before = months.last().map_or(total, |month| month.total);
        let Some(total) = on_the_line(total, maximum, (last - today).num_days(), (on - today).num_days()) else {
            break;
        };
        months.push(Month { first, ordered: total.checked_sub(before).unwrap_or_default(), total });
    }
    months
}

/// The first day of the next month.
fn after(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?.checked_add_months(Months::new(1))
}

fn on_the_line(from: Money, to: Money, days: i64, of: i64) -> Option<Money> {
    let more = i128::from(to.cents()) - i128::from(from.cents());
    let more = div_half_away(more * i128::from(days), i128::from(of.max(1)));
    from.checked_add(Money::from_cents(i64::try_from(more).ok()?))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{contract::tests::at, kernel::ids::OrganisationId};

    fn dated(voucher: u128, on: &str, movement: fn(Money) -> Movement, cents: i64) -> Dated {
        let participant = OrganisationId::from_uuid(Uuid::from_u128(1));
        let voucher = VoucherId::from_uuid(Uuid::from_u128(voucher));
        Dated { entry: Entry { participant, voucher, movement: movement(Money::from_cents(cents)) }, at: at(on) }
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    #[test]
    fn drafts_are_no_orders_and_what_is_released_comes_off_the_month_of_its_release() {
        let entries = [
            dated(1, "2026-01-05T10:00:00", Movement::Reserve, 10_000),
            dated(1, "2026-01-06T10:00:00", Movement::Correct, -1_000),
            dated(1, "2026-01-31T23:59:59", Movement::Commit, 9_000),
            dated(2, "2026-02-01T00:00:00", Movement::Reserve, 5_000),
            dated(3, "2026-02-02T10:00:00", Movement::Reserve, 7_000),
            dated(3, "2026-02-03T10:00:00", Movement::Release, 7_000),
            dated(1, "2026-03-10T10:00:00", Movement::Correct, 500),
            dated(1, "2026-03-31T10:00:00", Movement::Release, 2_500),
        ];

        let orders = orders(&entries);

        let told: Vec<_> = orders.iter().map(|order| (order.on, order.amount.cents())).collect();
        assert_eq!(told, [(date("2026-01-31"), 9_000), (date("2026-03-10"), 500), (date("2026-03-31"), -2_500)]);
        let months = by_month(&orders, date("2026-01-20"), date("2026-03-01")).expect("it fits");
        let told: Vec<_> = months.iter().map(|month| (month.ordered.cents(), month.total.cents())).collect();
        assert_eq!(told, [(9_000, 9_000), (0, 9_000), (-2_000, 7_000)]);
    }

    #[test]
    fn the_line_to_the_maximum_ends_on_its_day() {
        let (total, maximum) = (Money::from_cents(50_000), Money::from_cents(100_000));

        let told = |today, on| -> Vec<_> {
            let months = projection(total, maximum, date(today), date(on));
            months.iter().map(|month| (month.first, month.total.cents())).collect()
        };

        // A hundred days, 500 cents a day: 28 February is day 50, 31 March day 81.
        let months = [(date("2026-02-01"), 75_000), (date("2026-03-01"), 90_500), (date("2026-04-01"), 100_000)];
        assert_eq!(told("2026-01-09", "2026-04-19"), months);
        assert_eq!(told("2026-01-09", "2026-01-31"), []);
    }

    #[test]
    fn what_came_before_the_first_month_stands_in_it() {
        let orders = [Order { on: date("2025-12-31"), amount: Money::from_cents(100) }];

        let months = by_month(&orders, date("2026-01-01"), date("2026-01-31")).expect("it fits");

        assert_eq!(months, [Month { first: date("2026-01-01"), ordered: orders[0].amount, total: orders[0].amount }]);
    }
}
