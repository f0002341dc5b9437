use super::LedgerError;
use crate::{
    kernel::{
        Money,
        ids::{OrganisationId, VoucherId},
    },
    voucher::Refusal,
};

/// One line of the ledger; never changed, never taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub participant: OrganisationId,
    pub voucher: VoucherId,
    pub movement: Movement,
}

/// What an entry does, HTVA.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Movement {
    /// A draft holds room. Above zero.
    Reserve(Money),
    /// The voucher is approved: all that it reserved becomes committed. Takes no more room than before.
    Commit(Money),
    /// Refused, cancelled, closed with a rest: room is given back. Above zero.
    Release(Money),
    /// A changed draft, a revised price, a mistake: more or less is held. Not zero.
    Correct(Money),
}

impl Movement {
    /// Stable name in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reserve(_) => "reserve",
            Self::Commit(_) => "commit",
            Self::Release(_) => "release",
            Self::Correct(_) => "correct",
        }
    }

    pub fn amount(self) -> Money {
        match self {
            Self::Reserve(amount) | Self::Commit(amount) | Self::Release(amount) | Self::Correct(amount) => amount,
        }
    }

    /// Nothing is no entry.
    pub fn release(amount: Money) -> Option<Self> {
        Some(Self::Release(amount)).filter(|_| amount.is_positive())
    }

    /// What it takes beyond what was taken before; below zero, what it gives back.
    pub fn takes(self) -> Option<Money> {
        match self {
            Self::Reserve(amount) | Self::Correct(amount) => Some(amount),
            Self::Commit(_) => Some(Money::ZERO),
            Self::Release(amount) => Money::ZERO.checked_sub(amount),
        }
    }

    pub fn from_code(code: &str, amount: Money) -> Option<Self> {
        [Self::Reserve, Self::Commit, Self::Release, Self::Correct]
            .into_iter()
            .map(|movement| movement(amount))
            .find(|movement| movement.code() == code)
    }
}

/// What a voucher holds: room for a draft, or a commitment, never both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    Reserved(Money),
    Committed(Money),
}

impl Default for Held {
    fn default() -> Self {
        Self::Reserved(Money::ZERO)
    }
}

impl Held {
    /// All the movements of one voucher, in whatever order; none when a sum does not fit.
    pub fn sum(movements: impl IntoIterator<Item = Movement>) -> Option<Self> {
        let (mut taken, mut is_committed) = (Money::ZERO, false);
        for movement in movements {
            taken = taken.checked_add(movement.takes()?)?;
            is_committed |= matches!(movement, Movement::Commit(_));
        }
        Some(if is_committed { Self::Committed(taken) } else { Self::Reserved(taken) })
    }

    pub fn taken(self) -> Money {
        match self {
            Self::Reserved(amount) | Self::Committed(amount) => amount,
        }
    }

    pub fn reserved(self) -> Money {
        match self {
            Self::Reserved(amount) => amount,
            Self::Committed(_) => Money::ZERO,
        }
    }

    pub fn committed(self) -> Money {
        match self {
            Self::Reserved(_) => Money::ZERO,
            Self::Committed(amount) => amount,
        }
    }

    /// What it holds after a movement, whatever room there is.
    pub(super) fn after(self, movement: Movement) -> Result<Self, LedgerError> {
        let amount = movement.amount();
        match (self, movement) {
            (_, Movement::Correct(_)) if amount == Money::ZERO => Err(LedgerError::NoAmount),
            (_, Movement::Reserve(_) | Movement::Commit(_) | Movement::Release(_)) if !amount.is_positive() => {
                Err(LedgerError::NoAmount)
            }
            (Self::Reserved(_), Movement::Reserve(_)) => self.changed(Some(amount)),
            (Self::Committed(_), Movement::Reserve(_)) => Err(LedgerError::AlreadyCommitted),
            (Self::Reserved(reserved), Movement::Commit(_)) if reserved == amount => Ok(Self::Committed(amount)),
            (Self::Reserved(reserved), Movement::Commit(_)) => Err(LedgerError::NotReserved { reserved }),
            (Self::Committed(_), Movement::Commit(_)) => Err(LedgerError::AlreadyCommitted),
            (_, Movement::Release(_)) => self.changed(Money::ZERO.checked_sub(amount)),
            (_, Movement::Correct(_)) if self.taken() == Money::ZERO => Err(LedgerError::NotHeld { held: Money::ZERO }),
            (_, Movement::Correct(_)) => self.changed(Some(amount)),
        }
    }

    fn changed(self, by: Option<Money>) -> Result<Self, LedgerError> {
        let after = by.and_then(|by| self.taken().checked_add(by)).ok_or(Refusal::TooLarge)?;
        if after.is_negative() {
            return Err(LedgerError::NotHeld { held: self.taken() });
        }
        Ok(match self {
            Self::Reserved(_) => Self::Reserved(after),
            Self::Committed(_) => Self::Committed(after),
        })
    }
}
