//! Bounds and cents: whoever leaves the bounds is set on them, and the rest is shared again until nobody does.

use super::{Fixed, Rule, ShareError};
use crate::kernel::Money;

/// What each participant pays at least and at most, and the amount that each pays before the key; in cents.
pub(super) struct Bounds {
    min: i128,
    max: i128,
    fixed: i128,
}

impl Bounds {
    /// Refuses what no shares can satisfy.
    pub(super) fn of(total: Money, rule: &Rule, participants: usize) -> Result<Self, ShareError> {
        let count = i128::try_from(participants).map_err(|_| ShareError::TooManyParticipants)?;
        let total: i128 = total.cents().into();
        let cents = |amount: Money| -> i128 { amount.cents().into() };
        let fixed = match rule.fixed {
            Fixed::Amount(amount) => cents(amount),
            Fixed::None | Fixed::Percent(_) => 0,
        };
        if fixed < 0 || fixed * count > total {
            return Err(ShareError::FixedAmount);
        }

        let (min, max) = (rule.min.map_or(0, cents), rule.max.map_or(total, cents));
        if min < 0 || min > max || fixed > max || min * count > total || max * count < total {
            return Err(ShareError::Bounds);
        }
        Ok(Self { min, max: max.min(total), fixed })
    }
}

/// Shares in cents, in the order of the weights; they add up to the total.
///
/// When one round finds shares below the minimum and others above the maximum, only the side that is further out is set
/// on its bound, because the money it moves may bring the other side back: so nobody ends on a bound without need.
pub(super) fn bounded(total: i128, weights: &[i128], bounds: &Bounds) -> Vec<i128> {
    let mut set: Vec<Option<i128>> = vec![None; weights.len()];

    loop {
        let round = Round::of(total, weights, &set, bounds);
        if round.settle(&mut set, bounds) {
            return round.cents(&set, bounds);
        }
    }
}

/// The sharing of what is left between those not yet set on a bound.
struct Round {
    /// Places of the free participants.
    free: Vec<usize>,
    /// Their weights.
    weights: Vec<i128>,
    /// Sum of these weights: denominator of the exact shares.
    sum: i128,
    /// Cents that the key shares between them, after the fixed amounts.
    rest: i128,
}

impl Round {
    fn of(total: i128, weights: &[i128], set: &[Option<i128>], bounds: &Bounds) -> Self {
        let free: Vec<usize> = (0..weights.len()).filter(|place| set[*place].is_none()).collect();
        let mut weights: Vec<i128> = free.iter().map(|place| weights[*place]).collect();
        if weights.iter().all(|weight| *weight == 0) {
            // Only participants without weight are left: the key cannot tell them apart.
            weights.fill(1);
        }
        let fixed = free.iter().map(|_| bounds.fixed).sum::<i128>();

        Self { sum: weights.iter().sum(), rest: total - set.iter().flatten().sum::<i128>() - fixed, free, weights }
    }

    /// Exact share of each free participant, in cents times `sum`.
    fn exact(&self, bounds: &Bounds) -> impl Iterator<Item = (usize, i128)> {
        let fixed = bounds.fixed * self.sum;
        self.free.iter().zip(&self.weights).map(move |(place, weight)| (*place, fixed + self.rest * weight))
    }

    /// Sets those out of bounds; true when nobody is.
    fn settle(&self, set: &mut [Option<i128>], bounds: &Bounds) -> bool {
        let (min, max) = (bounds.min * self.sum, bounds.max * self.sum);
        let lacking: i128 = self.exact(bounds).map(|(_, exact)| (min - exact).max(0)).sum();
        let exceeding: i128 = self.exact(bounds).map(|(_, exact)| (exact - max).max(0)).sum();

        for (place, exact) in self.exact(bounds) {
            if exact < min && lacking >= exceeding {
                set[place] = Some(bounds.min);
            } else if exact > max && exceeding >= lacking {
                set[place] = Some(bounds.max);
            }
        }
        lacking == 0 && exceeding == 0
    }

    /// Whole cents: each exact share rounded down, then one cent more to the largest remainders, first in order first.
    fn cents(&self, set: &[Option<i128>], bounds: &Bounds) -> Vec<i128> {
        let mut cents: Vec<i128> = set.iter().map(|bound| bound.unwrap_or(0)).collect();
        let mut remainders = Vec::with_capacity(self.free.len());
        let mut left = self.rest + bounds.fixed * count(&self.free);
        for (place, exact) in self.exact(bounds) {
            cents[place] = exact / self.sum;
            left -= cents[place];
            remainders.push((exact % self.sum, place));
        }

        remainders.sort_by(|(one, at), (other, there)| other.cmp(one).then(at.cmp(there)));
        for ((_, place), _) in remainders.into_iter().zip(0..left) {
            cents[place] += 1;
        }
        cents
    }
}

fn count(free: &[usize]) -> i128 {
    free.iter().map(|_| 1).sum()
}
