use chrono::NaiveDate;
use domain::{
    authz::{Actor, AnswerFailure},
    execution,
    kernel::{deadline::Deadline, ids::FileId, reference::TenderRef, time::brussels},
    parameter::ParameterSet,
    refusal::Refusal,
    tender::ActKind,
};

use super::promise::FailureAnswered;
use crate::{
    Error, Services, award,
    store::{self, Audit, acts::Act, execution::Answer},
    write::today,
};

/// A report of failure, until when the firm may answer, and what it answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub act: Act,
    pub report: FileId,
    pub defence: Option<Deadline>,
    pub answer: Option<Answer>,
}

impl Failure {
    /// The last day of an answer that may still come.
    pub fn answered_until(&self, today: NaiveDate) -> Option<NaiveDate> {
        let last = self.defence.as_ref()?.end;
        (self.answer.is_none() && today <= last).then_some(last)
    }
}

/// A report that the firm may still answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwaitedAnswer {
    pub contract: TenderRef,
    pub object: String,
    pub until: NaiveDate,
}

/// Every report on the actor's contracts that still takes an answer, the first day first.
pub async fn answers_awaited(services: &Services, actor: &Actor) -> Result<Vec<AwaitedAnswer>, Error> {
    let today = brussels(services.now()).date();
    let mut awaited = Vec::new();
    for (contract, object) in store::execution::unanswered(services, actor.scope()).await? {
        let failures = failures(services, actor, contract).await?;
        let days = failures.iter().filter_map(|failure| failure.answered_until(today));
        awaited.extend(days.map(|until| AwaitedAnswer { contract, object: object.clone(), until }));
    }
    awaited.sort_by_key(|answer| answer.until);
    Ok(awaited)
}

/// The reports on a contract, the latest first, for whoever sees the contract.
pub async fn failures(services: &Services, actor: &Actor, reference: TenderRef) -> Result<Vec<Failure>, Error> {
    let contract = store::contracts::find(services, actor.scope(), reference).await?;
    let law = store::parameters::set(services).await?;
    let mut answers = store::execution::answers(services, contract.id).await?;
    let acts = store::acts::of_tender(services, contract.tender).await?;
    let reports = acts.into_iter().rev().filter_map(|act| report_of(&act).map(|report| (report, act)));
    Ok(reports
        .map(|(report, act)| Failure {
            defence: delay(&law, contract.called_on, &act).ok().flatten(),
            answer: answers.remove(&report),
            report,
            act,
        })
        .collect())
}

fn report_of(act: &Act) -> Option<FileId> {
    act.file.filter(|_| act.kind == ActKind::FailureReport)
}

fn delay(law: &ParameterSet, called_on: NaiveDate, act: &Act) -> Result<Option<Deadline>, Refusal> {
    award::defence_of(law, called_on, std::slice::from_ref(act))
        .map_err(|missing| Refusal::MissingParameter { key: missing.key, on: missing.on })
}

/// The firm answers a report, once, until the last day of its defence, and the pilot learns of it; after it, its silence is
/// an acknowledgement.
pub async fn answer_failure(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    report: FileId,
    text: &str,
) -> Result<(), Error> {
    let law = store::parameters::set(services).await?;
    let tx = services.begin().await?;
    let contract = store::contracts::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<AnswerFailure>(actor, contract).await?;

    let acts = store::acts::in_write(&tx, permitted.subject().tender).await?;
    let act = acts.into_iter().find(|act| report_of(act) == Some(report)).ok_or(Error::NotFound)?;
    let answered = store::execution::answers_in_write(&tx, permitted.subject().id).await?.contains_key(&report);
    let decided = delay(&law, permitted.subject().called_on, &act).and_then(|delay| match delay {
        Some(delay) if today(&tx) > delay.end => Err(execution::Refusal::DefenceOver { on: delay.end }.into()),
        Some(_) | None if answered => Err(execution::Refusal::Answered.into()),
        Some(_) | None => Ok(()),
    });
    if let Err(refusal) = decided {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    let written = store::execution::answer(&tx, &permitted, report, text).await?;
    let reported_on = brussels(act.created_at).date();
    let promised = tx.promise(&FailureAnswered { contract: permitted.subject().id, reported_on }).await?;
    let audit = Audit::of(&permitted).with("report", report.to_string()).with("text", text);
    tx.commit(audit, [written, promised]).await
}
