use chrono::{DateTime, Utc};

use crate::{
    kernel::{
        ids::{OfferId, OrganisationId, PersonId},
        rounding::div_half_away,
    },
    score::Points,
};

/// Somebody named to judge the quality of the offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Juror {
    pub person: PersonId,
    pub name: String,
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub declared_at: Option<DateTime<Utc>>,
    /// A conflict of interest was declared: the person is out.
    pub conflict: bool,
    pub declaration: String,
    /// Of the score sheet; 0 before its first save.
    pub sheet_version: i32,
}

impl Juror {
    /// Declared, without conflict: this person scores.
    pub fn scores(&self) -> bool {
        self.declared_at.is_some() && !self.conflict
    }
}

/// What one juror gives one offer for one criterion, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    pub person: PersonId,
    pub offer: OfferId,
    /// Place of the criterion in the specification, from 0.
    pub criterion: usize,
    pub points: Points,
    pub reason: String,
}

/// The mean of the jurors, rounded half up to two decimals; nothing when nobody scored.
pub(super) fn mean(points: &[Points]) -> Option<Points> {
    let count: i128 = points.iter().map(|_| 1).sum();
    let sum: i128 = points.iter().map(|points| i128::from(points.hundredths())).sum();
    if count == 0 {
        return None;
    }
    i64::try_from(div_half_away(sum, count)).ok().map(Points::from_hundredths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_of_the_jurors_goes_up_from_half_a_hundredth() {
        let of = |hundredths: &[i64]| {
            let points: Vec<_> = hundredths.iter().copied().map(Points::from_hundredths).collect();
            mean(&points).map(Points::hundredths)
        };

        assert_eq!(of(&[2_200, 2_201]), Some(2_201));
        assert_eq!(of(&[1_000, 1_000, 1_001]), Some(1_000));
        assert_eq!(of(&[2_250]), Some(2_250));
        assert_eq!(of(&[]), None);
    }
}
