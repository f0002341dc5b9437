//! A public contract in the making: its stages, its kinds, its participants, its guards.

mod act;
mod call;
mod guard;
mod kind;
mod opinion;
mod organ;
mod stage;
mod warning;

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    audit::Stream,
    authz::Subject,
    kernel::{
        ids::{FileId, OrganisationId, TenderId},
        money::Money,
        reference::TenderRef,
    },
    procedure::{Nature, Procedure},
    refusal::Refusal,
    share::{self, Rule},
};

pub use act::{ActKind, ActResult};
pub use call::{CallTerms, QuestionsAdvice, advised_questions_day};
pub use guard::Adoption;
pub use kind::{Adhesion, Channel, Vehicle};
pub use opinion::{FileVersion, LegalityOpinion, OpinionResult, opinion_due};
pub use organ::Organ;
pub use stage::{Milestone, Stage, StageClock, Step, StepRefused};
pub use warning::{Rule as WarningRule, Warning};

/// A tender as it stands, with its participants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tender {
    pub id: TenderId,
    pub reference: TenderRef,
    /// The authority that acts for all.
    pub pilot: OrganisationId,
    pub plan: Plan,
    /// How the price is shared between the participants.
    pub rule: Rule,
    /// As stored; what the clock makes of it is [`Tender::stage_at`].
    pub stage: Stage,
    /// How far it had come when it was given up, annulled or terminated.
    pub stopped_at: Option<Stage>,
    pub clock: StageClock,
    pub published_at: Option<DateTime<Utc>>,
    pub notice: Option<Notice>,
    pub participants: Vec<Participant>,
    pub version: i32,
}

/// What is decided when a tender is planned; it may change until the conditions are adopted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub object: String,
    pub description: String,
    /// Eight digits.
    pub cpv: String,
    pub nature: Nature,
    pub vehicle: Vehicle,
    pub procedure: Procedure,
    pub channel: Channel,
    /// Why this procedure, where the law wants a reason.
    pub procedure_reason: Option<String>,
    /// Why it is not divided into lots, where the law wants a reason.
    pub lots_reason: Option<String>,
    /// Without VAT; at least the sum of the participants' needs.
    pub estimate: Money,
}

/// The notice of the federal platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub number: String,
    pub sent_on: NaiveDate,
}

/// An authority that takes part, the pilot included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    pub organisation: OrganisationId,
    pub name: String,
    /// NIS code: it decides which participant takes the odd cent.
    pub nis: Option<String>,
    /// Inhabitants on 1 January of the year of the figure; the weight of the population key.
    pub population: Option<i64>,
    pub adhesion: Adhesion,
    /// Its own need, without VAT.
    pub estimate: Money,
    pub quantity: String,
    pub answer: Option<Answer>,
    /// Of its own row: two people of one authority may answer at once.
    pub version: i32,
}

/// What a participant's council decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub deliberated_on: NaiveDate,
    pub number: String,
    pub file: Option<FileId>,
    pub mandate_signed_on: Option<NaiveDate>,
    pub budget_article: Option<String>,
    pub remark: Option<String>,
}

impl Tender {
    /// The stage that people see at this moment.
    pub fn stage_at(&self, now: DateTime<Utc>) -> Stage {
        self.stage.at(self.clock, now)
    }

    /// How far it came: where it stands now, or stood when it was stopped.
    pub fn progress_at(&self, now: DateTime<Utc>) -> Stage {
        self.stopped_at.map_or_else(|| self.stage_at(now), |stage| stage.at(self.clock, now))
    }

    /// The stored stage that it reached.
    pub fn progress(&self) -> Stage {
        self.stopped_at.unwrap_or(self.stage)
    }

    /// Given up, annulled or terminated: nothing of it changes any more.
    ///
    /// # Errors
    /// [`Refusal::Stopped`] says how it ended.
    pub fn is_going_on(&self) -> Result<(), Refusal> {
        if self.stopped_at.is_some() { Err(Refusal::Stopped { stage: self.stage }) } else { Ok(()) }
    }

    pub fn is_pilot(&self, organisation: OrganisationId) -> bool {
        self.pilot == organisation
    }

    pub fn participant(&self, organisation: OrganisationId) -> Option<&Participant> {
        self.participants.iter().find(|participant| participant.organisation == organisation)
    }

    /// The participants that count in the sums.
    pub fn counted(&self) -> impl Iterator<Item = &Participant> {
        self.participants.iter().filter(|participant| participant.adhesion.counts())
    }

    /// Sum of the participants' needs, without VAT.
    pub fn needs_total(&self) -> Option<Money> {
        Money::total(self.counted().map(|participant| participant.estimate))
    }

    /// Each participant's share of `total` under the tender's rule.
    ///
    /// # Errors
    /// The rule can't be applied: no population known, impossible bounds.
    pub fn shares(
        &self,
        total: Money,
        rule: &Rule,
    ) -> Result<std::collections::BTreeMap<ShareId, Money>, share::ShareError> {
        shares_between(total, rule, self.counted())
    }
}

/// The share of each of these: also of a set that is only tried.
///
/// # Errors
/// As [`Tender::shares`].
pub fn shares_between<'a>(
    total: Money,
    rule: &Rule,
    participants: impl IntoIterator<Item = &'a Participant>,
) -> Result<std::collections::BTreeMap<ShareId, Money>, share::ShareError> {
    let participants: Vec<_> = participants.into_iter().collect();
    // Alone, an authority bears the whole: nobody needs to know how many inhabitants it has.
    let alone = participants.len() == 1;
    let participants = participants
        .into_iter()
        .map(|participant| {
            let id = (participant.nis.clone().unwrap_or_default(), participant.organisation);
            let weight = if alone { 1 } else { participant.weight(rule)? };
            Ok(share::Participant { id, weight })
        })
        .collect::<Result<Vec<_>, share::ShareError>>()?;
    share::shares(total, rule, &participants)
}

impl Participant {
    /// What the key of the rule counts of this participant.
    ///
    /// # Errors
    /// [`share::ShareError::UnknownWeight`]: an authority without a population does not pay nothing for that.
    pub fn weight(&self, rule: &Rule) -> Result<u64, share::ShareError> {
        match rule.key {
            share::Key::Equal => Ok(0),
            share::Key::Population => self
                .population
                .and_then(|population| u64::try_from(population).ok())
                .ok_or(share::ShareError::UnknownWeight),
        }
    }
}

/// Ties go by ascending NIS code, then by organisation where there is no code.
pub type ShareId = (String, OrganisationId);

impl Subject for Tender {
    fn stream(&self) -> Stream {
        Stream::Tender(self.id)
    }
}
