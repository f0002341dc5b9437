//! The call: what it needs before it goes out, and what may still be done while it is out.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Channel, Notice, Stage, Tender};
use crate::{
    kernel::deadline,
    parameter::{MissingParameter, Parameter, ParameterSet},
    refusal::Refusal,
};

/// What a call makes known, and to how many it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallTerms {
    pub questions_until: DateTime<Utc>,
    pub deposit_until: DateTime<Utc>,
    pub notice: Option<Notice>,
    /// How many firms are invited by name.
    pub invited: usize,
}

/// Until when questions should be taken, so that the answers still reach everybody in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionsAdvice {
    /// The last day on which additional information may be given.
    pub last_answers: NaiveDate,
    /// One day earlier: the safe side.
    pub advised: NaiveDate,
    pub figure: Parameter,
}

/// Counts back from the end of the deposit (loi du 17 juin 2016, art. 64); `None` out of the calendar.
///
/// # Errors
/// No row of the delay on that day.
pub fn advised_questions_day(
    set: &ParameterSet,
    on: NaiveDate,
    deposit: NaiveDate,
) -> Result<Option<QuestionsAdvice>, MissingParameter> {
    let days = set.days_on(EXTRA_INFORMATION, on)?;
    let figure = set.on(EXTRA_INFORMATION, on)?.clone();
    Ok(deadline::backward(deposit, days).ok().and_then(|counted| {
        let advised = counted.end.pred_opt()?;
        Some(QuestionsAdvice { last_answers: counted.end, advised, figure })
    }))
}

const EXTRA_INFORMATION: &str = "extra_information.days";

impl Tender {
    /// The call goes out: once, with dates in their order, and with somebody who learns of it.
    ///
    /// # Errors
    /// The first fact that is missing.
    pub fn may_call(&self, now: DateTime<Utc>, terms: &CallTerms) -> Result<Stage, Refusal> {
        if self.published_at.is_some() {
            return Err(Refusal::AlreadyCalled);
        }
        let after = self.may_publish(now, terms.deposit_until)?;
        if terms.questions_until <= now {
            return Err(Refusal::QuestionsInThePast);
        }
        if terms.questions_until >= terms.deposit_until {
            return Err(Refusal::QuestionsAfterDeposit);
        }
        if self.needs_a_notice() && terms.notice.is_none() {
            return Err(Refusal::NoticeMissing);
        }
        if self.needs_invitations() && terms.invited == 0 {
            return Err(Refusal::NobodyInvited);
        }
        Ok(after)
    }

    /// More firms may be invited as long as offers are taken.
    ///
    /// # Errors
    /// [`Refusal::NotCalled`], or [`Refusal::DepositClosed`] with its hour.
    pub fn may_invite(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.is_taking_offers(now)
    }

    /// An answer reaches everybody before the deposit ends, or it is none.
    ///
    /// # Errors
    /// As [`Tender::may_invite`].
    pub fn may_answer_questions(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.is_taking_offers(now)
    }

    /// The federal platform gives the notice its number.
    pub fn needs_a_notice(&self) -> bool {
        self.plan.channel == Channel::EProcurement
    }

    /// Without a notice nobody learns of a hosted call but those who are invited.
    pub fn needs_invitations(&self) -> bool {
        self.plan.channel == Channel::Hosted && !self.plan.procedure.asks_for_a_notice()
    }

    fn is_taking_offers(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.is_going_on()?;
        match (self.stage_at(now), self.clock.deposit_until) {
            (Stage::Called | Stage::QuestionsClosed, _) => Ok(()),
            (_, Some(at)) if self.stage >= Stage::Called => Err(Refusal::DepositClosed { at }),
            (_, _) => Err(Refusal::NotCalled),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_stop_a_day_before_the_last_day_for_answers() {
        let date = |text: &str| text.parse::<NaiveDate>().expect("an ISO date");

        let advice = advised_questions_day(&ParameterSet::shipped(), date("2026-11-23"), date("2026-12-21"))
            .expect("a row of that day")
            .expect("inside the calendar");

        assert_eq!((advice.last_answers, advice.advised), (date("2026-12-15"), date("2026-12-14")));
        assert_eq!(advice.figure.key, "extra_information.days");
    }
}
