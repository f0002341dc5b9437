//! What the law says against going on. It never stops anybody: a named person goes on, with a reason that is kept.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Adoption, CallTerms, Channel, LegalityOpinion, OpinionResult, Organ, Plan, Tender};
use crate::{
    award::validity_end,
    kernel::{Money, deadline, time::brussels},
    parameter::{MissingParameter, Parameter, ParameterSet},
    procedure::{Procedure, Reason, Standing, Unanswerable, candidates},
};

/// One warning, with the figure that it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    pub rule: Rule,
    /// The row of the parameter, with its source, its date and its certainty.
    pub figure: Parameter,
}

/// Which rule warns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The estimate reaches the limit of the procedure.
    ProcedureLimit { procedure: Procedure, estimate: Money },
    /// The procedure is open in certain cases only, whatever the amount, and nothing says which one it is.
    ProcedureCase { procedure: Procedure },
    /// The procedure is for contracts of another nature.
    ProcedureNature { procedure: Procedure },
    /// The tenderers have less time than the law gives them at least.
    DelayTooShort { earliest: NaiveDate, given: NaiveDate },
    /// The law wants a reason for not dividing into lots.
    LotsReasonMissing,
    /// A legality opinion is compulsory above this amount, and there is none on this file.
    LegalityOpinionMissing,
    /// The finance director is against.
    OpinionUnfavourable { on: NaiveDate },
    /// The organ decides above what its council delegated to it.
    AboveDelegation { organ: Organ, estimate: Money },
    /// The deposit is hosted for a procedure whose filing belongs on the federal platform.
    ChannelNotFree,
    /// The award is due to the supervising Region and was not sent there.
    SupervisionNotSent { award: Money },
    /// The Region may still annul the award; no date before it has the complete act.
    SupervisionRuns { until: Option<NaiveDate> },
    /// The tenderers are no longer bound by their offers.
    ValidityOver { until: NaiveDate },
    /// An accession to a central body is due to the supervising Region until this day, and was not sent there.
    AccessionNotSent { until: NaiveDate },
    /// An answer reaches the tenderers later than the law allows additional information.
    AnswerLate { last: NaiveDate },
}

impl Rule {
    /// Stable name for the trail.
    pub fn code(self) -> &'static str {
        match self {
            Self::ProcedureLimit { .. } => "procedure_limit",
            Self::ProcedureCase { .. } => "procedure_case",
            Self::ProcedureNature { .. } => "procedure_nature",
            Self::DelayTooShort { .. } => "delay_too_short",
            Self::LotsReasonMissing => "lots_reason_missing",
            Self::LegalityOpinionMissing => "legality_opinion_missing",
            Self::OpinionUnfavourable { .. } => "opinion_unfavourable",
            Self::AboveDelegation { .. } => "above_delegation",
            Self::ChannelNotFree => "channel_not_free",
            Self::SupervisionNotSent { .. } => "supervision_not_sent",
            Self::SupervisionRuns { .. } => "supervision_runs",
            Self::ValidityOver { .. } => "validity_over",
            Self::AccessionNotSent { .. } => "accession_not_sent",
            Self::AnswerLate { .. } => "answer_late",
        }
    }
}

impl Plan {
    /// What the law says of this plan on this day.
    ///
    /// # Errors
    /// The law of that day is not known, or the estimate is not above zero.
    pub fn warnings(&self, set: &ParameterSet, on: NaiveDate) -> Result<Vec<Warning>, Unanswerable> {
        let mut warnings: Vec<_> = self.procedure_warning(set, on)?.into_iter().collect();
        let lots = set.on("lots.reasons.min", on)?;
        if self.estimate >= set.money_on("lots.reasons.min", on)? && self.lots_reason.is_none() {
            warnings.push(Warning { rule: Rule::LotsReasonMissing, figure: lots.clone() });
        }
        let free = matches!(self.procedure, Procedure::Fm | Procedure::Pnspp);
        if self.channel == Channel::Hosted && !free {
            let figure = set.on("channel.electronic", on)?.clone();
            warnings.push(Warning { rule: Rule::ChannelNotFree, figure });
        }
        Ok(warnings)
    }

    /// Why this procedure is not simply open, with the row that the answer was read from.
    fn procedure_warning(&self, set: &ParameterSet, on: NaiveDate) -> Result<Option<Warning>, Unanswerable> {
        let law = candidates(set, on, self.nature, self.estimate)?;
        let Some(answer) = law.of(self.procedure) else { return Ok(None) };
        let warns = match answer.standing {
            Standing::Allowed => false,
            Standing::OnConditions => self.procedure_reason.is_none(),
            Standing::Refused => true,
        };
        let procedure = self.procedure;
        let rule = match answer.reason {
            Reason::NotBelow { .. } | Reason::OtherCasesOnly { .. } => {
                Rule::ProcedureLimit { procedure, estimate: self.estimate }
            }
            Reason::ContentCases => Rule::ProcedureCase { procedure },
            Reason::OtherNature => Rule::ProcedureNature { procedure },
            Reason::Below { .. } | Reason::Always => return Ok(None),
        };
        let Some(key) = answer.row.filter(|_| warns) else { return Ok(None) };
        Ok(Some(Warning { rule, figure: set.on(key, on)?.clone() }))
    }
}

impl Tender {
    /// What the law says of adopting the conditions by this decision, dated by the decision itself. `article` is the
    /// pilot's budget article where the decision cites it.
    ///
    /// # Errors
    /// As [`Plan::warnings`].
    pub fn warnings_of_adoption(
        &self,
        set: &ParameterSet,
        adoption: &Adoption,
        article: Option<&str>,
    ) -> Result<Vec<Warning>, Unanswerable> {
        let on = adoption.decided_on;
        let mut warnings = self.plan.warnings(set, on)?;
        warnings.extend(opinion_warning(set, on, self.plan.estimate, adoption.opinion)?);
        warnings.extend(self.delegation_warning(set, adoption, article)?);
        Ok(warnings)
    }

    /// What the law says of awarding this amount now: the limit of the procedure bears on the expense to approve too.
    ///
    /// # Errors
    /// As [`Plan::warnings`].
    pub fn warnings_of_award(
        &self,
        set: &ParameterSet,
        now: DateTime<Utc>,
        award: Money,
        opinion: LegalityOpinion,
    ) -> Result<Vec<Warning>, Unanswerable> {
        let on = brussels(now).date();
        let plan = Plan { estimate: award, ..self.plan.clone() };
        let mut warnings = plan.warnings(set, on)?;
        warnings.retain(|warning| matches!(warning.rule, Rule::ProcedureLimit { .. }));
        // Asked and not given in time: the decision notes the absence of an opinion.
        if !matches!(opinion, LegalityOpinion::Awaited { .. }) {
            warnings.extend(opinion_warning(set, on, award, opinion)?);
        }
        if let Some((end, figure)) = validity_end(self, set)?.filter(|(end, _)| on > end.raw_end) {
            warnings.push(Warning { rule: Rule::ValidityOver { until: end.raw_end }, figure });
        }
        Ok(warnings)
    }

    fn delegation_warning(
        &self,
        set: &ParameterSet,
        adoption: &Adoption,
        article: Option<&str>,
    ) -> Result<Option<Warning>, MissingParameter> {
        let (on, organ) = (adoption.decided_on, adoption.organ);
        let pilot = self.participant(self.pilot);
        let cited = pilot.and_then(|pilot| pilot.answer.as_ref()).and_then(|answer| answer.budget_article.as_deref());
        let inhabitants = pilot.and_then(|pilot| pilot.population);
        let Some(key) = organ.delegation_key(set, on, inhabitants, article.or(cited))? else { return Ok(None) };
        if self.plan.estimate < set.money_on(key, on)? {
            return Ok(None);
        }
        let rule = Rule::AboveDelegation { organ, estimate: self.plan.estimate };
        Ok(Some(Warning { rule, figure: set.on(key, on)?.clone() }))
    }

    /// What the law says of calling now on these terms. The sending of the notice dates the law and starts the delay,
    /// or the invitations do, which leave now. A deposit that ends within the last day of the delay cuts it short.
    ///
    /// # Errors
    /// As [`Plan::warnings`].
    pub fn warnings_of_call(
        &self,
        set: &ParameterSet,
        now: DateTime<Utc>,
        terms: &CallTerms,
    ) -> Result<Vec<Warning>, Unanswerable> {
        let on = terms.notice.as_ref().map_or_else(|| brussels(now).date(), |notice| notice.sent_on);
        let mut warnings = self.plan.warnings(set, on)?;
        let given = brussels(terms.deposit_until).date();
        if let Some((last, figure)) = self.delay(set, on)?.filter(|(last, _)| given <= *last) {
            let rule = Rule::DelayTooShort { earliest: deadline::next_working_day(last), given };
            warnings.push(Warning { rule, figure });
        }
        Ok(warnings)
    }

    /// The day proposed for the end of the deposit, counted from `sent_on`: the next working day after the last one of
    /// the delay, which is the tenderers’ until its last hour.
    ///
    /// # Errors
    /// No row of the delay on that day.
    pub fn earliest_deposit(
        &self,
        set: &ParameterSet,
        sent_on: NaiveDate,
    ) -> Result<Option<(NaiveDate, Parameter)>, MissingParameter> {
        let delay = self.delay(set, sent_on)?;
        Ok(delay.map(|(last, figure)| (deadline::next_working_day(last), figure)))
    }

    /// The last day of the tenderers' delay, where the law gives them one.
    fn delay(
        &self,
        set: &ParameterSet,
        sent_on: NaiveDate,
    ) -> Result<Option<(NaiveDate, Parameter)>, MissingParameter> {
        let Some((key, days)) = least_days(set, sent_on, self.plan.procedure)? else { return Ok(None) };
        let figure = set.on(key, sent_on)?.clone();
        Ok(deadline::calendar(sent_on, days).ok().map(|counted| (counted.end, figure)))
    }

    /// What the law says of answering a question now (loi du 17 juin 2016, art. 64): six days before the deposit ends,
    /// at the latest.
    ///
    /// # Errors
    /// No row of the delay on the day of the call.
    pub fn warnings_of_answer(&self, set: &ParameterSet, now: DateTime<Utc>) -> Result<Vec<Warning>, MissingParameter> {
        let today = brussels(now).date();
        let Some(until) = self.clock.deposit_until else { return Ok(Vec::new()) };
        let advice = super::advised_questions_day(set, self.called_on(today), brussels(until).date())?;
        let late = advice.filter(|advice| today > advice.last_answers);
        let warning = |advice: super::QuestionsAdvice| Warning {
            rule: Rule::AnswerLate { last: advice.last_answers },
            figure: advice.figure,
        };
        Ok(late.map(warning).into_iter().collect())
    }

    /// The day that dates the law of the call: the sending of the notice, else of the invitations; `today` before.
    pub fn called_on(&self, today: NaiveDate) -> NaiveDate {
        let published = self.published_at.map(|at| brussels(at).date());
        self.notice.as_ref().map(|notice| notice.sent_on).or(published).unwrap_or(today)
    }
}

fn opinion_warning(
    set: &ParameterSet,
    on: NaiveDate,
    amount: Money,
    opinion: LegalityOpinion,
) -> Result<Option<Warning>, MissingParameter> {
    let figure = set.on("cdld.legality_opinion.min", on)?.clone();
    let compulsory = amount > set.money_on("cdld.legality_opinion.min", on)?;
    let rule = match opinion {
        LegalityOpinion::Given { on, result: OpinionResult::Unfavourable } => Rule::OpinionUnfavourable { on },
        LegalityOpinion::Given { result: OpinionResult::Favourable | OpinionResult::FavourableWithRemarks, .. } => {
            return Ok(None);
        }
        LegalityOpinion::NotAsked | LegalityOpinion::Awaited { .. } | LegalityOpinion::Outdated if compulsory => {
            Rule::LegalityOpinionMissing
        }
        LegalityOpinion::NotAsked | LegalityOpinion::Awaited { .. } | LegalityOpinion::Outdated => return Ok(None),
    };
    Ok(Some(Warning { rule, figure }))
}

/// Electronic filing is the rule: its delay counts.
fn least_days(
    set: &ParameterSet,
    on: NaiveDate,
    procedure: Procedure,
) -> Result<Option<(&'static str, u32)>, MissingParameter> {
    let key = match procedure {
        Procedure::Po => "delay.po.tenders.electronic",
        Procedure::Pndapp => "delay.pndapp.tenders.electronic",
        Procedure::Pr => "delay.pr.requests",
        Procedure::Pcan => "delay.pcan.requests",
        Procedure::Dc => "delay.dc.requests",
        Procedure::Pi => "delay.pi.requests",
        Procedure::Fm | Procedure::Pnspp | Procedure::Sss => return Ok(None),
    };
    Ok(Some((key, set.days_on(key, on)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{procedure::Nature, tender::Vehicle};

    fn plan(nature: Nature, procedure: Procedure, estimate: &str) -> Plan {
        Plan {
            object: "Voirie".to_owned(),
            description: String::new(),
            cpv: "45233120".to_owned(),
            nature,
            vehicle: Vehicle::Isolated,
            procedure,
            channel: Channel::EProcurement,
            procedure_reason: None,
            lots_reason: Some("Un seul ouvrage".to_owned()),
            estimate: Money::parse_iso(estimate).expect("an amount"),
        }
    }

    /// The code of each warning with the key that it rests on.
    fn warned(plan: &Plan) -> Vec<(&'static str, String)> {
        let on = "2026-03-09".parse().expect("an ISO date");
        let warnings = plan.warnings(&ParameterSet::shipped(), on).expect("2026 is covered");
        warnings.into_iter().map(|warning| (warning.rule.code(), warning.figure.key)).collect()
    }

    #[test]
    fn the_figure_of_a_warning_is_the_one_that_refused() {
        let limit = |key: &str| vec![("procedure_limit", key.to_owned())];

        assert_eq!(warned(&plan(Nature::Works, Procedure::Pndapp, "800000.00")), limit("pndapp.works.max"));
        assert_eq!(warned(&plan(Nature::Works, Procedure::Pcan, "800000.00")), limit("pcan.works.max"));
        assert_eq!(warned(&plan(Nature::Works, Procedure::Pndapp, "749999.99")), []);
        let services = plan(Nature::Services, Procedure::Pndapp, "216000.00");
        assert_eq!(warned(&services), limit("eu.threshold.supplies_services"));
        assert_eq!(warned(&plan(Nature::Services, Procedure::Pnspp, "140000.00")), limit("pnspp.max"));
    }

    #[test]
    fn a_procedure_of_certain_cases_warns_of_the_case_and_not_of_the_amount() {
        let dialogue = plan(Nature::Services, Procedure::Dc, "100000.00");
        let reasoned = Plan { procedure_reason: Some("Aucune solution connue".to_owned()), ..dialogue.clone() };

        assert_eq!(warned(&dialogue), [("procedure_case", "dc.cases".to_owned())]);
        assert_eq!(warned(&reasoned), []);
        let other = plan(Nature::Services, Procedure::Sss, "100000.00");
        assert_eq!(warned(&other), [("procedure_nature", "sss.nature".to_owned())]);
        assert_eq!(warned(&plan(Nature::Sss, Procedure::Sss, "100000.00")), []);
    }

    #[test]
    fn a_hosted_deposit_outside_the_small_procedures_cites_the_article_on_electronic_filing() {
        let hosted = Plan { channel: Channel::Hosted, ..plan(Nature::Works, Procedure::Po, "800000.00") };

        assert_eq!(warned(&hosted), [("channel_not_free", "channel.electronic".to_owned())]);
    }
}
