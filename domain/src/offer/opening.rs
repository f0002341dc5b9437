//! The opening: after the hour of the deposit, before two persons, of different authorities when several buy together.

use chrono::{DateTime, TimeDelta, Utc};

use super::Refusal as OfferRefusal;
use crate::{
    kernel::ids::{OrganisationId, PersonId},
    refusal::Refusal,
    tender::{Channel, Stage, Step, Tender},
};

/// Between the end of the deposit and the opening. An offer whose last byte came at the last second is sealed and written down
/// in this time; a write waits for the database half as long at most, and the clocks of two servers differ by less.
const SETTLING: TimeDelta = TimeDelta::minutes(1);

/// Somebody who is present, and for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attendant {
    pub person: PersonId,
    pub organisation: OrganisationId,
}

impl Tender {
    /// Somebody may say that they are present: the deposit is over, what came in time is written down, and nothing is opened
    /// yet.
    ///
    /// # Errors
    /// [`OfferRefusal::StillSealed`] until the hour, [`OfferRefusal::Settling`] for a minute more where offers are deposited
    /// here, [`OfferRefusal::AlreadyOpened`] afterwards, [`Refusal::NotCalled`] for a file that has no call.
    pub fn may_attend_opening(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        let Some(until) = self.clock.deposit_until.filter(|_| self.published_at.is_some()) else {
            return Err(Refusal::NotCalled);
        };
        let stage = self.stage_at(now);
        if stage == Stage::DepositClosed {
            let from = until + SETTLING;
            let settles = self.plan.channel == Channel::Hosted && now < from;
            if settles { Err(OfferRefusal::Settling { from }.into()) } else { Ok(()) }
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

    /// The first person leaves before anything is opened.
    ///
    /// # Errors
    /// As [`Tender::may_attend_opening`]; [`OfferRefusal::NotPresent`] to anybody else.
    pub fn may_leave_opening(
        &self,
        now: DateTime<Utc>,
        first: Option<Attendant>,
        who: Attendant,
    ) -> Result<(), Refusal> {
        self.may_attend_opening(now)?;
        let is_first = first.is_some_and(|first| first.person == who.person);
        if is_first { Ok(()) } else { Err(OfferRefusal::NotPresent.into()) }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        kernel::{Money, ids::TenderId, reference::TenderRef},
        procedure::{Nature, Procedure},
        share::{Fixed, Key, Rule},
        tender::{Adhesion, Participant, Plan, StageClock, Vehicle},
    };
    use uuid::Uuid;

    fn until() -> DateTime<Utc> {
        "2026-12-21T10:00:00Z".parse().expect("an instant")
    }

    fn attendant(person: u128, organisation: u128) -> Attendant {
        Attendant {
            person: PersonId::from_uuid(Uuid::from_u128(person)),
            organisation: OrganisationId::from_uuid(Uuid::from_u128(organisation)),
        }
    }

    fn tender(participants: &[u128]) -> Tender {
        let participant = |number: &u128| Participant {
            organisation: OrganisationId::from_uuid(Uuid::from_u128(*number)),
            name: String::new(),
            nis: None,
            population: None,
            adhesion: Adhesion::Adhered,
            estimate: Money::ZERO,
            quantity: String::new(),
            version: 1,
            answer: None,
        };
        Tender {
            id: TenderId::from_uuid(Uuid::from_u128(1)),
            reference: TenderRef::new(2026, 1).expect("a reference"),
            pilot: OrganisationId::from_uuid(Uuid::from_u128(1)),
            plan: Plan {
                object: String::new(),
                description: String::new(),
                cpv: String::new(),
                nature: Nature::Services,
                vehicle: Vehicle::Joint,
                procedure: Procedure::Pnspp,
                channel: Channel::Hosted,
                procedure_reason: None,
                lots_reason: None,
                estimate: Money::ZERO,
            },
            rule: Rule { key: Key::Equal, fixed: Fixed::None, min: None, max: None },
            stage: Stage::Called,
            stopped_at: None,
            clock: StageClock { deposit_until: Some(until()), ..StageClock::default() },
            published_at: Some(until()),
            notice: None,
            participants: participants.iter().map(participant).collect(),
            version: 1,
        }
    }

    #[test]
    fn a_joint_tender_is_opened_by_two_authorities() {
        let (joint, later) = (tender(&[1, 2]), until() + SETTLING);
        let second_person = |joint| Err(OfferRefusal::SecondPerson { joint }.into());

        assert_eq!(joint.may_open(later, Some(attendant(7, 1)), attendant(8, 1)), second_person(true));
        assert_eq!(joint.may_open(later, Some(attendant(7, 1)), attendant(7, 2)), second_person(true));
        assert_eq!(joint.may_open(later, Some(attendant(7, 1)), attendant(8, 2)), Ok(Stage::Opened));
        assert_eq!(tender(&[1]).may_open(later, Some(attendant(7, 1)), attendant(8, 1)), Ok(Stage::Opened));
        assert_eq!(tender(&[1]).may_open(later, Some(attendant(7, 1)), attendant(7, 1)), second_person(false));
    }

    #[test]
    fn only_the_one_who_is_present_leaves() {
        let (tender, later) = (tender(&[1]), until() + SETTLING);
        let nobody_there = Err(OfferRefusal::NotPresent.into());

        assert_eq!(tender.may_leave_opening(later, Some(attendant(7, 1)), attendant(7, 1)), Ok(()));
        assert_eq!(tender.may_leave_opening(later, Some(attendant(7, 1)), attendant(8, 1)), nobody_there);
        assert_eq!(tender.may_leave_opening(later, None, attendant(7, 1)), nobody_there);
    }

    #[test]
    fn nothing_is_opened_at_the_hour_itself() {
        let sealed = OfferRefusal::StillSealed { until: until() };

        assert_eq!(tender(&[1]).may_attend_opening(until()), Err(sealed.into()));
        assert_eq!(tender(&[1]).may_type_offers(until() + SETTLING), Err(OfferRefusal::DepositedHere.into()));
    }

    #[test]
    fn what_came_at_the_last_second_is_written_down_before_anybody_opens() {
        let (hosted, second) = (tender(&[1]), TimeDelta::seconds(1));
        let settling = OfferRefusal::Settling { from: until() + SETTLING };

        assert_eq!(hosted.may_attend_opening(until() + second), Err(settling.clone().into()));
        assert_eq!(hosted.may_attend_opening(until() + SETTLING - second), Err(settling.into()));
        assert_eq!(hosted.may_attend_opening(until() + SETTLING), Ok(()));

        let mut elsewhere = tender(&[1]);
        elsewhere.plan.channel = Channel::EProcurement;
        assert_eq!(elsewhere.may_attend_opening(until() + second), Ok(()));
    }
}
