//! The guards that stop: arithmetic and order of steps. Legal figures only warn.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Adhesion, LegalityOpinion, Organ, Participant, Stage, Step, Tender, Vehicle};
use crate::{
    award,
    kernel::{Money, deadline::Deadline, ids::OrganisationId},
    refusal::Refusal,
};

/// The decision that fixes the conditions, and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Adoption {
    pub organ: Organ,
    pub decided_on: NaiveDate,
    /// On the file as it is adopted.
    pub opinion: LegalityOpinion,
    /// Answers that the specification still misses.
    pub missing: usize,
}

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

    /// A tender that others already take part in stays a joint one.
    ///
    /// # Errors
    /// As [`Tender::may_change`], or [`Refusal::OthersTakePart`].
    pub fn may_become(&self, vehicle: Vehicle) -> Result<(), Refusal> {
        self.may_change()?;
        match vehicle {
            Vehicle::Joint => Ok(()),
            Vehicle::Isolated | Vehicle::Central if self.participants.len() <= 1 => Ok(()),
            Vehicle::Isolated | Vehicle::Central => Err(Refusal::OthersTakePart),
        }
    }

    /// The councils are asked in a joint tender; alone, the pilot decides by adopting the conditions.
    ///
    /// # Errors
    /// [`Refusal::NotJoint`], or [`Refusal::Step`] when they were asked already.
    pub fn may_ask_for_adhesions(&self) -> Result<Stage, Refusal> {
        let after = self.after(Step::AskForAdhesions)?;
        self.is_joint().map(|()| after)
    }

    /// Another authority is invited into a joint tender, once.
    ///
    /// # Errors
    /// As [`Tender::may_change`], [`Refusal::NotJoint`] or [`Refusal::TakesPartAlready`].
    pub fn may_invite_participant(&self, organisation: OrganisationId) -> Result<(), Refusal> {
        self.may_change()?;
        self.is_joint()?;
        if self.participant(organisation).is_some() { Err(Refusal::TakesPartAlready) } else { Ok(()) }
    }

    /// The invitation of another authority that has not answered is taken back.
    ///
    /// # Errors
    /// As [`Tender::may_change`], or [`Refusal::NotWaiting`].
    pub fn may_withdraw_invitation(&self, organisation: OrganisationId) -> Result<(), Refusal> {
        self.may_change()?;
        let waits = self.participant(organisation).is_some_and(|participant| participant.adhesion == Adhesion::Invited);
        if waits && !self.is_pilot(organisation) { Ok(()) } else { Err(Refusal::NotWaiting) }
    }

    /// An authority answers until the conditions are adopted; from then to the call it completes its answer, with its
    /// mandate and its credits, and changes nothing of what was adopted. Alone, there is nothing to adhere to.
    ///
    /// # Errors
    /// [`Refusal::NotJoint`], [`Refusal::ConditionsAdopted`] or [`Refusal::AlreadyCalled`].
    pub fn may_answer(&self, own: &Participant, adheres: bool, need: Money) -> Result<(), Refusal> {
        if self.stage.is_called_or_later() {
            return Err(Refusal::AlreadyCalled);
        }
        if self.may_change().is_ok() {
            return self.is_joint();
        }
        let same = adheres && own.adhesion == Adhesion::Adhered && own.estimate == need;
        if same { Ok(()) } else { Err(Refusal::ConditionsAdopted) }
    }

    /// The specification is written while it is drafted, and corrected until the conditions are adopted.
    ///
    /// # Errors
    /// [`Refusal::ConditionsAdopted`], or [`Refusal::NotDrafting`] before.
    pub fn may_draft(&self) -> Result<(), Refusal> {
        self.may_change()?;
        if self.stage < Stage::Drafting { Err(Refusal::NotDrafting) } else { Ok(()) }
    }

    /// Enough participants to write the specification; each council may still decide while it is written.
    ///
    /// # Errors
    /// [`Refusal::TooFewParticipants`].
    pub fn may_start_drafting(&self) -> Result<Stage, Refusal> {
        let after = self.after(Step::StartDrafting)?;
        self.are_enough().map(|()| after)
    }

    /// The legality opinion is asked on a complete file; when the file changes afterwards, it is asked again.
    ///
    /// # Errors
    /// [`Refusal::SpecificationIncomplete`], or [`Refusal::Step`] where it can't be asked.
    pub fn may_ask_opinion(&self, opinion: LegalityOpinion, missing: usize) -> Result<Stage, Refusal> {
        let again = self.stage == Stage::LegalityOpinion && opinion == LegalityOpinion::Outdated;
        let after = if again { self.stage } else { self.after(Step::AskLegalityOpinion)? };
        if missing > 0 { Err(Refusal::SpecificationIncomplete { missing }) } else { Ok(after) }
    }

    /// Every council that counts has decided, the estimate covers the needs, and the decision follows the opinion that
    /// was asked on this file, or the end of its delay (« absence d’avis »).
    ///
    /// # Errors
    /// The first fact that is missing.
    pub fn may_adopt(&self, adoption: &Adoption, today: NaiveDate) -> Result<Stage, Refusal> {
        let after = self.after(Step::AdoptConditions)?;
        if adoption.missing > 0 {
            return Err(Refusal::SpecificationIncomplete { missing: adoption.missing });
        }
        self.everybody_adhered()?;
        self.estimate_covers_needs()?;
        if adoption.decided_on > today {
            return Err(Refusal::DecidedInTheFuture);
        }
        adoption.opinion.may_be_followed(adoption.decided_on).map(|()| after)
    }

    /// The award follows the opinion that was asked on this very proposal, or the end of its delay.
    ///
    /// # Errors
    /// The first fact that is missing.
    pub fn may_award(
        &self,
        opinion: LegalityOpinion,
        decided_on: NaiveDate,
        today: NaiveDate,
    ) -> Result<Stage, Refusal> {
        let after = self.after(Step::DecideAward)?;
        if decided_on > today {
            return Err(Refusal::DecidedInTheFuture);
        }
        opinion.may_be_followed(decided_on).map(|()| after)
    }

    /// A contract is terminated after the delay in which the contractor could answer the report of failure (RGE,
    /// art. 44, § 2, and 47).
    ///
    /// # Errors
    /// The first fact that is missing.
    pub fn may_terminate(
        &self,
        defence: Option<&Deadline>,
        decided_on: NaiveDate,
        today: NaiveDate,
    ) -> Result<Stage, Refusal> {
        let after = self.after(Step::Terminate)?;
        let until = defence.ok_or(award::Refusal::NoReportOfFailure)?.end;
        if decided_on > today {
            return Err(Refusal::DecidedInTheFuture);
        }
        if decided_on <= until {
            return Err(award::Refusal::DefenceRuns { until }.into());
        }
        Ok(after)
    }

    /// The call goes out with everybody in it, mandates signed and credits cited, and with its end in the future.
    ///
    /// # Errors
    /// The first fact that is missing.
    pub fn may_publish(&self, now: DateTime<Utc>, deposit_until: DateTime<Utc>) -> Result<Stage, Refusal> {
        let after = self.after(Step::Publish)?;
        self.everybody_adhered()?;
        self.mandates_and_credits()?;
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

    fn is_joint(&self) -> Result<(), Refusal> {
        match self.plan.vehicle {
            Vehicle::Joint => Ok(()),
            Vehicle::Isolated | Vehicle::Central => Err(Refusal::NotJoint),
        }
    }

    fn are_enough(&self) -> Result<(), Refusal> {
        let present = self.counted().count();
        if present < self.plan.vehicle.least_participants() {
            return Err(Refusal::TooFewParticipants { present });
        }
        Ok(())
    }

    /// Only a joint tender is adhered to: alone, the pilot's own decision is the adoption.
    fn everybody_adhered(&self) -> Result<(), Refusal> {
        self.are_enough()?;
        if self.is_joint().is_err() {
            return Ok(());
        }
        let missing = self.names_of(|participant| participant.adhesion != Adhesion::Adhered);
        if missing.is_empty() { Ok(()) } else { Err(Refusal::NotAdhered { missing }) }
    }

    /// Nobody commits money for another without its mandate, nor without a credit in its budget (RGCC).
    fn mandates_and_credits(&self) -> Result<(), Refusal> {
        let mandates = self.names_of(|participant| self.is_joint().is_ok() && !participant.has_mandate());
        let credits = self.names_of(|participant| !participant.has_credit());
        if mandates.is_empty() && credits.is_empty() {
            return Ok(());
        }
        Err(Refusal::MandatesAndCredits { mandates, credits })
    }

    fn names_of(&self, wanted: impl Fn(&Participant) -> bool) -> Vec<String> {
        self.counted().filter(|participant| wanted(participant)).map(|participant| participant.name.clone()).collect()
    }

    fn estimate_covers_needs(&self) -> Result<(), Refusal> {
        match self.needs_total() {
            Some(needs) if needs <= self.plan.estimate => Ok(()),
            Some(needs) => Err(Refusal::EstimateBelowNeeds { needs }),
            None => Err(Refusal::EstimateBelowNeeds { needs: self.plan.estimate }),
        }
    }
}

impl LegalityOpinion {
    /// A decision on this day comes after the opinion that was asked, or after the end of its delay (« absence d’avis »).
    fn may_be_followed(self, decided_on: NaiveDate) -> Result<(), Refusal> {
        match self {
            Self::Outdated => Err(Refusal::OpinionOutdated),
            Self::Awaited { until } if decided_on <= until => Err(Refusal::OpinionAwaited { until }),
            Self::Given { on, .. } if decided_on < on => Err(Refusal::DecidedBeforeOpinion { on }),
            Self::NotAsked | Self::Awaited { .. } | Self::Given { .. } => Ok(()),
        }
    }
}

impl Participant {
    /// It signed the mandate by which the pilot acts for it.
    pub fn has_mandate(&self) -> bool {
        self.answer.as_ref().is_some_and(|answer| answer.mandate_signed_on.is_some())
    }

    /// It cited the article of its budget.
    pub fn has_credit(&self) -> bool {
        let article = self.answer.as_ref().and_then(|answer| answer.budget_article.as_deref());
        article.is_some_and(|article| !article.trim().is_empty())
    }
}
