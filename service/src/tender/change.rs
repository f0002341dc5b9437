use domain::{
    authz::{Actor, ChangeTender},
    kernel::{Money, ids::OrganisationId, reference::TenderRef},
    refusal::Refusal,
    share::Rule,
    tender::Plan,
};

use super::{accepted, plan::known_code, today, unanswerable};
use crate::{
    Error, FieldErrors, Services,
    store::{self, Audit},
};

/// Changes the plan, until the conditions are adopted.
pub async fn change_plan(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    version: i32,
    plan: &Plan,
    reason: Option<&str>,
) -> Result<(), Error> {
    let parameters = store::parameters::set(services).await?;
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<ChangeTender>(actor, tender).await?;
    if permitted.subject().version != version {
        return Err(Error::Stale);
    }

    known_code(&tx, plan).await?;
    let warnings = plan.warnings(&parameters, today(&tx)).map_err(unanswerable)?;
    let before = permitted.subject().plan.estimate.to_iso();
    let audit =
        Audit::of(&permitted).changed("estimate", before, plan.estimate.to_iso()).with("object", plan.object.clone());
    let audit = match permitted.subject().may_change().and_then(|()| accepted(audit, &warnings, reason)) {
        Ok(audit) => audit,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    let changed = store::tenders::update_plan(&tx, &permitted, plan).await?;
    tx.commit(audit, [changed]).await
}

/// Invites another authority to take part.
pub async fn invite_participant(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    organisation: OrganisationId,
    need: Money,
    quantity: &str,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let invited = store::organisations::lock(&tx, organisation).await?;
    let (tx, permitted) = tx.permit::<ChangeTender>(actor, tender).await?;

    let there = permitted.subject().participant(organisation).is_some();
    let allowed = permitted.subject().may_change().and(if there { Err(Refusal::TakesPartAlready) } else { Ok(()) });
    if let Err(refusal) = allowed {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    let added = store::tenders::invite(&tx, &permitted, organisation, need, quantity).await?;
    let audit = Audit::of(&permitted).with("invited", invited.name).with("estimate", need.to_iso());
    tx.commit(audit, [added]).await
}

/// Chooses how the price is shared. A rule that can't be computed on the participants is refused at its field.
pub async fn set_rule(services: &Services, actor: &Actor, reference: TenderRef, rule: &Rule) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<ChangeTender>(actor, tender).await?;

    if let Err(refusal) = permitted.subject().may_change() {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }
    if permitted.subject().shares(permitted.subject().plan.estimate, rule).is_err() {
        return Err(FieldErrors::one("cle", domain::fault::Fault::Shares).into());
    }

    let changed = store::tenders::update_rule(&tx, &permitted, rule).await?;
    let before = format!("{:?}", permitted.subject().rule);
    let audit = Audit::of(&permitted).changed("rule", before, format!("{rule:?}"));
    tx.commit(audit, [changed]).await
}
