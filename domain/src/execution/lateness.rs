use chrono::NaiveDate;

use super::{LateDelivery, Penalty, Unanswerable, late_delivery};
use crate::{
    kernel::{
        Money,
        deadline::LONGEST_DAYS,
        ids::{DeliveryId, VoucherId},
        reference::VoucherRef,
    },
    parameter::ParameterSet,
    voucher::{Delivery, Voucher},
};

/// A delivery that was received, and came after the day on which its voucher wanted it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    pub voucher: VoucherId,
    pub number: Option<VoucherRef>,
    pub delivery: DeliveryId,
    pub wanted_on: NaiveDate,
    pub delivered_on: NaiveDate,
    pub days: u32,
    /// Of what was accepted, HTVA.
    pub value: Money,
}

/// What a late delivery costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub late: Late,
    pub penalty: Penalty,
}

impl Voucher {
    /// In the order of the deliveries.
    pub fn late_deliveries(&self) -> Vec<Late> {
        let Some(wanted_on) = self.wanted_on else { return Vec::new() };
        self.deliveries.iter().filter_map(|delivery| self.late(delivery, wanted_on)).collect()
    }

    fn late(&self, delivery: &Delivery, wanted_on: NaiveDate) -> Option<Late> {
        let days = u32::try_from((delivery.delivered_on - wanted_on).num_days()).ok().filter(|days| *days > 0)?;
        let (value, _, _) = self.amounts_of(&delivery.acceptance.as_ref()?.quantities)?;
        value.is_positive().then_some(Late {
            voucher: self.id,
            number: self.number,
            delivery: delivery.id,
            wanted_on,
            delivered_on: delivery.delivered_on,
            days: days.min(LONGEST_DAYS),
            value,
        })
    }
}

/// The penalties of late deliveries of one contract, each beside the others: only the total of the contract may be too
/// small to be claimed. `claimed` is what was decided before; `on` is the day of the notice or of the invitation.
pub fn claims(
    set: &ParameterSet,
    on: NaiveDate,
    (is_supplies, award_criterion): (bool, bool),
    late: &[Late],
    claimed: Money,
) -> Result<Vec<Claim>, Unanswerable> {
    let enough = set.money_on("penalty.dropped_below", on)?;
    let ask = |late: &Late, others| {
        let asked = LateDelivery { is_supplies, value: late.value, days: late.days, award_criterion, others };
        late_delivery(set, on, asked)
    };
    let alone = late.iter().map(|late| ask(late, enough).map(|penalty| penalty.due)).collect::<Result<Vec<_>, _>>()?;
    let total = Money::total(alone.iter().copied().chain([claimed])).ok_or(Unanswerable::TooLarge)?;
    late.iter()
        .zip(alone)
        .map(|(late, own)| {
            let others = total.checked_sub(own).ok_or(Unanswerable::TooLarge)?;
            Ok(Claim { late: late.clone(), penalty: ask(late, others)? })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn money(text: &str) -> Money {
        Money::parse_iso(text).expect("an amount")
    }

    fn late(value: &str, days: u32) -> Late {
        let day = "2026-12-01".parse().expect("an ISO date");
        Late {
            voucher: VoucherId::from_uuid(Uuid::from_u128(1)),
            number: None,
            delivery: DeliveryId::from_uuid(Uuid::from_u128(2)),
            wanted_on: day,
            delivered_on: day + chrono::Days::new(days.into()),
            days,
            value: money(value),
        }
    }

    fn due(late: &[Late], claimed: &str) -> Vec<Money> {
        let on = "2026-03-09".parse().expect("an ISO date");
        let found = claims(&ParameterSet::shipped(), on, (false, false), late, money(claimed)).expect("an answer");
        found.into_iter().map(|claim| claim.penalty.due).collect()
    }

    #[test]
    fn small_penalties_are_dropped_together_and_claimed_together() {
        assert_eq!(due(&[late("2000.00", 30)], "0.00"), [Money::ZERO]);
        assert_eq!(due(&[late("2000.00", 30), late("2000.00", 7)], "0.00"), [Money::ZERO, Money::ZERO]);
        assert_eq!(due(&[late("2000.00", 30), late("2000.00", 8)], "0.00"), [money("60.00"), money("16.00")]);
        assert_eq!(due(&[late("2000.00", 30)], "15.00"), [money("60.00")]);
    }

    #[test]
    fn each_delivery_has_its_own_cap() {
        assert_eq!(due(&[late("40000.00", 90), late("40000.00", 23)], "0.00"), [money("3000.00"), money("920.00")]);
    }
}
