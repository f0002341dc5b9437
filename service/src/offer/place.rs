use domain::{
    authz::{Actor, Scope},
    kernel::reference::TenderRef,
    offer::Place,
    tender::Tender,
};

use crate::{
    Error, Services,
    store::{self, Tx, drafts::SealedDraft, tenders::TenderView},
};

/// The actor's firm before this call, its tender locked.
pub(super) async fn lock(tx: &Tx, actor: &Actor, reference: TenderRef) -> Result<(Place, Option<SealedDraft>), Error> {
    let tender = store::tenders::lock(tx, actor.scope(), reference).await?;
    let invited = store::invitations::in_write(tx, tender.id).await?.contains(&actor.organisation());
    let draft = store::drafts::in_write(tx, tender.id, actor.organisation()).await?;
    Ok((place(actor, tender, invited, draft.as_ref()), draft))
}

/// The same for a page.
pub(super) async fn find(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
) -> Result<(TenderView, Place, Option<SealedDraft>), Error> {
    let view = store::tenders::find(services, Scope::VISITOR, reference).await?;
    let firm = actor.organisation();
    let invitations = store::invitations::of_tender(services, view.tender.id).await?;
    let invited = invitations.iter().any(|invitation| invitation.firm.id == firm);
    let draft = store::drafts::find(services, view.tender.id, firm).await?;
    let place = place(actor, view.tender.clone(), invited, draft.as_ref());
    Ok((view, place, draft))
}

fn place(actor: &Actor, tender: Tender, invited: bool, draft: Option<&SealedDraft>) -> Place {
    Place { tender, firm: actor.organisation(), invited, offer: draft.map(|draft| draft.id) }
}
