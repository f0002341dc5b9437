//! How a voucher moves the ledger of its contract. A voucher at no price moves nothing.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Voucher;
use crate::{
    kernel::{Money, Percent},
    ledger::{Entry, LedgerError, Movement, newly_reached},
    parameter::{MissingParameter, ParameterSet},
};

/// What an approval uses up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Allotment,
    Ceiling,
}

/// A part of a level that an approval reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    pub level: Level,
    /// The figure of the law of the day.
    pub percent: Percent,
    /// By approved vouchers, this one among them, HTVA.
    pub committed: Money,
    /// HTVA.
    pub whole: Money,
}

impl Voucher {
    /// What its approval reaches of its allotment and of the ceiling; to a participant alone they are one.
    ///
    /// # Errors
    /// No row of a figure on this day.
    pub fn reaches(&self, law: &ParameterSet, on: NaiveDate) -> Result<Vec<Reached>, MissingParameter> {
        let contract = &self.contract;
        let own = contract.allotment(self.organisation);
        let own = own.map(|own| (Level::Allotment, own.balance.committed, own.whole()));
        let all = (contract.allotments.len() > 1).then(|| (Level::Ceiling, contract.committed(), contract.ceiling));
        let mut found = Vec::new();
        for (level, before, whole) in own.into_iter().chain(all) {
            let committed = before.checked_add(self.excluding).unwrap_or(whole);
            if let Some(alert) = newly_reached(law, on, (before, committed), whole)? {
                let percent = law.percent_on(&alert.row().key, on)?;
                found.push(Reached { level, percent, committed, whole });
            }
        }
        Ok(found)
    }

    /// Its reservation follows its lines; nothing when the amount stays, or does not fit.
    pub fn reserves(&self, amount: Money) -> Option<Movement> {
        let reserved = self.held.reserved();
        if reserved == Money::ZERO {
            return Some(Movement::Reserve(amount)).filter(|_| amount.is_positive());
        }
        let more = amount.checked_sub(reserved)?;
        Some(Movement::Correct(more)).filter(|_| more != Money::ZERO)
    }

    /// All that it reserved is committed.
    pub fn commits(&self) -> Option<Movement> {
        Some(Movement::Commit(self.excluding)).filter(|_| self.excluding.is_positive())
    }

    /// All that it holds is given back.
    pub fn releases_all(&self) -> Option<Movement> {
        Movement::release(self.held.taken())
    }

    /// The entry, once the ledger takes it.
    ///
    /// # Errors
    /// [`LedgerError`]: no room, or entries that contradict the voucher.
    pub fn entry(&self, movement: Movement) -> Result<Entry, LedgerError> {
        let entry = Entry { participant: self.organisation, voucher: self.id, movement };
        self.contract.ledger().with_voucher(self.id, self.organisation, self.held).record(entry)?;
        Ok(entry)
    }
}
