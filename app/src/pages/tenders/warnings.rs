use domain::{
    kernel::time::date_french,
    parameter::Parameter,
    tender::{Warning, WarningRule},
};
use leptos::prelude::*;

use super::words;
use crate::pages::{Form, ui, ui::Field, words::t};

/// What the law says against going on, each with its figure, and the field for the reason to go on all the same.
pub(crate) fn view(warnings: Vec<Warning>, form: &Form) -> Option<AnyView> {
    if warnings.is_empty() {
        return None;
    }
    let notes: Vec<_> =
        warnings.into_iter().map(|warning| ui::note("warn", sentence(&warning), source(&warning.figure))).collect();
    Some(
        view! {
            <div class="stack">
                {notes}
                {Field::long("raison", t!(tender.reason), 3).hint(t!(tender.reason_hint)).view(form)}
            </div>
        }
        .into_any(),
    )
}

fn sentence(warning: &Warning) -> String {
    let figure = warning.figure.value.to_string();
    match warning.rule {
        WarningRule::ProcedureLimit { procedure, estimate } => t!(
            tender.warning_procedure,
            procedure = words::procedure(procedure),
            estimate = estimate,
            figure = words_of(&warning.figure)
        ),
        WarningRule::DelayTooShort { earliest, given } => {
            t!(tender.warning_delay, days = figure, earliest = date_french(earliest), given = date_french(given))
        }
        WarningRule::LotsReasonMissing => t!(tender.warning_lots, figure = words_of(&warning.figure)),
        WarningRule::LegalityOpinionMissing => t!(tender.warning_opinion, figure = words_of(&warning.figure)),
        WarningRule::ChannelNotFree => t!(tender.warning_channel).to_owned(),
    }
}

fn words_of(figure: &Parameter) -> String {
    match &figure.value {
        domain::parameter::Value::Money(amount) => amount.to_string(),
        other => other.to_string(),
    }
}

/// Article, date of the row, certainty.
fn source(figure: &Parameter) -> String {
    t!(tender.source, article = figure.legal_ref, from = date_french(figure.valid_from), certainty = figure.certainty)
}
