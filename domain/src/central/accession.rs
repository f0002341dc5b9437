use chrono::NaiveDate;

use super::Refusal;
use crate::{
    audit::Stream,
    authz::Subject,
    kernel::{
        deadline,
        ids::{AccessionId, OrganisationId},
    },
    parameter::{MissingParameter, ParameterSet, Value},
    tender::{Warning, WarningRule},
};

/// Whether an accession is sent to the supervising Region.
const TRANSMISSION: &str = "cdld.tutelle.accession";
const COMPULSORY: &str = "compulsory";

/// What an authority records: its council decided (CDLD, art. L1222-7), and the convention was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessionDraft {
    pub deliberated_on: NaiveDate,
    pub number: String,
    pub convention_on: NaiveDate,
    pub transmitted_on: Option<NaiveDate>,
}

/// An authority and the body that it adhered to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accession {
    pub id: AccessionId,
    pub body: OrganisationId,
    pub body_name: String,
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub draft: AccessionDraft,
    /// By the body.
    pub accepted_on: Option<NaiveDate>,
    /// First day without it.
    pub ended_on: Option<NaiveDate>,
    pub version: i32,
}

/// Where an accession stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Asked,
    Running,
    Ended,
}

impl AccessionDraft {
    /// Nothing of it is to come, and it was sent once it was decided.
    ///
    /// # Errors
    /// [`Refusal::WrongDay`].
    pub fn holds(&self, today: NaiveDate) -> Result<(), Refusal> {
        let days = [Some(self.deliberated_on), Some(self.convention_on), self.transmitted_on];
        if let Some(on) = days.into_iter().flatten().find(|on| *on > today) {
            return Err(Refusal::WrongDay { on });
        }
        match self.transmitted_on.filter(|on| *on < self.deliberated_on) {
            Some(on) => Err(Refusal::WrongDay { on }),
            None => Ok(()),
        }
    }
}

impl Accession {
    pub fn standing(&self, on: NaiveDate) -> Standing {
        if self.ended_on.is_some_and(|end| end <= on) {
            Standing::Ended
        } else if self.accepted_on.is_some_and(|from| from <= on) {
            Standing::Running
        } else {
            Standing::Asked
        }
    }

    /// The body accepts what waits.
    ///
    /// # Errors
    /// [`Refusal::AccessionNotWaiting`].
    pub fn may_accept(&self) -> Result<(), Refusal> {
        if self.accepted_on.is_none() && self.ended_on.is_none() { Ok(()) } else { Err(Refusal::AccessionNotWaiting) }
    }

    /// The authority leaves from this day on; what it ordered before goes on.
    ///
    /// # Errors
    /// [`Refusal::AccessionEnds`] or [`Refusal::EndInThePast`].
    pub fn may_end(&self, from: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
        if self.ended_on.is_some() {
            return Err(Refusal::AccessionEnds);
        }
        if from < today { Err(Refusal::EndInThePast { on: from }) } else { Ok(()) }
    }

    /// The deliberation was sent to the supervising Region.
    ///
    /// # Errors
    /// [`Refusal::SentAlready`] or [`Refusal::WrongDay`].
    pub fn may_send(&self, on: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
        if self.draft.transmitted_on.is_some() {
            return Err(Refusal::SentAlready);
        }
        AccessionDraft { transmitted_on: Some(on), ..self.draft.clone() }.holds(today)
    }
}

/// Last day to send a deliberation of this day to the supervising Region; none where it is not sent (CDLD, art. L3122-2).
///
/// # Errors
/// No row of a figure on the day of the deliberation.
pub fn transmission_until(law: &ParameterSet, on: NaiveDate) -> Result<Option<NaiveDate>, MissingParameter> {
    if law.on(TRANSMISSION, on)?.value != Value::Choice(COMPULSORY.to_owned()) {
        return Ok(None);
    }
    let days = law.days_on("cdld.tutelle.transmission_days", on)?;
    Ok(Some(deadline::calendar(on, days).map_or(on, |delay| delay.end)))
}

/// What the law says of an accession that was not sent in time.
///
/// # Errors
/// No row of a figure on the day of the deliberation.
pub fn warnings_of_accession(
    law: &ParameterSet,
    draft: &AccessionDraft,
    today: NaiveDate,
) -> Result<Vec<Warning>, MissingParameter> {
    let on = draft.deliberated_on;
    match transmission_until(law, on)? {
        Some(until) if draft.transmitted_on.is_none() && today > until => {
            let figure = law.on(TRANSMISSION, on)?.clone();
            Ok(vec![Warning { rule: WarningRule::AccessionNotSent { until }, figure }])
        }
        Some(_) | None => Ok(Vec::new()),
    }
}

impl Subject for Accession {
    fn stream(&self) -> Stream {
        Stream::Organisation(self.body)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn draft() -> AccessionDraft {
        AccessionDraft {
            deliberated_on: day("2026-10-20"),
            number: "14".to_owned(),
            convention_on: day("2026-10-27"),
            transmitted_on: None,
        }
    }

    fn accession() -> Accession {
        let organisation = |number| OrganisationId::from_uuid(Uuid::from_u128(number));
        Accession {
            id: AccessionId::from_uuid(Uuid::from_u128(1)),
            body: organisation(2),
            body_name: "Centrale".to_owned(),
            organisation: organisation(3),
            organisation_name: "Namur".to_owned(),
            draft: draft(),
            accepted_on: Some(day("2026-11-02")),
            ended_on: None,
            version: 1,
        }
    }

    #[test]
    fn it_runs_from_its_acceptance_to_the_day_before_its_end() {
        let asked = Accession { accepted_on: None, ..accession() };
        let ended = Accession { ended_on: Some(day("2026-12-01")), ..accession() };

        assert_eq!(asked.standing(day("2026-11-02")), Standing::Asked);
        assert_eq!(ended.standing(day("2026-11-02")), Standing::Running);
        assert_eq!(ended.standing(day("2026-11-30")), Standing::Running);
        assert_eq!(ended.standing(day("2026-12-01")), Standing::Ended);
    }

    #[test]
    fn a_withdrawal_acts_from_today_on_and_once() {
        let today = day("2026-11-23");
        let yesterday = day("2026-11-22");

        assert_eq!(accession().may_end(yesterday, today), Err(Refusal::EndInThePast { on: yesterday }));
        assert_eq!(accession().may_end(today, today), Ok(()));
        let ended = Accession { ended_on: Some(today), ..accession() };
        assert_eq!(ended.may_end(today, today), Err(Refusal::AccessionEnds));
    }

    #[test]
    fn what_waits_is_accepted_once() {
        let asked = Accession { accepted_on: None, ..accession() };
        let left = Accession { ended_on: Some(day("2026-11-20")), ..asked.clone() };

        assert_eq!(asked.may_accept(), Ok(()));
        assert_eq!(accession().may_accept(), Err(Refusal::AccessionNotWaiting));
        assert_eq!(left.may_accept(), Err(Refusal::AccessionNotWaiting));
    }

    #[test]
    fn nothing_is_decided_or_sent_on_a_day_to_come_nor_sent_before_it_is_decided() {
        let today = day("2026-11-23");
        let sent = |on| AccessionDraft { transmitted_on: Some(day(on)), ..draft() };

        assert_eq!(draft().holds(today), Ok(()));
        assert_eq!(sent("2026-11-24").holds(today), Err(Refusal::WrongDay { on: day("2026-11-24") }));
        assert_eq!(sent("2026-10-19").holds(today), Err(Refusal::WrongDay { on: day("2026-10-19") }));
        assert_eq!(accession().may_send(day("2026-10-28"), today), Ok(()));
        let sent = Accession { draft: sent("2026-10-28"), ..accession() };
        assert_eq!(sent.may_send(day("2026-10-29"), today), Err(Refusal::SentAlready));
    }

    #[test]
    fn an_accession_that_was_not_sent_is_warned_of_with_its_article_and_its_last_day() {
        let law = ParameterSet::shipped();
        // 15 days after Tuesday 20 October 2026.
        let (until, late) = (day("2026-11-04"), day("2026-11-05"));

        let warnings = warnings_of_accession(&law, &draft(), late).expect("the law of that day");

        assert_eq!(warnings[0].rule, WarningRule::AccessionNotSent { until });
        assert_eq!(warnings_of_accession(&law, &draft(), until), Ok(Vec::new()), "the last day is in time");
        assert_eq!(transmission_until(&law, draft().deliberated_on), Ok(Some(until)));
        assert!(warnings[0].figure.legal_ref.contains("L3122-2"), "{}", warnings[0].figure.legal_ref);
        let sent = AccessionDraft { transmitted_on: Some(day("2026-10-21")), ..draft() };
        assert_eq!(warnings_of_accession(&law, &sent, late), Ok(Vec::new()));
    }
}
