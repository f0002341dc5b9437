use chrono::NaiveDate;
use domain::{
    authz::{Actor, FollowSupervision},
    award::{Award, Refusal, SupervisionResult, Transmission},
    kernel::reference::TenderRef,
    tender::{ActKind, ActResult, Stage, Step},
};

use crate::{
    Error, Services,
    store::{self, Audit, acts::Act},
};

/// What becomes known of a file at the Region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SupervisionDraft {
    /// The Region has the complete act.
    pub received_on: Option<NaiveDate>,
    pub prolonged: bool,
    pub result: Option<SupervisionResult>,
    pub version: i32,
}

/// The award is at the Region (S17 to S19): it is not executed before.
pub async fn send_to_supervision(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    sent_on: NaiveDate,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<FollowSupervision>(actor, tender).await?;

    let award = store::award::in_write(&tx, permitted.subject().id).await?;
    let decided = permitted.subject().after(Step::SendToSupervision).and_then(|after| {
        let award = award.ok_or(Refusal::NotProposed)?;
        let decided_on = award.decision.as_ref().map(|decision| decision.decided_on);
        if decided_on.is_some_and(|decided_on| sent_on < decided_on) {
            return Err(Refusal::SupervisionDates { sent_on }.into());
        }
        Ok((after, award))
    });
    let (after, award) = match decided {
        Ok(decided) => decided,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    let before = permitted.subject().stage;
    let transmission = Transmission { sent_on, received_on: None, prolonged: false, result: None };
    let written = store::award::transmit(&tx, &permitted, &award, &transmission).await?;
    let act = Act { decided_on: Some(sent_on), ..Act::new(ActKind::SupervisionSent) };
    let told = store::acts::insert(&tx, &permitted, &act).await?;
    let moved = store::tenders::move_to(&tx, &permitted, after).await?;
    let audit =
        Audit::of(&permitted).with("sent_on", sent_on.to_string()).changed("stage", before.code(), after.code());
    tx.commit(audit, [written, told, moved]).await
}

/// Writes down its receipt, its prolongation, its answer. An annulment goes through [`super::annul`].
pub async fn record_supervision(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    draft: SupervisionDraft,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<FollowSupervision>(actor, tender).await?;

    let award = store::award::in_write(&tx, permitted.subject().id).await?;
    let (award, transmission) = match recorded(permitted.subject().stage, award, draft) {
        Ok(recorded) => recorded,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };
    if award.version != draft.version {
        return Err(Error::Stale);
    }

    let written = store::award::transmit(&tx, &permitted, &award, &transmission).await?;
    let result = transmission.result;
    let kind = if result.is_some() { ActKind::SupervisionResult } else { ActKind::SupervisionReceived };
    let said = result.map(ActResult::Supervision).or(draft.prolonged.then_some(ActResult::Prolonged));
    let act = Act { decided_on: draft.received_on, result: said, ..Act::new(kind) };
    let told = store::acts::insert(&tx, &permitted, &act).await?;
    let day = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let audit = Audit::of(&permitted)
        .with("received_on", day(draft.received_on))
        .with("prolonged", draft.prolonged)
        .with("result", result.map(SupervisionResult::code).unwrap_or_default());
    tx.commit(audit, [written, told]).await
}

fn recorded(
    stage: Stage,
    award: Option<Award>,
    draft: SupervisionDraft,
) -> Result<(Award, Transmission), domain::refusal::Refusal> {
    let Some((award, sent)) = award.and_then(|award| award.transmission.map(|sent| (award, sent))) else {
        return Err(domain::refusal::Refusal::Step { from: stage, step: Step::SendToSupervision });
    };
    if stage != Stage::Supervision || sent.result.is_some() {
        return Err(Refusal::SupervisionAnswered.into());
    }
    if draft.received_on.is_some_and(|received_on| received_on < sent.sent_on) {
        return Err(Refusal::SupervisionDates { sent_on: sent.sent_on }.into());
    }
    let transmission = Transmission {
        sent_on: sent.sent_on,
        received_on: draft.received_on,
        prolonged: draft.prolonged,
        result: draft.result,
    };
    Ok((award, transmission))
}
