use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::Objection;
use crate::{
    kernel::{
        Money,
        ids::{FileId, ReceivedInvoiceId},
    },
    matching::{Matched, MatchedLine, Outcome},
};

/// An invoice as it came, kept whatever becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedInvoice {
    pub id: ReceivedInvoiceId,
    pub status: ReceivedStatus,
    /// None of a file that can't be read.
    pub number: Option<String>,
    pub issued_on: Option<NaiveDate>,
    /// TVAC.
    pub including: Option<Money>,
    pub objections: Vec<Objection>,
    pub comparison: Option<Comparison>,
    /// Why a person refused it.
    pub reason: Option<String>,
    /// None of what was typed in a form.
    pub file: Option<FileId>,
    pub version: i32,
    pub received_at: DateTime<Utc>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReceivedStatus {
    /// It waits: some line is not as ordered or as accepted so far.
    Received,
    /// The delay to pay runs.
    Accepted,
    Refused,
}

/// Order, receipts and invoice, line by line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    pub lines: Vec<MatchedLine>,
    /// What may be paid, TVAC.
    pub payable: Money,
    /// Stated less payable, TVAC.
    pub difference: Money,
}

impl ReceivedStatus {
    pub const ALL: [Self; 3] = [Self::Received, Self::Accepted, Self::Refused];

    /// Stable name in the database and in the trail.
    pub fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

impl From<Outcome> for ReceivedStatus {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Agrees => Self::Accepted,
            Outcome::Differs => Self::Received,
            Outcome::Refused => Self::Refused,
        }
    }
}

impl From<&Matched> for Comparison {
    fn from(matched: &Matched) -> Self {
        Self { lines: matched.lines.clone(), payable: matched.payable.including, difference: matched.difference }
    }
}
