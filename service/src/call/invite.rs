use std::collections::BTreeSet;

use domain::{
    authz::{Actor, Authorised, PublishCall},
    kernel::{ids::OrganisationId, reference::TenderRef},
    refusal::Refusal,
};

use super::CallInvitation;
use crate::{
    Error, Services,
    store::{self, Audit, Change, Tx, invitations::Firm},
};

/// Invites more firms while offers are taken; who is invited already is left alone.
pub async fn invite(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    chosen: &BTreeSet<OrganisationId>,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<PublishCall>(actor, tender).await?;

    let there = store::invitations::in_write(&tx, permitted.subject().id).await?;
    let new: BTreeSet<_> = chosen.difference(&there).copied().collect();
    let allowed = permitted.subject().may_invite(tx.now()).and(match (chosen.is_empty(), new.is_empty()) {
        (true, _) => Err(Refusal::NobodyInvited),
        (false, true) => Err(Refusal::AlreadyDone),
        (false, false) => Ok(()),
    });
    if let Err(refusal) = allowed {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    let firms = store::invitations::firms_in_write(&tx, &new).await?;
    let invited = invite_all(&tx, &permitted, &firms).await?;
    let names: Vec<_> = firms.iter().map(|firm| firm.name.clone()).collect();
    let audit = Audit::of(&permitted).with("firms", names);
    tx.commit(audit, [invited]).await
}

/// One row and one promised letter for each firm.
pub(super) async fn invite_all(tx: &Tx, permitted: &Authorised<PublishCall>, firms: &[Firm]) -> Result<Change, Error> {
    let mut changes = Vec::new();
    for firm in firms {
        changes.push(store::invitations::insert(tx, permitted, firm).await?);
        let promise = CallInvitation { tender: permitted.subject().reference, organisation: firm.id };
        changes.push(tx.promise(&promise).await?);
    }
    Ok(Change::all(changes))
}
