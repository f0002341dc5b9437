use chrono::NaiveDate;
use domain::{
    authz::{AcceptContract, Actor, TerminateContract},
    award::{Organ, failure_report, termination_decision},
    kernel::{
        Money,
        deadline::{self, Deadline},
        ids::FileId,
        reference::TenderRef,
        time::brussels,
    },
    parameter::{MissingParameter, ParameterSet},
    refusal::Refusal,
    tender::{ActKind, Step},
};

use super::{
    decide::missing,
    facts::{Gathered, gather_for},
    inform::notify,
    paper,
    surety::held,
};
use crate::{
    Error, FormKey, Services,
    store::{self, Audit, acts::Act},
    tender::own_organ,
};

/// The executive's decision to end the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerminationDraft {
    pub organ: Organ,
    pub decided_on: NaiveDate,
    pub number: String,
    pub reasons: String,
}

/// Last day on which the contractor may answer the last report (RGE, art. 44, § 2), from its sending, promised in the
/// write that keeps it; none without a report.
///
/// # Errors
/// No row of the delay on the day of the call.
pub fn defence(gathered: &Gathered) -> Result<Option<Deadline>, MissingParameter> {
    defence_of(&gathered.law, gathered.file.called_on, &gathered.acts)
}

/// The same, from the acts of a tender that was called on this day.
///
/// # Errors
/// No row of the delay on the day of the call.
pub(crate) fn defence_of(
    law: &ParameterSet,
    called_on: NaiveDate,
    acts: &[Act],
) -> Result<Option<Deadline>, MissingParameter> {
    let report = acts.iter().rfind(|act| act.kind == ActKind::FailureReport);
    let Some(report) = report else { return Ok(None) };
    Ok(deadline::calendar(brussels(report.created_at).date(), defence_days(law, called_on)?).ok())
}

fn defence_days(law: &ParameterSet, called_on: NaiveDate) -> Result<u32, MissingParameter> {
    law.days_on("default.defence_days", called_on)
}

/// The leading official states a failure: the minutes are kept and sent to the contractor, who has its delay to answer.
pub async fn report_failure(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    failures: &str,
) -> Result<(), Error> {
    reported(services, actor, reference, None, failures).await
}

/// The same from a form: sent twice, it is one report.
pub async fn report_failure_once(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    key: Option<&FormKey>,
    failures: &str,
) -> Result<(), Error> {
    reported(services, actor, reference, key, failures).await
}

async fn reported(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    key: Option<&FormKey>,
    failures: &str,
) -> Result<(), Error> {
    let (permitted, gathered) = gather_for::<AcceptContract>(services, actor, reference).await?;
    let today = brussels(services.now()).date();
    let days =
        services.made_for(&permitted, defence_days(&gathered.law, gathered.file.called_on).map_err(missing)).await?;
    let document = failure_report(&gathered.file, failures, &gathered.terms.contract_manager, today, days);
    let kept = paper::kept(services, format!("{reference}-proces-verbal-manquement.pdf"), document.clone()).await?;
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<AcceptContract>(actor, tender).await?;
    let (tx, made) = store::form_keys::made::<FileId, _>(tx, &permitted, key).await?;
    if made.is_some() {
        return Ok(());
    }
    gathered.still_holds(&tx, permitted.subject()).await?;

    if let Err(refusal) = permitted.subject().after(Step::Terminate) {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }
    let contractor = gathered.award().map_err(Refusal::from)?.firm;
    if brussels(tx.now()).date() != today {
        // Midnight passed while the minutes were painted: their date is no longer that of the sending.
        return Err(Error::Stale);
    }

    let (file, named) = store::files::insert(&tx, actor, &kept).await?;
    let act = Act {
        decided_on: Some(today),
        text: Some(failures.to_owned()),
        file: Some(file),
        ..Act::new(ActKind::FailureReport)
    };
    let written = store::acts::insert(&tx, &permitted, &act).await?;
    let sent = notify(&tx, reference, contractor, &document, &kept.sha256).await?;
    let spent = store::form_keys::spend(&tx, &permitted, key, file).await?;
    let audit = Audit::of(&permitted).with("report", "failure").with("sha256", kept.sha256);
    tx.commit(audit, [named, written, sent, spent]).await
}

/// Terminates the contract (X3), after the contractor could answer a report of failure; the decision is sent to it, and
/// keeps what is held of the surety.
pub async fn terminate(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    draft: &TerminationDraft,
) -> Result<(), Error> {
    let (permitted, gathered) = gather_for::<TerminateContract>(services, actor, reference).await?;
    let defence = services.made_for(&permitted, defence(&gathered).map_err(missing)).await?;
    let failures =
        gathered.acts.iter().rfind(|act| act.kind == ActKind::FailureReport).and_then(|act| act.text.clone());
    let document = termination_decision(
        &gathered.file,
        draft.organ,
        &draft.number,
        failures.as_deref().unwrap_or_default(),
        &draft.reasons,
        surety_held(services, actor, reference).await?,
        draft.decided_on,
    );
    let kept = paper::kept(services, format!("{reference}-resiliation.pdf"), document.clone()).await?;
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<TerminateContract>(actor, tender).await?;
    gathered.still_holds(&tx, permitted.subject()).await?;

    let today = brussels(tx.now()).date();
    let decided = own_organ(draft.organ, &Organ::held_by(actor))
        .and_then(|()| permitted.subject().may_terminate(defence.as_ref(), draft.decided_on, today));
    let after = match decided {
        Ok(after) => after,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };
    let contractor = gathered.award().map_err(Refusal::from)?.firm;

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
    let sent = notify(&tx, reference, contractor, &document, &kept.sha256).await?;
    let audit = Audit::of(&permitted)
        .with("number", draft.number.clone())
        .with("reasons", draft.reasons.clone())
        .with("sha256", kept.sha256)
        .changed("stage", before.code(), after.code());
    tx.commit(audit, [named, written, moved, sent]).await
}

/// Read after the acts: a deposit or a release in between adds one, and the decision is stale.
async fn surety_held(services: &Services, actor: &Actor, reference: TenderRef) -> Result<Option<Money>, Error> {
    match store::contracts::find(services, actor.scope(), reference).await {
        Ok(contract) => Ok(contract.surety.as_ref().map(held).filter(|held| held.is_positive())),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
