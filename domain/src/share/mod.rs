//! Sharing an amount between participants, to the cent.
//!
//! One pass on the combined weight, largest remainder in cents, ties in ascending identifier (NIS code): the shares
//! always add up to the total. A credit note takes the original shares back, it is not shared again.

mod bounded;
mod weight;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::kernel::{Money, Percent};
use bounded::{Bounds, bounded};

/// One who pays a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant<Id> {
    /// NIS code or another stable identifier; it decides ties.
    pub id: Id,
    /// Population, or what else the key counts; not used by an equal share.
    pub weight: u64,
}

/// How the variable part is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Key {
    /// The same for all.
    Equal,
    /// By the weight of each, usually its population.
    Population,
}

/// The part that all pay alike before the key is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Fixed {
    /// None: the key shares everything.
    #[default]
    None,
    /// This part of the total, shared equally.
    Percent(Percent),
    /// This amount for each participant.
    Amount(Money),
}

/// A rule of sharing, as a convention states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// How the variable part is shared.
    pub key: Key,
    /// What all pay alike.
    pub fixed: Fixed,
    /// Nobody pays less.
    pub min: Option<Money>,
    /// Nobody pays more.
    pub max: Option<Money>,
}

impl Rule {
    /// The key alone: no fixed part, no bound.
    pub const fn by(key: Key) -> Self {
        Self { key, fixed: Fixed::None, min: None, max: None }
    }
}

/// Why an amount cannot be shared this way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// Nobody to share between.
    #[error("no participant")]
    NoParticipant,
    /// More than [`MOST_PARTICIPANTS`].
    #[error("too many participants")]
    TooManyParticipants,
    /// The same identifier twice.
    #[error("a participant is named twice")]
    Twice,
    /// Zero or below: a credit note takes the original shares back.
    #[error("the total is not above zero")]
    NotPositive,
    /// An amount or a weight out of all proportion.
    #[error("too large")]
    TooLarge,
    /// The key counts something that is not known of somebody: nobody pays nothing because a figure lacks.
    #[error("a weight is unknown")]
    UnknownWeight,
    /// Nobody has a weight.
    #[error("all weights are zero")]
    NoWeight,
    /// Not from 0 to 100.
    #[error("the fixed part is not between 0 and 100 %")]
    FixedPercent,
    /// Negative, or more than the total for all together.
    #[error("the fixed parts do not fit in the total")]
    FixedAmount,
    /// No shares fit within the minimum and the maximum.
    #[error("the bounds are impossible")]
    Bounds,
}

/// Largest number of participants: more than all Belgian communes.
pub const MOST_PARTICIPANTS: usize = 1_000;
/// Largest weight of one participant: more than the population of the Earth.
pub const LARGEST_WEIGHT: u64 = 10_000_000_000;
/// Largest total, in euro cents: a thousand billion euro.
pub const LARGEST_TOTAL: Money = Money::from_cents(100_000_000_000_000);

/// The share of each participant. They add up to the total, whatever the rule.
pub fn shares<Id: Ord + Clone>(
    total: Money,
    rule: &Rule,
    participants: &[Participant<Id>],
) -> Result<BTreeMap<Id, Money>, ShareError> {
    check_total(total)?;
    let in_order = in_order_of_id(participants)?;

    let weights = weight::combined(rule, &in_order)?;
    let bounds = Bounds::of(total, rule, in_order.len())?;
    let cents = bounded(total.cents().into(), &weights, &bounds);

    in_order.iter().zip(cents).map(|(participant, cents)| Ok((participant.id.clone(), money(cents)?))).collect()
}

fn check_total(total: Money) -> Result<(), ShareError> {
    if !total.is_positive() {
        Err(ShareError::NotPositive)
    } else if total > LARGEST_TOTAL {
        Err(ShareError::TooLarge)
    } else {
        Ok(())
    }
}

fn in_order_of_id<Id: Ord>(participants: &[Participant<Id>]) -> Result<Vec<&Participant<Id>>, ShareError> {
    let mut in_order: Vec<_> = participants.iter().collect();
    in_order.sort_by(|one, other| one.id.cmp(&other.id));

    if in_order.is_empty() {
        Err(ShareError::NoParticipant)
    } else if in_order.len() > MOST_PARTICIPANTS {
        Err(ShareError::TooManyParticipants)
    } else if in_order.windows(2).any(|pair| pair[0].id == pair[1].id) {
        Err(ShareError::Twice)
    } else {
        Ok(in_order)
    }
}

fn money(cents: i128) -> Result<Money, ShareError> {
    i64::try_from(cents).map(Money::from_cents).map_err(|_| ShareError::TooLarge)
}

#[cfg(test)]
mod tests;
