use chrono::NaiveDate;
use domain::{
    authz::Actor,
    evaluation::{Assessment, Dossier, Refusal, Regularity, Selection},
    fault::Fault,
    kernel::{ids::OfferId, reference::TenderRef, time::brussels},
    tender::{Stage, Tender},
};

use super::steps::assessing;
use crate::{
    Error, FieldErrors, Services,
    store::{self, Audit},
};

/// Longest reason kept, in characters.
pub const REASON_MOST: usize = 4_000;

/// What the officer decides on a tenderer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectionDraft {
    /// Position of the offer.
    pub offer: i32,
    /// Of the decision that this one replaces; 0 when there is none.
    pub version: i32,
    pub selection: Selection,
    pub reason: String,
}

/// What the officer decides on an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegularityDraft {
    /// Position of the offer.
    pub offer: i32,
    /// Of the decision that this one replaces; 0 when there is none.
    pub version: i32,
    pub regularity: Regularity,
    pub reason: String,
}

/// Selects the tenderer of an offer, or leaves it out, at the step of the selection (S11).
pub async fn select(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    draft: &SelectionDraft,
) -> Result<(), Error> {
    let (tx, permitted, dossier) = assessing(services, actor, reference).await?;
    if draft.reason.is_empty() && Assessment::owes_a_reason(&draft.selection) {
        return Err(FieldErrors::one("motif", Fault::Empty).into());
    }

    let offer = dossier.offer(draft.offer).ok_or(Error::NotFound)?;
    let today = brussels(tx.now()).date();
    let allowed = permitted
        .subject()
        .is_at(Stage::Selection)
        .and_then(|()| dossier.may_select(offer.id, &draft.selection, today));
    if let Err(refusal) = allowed {
        let refusal = refusal.into();
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    let decided =
        store::evaluation::put_selection(&tx, &permitted, offer.id, draft.version, &draft.selection, &draft.reason)
            .await?;
    let audit = Audit::of(&permitted)
        .with("organisation", offer.firm_name.clone())
        .with("selected", draft.selection.selected)
        .with("debts", draft.selection.grounds.debts.code())
        .with("obligatory", draft.selection.grounds.obligatory.code())
        .with("optional", draft.selection.grounds.optional.code())
        .with("criteria_met", draft.selection.grounds.criteria_met)
        .with("reason", draft.reason.clone());
    tx.commit(audit, [decided]).await
}

/// Decides whether an offer is regular, at the step of the regularity (S12).
pub async fn decide_regularity(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    draft: &RegularityDraft,
) -> Result<(), Error> {
    let (tx, permitted, dossier) = assessing(services, actor, reference).await?;
    if draft.reason.is_empty() && draft.regularity != Regularity::Regular {
        return Err(FieldErrors::one("motif", Fault::Empty).into());
    }

    let offer = dossier.offer(draft.offer).ok_or(Error::NotFound)?;
    let allowed = allowed(permitted.subject(), &dossier, offer.id, draft.regularity, brussels(tx.now()).date());
    if let Err(refusal) = allowed {
        let refusal = refusal.into();
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    let decided =
        store::evaluation::put_regularity(&tx, &permitted, offer.id, draft.version, draft.regularity, &draft.reason)
            .await?;
    let audit = Audit::of(&permitted)
        .with("organisation", offer.firm_name.clone())
        .with("regularity", draft.regularity.code())
        .with("irregularity", draft.regularity.irregularity().map(domain::evaluation::Irregularity::code))
        .with("reason", draft.reason.clone());
    tx.commit(audit, [decided]).await
}

fn allowed(
    tender: &Tender,
    dossier: &Dossier,
    offer: OfferId,
    regularity: Regularity,
    today: NaiveDate,
) -> Result<(), Refusal> {
    tender.is_at(Stage::Regularity)?;
    if !dossier.is_selected(offer) {
        return Err(Refusal::OfferIsOut);
    }
    if matches!(regularity, Regularity::PutRight(_)) {
        tender.may_regularise()?;
    }
    dossier.may_be(offer, regularity, today)
}
