use chrono::NaiveDate;
use domain::{
    authz::{AcceptContract, Actor, TerminateContract},
    award::{Organ, Refusal, failure_report, termination_decision},
    kernel::{
        deadline::{self, Deadline},
        reference::TenderRef,
        time::brussels,
    },
    parameter::{MissingParameter, ParameterSet},
    tender::{ActKind, Stage, Step},
};

use super::{decide::missing, facts::gather_for, paper};
use crate::{
    Error, Services,
    store::{self, Audit, acts::Act},
};

/// The executive's decision to end the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerminationDraft {
    pub organ: Organ,
    pub decided_on: NaiveDate,
    pub number: String,
    pub reasons: String,
}

/// Last day on which the contractor may answer the report (RGE, art. 44, § 2), from its sending.
///
/// # Errors
/// No row of the delay on that day.
pub fn defence(law: &ParameterSet, acts: &[Act]) -> Result<Option<Deadline>, MissingParameter> {
    let Some(report) = acts.iter().rfind(|act| act.kind == ActKind::FailureReport) else { return Ok(None) };
    let sent_on = brussels(report.created_at).date();
    let days = law.days_on("default.defence_days", sent_on)?;
    Ok(deadline::calendar(sent_on, days).ok())
}

/// The leading official states a failure: the minutes are kept, and the contractor has its delay to answer.
pub async fn report_failure(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    failures: &str,
) -> Result<(), Error> {
    let gathered = gather_for::<AcceptContract>(services, actor, reference).await?;
    let today = brussels(services.now()).date();
    let days = gathered.law.days_on("default.defence_days", today).map_err(missing)?;
    let document = failure_report(&gathered.file, failures, &gathered.terms.contract_manager, today, days);
    let kept = paper::kept(services, format!("{reference}-proces-verbal-manquement.pdf"), document).await?;
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<AcceptContract>(actor, tender).await?;
    gathered.still_holds(&tx, permitted.subject()).await?;

    if let Err(refusal) = permitted.subject().after(Step::Terminate) {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    let (file, named) = store::files::insert(&tx, actor, &kept).await?;
    let act = Act {
        decided_on: Some(today),
        text: Some(failures.to_owned()),
        file: Some(file),
        ..Act::new(ActKind::FailureReport)
    };
    let written = store::acts::insert(&tx, &permitted, &act).await?;
    let audit = Audit::of(&permitted).with("report", "failure").with("sha256", kept.sha256);
    tx.commit(audit, [named, written]).await
}

/// Terminates the contract (X3), after the contractor could answer a report of failure.
pub async fn terminate(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    draft: &TerminationDraft,
) -> Result<(), Error> {
    let gathered = gather_for::<TerminateContract>(services, actor, reference).await?;
    let failures =
        gathered.acts.iter().rfind(|act| act.kind == ActKind::FailureReport).and_then(|act| act.text.clone());
    let document = termination_decision(
        &gathered.file,
        draft.organ,
        &draft.number,
        failures.as_deref().unwrap_or_default(),
        &draft.reasons,
        draft.decided_on,
    );
    let kept = paper::kept(services, format!("{reference}-resiliation.pdf"), document).await?;
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<TerminateContract>(actor, tender).await?;
    gathered.still_holds(&tx, permitted.subject()).await?;

    let today = brussels(tx.now()).date();
    let defence = defence(&gathered.law, &gathered.acts).map_err(missing)?;
    let decided = permitted.subject().after(Step::Terminate).and_then(|after| heard(defence, today).map(|()| after));
    let after: Stage = match decided {
        Ok(after) => after,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    let (file, named) = store::files::insert(&tx, actor, &kept).await?;
    let act = Act {
        organ: Some(draft.organ),
        decided_on: Some(draft.decided_on),
        number: Some(draft.number.clone()),
        text: Some(draft.reasons.clone()),
        file: Some(file),
        ..Act::new(ActKind::Termination)
    };
    let written = store::acts::insert(&tx, &permitted, &act).await?;
    let before = permitted.subject().stage;
    let moved = store::tenders::move_to(&tx, &permitted, after).await?;
    let audit = Audit::of(&permitted)
        .with("number", draft.number.clone())
        .with("reasons", draft.reasons.clone())
        .with("sha256", kept.sha256)
        .changed("stage", before.code(), after.code());
    tx.commit(audit, [named, written, moved]).await
}

fn heard(defence: Option<Deadline>, today: NaiveDate) -> Result<(), domain::refusal::Refusal> {
    match defence {
        None => Err(Refusal::NoReportOfFailure.into()),
        Some(delay) if today <= delay.end => Err(Refusal::DefenceRuns { until: delay.end }.into()),
        Some(_) => Ok(()),
    }
}
