use chrono::{DateTime, NaiveDate, Utc};

use super::{Organ, Tenderer};
use crate::kernel::{
    Money,
    ids::{FileId, OfferId, OrganisationId},
};

/// The award of a tender as it stands, from the proposal on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Award {
    pub offer: OfferId,
    pub firm: OrganisationId,
    /// What is awarded, without VAT.
    pub excluding: Money,
    /// The same with VAT.
    pub including: Money,
    pub reasons: String,
    /// Why the first of the ranking is not chosen, where it is not.
    pub deviation: Option<String>,
    pub proposed_at: DateTime<Utc>,
    pub decision: Option<Decision>,
    pub informed_at: Option<DateTime<Utc>>,
    /// None: no waiting time, or the letters are not sent.
    pub standstill_until: Option<DateTime<Utc>>,
    /// A request for suspension is registered and not lifted.
    pub suspended_at: Option<DateTime<Utc>>,
    pub transmission: Option<Transmission>,
    pub concluded_on: Option<NaiveDate>,
    /// Last day of the guarantee, from the provisional acceptance on.
    pub guarantee_until: Option<NaiveDate>,
    pub version: i32,
}

/// The reasoned decision (loi du 17 juin 2013, art. 4 and 5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub organ: Organ,
    pub decided_on: NaiveDate,
    pub number: String,
    /// It says that it goes to the supervising Region, and is not executed before.
    pub to_supervision: bool,
    pub file: FileId,
}

/// The award at the supervising Region (CDLD, art. L3122-2, 4°).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transmission {
    pub sent_on: NaiveDate,
    /// The Region has the complete act: its delay starts.
    pub received_on: Option<NaiveDate>,
    pub prolonged: bool,
    pub result: Option<SupervisionResult>,
}

/// What the supervising Region answered. Its silence is no answer: the clock tells that its delay is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SupervisionResult {
    NotAnnulled,
    Annulled,
}

impl SupervisionResult {
    pub const ALL: [Self; 2] = [Self::NotAnnulled, Self::Annulled];

    pub fn code(self) -> &'static str {
        match self {
            Self::NotAnnulled => "not_annulled",
            Self::Annulled => "annulled",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|result| result.code() == code)
    }
}

/// Who annulled an award.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnnulledBy {
    /// The supervising Region (CDLD, art. L3122-6).
    Region,
    /// The Conseil d’État (loi du 17 juin 2013, art. 14).
    Judge,
}

impl AnnulledBy {
    pub const ALL: [Self; 2] = [Self::Region, Self::Judge];

    /// Stable name in forms and in the trail.
    pub fn code(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Judge => "judge",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.code() == code)
    }
}

impl Award {
    /// The decision says that it goes to the Region, and it has not gone there.
    pub fn awaits_transmission(&self) -> bool {
        self.transmission.is_none() && self.decision.as_ref().is_some_and(|decision| decision.to_supervision)
    }

    /// The offer that is chosen, among all that were opened.
    pub fn winner<'a>(&self, tenderers: &'a [Tenderer]) -> Option<&'a Tenderer> {
        tenderers.iter().find(|tenderer| tenderer.offer == self.offer)
    }
}
