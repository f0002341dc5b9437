//! The guards that stop: arithmetic and order of steps. Legal figures only warn.

use chrono::{DateTime, Utc};

use super::{Adhesion, Stage, Step, Tender};
use crate::refusal::Refusal;

impl Tender {
    /// The stage after `step`.
    ///
    /// # Errors
    /// [`Refusal::Step`] when the table of stages does not hold the pair.
    pub fn after(&self, step: Step) -> Result<Stage, Refusal> {
        self.stage.after(step).map_err(|refused| Refusal::Step { from: refused.from, step: refused.step })
    }

    /// The plan, the participants and the shares change until the conditions are adopted.
    ///
    /// # Errors
    /// [`Refusal::ConditionsAdopted`].
    pub fn may_change(&self) -> Result<(), Refusal> {
        self.is_going_on()?;
        if self.stage < Stage::Adopted { Ok(()) } else { Err(Refusal::ConditionsAdopted) }
    }

    /// The specification is written while it is drafted, and corrected until the conditions are adopted.
    ///
    /// # Errors
    /// [`Refusal::ConditionsAdopted`], or [`Refusal::NotDrafting`] before.
    pub fn may_draft(&self) -> Result<(), Refusal> {
        self.may_change()?;
        if self.stage < Stage::Drafting { Err(Refusal::NotDrafting) } else { Ok(()) }
    }

    /// Enough participants to write the specification, and none of them still undecided in a joint tender.
    ///
    /// # Errors
    /// [`Refusal::TooFewParticipants`] or [`Refusal::NotAdhered`].
    pub fn may_start_drafting(&self) -> Result<Stage, Refusal> {
        let after = self.after(Step::StartDrafting)?;
        let present = self.counted().count();
        if present < self.plan.vehicle.least_participants() {
            return Err(Refusal::TooFewParticipants { present });
        }
        Ok(after)
    }

    /// Every participant that counts has decided, and the estimate covers their needs.
    ///
    /// # Errors
    /// The first fact that is missing.
    pub fn may_adopt(&self, missing_answers: usize) -> Result<Stage, Refusal> {
        let after = self.after(Step::AdoptConditions)?;
        if missing_answers > 0 {
            return Err(Refusal::SpecificationIncomplete { missing: missing_answers });
        }
        self.everybody_adhered()?;
        self.estimate_covers_needs()?;
        Ok(after)
    }

    /// The call goes out with everybody in it, and with its end in the future.
    ///
    /// # Errors
    /// The first fact that is missing.
    pub fn may_publish(&self, now: DateTime<Utc>, deposit_until: DateTime<Utc>) -> Result<Stage, Refusal> {
        let after = self.after(Step::Publish)?;
        self.everybody_adhered()?;
        if deposit_until <= now {
            return Err(Refusal::DepositInThePast);
        }
        Ok(after)
    }

    /// A question may be asked until its hour.
    ///
    /// # Errors
    /// [`Refusal::QuestionsClosed`] or [`Refusal::DepositClosed`] with the hour at which it closed.
    pub fn may_be_asked(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.is_going_on()?;
        match (self.stage_at(now), self.clock.questions_until, self.clock.deposit_until) {
            (Stage::Called, _, _) => Ok(()),
            (Stage::QuestionsClosed, Some(at), _) => Err(Refusal::QuestionsClosed { at }),
            (_, _, Some(at)) if self.stage >= Stage::Called => Err(Refusal::DepositClosed { at }),
            (_, _, _) => Err(Refusal::NotCalled),
        }
    }

    fn everybody_adhered(&self) -> Result<(), Refusal> {
        let missing: Vec<_> = self
            .counted()
            .filter(|participant| participant.adhesion != Adhesion::Adhered)
            .map(|participant| participant.name.clone())
            .collect();
        let present = self.counted().count();
        if present < self.plan.vehicle.least_participants() {
            return Err(Refusal::TooFewParticipants { present });
        }
        if missing.is_empty() { Ok(()) } else { Err(Refusal::NotAdhered { missing }) }
    }

    fn estimate_covers_needs(&self) -> Result<(), Refusal> {
        match self.needs_total() {
            Some(needs) if needs <= self.plan.estimate => Ok(()),
            Some(needs) => Err(Refusal::EstimateBelowNeeds { needs }),
            None => Err(Refusal::EstimateBelowNeeds { needs: self.plan.estimate }),
        }
    }
}
