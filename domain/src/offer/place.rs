use chrono::{DateTime, Utc};

use super::Refusal as OfferRefusal;
use crate::{
    audit::Stream,
    authz::Subject,
    kernel::ids::{OfferId, OrganisationId},
    refusal::Refusal,
    tender::{Channel, Stage, Tender},
};

/// A firm before a call: what it may do about an offer, made or still to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub tender: Tender,
    pub firm: OrganisationId,
    /// Invited by name.
    pub invited: bool,
    /// Its offer, once it has begun to write one.
    pub offer: Option<OfferId>,
}

impl Place {
    /// May this firm answer at all? Those who are invited may; everybody may where the call was announced by a notice.
    pub fn is_concerned(&self) -> bool {
        self.invited || self.tender.plan.procedure.asks_for_a_notice()
    }

    /// Writing, depositing, replacing and withdrawing are possible until the hour of the deposit, to the second; `at` is
    /// the arrival of the last byte of what was sent.
    ///
    /// # Errors
    /// [`Refusal::NotCalled`], [`OfferRefusal::OnThePlatform`], or [`Refusal::DepositClosed`] with its hour.
    pub fn may_answer(&self, at: DateTime<Utc>) -> Result<(), Refusal> {
        if self.tender.plan.channel == Channel::EProcurement {
            return Err(OfferRefusal::OnThePlatform.into());
        }
        let Some(until) = self.tender.clock.deposit_until.filter(|_| self.tender.published_at.is_some()) else {
            return Err(Refusal::NotCalled);
        };
        if at > until || self.tender.stage != Stage::Called {
            return Err(Refusal::DepositClosed { at: until });
        }
        Ok(())
    }
}

impl Subject for Place {
    fn stream(&self) -> Stream {
        self.offer.map_or(Stream::Organisation(self.firm), Stream::Offer)
    }
}
