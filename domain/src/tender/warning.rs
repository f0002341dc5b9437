//! What the law says against going on. It never stops anybody: a named person goes on, with a reason that is kept.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Channel, Plan, Tender};
use crate::{
    award::validity_end,
    kernel::{Money, deadline, time::brussels},
    parameter::{MissingParameter, Parameter, ParameterSet},
    procedure::{Procedure, Standing, Unanswerable, candidates},
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
    /// The tenderers have less time than the law gives them at least.
    DelayTooShort { earliest: NaiveDate, given: NaiveDate },
    /// The law wants a reason for not dividing into lots.
    LotsReasonMissing,
    /// A legality opinion is compulsory above this amount, and none was asked.
    LegalityOpinionMissing,
    /// The deposit is hosted for a procedure whose filing belongs on the federal platform.
    ChannelNotFree,
    /// The award is due to the supervising Region and was not sent there.
    SupervisionNotSent { award: Money },
    /// The Region may still annul the award; no date before it has the complete act.
    SupervisionRuns { until: Option<NaiveDate> },
    /// The tenderers are no longer bound by their offers.
    ValidityOver { until: NaiveDate },
}

impl Rule {
    /// Stable name for the trail.
    pub fn code(self) -> &'static str {
        match self {
            Self::ProcedureLimit { .. } => "procedure_limit",
            Self::DelayTooShort { .. } => "delay_too_short",
            Self::LotsReasonMissing => "lots_reason_missing",
            Self::LegalityOpinionMissing => "legality_opinion_missing",
            Self::ChannelNotFree => "channel_not_free",
            Self::SupervisionNotSent { .. } => "supervision_not_sent",
            Self::SupervisionRuns { .. } => "supervision_runs",
            Self::ValidityOver { .. } => "validity_over",
        }
    }
}

impl Plan {
    /// What the law says of this plan on this day.
    ///
    /// # Errors
    /// The law of that day is not known, or the estimate is not above zero.
    pub fn warnings(&self, set: &ParameterSet, on: NaiveDate) -> Result<Vec<Warning>, Unanswerable> {
        let law = candidates(set, on, self.nature, self.estimate)?;
        let mut warnings = Vec::new();
        let refused = law.of(self.procedure).is_some_and(|answer| answer.standing == Standing::Refused);
        let unreasoned = law.of(self.procedure).is_some_and(|answer| answer.standing == Standing::OnConditions)
            && self.procedure_reason.is_none();
        if refused || unreasoned {
            let key = limit_key(self.procedure, self.nature.eu_threshold_key());
            let rule = Rule::ProcedureLimit { procedure: self.procedure, estimate: self.estimate };
            warnings.push(Warning { rule, figure: set.on(key, on)?.clone() });
        }
        let lots = set.on("lots.reasons.min", on)?;
        if self.estimate >= set.money_on("lots.reasons.min", on)? && self.lots_reason.is_none() {
            warnings.push(Warning { rule: Rule::LotsReasonMissing, figure: lots.clone() });
        }
        let free = matches!(self.procedure, Procedure::Fm | Procedure::Pnspp);
        if self.channel == Channel::Hosted && !free {
            warnings.push(Warning { rule: Rule::ChannelNotFree, figure: set.on("pnspp.max", on)?.clone() });
        }
        Ok(warnings)
    }
}

impl Tender {
    /// What the law says of adopting the conditions now, with or without a legality opinion in the file.
    ///
    /// # Errors
    /// As [`Plan::warnings`].
    pub fn warnings_of_adoption(
        &self,
        set: &ParameterSet,
        on: NaiveDate,
        has_opinion: bool,
    ) -> Result<Vec<Warning>, Unanswerable> {
        let mut warnings = self.plan.warnings(set, on)?;
        let least = set.money_on("cdld.legality_opinion.min", on)?;
        if self.plan.estimate > least && !has_opinion {
            let figure = set.on("cdld.legality_opinion.min", on)?.clone();
            warnings.push(Warning { rule: Rule::LegalityOpinionMissing, figure });
        }
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
        has_opinion: bool,
    ) -> Result<Vec<Warning>, Unanswerable> {
        let on = brussels(now).date();
        let plan = Plan { estimate: award, ..self.plan.clone() };
        let mut warnings = plan.warnings(set, on)?;
        warnings.retain(|warning| matches!(warning.rule, Rule::ProcedureLimit { .. }));
        let least = set.money_on("cdld.legality_opinion.min", on)?;
        if award > least && !has_opinion {
            let figure = set.on("cdld.legality_opinion.min", on)?.clone();
            warnings.push(Warning { rule: Rule::LegalityOpinionMissing, figure });
        }
        if let Some((end, figure)) = validity_end(self, set)?.filter(|(end, _)| on > end.raw_end) {
            warnings.push(Warning { rule: Rule::ValidityOver { until: end.raw_end }, figure });
        }
        Ok(warnings)
    }

    /// What the law says of calling now, with offers awaited until `deposit_until`.
    ///
    /// # Errors
    /// As [`Plan::warnings`].
    pub fn warnings_of_call(
        &self,
        set: &ParameterSet,
        now: DateTime<Utc>,
        deposit_until: DateTime<Utc>,
    ) -> Result<Vec<Warning>, Unanswerable> {
        let on = brussels(now).date();
        let mut warnings = self.plan.warnings(set, on)?;
        if let Some((key, days)) = least_days(set, on, self.plan.procedure)? {
            let earliest = deadline::calendar(on, days).map_or(on, |deadline| deadline.end);
            let given = brussels(deposit_until).date();
            if given < earliest {
                let figure = set.on(key, on)?.clone();
                warnings.push(Warning { rule: Rule::DelayTooShort { earliest, given }, figure });
            }
        }
        Ok(warnings)
    }
}

/// Electronic filing is the rule: its delay counts.
pub(super) fn least_days(
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

fn limit_key(procedure: Procedure, threshold: &'static str) -> &'static str {
    match procedure {
        Procedure::Fm => "fm.max",
        Procedure::Pnspp => "pnspp.max",
        Procedure::Pndapp
        | Procedure::Pcan
        | Procedure::Po
        | Procedure::Pr
        | Procedure::Dc
        | Procedure::Pi
        | Procedure::Sss => threshold,
    }
}
