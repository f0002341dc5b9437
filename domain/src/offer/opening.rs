//! The opening: after the hour of the deposit, before two persons, of different authorities when several buy together.

use chrono::{DateTime, Utc};

use super::Refusal as OfferRefusal;
use crate::{
    kernel::ids::{OrganisationId, PersonId},
    refusal::Refusal,
    tender::{Channel, Stage, Step, Tender},
};

/// Somebody who is present, and for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attendant {
    pub person: PersonId,
    pub organisation: OrganisationId,
}

impl Tender {
    /// Somebody may say that they are present: the deposit is over and nothing is opened yet.
    ///
    /// # Errors
    /// [`OfferRefusal::StillSealed`] until the hour, [`OfferRefusal::AlreadyOpened`] afterwards, [`Refusal::NotCalled`]
    /// for a file that has no call.
    pub fn may_attend_opening(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        let Some(until) = self.clock.deposit_until.filter(|_| self.published_at.is_some()) else {
            return Err(Refusal::NotCalled);
        };
        let stage = self.stage_at(now);
        if stage == Stage::DepositClosed {
            Ok(())
        } else if stage < Stage::DepositClosed {
            Err(OfferRefusal::StillSealed { until }.into())
        } else if stage < Stage::GivenUp {
            Err(OfferRefusal::AlreadyOpened.into())
        } else {
            Err(Refusal::Step { from: stage, step: Step::OpenOffers })
        }
    }

    /// The second person opens.
    ///
    /// # Errors
    /// As [`Tender::may_attend_opening`]; [`OfferRefusal::NobodyPresent`] without a first person, and
    /// [`OfferRefusal::SecondPerson`] when the second is not another one, or not of another authority where several buy.
    pub fn may_open(&self, now: DateTime<Utc>, first: Option<Attendant>, second: Attendant) -> Result<Stage, Refusal> {
        self.may_attend_opening(now)?;
        let after = self.after(Step::OpenOffers)?;
        let first = first.ok_or(OfferRefusal::NobodyPresent)?;
        let is_joint = self.opens_jointly();
        if first.person == second.person || is_joint && first.organisation == second.organisation {
            return Err(OfferRefusal::SecondPerson { joint: is_joint }.into());
        }
        Ok(after)
    }

    /// Several authorities buy together: two of them are present.
    pub fn opens_jointly(&self) -> bool {
        self.counted().count() > 1
    }

    /// Offers of the federal platform are copied by hand between the end of the deposit and the opening.
    ///
    /// # Errors
    /// As [`Tender::may_attend_opening`]; [`OfferRefusal::DepositedHere`] for a hosted call.
    pub fn may_type_offers(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.may_attend_opening(now)?;
        match self.plan.channel {
            Channel::EProcurement => Ok(()),
            Channel::Hosted => Err(OfferRefusal::DepositedHere.into()),
        }
    }
}
