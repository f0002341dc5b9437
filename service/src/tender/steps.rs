use domain::{
    authz::{Actor, ChangeTender},
    kernel::reference::TenderRef,
    refusal::Refusal,
    tender::{Stage, Tender},
};

use crate::{
    Error, Services,
    store::{self, Audit},
};

/// Sends the file to the councils (S01 to S02).
pub async fn ask_for_adhesions(services: &Services, actor: &Actor, reference: TenderRef) -> Result<(), Error> {
    step(services, actor, reference, Tender::may_ask_for_adhesions).await
}

/// Opens the specification (S02, or S01 when alone, to S03).
pub async fn start_drafting(services: &Services, actor: &Actor, reference: TenderRef) -> Result<(), Error> {
    step(services, actor, reference, Tender::may_start_drafting).await
}

async fn step(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    guard: impl Fn(&Tender) -> Result<Stage, Refusal>,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<ChangeTender>(actor, tender).await?;

    let after = match guard(permitted.subject()) {
        Ok(after) => after,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    let moved = store::tenders::move_to(&tx, &permitted, after).await?;
    let audit = Audit::of(&permitted).changed("stage", permitted.subject().stage.code(), after.code());
    tx.commit(audit, [moved]).await
}
