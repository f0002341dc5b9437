use domain::{
    authz::{Actor, ChangeTender},
    fault::Fault,
    kernel::{Money, ids::OrganisationId, reference::TenderRef},
    refusal::Refusal,
    share::{Fixed, Rule, ShareError},
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
    let warnings = plan.warnings(&parameters, today(&tx)).map_err(unanswerable);
    let (tx, warnings) = tx.made(&permitted, warnings).await?;
    let audit = told(Audit::of(&permitted), &permitted.subject().plan, plan);
    let audit = match permitted.subject().may_become(plan.vehicle).and_then(|()| accepted(audit, &warnings, reason)) {
        Ok(audit) => audit,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    let changed = store::tenders::update_plan(&tx, &permitted, plan).await?;
    tx.commit(audit, [changed]).await
}

/// Each part of the plan that changed, from what to what.
fn told(audit: Audit, before: &Plan, after: &Plan) -> Audit {
    audit
        .changed_if("object", before.object.clone(), after.object.clone())
        .changed_if("description", before.description.clone(), after.description.clone())
        .changed_if("cpv", before.cpv.clone(), after.cpv.clone())
        .changed_if("nature", before.nature.word(), after.nature.word())
        .changed_if("vehicle", before.vehicle.code(), after.vehicle.code())
        .changed_if("procedure", before.procedure.code(), after.procedure.code())
        .changed_if("channel", before.channel.code(), after.channel.code())
        .changed_if("procedure_reason", before.procedure_reason.clone(), after.procedure_reason.clone())
        .changed_if("lots_reason", before.lots_reason.clone(), after.lots_reason.clone())
        .changed_if("estimate", before.estimate.to_iso(), after.estimate.to_iso())
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

    let authority = invited.kind.is_contracting_authority();
    let allowed = permitted.subject().may_invite_participant(organisation).and(if authority {
        Ok(())
    } else {
        Err(Refusal::NotAnAuthority)
    });
    if let Err(refusal) = allowed {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    let added = store::tenders::invite(&tx, &permitted, organisation, need, quantity).await?;
    let audit = Audit::of(&permitted).with("invited", invited.name).with("estimate", need.to_iso());
    tx.commit(audit, [added]).await
}

/// Takes back the invitation of an authority that never answered, so that the others go on without it.
pub async fn withdraw_invitation(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    organisation: OrganisationId,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<ChangeTender>(actor, tender).await?;

    if let Err(refusal) = permitted.subject().may_withdraw_invitation(organisation) {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    let name = permitted.subject().participant(organisation).map(|participant| participant.name.clone());
    let withdrawn = store::tenders::withdraw_invitation(&tx, &permitted, organisation).await?;
    tx.commit(Audit::of(&permitted).with("withdrawn", name.unwrap_or_default()), [withdrawn]).await
}

/// Chooses how the price is shared. A rule that can't be computed on the participants is refused at its field.
pub async fn set_rule(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    version: i32,
    rule: &Rule,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<ChangeTender>(actor, tender).await?;
    if permitted.subject().version != version {
        return Err(Error::Stale);
    }

    if let Err(refusal) = permitted.subject().may_change() {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }
    let tender = permitted.subject();
    match tender.shares(tender.plan.estimate, rule) {
        Ok(_) => {}
        Err(ShareError::UnknownWeight) => {
            let lacking = tender.counted().filter(|participant| participant.weight(rule).is_err());
            let names: Vec<_> = lacking.map(|participant| participant.name.clone()).collect();
            return Err(FieldErrors::one("cle", Fault::NoPopulation { names: names.join(", ") }).into());
        }
        Err(_) => return Err(FieldErrors::one("cle", Fault::Shares).into()),
    }

    let changed = store::tenders::update_rule(&tx, &permitted, rule).await?;
    let before = permitted.subject().rule;
    let money = |amount: Option<Money>| amount.map(Money::to_iso);
    let audit = Audit::of(&permitted)
        .changed_if("share_key", store::tenders::key_code(&before), store::tenders::key_code(rule))
        .changed_if("share_fixed", fixed(&before), fixed(rule))
        .changed_if("share_min", money(before.min), money(rule.min))
        .changed_if("share_max", money(before.max), money(rule.max));
    tx.commit(audit, [changed]).await
}

/// The fixed part as people read it; nothing when there is none.
fn fixed(rule: &Rule) -> String {
    match rule.fixed {
        Fixed::None => String::new(),
        Fixed::Percent(percent) => percent.to_string(),
        Fixed::Amount(amount) => amount.to_string(),
    }
}
