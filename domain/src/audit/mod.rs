//! What is written down about every step: who, for whom, what, before and after, chained so that a change shows.

use serde::{Deserialize, Serialize};

use crate::kernel::ids::{OfferId, OrganisationId, TenderId};

/// One chain of audit rows. One per tender or organisation, so that two files never wait for each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stream {
    Tender(TenderId),
    Organisation(OrganisationId),
    /// What a firm does with its offer. A chain of its own: that of the tender names no firm before the opening.
    Offer(OfferId),
    /// Parameters, clauses and other common settings.
    Platform,
}

impl Stream {
    /// The stable text under which the chain is stored.
    pub fn key(self) -> String {
        match self {
            Self::Tender(id) => format!("tender/{id}"),
            Self::Organisation(id) => format!("organisation/{id}"),
            Self::Offer(id) => format!("offer/{id}"),
            Self::Platform => "platform".to_owned(),
        }
    }
}

/// Is this done by a firm about a call? Questions are anonymous, and nobody learns before the opening who bids.
pub fn is_by_a_tenderer(action: &str) -> bool {
    ["call.ask", "offer.prepare", "offer.submit", "offer.withdraw"].contains(&action)
}

/// What the trail of a tender tells from the opening on: before it, nobody reads when offers come and go.
pub const TOLD_FROM_THE_OPENING: [&str; 2] = ["offer.received", "offer.withdrawn"];

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Done,
    /// A rule said no: late, incomplete, over a ceiling.
    Refused,
    /// The policy said no.
    Denied,
}

impl Outcome {
    pub fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Denied => "denied",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Done, Self::Refused, Self::Denied].into_iter().find(|outcome| outcome.code() == code)
    }
}
