//! What the law says against going on: the rule, the article, the figure, its date, its certainty.

use domain::{
    kernel::time::date_french,
    parameter::{Level, Parameter, Unit, Value},
    tender::{Organ, Warning, WarningRule},
};
use leptos::prelude::*;

use super::say;
use crate::pages::{
    parameters::figure::{choice, label},
    ui,
    words::t,
};

pub(crate) fn view(warnings: &[Warning]) -> AnyView {
    let notes: Vec<_> =
        warnings.iter().map(|warning| ui::note("warn", rule(&warning.rule), source(&warning.figure))).collect();
    view! { <div class="stack-s">{notes}</div> }.into_any()
}

fn rule(rule: &WarningRule) -> String {
    match rule {
        WarningRule::ProcedureLimit { procedure, estimate } => {
            t!(call.warn_procedure, procedure = say::procedure(*procedure), estimate = estimate)
        }
        WarningRule::DelayTooShort { earliest, given } => {
            t!(call.warn_delay, earliest = date_french(*earliest), given = date_french(*given))
        }
        WarningRule::ProcedureCase { procedure } => t!(call.warn_case, procedure = say::procedure(*procedure)),
        WarningRule::ProcedureNature { procedure } => t!(call.warn_nature, procedure = say::procedure(*procedure)),
        WarningRule::OpinionUnfavourable { on } => t!(call.warn_unfavourable, on = date_french(*on)),
        WarningRule::AboveDelegation { organ, estimate } => match organ {
            Organ::Council | Organ::Executive => t!(call.warn_college, estimate = estimate),
            Organ::ChiefExecutive => t!(call.warn_official, estimate = estimate),
        },
        WarningRule::AccessionNotSent { until } => t!(call.warn_accession, until = date_french(*until)),
        WarningRule::AnswerLate { last } => t!(call.warn_answer, last = date_french(*last)),
        WarningRule::LotsReasonMissing => t!(call.warn_lots).to_owned(),
        WarningRule::LegalityOpinionMissing => t!(call.warn_opinion).to_owned(),
        WarningRule::SupervisionNotSent { award } => t!(call.warn_not_sent, award = award),
        WarningRule::SupervisionRuns { until: Some(until) } => {
            t!(call.warn_supervision, until = date_french(*until))
        }
        WarningRule::SupervisionRuns { until: None } => t!(call.warn_supervision_open).to_owned(),
        WarningRule::ValidityOver { until } => t!(call.warn_validity, until = date_french(*until)),
        WarningRule::ChannelNotFree => t!(call.warn_channel).to_owned(),
    }
}

/// `Loi du 17 juin 2016, art. 36 : PO, dépôt des offres, 30 jours, depuis le 1er janvier 2018, certitude : sûre.`
pub(crate) fn source(figure: &Parameter) -> String {
    t!(
        call.warn_source,
        law = figure.legal_ref,
        label = label(figure),
        value = value(figure),
        since = date_french(figure.valid_from),
        certainty = certainty(figure)
    )
}

fn value(figure: &Parameter) -> String {
    match (&figure.value, figure.unit) {
        (Value::Money(amount), _) => amount.to_string(),
        (Value::Percent(rate), _) => rate.to_string(),
        (Value::Choice(name), _) => choice(name),
        (Value::Count(count), Unit::Days) => t!(call.days, n = count),
        (Value::Count(count), Unit::WorkingDays) => t!(call.working_days, n = count),
        (Value::Count(count), Unit::Months) => t!(call.months, n = count),
        (
            Value::Count(count),
            Unit::Euro | Unit::Percent | Unit::Years | Unit::Inhabitants | Unit::Count | Unit::Choice,
        ) => count.to_string(),
    }
}

fn certainty(figure: &Parameter) -> &'static str {
    match (figure.certainty.level, figure.certainty.confirmed) {
        (_, true) => t!(call.certainty_confirmed),
        (Level::Sure, false) => t!(call.certainty_sure),
        (Level::Likely, false) => t!(call.certainty_likely),
        (Level::Configurable, false) => t!(call.certainty_configurable),
    }
}
