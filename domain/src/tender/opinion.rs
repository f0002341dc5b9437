//! The finance director's legality opinion (CDLD, art. L1124-40, § 1er, 3°): on one state of the file, and of no other.

use chrono::NaiveDate;

use crate::{
    kernel::deadline,
    parameter::{MissingParameter, ParameterSet},
};

/// What the finance director says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpinionResult {
    Favourable,
    FavourableWithRemarks,
    Unfavourable,
}

impl OpinionResult {
    pub const ALL: [Self; 3] = [Self::Favourable, Self::FavourableWithRemarks, Self::Unfavourable];

    pub fn code(self) -> &'static str {
        match self {
            Self::Favourable => "favourable",
            Self::FavourableWithRemarks => "favourable_with_remarks",
            Self::Unfavourable => "unfavourable",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|result| result.code() == code)
    }
}

/// A state of the whole file: what an opinion was given on, what an edition was made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileVersion {
    /// Version of the tender, its participants included.
    pub tender: i32,
    /// Version of the answers of its specification; 0 before the first.
    pub answers: i32,
}

/// Where the opinion on the file as it now stands is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LegalityOpinion {
    /// Nobody asked for one.
    NotAsked,
    /// Asked on this very file, and not given.
    Awaited {
        /// Last day of the delay.
        until: NaiveDate,
    },
    /// The file changed since it was asked or given: it is an opinion on something else.
    Outdated,
    /// Given on this very file.
    Given { on: NaiveDate, result: OpinionResult },
}

/// The last day of the finance director's delay: working days, from the day after the request.
///
/// # Errors
/// No row of the delay on that day.
pub fn opinion_due(set: &ParameterSet, asked_on: NaiveDate) -> Result<NaiveDate, MissingParameter> {
    let days = set.days_on("cdld.legality_opinion.days", asked_on)?;
    Ok(deadline::working(asked_on, days).map_or(asked_on, |delay| delay.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn armistice_day_does_not_count_in_the_delay_of_the_opinion() {
        let date = |text: &str| text.parse::<NaiveDate>().expect("an ISO date");

        assert_eq!(opinion_due(&ParameterSet::shipped(), date("2026-10-26")), Ok(date("2026-11-09")));
        assert_eq!(opinion_due(&ParameterSet::shipped(), date("2026-11-02")), Ok(date("2026-11-17")));
    }

    #[test]
    fn every_result_reads_back() {
        assert!(OpinionResult::ALL.into_iter().all(|result| OpinionResult::from_code(result.code()) == Some(result)));
    }
}
