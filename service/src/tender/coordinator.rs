use domain::{
    authz::{Actor, AskCoordinatorOpinion, GiveCoordinatorOpinion},
    kernel::reference::TenderRef,
    refusal::Refusal,
    tender::{ActKind, ActResult, Stage, Step},
};

use super::Opinion;
use crate::{
    Error, Services,
    store::{self, Audit, acts::Act},
};

/// Asks the coordinator what it thinks of the adopted conditions (S05 to S06). Nobody has to, and the call does not wait
/// for the answer.
pub async fn ask_coordinator(services: &Services, actor: &Actor, reference: TenderRef) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<AskCoordinatorOpinion>(actor, tender).await?;

    let after = match permitted.subject().after(Step::AskCoordinatorOpinion) {
        Ok(after) => after,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    let moved = store::tenders::move_to(&tx, &permitted, after).await?;
    let asked = store::acts::insert(&tx, &permitted, &Act::new(ActKind::CoordinatorAsked)).await?;
    let audit = Audit::of(&permitted).changed("stage", permitted.subject().stage.code(), after.code());
    tx.commit(audit, [moved, asked]).await
}

/// Gives it, once. The stage stays: the pilot reads the opinion and goes on; a coordinator never decides for a commune.
pub async fn give_coordinator_opinion(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    opinion: &Opinion,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<GiveCoordinatorOpinion>(actor, tender).await?;

    let from = permitted.subject().stage;
    let acts = store::acts::in_write(&tx, permitted.subject().id).await?;
    let refusal = if from != Stage::CoordinatorOpinion {
        Some(Refusal::Step { from, step: Step::AskCoordinatorOpinion })
    } else if acts.iter().any(|act| act.kind == ActKind::CoordinatorOpinion) {
        Some(Refusal::AlreadyDone)
    } else {
        None
    };
    if let Some(refusal) = refusal {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    let act = Act {
        result: Some(ActResult::Opinion(opinion.result)),
        text: Some(opinion.text.clone()),
        decided_on: Some(super::today(&tx)),
        ..Act::new(ActKind::CoordinatorOpinion)
    };
    let given = store::acts::insert(&tx, &permitted, &act).await?;
    tx.commit(Audit::of(&permitted).with("result", opinion.result.code()), [given]).await
}
