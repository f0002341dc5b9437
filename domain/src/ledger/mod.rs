//! What is drawn on a contract, as entries that are only ever added: two levels, the contract's maximum and each
//! participant's allotment, HTVA. What is left is always the sum of the entries, never a counter that somebody changes.

mod alert;
mod entry;
mod forecast;
mod line;
mod loan;

use std::collections::BTreeMap;

use crate::{
    kernel::{
        Money,
        ids::{OrganisationId, VoucherId},
    },
    voucher::Refusal,
};

pub use alert::{Alert, alert};
pub use entry::{Entry, Held, Movement};
pub use forecast::{Forecast, Order, forecast};
pub use line::{LineRoom, room};
pub use loan::{Loan, LoanProposal, LoanRefused};

/// The entries of one contract, summed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    maximum: Money,
    balances: BTreeMap<OrganisationId, Balance>,
    vouchers: BTreeMap<VoucherId, (OrganisationId, Held)>,
}

/// What one participant may order, and what became of it. The supplier sees the same figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Balance {
    /// As agreed at the conclusion.
    pub allotment: Money,
    pub lent: Money,
    pub borrowed: Money,
    /// By drafts.
    pub reserved: Money,
    /// By approved vouchers.
    pub committed: Money,
}

/// Why an entry can't be added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// No room at one of the two levels, or a stranger, or a sum that does not fit.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// An entry has an amount above zero; a correction, one that is not zero.
    #[error("no amount")]
    NoAmount,
    /// A voucher belongs to one participant.
    #[error("the voucher of another participant")]
    OtherParticipant,
    /// An approved voucher is corrected, not reserved again.
    #[error("committed already")]
    AlreadyCommitted,
    /// What is approved is exactly what was reserved.
    #[error("{reserved} reserved")]
    NotReserved { reserved: Money },
    /// More than the voucher holds would be given back.
    #[error("{held} held")]
    NotHeld { held: Money },
}

impl Balance {
    /// The allotment with what was borrowed, without what was lent.
    pub fn whole(&self) -> Option<Money> {
        self.allotment.checked_add(self.borrowed)?.checked_sub(self.lent)
    }

    /// Reserved and committed.
    pub fn taken(&self) -> Option<Money> {
        self.reserved.checked_add(self.committed)
    }

    /// What may still be reserved.
    pub fn available(&self) -> Option<Money> {
        self.whole()?.checked_sub(self.taken()?)
    }
}

impl Ledger {
    /// Before the first entry. Allotments may add up to more than the maximum: both levels stop.
    pub fn new(maximum: Money, allotments: impl IntoIterator<Item = (OrganisationId, Money)>) -> Self {
        let balance = |allotment| Balance { allotment, ..Balance::default() };
        let balances = allotments.into_iter().map(|(participant, amount)| (participant, balance(amount))).collect();
        Self { maximum, balances, vouchers: BTreeMap::new() }
    }

    /// The same contract with all its entries.
    ///
    /// # Errors
    /// As [`Ledger::record`], of the first entry that can't follow those before it.
    pub fn replayed(mut self, entries: impl IntoIterator<Item = Entry>) -> Result<Self, LedgerError> {
        entries.into_iter().try_for_each(|entry| self.record(entry))?;
        Ok(self)
    }

    /// Adds one entry, whole or not at all. Whatever takes more than before needs room at both levels.
    ///
    /// # Errors
    /// As [`LedgerError`] tells; the ledger is as it was.
    pub fn record(&mut self, entry: Entry) -> Result<(), LedgerError> {
        let (owner, held) = self.vouchers.get(&entry.voucher).copied().unwrap_or((entry.participant, Held::default()));
        if owner != entry.participant {
            return Err(LedgerError::OtherParticipant);
        }
        let after = held.after(entry.movement)?;
        let more = difference(after.taken(), held.taken())?;
        if more.is_positive() {
            self.holds(owner, more)?;
        }

        let balance = self.balances.get_mut(&owner).ok_or(Refusal::NotAParticipant)?;
        let reserved = moved(balance.reserved, held.reserved(), after.reserved())?;
        let committed = moved(balance.committed, held.committed(), after.committed())?;
        (balance.reserved, balance.committed) = (reserved, committed);
        self.vouchers.insert(entry.voucher, (owner, after));
        Ok(())
    }

    /// Moves unused allotment from one participant to another, who both agreed. It is given back by a loan the other way.
    ///
    /// # Errors
    /// A stranger, or more than the lender has unused.
    pub fn lend(&mut self, loan: &Loan) -> Result<(), LedgerError> {
        let lender = self.balance(loan.lender())?;
        let borrower = self.balance(loan.borrower())?;
        let available = lender.available().ok_or(Refusal::TooLarge)?;
        if loan.amount() > available {
            return Err(Refusal::AllotmentPassed { asked: loan.amount(), available }.into());
        }
        let lent = lender.lent.checked_add(loan.amount()).ok_or(Refusal::TooLarge)?;
        let borrowed = borrower.borrowed.checked_add(loan.amount()).ok_or(Refusal::TooLarge)?;
        self.balances.insert(loan.lender(), Balance { lent, ..lender });
        self.balances.insert(loan.borrower(), Balance { borrowed, ..borrower });
        Ok(())
    }

    /// Both levels have room for this amount.
    ///
    /// # Errors
    /// [`Refusal::CeilingPassed`] or [`Refusal::AllotmentPassed`], with what is left.
    pub fn holds(&self, participant: OrganisationId, asked: Money) -> Result<(), Refusal> {
        let own = self.balance(participant)?.available().ok_or(Refusal::TooLarge)?;
        let available = self.available().ok_or(Refusal::TooLarge)?;
        if asked > available {
            return Err(Refusal::CeilingPassed { asked, available });
        }
        if asked > own {
            return Err(Refusal::AllotmentPassed { asked, available: own });
        }
        Ok(())
    }

    /// # Errors
    /// [`Refusal::NotAParticipant`].
    pub fn balance(&self, participant: OrganisationId) -> Result<Balance, Refusal> {
        self.balances.get(&participant).copied().ok_or(Refusal::NotAParticipant)
    }

    pub fn balances(&self) -> impl Iterator<Item = (OrganisationId, &Balance)> {
        self.balances.iter().map(|(participant, balance)| (*participant, balance))
    }

    /// What a voucher holds.
    pub fn held(&self, voucher: VoucherId) -> Held {
        self.vouchers.get(&voucher).map(|(_, held)| *held).unwrap_or_default()
    }

    pub fn maximum(&self) -> Money {
        self.maximum
    }

    /// By all participants together, reserved and committed.
    pub fn taken(&self) -> Option<Money> {
        self.balances.values().try_fold(Money::ZERO, |sum, balance| sum.checked_add(balance.taken()?))
    }

    /// What all participants together may still reserve.
    pub fn available(&self) -> Option<Money> {
        self.maximum.checked_sub(self.taken()?)
    }
}

fn difference(after: Money, before: Money) -> Result<Money, Refusal> {
    after.checked_sub(before).ok_or(Refusal::TooLarge)
}

fn moved(sum: Money, before: Money, after: Money) -> Result<Money, Refusal> {
    sum.checked_sub(before).and_then(|rest| rest.checked_add(after)).ok_or(Refusal::TooLarge)
}

#[cfg(test)]
mod tests;
