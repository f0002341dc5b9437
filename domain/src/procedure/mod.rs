//! Procedures: which ones an estimate allows on a date, where a notice is published, and how long tenderers have.
//!
//! Every figure is a dated row, so the answer warns and explains; a person decides.

mod candidates;
mod delays;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

pub use candidates::{Answer, Candidates, Publication, Reason, Standing, Unanswerable, candidates};
pub use delays::{MinimumDelays, minimum_delays};

/// A procedure of the law of 17 June 2016.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Procedure {
    /// Low-value contract, accepted invoice (art. 92).
    Fm,
    /// Negotiated procedure without prior publication (art. 42).
    Pnspp,
    /// Simplified negotiated procedure with prior publication (art. 41).
    Pndapp,
    /// Open procedure (art. 36).
    Po,
    /// Restricted procedure (art. 37).
    Pr,
    /// Competitive procedure with negotiation (art. 38).
    Pcan,
    /// Competitive dialogue (art. 39).
    Dc,
    /// Innovation partnership (art. 40).
    Pi,
    /// Procedure of the social and other specific services (art. 88 to 90).
    Sss,
}

impl Procedure {
    /// All, in the order of the law's own tables.
    pub const ALL: [Self; 9] =
        [Self::Fm, Self::Pnspp, Self::Pndapp, Self::Po, Self::Pr, Self::Pcan, Self::Dc, Self::Pi, Self::Sss];

    /// The code that people use: `PNSPP`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fm => "FM",
            Self::Pnspp => "PNSPP",
            Self::Pndapp => "PNDAPP",
            Self::Po => "PO",
            Self::Pr => "PR",
            Self::Pcan => "PCAN",
            Self::Dc => "DC",
            Self::Pi => "PI",
            Self::Sss => "SSS",
        }
    }

    /// It starts with a contract notice.
    pub const fn asks_for_a_notice(self) -> bool {
        !matches!(self, Self::Fm | Self::Pnspp)
    }
}

impl fmt::Display for Procedure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.code())
    }
}

/// Not the code of a procedure, or not a nature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown word")]
pub struct UnknownWord;

impl FromStr for Procedure {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|procedure| procedure.code() == text).ok_or(UnknownWord)
    }
}

/// What is bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Nature {
    /// Services; IT development is one.
    Services,
    /// Supplies.
    Supplies,
    /// Works.
    Works,
    /// Social and other specific services of annex III.
    Sss,
}

impl Nature {
    /// All, in the order of a form.
    pub const ALL: [Self; 4] = [Self::Services, Self::Supplies, Self::Works, Self::Sss];

    /// The word of files: `services`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Services => "services",
            Self::Supplies => "supplies",
            Self::Works => "works",
            Self::Sss => "sss",
        }
    }

    /// Key of the EU threshold of a local authority.
    pub const fn eu_threshold_key(self) -> &'static str {
        match self {
            Self::Services | Self::Supplies => "eu.threshold.supplies_services",
            Self::Works => "eu.threshold.works",
            Self::Sss => "eu.threshold.sss",
        }
    }
}

impl fmt::Display for Nature {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.word())
    }
}

impl FromStr for Nature {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|nature| nature.word() == text).ok_or(UnknownWord)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_words_are_read_back_and_are_those_of_files() {
        for procedure in Procedure::ALL {
            assert_eq!(procedure.code().parse(), Ok(procedure));
            assert_eq!(serde_json::to_value(procedure).expect("a word"), procedure.code());
        }
        for nature in Nature::ALL {
            assert_eq!(nature.word().parse(), Ok(nature));
            assert_eq!(serde_json::to_value(nature).expect("a word"), nature.word());
        }
        assert_eq!("po".parse::<Procedure>(), Err(UnknownWord));
        assert_eq!("Works".parse::<Nature>(), Err(UnknownWord));
    }
}
