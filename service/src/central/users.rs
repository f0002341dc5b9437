use domain::{
    authz::{Actor, ExpressNeed, ManageUsers, Scope},
    central::{Accepted, Expressed},
    kernel::{
        Money,
        ids::{OrganisationId, TenderId},
        reference::TenderRef,
    },
    organisation::Organisation,
    refusal::Refusal,
};

use super::{same, today};
use crate::{
    Error, Services,
    store::{self, Audit, Tx},
};

/// What an authority needs of a framework, HTVA.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedDraft {
    pub estimate: Money,
    pub quantity: String,
}

/// The body counts an authority and its part in the maximum, before the call. `version` is that of the framework.
pub async fn name_user(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    version: i32,
    organisation: OrganisationId,
    part: Money,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let framework = store::central::lock(&tx, actor.scope(), reference).await?;
    let named = store::organisations::in_write(&tx, organisation).await?;
    let (tx, permitted) = tx.permit::<ManageUsers>(actor, framework).await?;

    let decided =
        is_authority(&named).and_then(|()| permitted.subject().may_name(organisation, part).map_err(Refusal::from));
    if let Err(refusal) = decided {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }
    same(permitted.subject().version, version)?;

    let changed = store::central::name(&tx, &permitted, organisation, part).await?;
    let audit = Audit::of(&permitted).with("organisation", named.name).with("reserved", part.to_iso());
    tx.commit(audit, [changed]).await
}

/// Says what the actor's authority needs; until it is accepted it may say it again. `version` is that of its own row, 0
/// where there is none.
pub async fn express_need(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    version: i32,
    draft: &NeedDraft,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let framework = store::central::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<ExpressNeed>(actor, framework).await?;

    let (own, today) = (actor.organisation(), today(&tx));
    let accession = store::central::current(&tx, permitted.subject().body, own, today).await?;
    let standing = accession.map(|accession| accession.standing(today));
    if let Err(refusal) = permitted.subject().may_express(own, standing) {
        return tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await;
    }
    same(permitted.subject().user(own).map_or(0, |user| user.version), version)?;

    let need = Expressed { on: today, estimate: draft.estimate, quantity: draft.quantity.clone() };
    let expressed = store::central::express(&tx, &permitted, &need, version).await?;
    let audit =
        Audit::of(&permitted).with("estimate", draft.estimate.to_iso()).with("quantity", draft.quantity.clone());
    tx.commit(audit, [expressed]).await
}

/// The body makes an authority that said its need an entitled user, with this part of the maximum; `version` is that of the
/// user's row.
pub async fn accept_user(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    organisation: OrganisationId,
    version: i32,
    part: Money,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let framework = store::central::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<ManageUsers>(actor, framework).await?;

    if let Err(refusal) = permitted.subject().may_accept(organisation, part) {
        return tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await;
    }
    let user = permitted.subject().user(organisation).ok_or(Error::NotFound)?;
    same(user.version, version)?;

    let accepted = Accepted { on: today(&tx), part };
    let changed = store::central::accept(&tx, &permitted, organisation, version, accepted).await?;
    let audit = Audit::of(&permitted).with("organisation", user.name.clone()).with("part", part.to_iso());
    tx.commit(audit, [changed]).await
}

/// The body lowers an entitled user's part while no contract runs; `version` is that of the user's row.
pub async fn lower_part(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    organisation: OrganisationId,
    version: i32,
    part: Money,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let framework = store::central::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<ManageUsers>(actor, framework).await?;

    if let Err(refusal) = permitted.subject().may_lower(organisation, part) {
        return tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await;
    }
    let user = permitted.subject().user(organisation).ok_or(Error::NotFound)?;
    same(user.version, version)?;

    let lowered = store::central::lower(&tx, &permitted, organisation, version, part).await?;
    let audit = Audit::of(&permitted).with("organisation", user.name.clone()).with("part", part.to_iso());
    tx.commit(audit, [lowered]).await
}

/// What is counted for the users of a central framework holds in the maximum that is adopted, and then called.
pub(crate) async fn counts_hold(tx: &Tx, tender: TenderId) -> Result<(), Error> {
    match store::central::in_write(tx, tender).await? {
        Some(framework) => framework.counts_hold().map_err(|refusal| Error::Refused(refusal.into())),
        None => Ok(()),
    }
}

/// The same question, before the write that asks it.
pub(crate) async fn counts_foreseen(services: &Services, scope: Scope, reference: TenderRef) -> Result<(), Error> {
    match store::central::find(services, scope, reference).await {
        Ok(framework) => framework.counts_hold().map_err(|refusal| Error::Refused(refusal.into())),
        Err(Error::NotFound) => Ok(()),
        Err(error) => Err(error),
    }
}

/// A firm uses no framework of a central body.
fn is_authority(organisation: &Organisation) -> Result<(), Refusal> {
    if organisation.kind.is_contracting_authority() { Ok(()) } else { Err(Refusal::NotAnAuthority) }
}
