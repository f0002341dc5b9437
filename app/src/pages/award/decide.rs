//! The executive's part of the award.

use domain::{
    award::{AwardFile, Organ},
    kernel::time::{brussels, date_french},
    tender::{LegalityOpinion, Warning},
};
use leptos::prelude::*;
use service::award::Gathered;

use super::{decision_fields, proposal::version};
use crate::pages::{Cx, Form, tenders::warnings, ui, ui::Field, words::t};

/// The form of the decision, with what the law says against it.
pub(super) fn form(cx: &Cx, gathered: &Gathered, organs: &[Organ], form: &Form) -> AnyView {
    let warnings = told(cx, gathered);
    view! {
        <section class="stack-s" aria-labelledby="decider">
            <h2 id="decider">{t!(award.decide)}</h2>
            <p>{t!(award.decide_text)}</p>
            {ui::form(cx, view! {
                {version(form, gathered.file.award.as_ref())}
                {decision_fields(organs, form)}
                {to_supervision(cx, gathered, form)}
                {warnings::view(warnings, form)}
                <div class="row actions"><button class="btn" name="geste" value="decider">{t!(award.save_decision)}</button></div>
            })}
        </section>
    }
    .into_any()
}

/// The executive says whether its decision goes to the Region; the amount of the law proposes the answer.
fn to_supervision(cx: &Cx, gathered: &Gathered, form: &Form) -> AnyView {
    let today = brussels(cx.services().now()).date();
    let supervision = gathered.supervision(today).ok().flatten();
    let award = gathered.file.award.as_ref().map(|award| award.excluding).unwrap_or_default();
    let (proposed, hint) = match &supervision {
        Some(found) if found.is_due => (YES, t!(award.supervision_due, award = award, above = found.above)),
        Some(found) => (NO, t!(award.supervision_not_due, award = award, above = found.above)),
        None => ("", String::new()),
    };
    let choices = [(YES, t!(award.goes_to_supervision)), (NO, t!(award.stays_here))]
        .map(|(code, word)| (code.to_owned(), word.to_owned()))
        .to_vec();
    Field::radios("tutelle", t!(award.supervision), choices).value(proposed).hint(hint).view(form)
}

const YES: &str = "oui";
const NO: &str = "non";

/// What the form says of the Region.
pub(super) fn goes_to_supervision(code: &str) -> Option<bool> {
    match code {
        YES => Some(true),
        NO => Some(false),
        _ => None,
    }
}

fn told(cx: &Cx, gathered: &Gathered) -> Vec<Warning> {
    let Some(award) = &gathered.file.award else { return Vec::new() };
    let now = cx.services().now();
    let opinion = gathered.opinion().unwrap_or(LegalityOpinion::NotAsked);
    gathered.view.tender.warnings_of_award(&gathered.law, now, award.excluding, opinion).unwrap_or_default()
}

/// What was decided, and its act.
pub(super) fn done(file: &AwardFile) -> Option<AnyView> {
    let decision = file.award.as_ref()?.decision.as_ref()?;
    let organ = decision.organ.name(file.pilot_kind);
    let address = format!("/marches/{}/documents/{}", file.reference, decision.file);
    Some(
        view! {
            <section class="card stack" aria-labelledby="decision-prise">
                <h2 id="decision-prise">{t!(award.decided)}</h2>
                <dl class="facts facts--row">
                    <div><dt>{t!(award.organ)}</dt><dd>{organ}</dd></div>
                    <div><dt>{t!(tender.date)}</dt><dd>{date_french(decision.decided_on)}</dd></div>
                    <div><dt>{t!(tender.number)}</dt><dd>{decision.number.clone()}</dd></div>
                </dl>
                <p><a class="btn btn--second" href=address>{ui::icon::view(ui::icon::DOWNLOAD)}{t!(award.download_decision)}</a></p>
            </section>
        }
        .into_any(),
    )
}
