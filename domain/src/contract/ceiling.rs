//! What modifications change of the ceiling and of the allotments.

use std::collections::BTreeMap;

use super::Contract;
use crate::{
    execution,
    kernel::{Money, ids::OrganisationId},
    refusal::Refusal,
    voucher,
};

/// By how much each allotment moves, HTVA; who is left out keeps its own.
pub type Moves = BTreeMap<OrganisationId, Money>;

impl Contract {
    /// A modification of this amount moves the ceiling by as much: the others as told, and the first participant bears what
    /// is left, so that the parts add up to the cent. What is ordered already stays covered at both levels.
    ///
    /// # Errors
    /// A stranger, a sum that does not fit, or less than what is committed.
    pub fn may_move_ceiling(&self, amount: Money, others: &Moves) -> Result<Moves, Refusal> {
        let moves = self.shared_out(amount, others)?;
        let free = self.ceiling.checked_sub(self.committed()).ok_or(execution::Refusal::TooLarge)?;
        if !stays_covered(free, amount)? {
            return Err(execution::Refusal::CeilingBelowOrders { free: free.max(Money::ZERO) }.into());
        }
        for (organisation, part) in &moves {
            let share = self.allotment(*organisation).ok_or(voucher::Refusal::NotAParticipant)?;
            let free = share.whole().checked_sub(share.balance.committed).ok_or(execution::Refusal::TooLarge)?;
            if !stays_covered(free, *part)? {
                let (participant, free) = (share.name.clone(), free.max(Money::ZERO));
                return Err(execution::Refusal::AllotmentBelowOrders { participant, free }.into());
            }
        }
        Ok(moves)
    }

    fn shared_out(&self, amount: Money, others: &Moves) -> Result<Moves, Refusal> {
        let first = self.allotments.first().ok_or(voucher::Refusal::NotAParticipant)?.organisation;
        let mut moves = others.clone();
        moves.remove(&first);
        let told = Money::total(moves.values().copied());
        let rest = told.and_then(|told| amount.checked_sub(told)).ok_or(execution::Refusal::TooLarge)?;
        moves.insert(first, rest);
        moves.retain(|_, part| *part != Money::ZERO);
        Ok(moves)
    }
}

/// What is added is always covered; what is taken away, by what is free.
fn stays_covered(free: Money, change: Money) -> Result<bool, Refusal> {
    let left = free.checked_add(change).ok_or(execution::Refusal::TooLarge)?;
    Ok(!change.is_negative() || !left.is_negative())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        contract::{
            Allotment,
            tests::{COMMUNE, FIRM, contract, money},
        },
        ledger::Balance,
    };

    const OTHER: OrganisationId = OrganisationId::from_uuid(Uuid::from_u128(4));

    /// Of 100 000 euro: 60 000 to the pilot, 40 000 to another, who ordered for 30 000.
    fn of_two() -> Contract {
        let mut contract = contract();
        contract.allotments[0].balance.allotment = money("60000.00");
        let (allotment, committed) = (money("40000.00"), money("30000.00"));
        contract.allotments.push(Allotment {
            organisation: OTHER,
            name: "Andenne".to_owned(),
            balance: Balance { allotment, committed, ..Balance::default() },
        });
        contract
    }

    #[test]
    fn the_first_participant_bears_what_is_left_of_a_modification() {
        let moved = |amount, others: Moves| of_two().may_move_ceiling(money(amount), &others);

        assert_eq!(moved("6000.00", Moves::new()), Ok([(COMMUNE, money("6000.00"))].into()));
        let shared = moved("6000.00", [(OTHER, money("1999.99"))].into());
        assert_eq!(shared, Ok([(COMMUNE, money("4000.01")), (OTHER, money("1999.99"))].into()));
        assert_eq!(moved("-500.00", [(OTHER, money("-500.00"))].into()), Ok([(OTHER, money("-500.00"))].into()));
        let exchanged = moved("0.00", [(OTHER, money("100.00"))].into());
        assert_eq!(exchanged, Ok([(COMMUNE, money("-100.00")), (OTHER, money("100.00"))].into()));
        assert_eq!(moved("0.00", Moves::new()), Ok(Moves::new()));
    }

    #[test]
    fn nothing_is_taken_away_of_what_is_ordered() {
        let moved = |amount, others: Moves| of_two().may_move_ceiling(money(amount), &others);
        let taken = |amount| [(OTHER, money(amount))].into();

        assert!(moved("-10000.00", taken("-10000.00")).is_ok());
        let (participant, free) = ("Andenne".to_owned(), money("10000.00"));
        let below = execution::Refusal::AllotmentBelowOrders { participant, free };
        assert_eq!(moved("-10000.01", taken("-10000.01")), Err(below.into()));
        assert!(moved("-60000.00", Moves::new()).is_ok());
        let below = execution::Refusal::CeilingBelowOrders { free: money("70000.00") };
        assert_eq!(moved("-70000.01", Moves::new()), Err(below.into()));
    }

    #[test]
    fn a_stranger_has_no_part_to_move() {
        let moved = of_two().may_move_ceiling(money("10.00"), &[(FIRM, money("10.00"))].into());

        assert_eq!(moved, Err(voucher::Refusal::NotAParticipant.into()));
    }
}
