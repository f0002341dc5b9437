use domain::{
    authz::{Action, Actor, AssessOffers, Authorised},
    evaluation::{self, Dossier},
    kernel::reference::TenderRef,
    refusal::Refusal,
    specification::Terms,
    tender::{Stage, Step, Tender},
};

use crate::{
    Error, Services, specification,
    store::{self, Audit, Tx, tenders::TenderView},
};

/// Begins the selection (S10 to S11).
pub async fn start_selection(services: &Services, actor: &Actor, reference: TenderRef) -> Result<(), Error> {
    step(services, actor, reference, |tender, _| tender.after(Step::StartSelection)).await
}

/// Ends the selection: everybody is selected or left out (S11 to S12).
pub async fn start_regularity(services: &Services, actor: &Actor, reference: TenderRef) -> Result<(), Error> {
    step(services, actor, reference, |tender, dossier| {
        let after = tender.after(Step::StartRegularity)?;
        dossier.may_end_selection()?;
        Ok(after)
    })
    .await
}

/// Opens the negotiation with the regular offers, where the conditions and the procedure have one (S12 to S13).
pub async fn negotiate(services: &Services, actor: &Actor, reference: TenderRef) -> Result<(), Error> {
    let (_, _, terms) = conditions_for::<AssessOffers>(services, actor, reference, Stage::Regularity).await?;
    step(services, actor, reference, |tender, dossier| {
        let after = tender.after(Step::Negotiate)?;
        tender.may_negotiate(&terms)?;
        dossier.may_end_regularity(&terms)?;
        Ok(after)
    })
    .await
}

/// Begins the evaluation: every selected offer is regular or not (S12 or S13 to S14).
pub async fn evaluate(services: &Services, actor: &Actor, reference: TenderRef) -> Result<(), Error> {
    let (_, _, terms) = conditions_for::<AssessOffers>(services, actor, reference, Stage::Regularity).await?;
    step(services, actor, reference, |tender, dossier| {
        let after = tender.after(Step::Evaluate)?;
        dossier.may_end_regularity(&terms)?;
        Ok(after)
    })
    .await
}

/// The file and its conditions, for a write by this actor at `stage`. Before the opening there may be none: whoever may
/// not, or comes too early, is refused here, and that is written down.
pub(super) async fn conditions_for<A: Action<Subject = Tender>>(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    stage: Stage,
) -> Result<(Authorised<A>, TenderView, Terms), Error> {
    let view = store::tenders::find(services, actor.scope(), reference).await?;
    let permitted = services.permit::<A>(actor, view.tender.clone()).await?;
    let early = if view.tender.progress() < Stage::Opened {
        Err(Error::Refused(evaluation::Refusal::NotAtThisStep { stage }.into()))
    } else {
        Ok(())
    };
    services.made_for(&permitted, early).await?;
    let terms = specification::terms(services, view.clone()).await?;
    Ok((permitted, view, terms))
}

/// The tender, locked, with what is known of its offers, for somebody who may assess them.
pub(super) async fn assessing(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
) -> Result<(Tx, Authorised<AssessOffers>, Dossier), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<AssessOffers>(actor, tender).await?;
    let dossier = store::evaluation::dossier_in_write(&tx, permitted.subject().id).await?;
    Ok((tx, permitted, dossier))
}

async fn step(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    guard: impl Fn(&Tender, &Dossier) -> Result<Stage, Refusal>,
) -> Result<(), Error> {
    let (tx, permitted, dossier) = assessing(services, actor, reference).await?;

    let after = match guard(permitted.subject(), &dossier) {
        Ok(after) => after,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    let moved = store::tenders::move_to(&tx, &permitted, after).await?;
    let audit = Audit::of(&permitted).changed("stage", permitted.subject().stage.code(), after.code());
    tx.commit(audit, [moved]).await
}
