use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};

use super::{Dated, Held, Movement};
use crate::kernel::{Money, ids::OrganisationId, time::brussels};

/// By how much entries changed what is reserved and what is committed, HTVA.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moved {
    pub reserved: Money,
    pub committed: Money,
}

impl Moved {
    /// What one voucher's entry changed; none when it does not fit.
    pub fn between(before: Held, after: Held) -> Option<Self> {
        Some(Self {
            reserved: after.reserved().checked_sub(before.reserved())?,
            committed: after.committed().checked_sub(before.committed())?,
        })
    }

    pub fn checked_add(self, more: Self) -> Option<Self> {
        Some(Self {
            reserved: self.reserved.checked_add(more.reserved)?,
            committed: self.committed.checked_add(more.committed)?,
        })
    }
}

impl Held {
    /// What the voucher holds once this movement is added, without asking whether it may be.
    pub fn with(self, movement: Movement) -> Option<Self> {
        let taken = self.taken().checked_add(movement.takes()?)?;
        let is_committed = matches!(self, Self::Committed(_)) || matches!(movement, Movement::Commit(_));
        Some(if is_committed { Self::Committed(taken) } else { Self::Reserved(taken) })
    }
}

/// The first day of the month of Belgium in which this instant lies.
pub fn month_of(at: DateTime<Utc>) -> NaiveDate {
    let day = brussels(at).date();
    day.with_day(1).unwrap_or(day)
}

/// What the entries of a contract, oldest first, changed by participant and month; none when a sum does not fit.
pub fn by_participant_and_month(entries: &[Dated]) -> Option<BTreeMap<(OrganisationId, NaiveDate), Moved>> {
    let mut vouchers = BTreeMap::new();
    let mut sums: BTreeMap<_, Moved> = BTreeMap::new();
    for Dated { entry, at } in entries {
        let held: &mut Held = vouchers.entry(entry.voucher).or_default();
        let after = held.with(entry.movement)?;
        let sum = sums.entry((entry.participant, month_of(*at))).or_default();
        *sum = sum.checked_add(Moved::between(*held, after)?)?;
        *held = after;
    }
    Some(sums)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{contract::tests::at, kernel::ids::VoucherId, ledger::Entry};

    fn dated(participant: u128, voucher: u128, on: &str, movement: Movement) -> Dated {
        let participant = OrganisationId::from_uuid(Uuid::from_u128(participant));
        let voucher = VoucherId::from_uuid(Uuid::from_u128(voucher));
        Dated { entry: Entry { participant, voucher, movement }, at: at(on) }
    }

    #[test]
    fn each_month_has_what_its_own_entries_changed_for_each_participant() {
        let money = Money::from_cents;
        let entries = [
            dated(1, 1, "2026-01-05T10:00:00", Movement::Reserve(money(10_000))),
            dated(1, 1, "2026-01-31T23:59:59", Movement::Correct(money(-1_000))),
            dated(1, 1, "2026-02-01T00:00:00", Movement::Commit(money(9_000))),
            dated(2, 2, "2026-02-01T10:00:00", Movement::Reserve(money(5_000))),
            dated(1, 1, "2026-03-31T10:00:00", Movement::Release(money(2_500))),
            dated(2, 2, "2026-04-01T10:00:00", Movement::Release(money(5_000))),
        ];

        let sums = by_participant_and_month(&entries).expect("it fits");

        let told: Vec<_> = sums
            .iter()
            .map(|((who, month), sum)| {
                (who.as_uuid().as_u128(), month.to_string(), sum.reserved.cents(), sum.committed.cents())
            })
            .collect();
        let expected = [
            (1, "2026-01-01", 9_000, 0),
            (1, "2026-02-01", -9_000, 9_000),
            (1, "2026-03-01", 0, -2_500),
            (2, "2026-02-01", 5_000, 0),
            (2, "2026-04-01", -5_000, 0),
        ];
        assert_eq!(
            told,
            expected.map(|(who, month, reserved, committed)| (who, month.to_owned(), reserved, committed))
        );
    }

    #[test]
    fn one_entry_after_the_other_gives_what_all_of_them_give() {
        let money = Money::from_cents;
        let movements = [
            Movement::Reserve(money(700)),
            Movement::Correct(money(-200)),
            Movement::Commit(money(500)),
            Movement::Correct(money(50)),
            Movement::Release(money(150)),
        ];

        let one_by_one = movements.iter().try_fold(Held::default(), |held, movement| held.with(*movement));

        assert_eq!(one_by_one, Held::sum(movements));
        assert_eq!(one_by_one, Some(Held::Committed(money(400))));
    }
}
