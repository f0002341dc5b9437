//! The combined weight of each participant, as an exact integer.

use super::{Fixed, Key, LARGEST_WEIGHT, Participant, Rule, ShareError};
use crate::kernel::Percent;

/// `fixed / n + (1 - fixed) × key`, brought to one denominator: n × sum of the keys × 10^8.
///
/// The weights add up to less than 10^24 (10^10 × 1 000 participants, × 1 000, × 10^8), so that a weight times a total
/// of 10^14 cents fits in 128 bits.
pub(super) fn combined<Id>(rule: &Rule, participants: &[&Participant<Id>]) -> Result<Vec<i128>, ShareError> {
    let keys = keys(rule.key, participants)?;
    let fixed = fixed_part(rule.fixed)?;
    let (sum, variable) = (keys.iter().sum::<i128>(), whole() - fixed);
    if sum == 0 && variable > 0 {
        return Err(ShareError::NoWeight);
    }

    let count = i128::try_from(keys.len()).map_err(|_| ShareError::TooManyParticipants)?;
    let (sum, keys) = if sum == 0 { (count, vec![1; keys.len()]) } else { (sum, keys) };
    Ok(keys.into_iter().map(|key| fixed * sum + variable * key * count).collect())
}

fn keys<Id>(key: Key, participants: &[&Participant<Id>]) -> Result<Vec<i128>, ShareError> {
    if participants.iter().any(|participant| participant.weight > LARGEST_WEIGHT) {
        return Err(ShareError::TooLarge);
    }

    Ok(match key {
        Key::Equal => vec![1; participants.len()],
        Key::Population => participants.iter().map(|participant| participant.weight.into()).collect(),
    })
}

/// Part of the total shared equally, in millionths of a per cent.
fn fixed_part(fixed: Fixed) -> Result<i128, ShareError> {
    match fixed {
        Fixed::None | Fixed::Amount(_) => Ok(0),
        Fixed::Percent(part) if (Percent::ZERO..=Percent::HUNDRED).contains(&part) => Ok(part.millionths().into()),
        Fixed::Percent(_) => Err(ShareError::FixedPercent),
    }
}

fn whole() -> i128 {
    Percent::HUNDRED.millionths().into()
}
