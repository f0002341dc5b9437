//! What is drawn on a contract, as entries that are only ever added: two levels, the contract's maximum and each
//! participant's allotment, HTVA. What is left is always the sum of the entries, never a counter that somebody changes.

mod alert;
mod course;
mod entry;
mod forecast;
mod line;
mod loan;
mod sums;

use std::collections::BTreeMap;

use crate::{
    kernel::{
        Money,
        ids::{OrganisationId, VoucherId},
    },
    voucher::Refusal,
};

pub use alert::{Alert, alert, newly_reached};
pub use course::{Dated, Month, by_month, orders, projection};
pub use entry::{Entry, Held, Movement};
pub use forecast::{Forecast, Order, forecast};
pub use line::{LineRoom, room};
pub use loan::{Loan, LoanProposal, LoanRefused};
pub use sums::{Moved, by_participant_and_month, month_of};

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
    /// As agreed at the conclusion, and as modifications moved it.
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
    /// With the sums of all entries, as they were added up elsewhere. Allotments may add up to more than the maximum: both
    /// levels stop.
    pub fn summed(maximum: Money, balances: impl IntoIterator<Item = (OrganisationId, Balance)>) -> Self {
        Self { maximum, balances: balances.into_iter().collect(), vouchers: BTreeMap::new() }
    }

    /// The same, with what one voucher holds of its participant's sums.
    #[must_use]
    pub fn with_voucher(mut self, voucher: VoucherId, participant: OrganisationId, held: Held) -> Self {
        self.vouchers.insert(voucher, (participant, held));
        self
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
    pub fn lend(&mut self, loan: &Loan) -> Result<(), Refusal> {
        let lender = self.balance(loan.lender())?;
        let borrower = self.balance(loan.borrower())?;
        self.may_lend(loan.lender(), loan.amount())?;
        let lent = lender.lent.checked_add(loan.amount()).ok_or(Refusal::TooLarge)?;
        let borrowed = borrower.borrowed.checked_add(loan.amount()).ok_or(Refusal::TooLarge)?;
        self.balances.insert(loan.lender(), Balance { lent, ..lender });
        self.balances.insert(loan.borrower(), Balance { borrowed, ..borrower });
        Ok(())
    }

    /// What is neither reserved nor committed may be lent.
    ///
    /// # Errors
    /// [`LoanRefused::MoreThanUnused`], or a stranger.
    pub fn may_lend(&self, lender: OrganisationId, asked: Money) -> Result<(), Refusal> {
        let available = self.balance(lender)?.available().ok_or(Refusal::TooLarge)?;
        if asked > available {
            return Err(LoanRefused::MoreThanUnused { asked, available: available.max(Money::ZERO) }.into());
        }
        Ok(())
    }

    /// Both levels have room for this amount beside all drafts.
    ///
    /// # Errors
    /// [`Refusal::CeilingPassed`] or [`Refusal::AllotmentPassed`], with what is left.
    pub fn holds(&self, participant: OrganisationId, asked: Money) -> Result<(), Refusal> {
        self.holds_instead(participant, Money::ZERO, asked)
    }

    /// The same for a draft that changes: what it reserved is free for it.
    ///
    /// # Errors
    /// As [`Ledger::holds`].
    pub fn holds_instead(&self, participant: OrganisationId, reserved: Money, asked: Money) -> Result<(), Refusal> {
        let own = self.balance(participant)?.available().and_then(|left| left.checked_add(reserved));
        let all = self.available().and_then(|left| left.checked_add(reserved));
        fits(asked, own, all)
    }

    /// Both levels have room for this amount beside all commitments, whatever drafts reserve: the last word, at the approval.
    ///
    /// # Errors
    /// As [`Ledger::holds`].
    pub fn commits(&self, participant: OrganisationId, asked: Money) -> Result<(), Refusal> {
        let balance = self.balance(participant)?;
        let own = balance.whole().and_then(|whole| whole.checked_sub(balance.committed));
        let all = self.committed().and_then(|committed| self.maximum.checked_sub(committed));
        fits(asked, own, all)
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

    /// By all participants together, on approved vouchers.
    pub fn committed(&self) -> Option<Money> {
        Money::total(self.balances.values().map(|balance| balance.committed))
    }

    /// By all participants together, on drafts.
    pub fn reserved(&self) -> Option<Money> {
        Money::total(self.balances.values().map(|balance| balance.reserved))
    }

    /// What all participants together may still reserve.
    pub fn available(&self) -> Option<Money> {
        self.maximum.checked_sub(self.taken()?)
    }
}

/// The ceiling is told before the allotment.
fn fits(asked: Money, own: Option<Money>, all: Option<Money>) -> Result<(), Refusal> {
    let (own, all) = own.zip(all).ok_or(Refusal::TooLarge)?;
    if asked > all {
        return Err(Refusal::CeilingPassed { asked, available: all.max(Money::ZERO) });
    }
    if asked > own {
        return Err(Refusal::AllotmentPassed { asked, available: own.max(Money::ZERO) });
    }
    Ok(())
}

fn difference(after: Money, before: Money) -> Result<Money, Refusal> {
    after.checked_sub(before).ok_or(Refusal::TooLarge)
}

fn moved(sum: Money, before: Money, after: Money) -> Result<Money, Refusal> {
    sum.checked_sub(before).and_then(|rest| rest.checked_add(after)).ok_or(Refusal::TooLarge)
}

#[cfg(test)]
mod tests;
