//! What must be over before the contract is concluded (loi du 17 juin 2013, art. 11; CDLD, art. L3122-2).

use chrono::{DateTime, Utc};

use super::{Award, Refusal, Supervision};
use crate::{
    kernel::{
        deadline::{self, Deadline},
        time::brussels,
    },
    parameter::{MissingParameter, Parameter, ParameterSet},
    refusal,
    tender::{Stage, Step, Tender, Warning, WarningRule},
};

/// The conditions of the conclusion at one moment, all together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub warnings: Vec<Warning>,
    /// The stage that follows, or what stands in the way whatever reason is given.
    pub after: Result<Stage, refusal::Refusal>,
}

impl Award {
    /// What stands in the way of concluding now. A transmission that the decision itself announces is a step, and stops;
    /// one that only an amount of the supervision suggests warns, as that amount is not sure.
    ///
    /// # Errors
    /// No row of a delay on its day.
    pub fn waiting(
        &self,
        tender: &Tender,
        supervision: &Supervision,
        set: &ParameterSet,
        now: DateTime<Utc>,
    ) -> Result<Waiting, MissingParameter> {
        let today = brussels(now).date();
        let mut warnings = Vec::new();
        match self.transmission {
            None if supervision.is_due && !self.awaits_transmission() => {
                let rule = WarningRule::SupervisionNotSent { award: self.excluding };
                warnings.push(Warning { rule, figure: supervision.figure.clone() });
            }
            Some(transmission) if !transmission.is_over(set, today)? => {
                let until = transmission.delays(set)?.map(|found| found.delay.end);
                let figure = set.on("cdld.tutelle.decision_days", transmission.sent_on)?.clone();
                warnings.push(Warning { rule: WarningRule::SupervisionRuns { until }, figure });
            }
            None | Some(_) => {}
        }
        if let Some((end, figure)) = validity_end(tender, set)?.filter(|(end, _)| today > end.raw_end) {
            warnings.push(Warning { rule: WarningRule::ValidityOver { until: end.raw_end }, figure });
        }
        Ok(Waiting { warnings, after: self.may_conclude(tender, now) })
    }

    /// The guards that stop: the order of the steps, the waiting time, a pending request for suspension, the transmission
    /// that the decision announces.
    fn may_conclude(&self, tender: &Tender, now: DateTime<Utc>) -> Result<Stage, refusal::Refusal> {
        let after = tender.after(Step::Conclude)?;
        if self.is_annulled() {
            return Err(Refusal::Annulled.into());
        }
        if self.informed_at.is_none() {
            return Err(Refusal::NotInformed.into());
        }
        if let Some(since) = self.suspended_at {
            return Err(Refusal::SuspensionPending { since: brussels(since).date() }.into());
        }
        match self.standstill_until {
            Some(until) if now <= until => Err(Refusal::StandstillRuns { until: brussels(until).date() }.into()),
            Some(_) | None if self.awaits_transmission() => Err(Refusal::NotTransmitted.into()),
            Some(_) | None => Ok(after),
        }
    }
}

impl Waiting {
    /// Why a conclusion without a reason is refused, where a warning stands: its date is in the sentence.
    pub fn unreasoned(&self) -> Option<Refusal> {
        self.warnings.iter().find_map(|warning| match warning.rule {
            WarningRule::SupervisionNotSent { .. } | WarningRule::SupervisionRuns { until: None } => {
                Some(Refusal::SupervisionNotSent)
            }
            WarningRule::SupervisionRuns { until: Some(until) } => Some(Refusal::SupervisionRuns { until }),
            WarningRule::ProcedureLimit { .. }
            | WarningRule::ProcedureCase { .. }
            | WarningRule::ProcedureNature { .. }
            | WarningRule::DelayTooShort { .. }
            | WarningRule::LotsReasonMissing
            | WarningRule::LegalityOpinionMissing
            | WarningRule::OpinionUnfavourable { .. }
            | WarningRule::AboveDelegation { .. }
            | WarningRule::ChannelNotFree
            | WarningRule::AnswerLate { .. }
            | WarningRule::AccessionNotSent { .. }
            | WarningRule::ValidityOver { .. } => None,
        })
    }
}

/// Until when tenderers are bound by their offers (ARP, art. 58), from the end of the deposit, at the figure of the call.
///
/// # Errors
/// No row of the delay on that day.
pub fn validity_end(tender: &Tender, set: &ParameterSet) -> Result<Option<(Deadline, Parameter)>, MissingParameter> {
    let Some(until) = tender.clock.deposit_until else { return Ok(None) };
    let deposit = brussels(until).date();
    let called_on = tender.called_on(deposit);
    let days = set.days_on(VALIDITY, called_on)?;
    let figure = set.on(VALIDITY, called_on)?.clone();
    Ok(deadline::calendar(deposit, days).ok().map(|end| (end, figure)))
}

const VALIDITY: &str = "tender.validity_days";

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        kernel::{
            Money,
            ids::{OrganisationId, TenderId},
            reference::TenderRef,
        },
        parameter::Value,
        procedure::{Nature, Procedure},
        share::{Fixed, Key, Rule},
        tender::{Channel, Notice, Plan, StageClock, Vehicle},
    };

    fn date(text: &str) -> chrono::NaiveDate {
        text.parse().expect("an ISO date")
    }

    fn called(sent_on: &str, deposit_until: &str) -> Tender {
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
        Tender {
            id: TenderId::from_uuid(Uuid::from_u128(1)),
            reference: TenderRef::new(2026, 1).expect("a reference"),
            pilot: OrganisationId::from_uuid(Uuid::from_u128(1)),
            plan: Plan {
                object: String::new(),
                description: String::new(),
                cpv: String::new(),
                nature: Nature::Services,
                vehicle: Vehicle::Isolated,
                procedure: Procedure::Po,
                channel: Channel::EProcurement,
                procedure_reason: None,
                lots_reason: None,
                estimate: Money::ZERO,
            },
            rule: Rule { key: Key::Equal, fixed: Fixed::None, min: None, max: None },
            stage: Stage::AwardProposed,
            stopped_at: None,
            clock: StageClock { deposit_until: Some(at(deposit_until)), ..StageClock::default() },
            published_at: Some(at("2027-01-04T09:00:00Z")),
            notice: Some(Notice { number: "2026-700001".to_owned(), sent_on: date(sent_on) }),
            participants: Vec::new(),
            version: 1,
        }
    }

    /// Ninety days until the end of 2026, sixty from 2027 on.
    fn changed_law() -> ParameterSet {
        let shipped = ParameterSet::shipped();
        let old = Parameter { valid_to: Some(date("2026-12-31")), ..shipped.of(VALIDITY)[0].clone() };
        let new = Parameter { value: Value::Count(60), valid_from: date("2027-01-01"), valid_to: None, ..old.clone() };
        ParameterSet::from_rows([old, new])
    }

    #[test]
    fn tenderers_are_bound_for_the_days_of_the_day_of_the_call() {
        let until = "2027-02-01T11:00:00Z";
        let end = |sent_on: &str| {
            let found = validity_end(&called(sent_on, until), &changed_law()).expect("a row").expect("a deposit");
            found.0.raw_end
        };

        assert_eq!(end("2026-12-31"), date("2027-05-02"), "ninety days");
        assert_eq!(end("2027-01-01"), date("2027-04-02"), "sixty days");
    }
}
