use domain::{
    authz::{Actor, AssessOffers},
    evaluation::{Correction, CorrectionKind, Dossier, Refusal},
    kernel::reference::TenderRef,
    offer::{OfferLine, OpenedOffer, priced},
    specification::Terms,
    tender::{Stage, Tender},
};

use super::steps::{assessing, conditions_for};
use crate::{
    Error, FieldErrors, Services,
    store::{self, Audit, Change},
};

/// New prices of one offer: every line as it should be, changed or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionDraft {
    /// Position of the offer.
    pub offer: i32,
    pub kind: CorrectionKind,
    /// How many corrections of this offer the writer has seen.
    pub seen: usize,
    pub lines: Vec<OfferLine>,
    pub reason: String,
}

/// Corrects prices of one offer: an error (S12; the unit price prevails, royal decree of 18 April 2017, art. 34), a round
/// of negotiation (S13), or a written improvement between tied offers (S14). Each changed line is kept with what it was.
pub async fn correct(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    draft: &CorrectionDraft,
) -> Result<(), Error> {
    let (_, _, terms) = conditions_for::<AssessOffers>(services, actor, reference, Stage::Regularity).await?;
    let (tx, permitted, dossier) = assessing(services, actor, reference).await?;

    let offer = dossier.offer(draft.offer).ok_or(Error::NotFound)?.clone();
    if let Err(refusal) = allowed(permitted.subject(), &dossier, &terms, &offer, draft.kind) {
        let refusal = refusal.into();
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }
    if dossier.corrections_of(offer.id).count() != draft.seen {
        return Err(Error::Stale);
    }
    let corrections = changes(&terms, &dossier, &offer, draft, tx.now());
    if corrections.is_empty() {
        let refusal = domain::refusal::Refusal::AlreadyDone;
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }
    let after = domain::evaluation::corrected(&dossier.final_content(&offer), &corrections);
    let too_large = || FieldErrors::one("prix", domain::fault::Fault::Amount(domain::kernel::NumberError::TooLarge));
    let after = priced(&terms.inventory, &after).ok_or_else(too_large)?;
    let before = priced(&terms.inventory, &dossier.final_content(&offer)).ok_or_else(too_large)?;
    if draft.kind == CorrectionKind::Improvement && terms.compared(&after) >= terms.compared(&before) {
        let refusal = Refusal::NotImproved { price: terms.compared(&before) }.into();
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    let mut kept = Vec::new();
    for correction in &corrections {
        kept.push(store::evaluation::insert_correction(&tx, &permitted, correction).await?);
    }
    let lines: Vec<_> = corrections.iter().map(|correction| correction.line.clone()).collect();
    let audit = Audit::of(&permitted)
        .with("organisation", offer.firm_name)
        .with("kind", draft.kind.code())
        .with("lines", lines)
        .with("reason", draft.reason.clone())
        .changed("total", before.vat.excluding.to_iso(), after.vat.excluding.to_iso());
    tx.commit(audit, [Change::all(kept)]).await
}

fn allowed(
    tender: &Tender,
    dossier: &Dossier,
    terms: &Terms,
    offer: &OpenedOffer,
    kind: CorrectionKind,
) -> Result<(), Refusal> {
    if !dossier.is_selected(offer.id) {
        return Err(Refusal::OfferIsOut);
    }
    match kind {
        CorrectionKind::Error => tender.is_at(Stage::Regularity),
        CorrectionKind::Negotiated => {
            tender.is_at(Stage::Negotiation)?;
            if dossier.compared().any(|one| one.id == offer.id) { Ok(()) } else { Err(Refusal::OfferIsOut) }
        }
        CorrectionKind::Improvement => {
            tender.is_at(Stage::Evaluation)?;
            dossier.may_improve(terms, offer.position)
        }
    }
}

/// The lines that differ from what the offer says now.
fn changes(
    terms: &Terms,
    dossier: &Dossier,
    offer: &OpenedOffer,
    draft: &CorrectionDraft,
    at: chrono::DateTime<chrono::Utc>,
) -> Vec<Correction> {
    let now = dossier.final_content(offer);
    draft
        .lines
        .iter()
        .filter(|after| terms.inventory.iter().any(|line| line.code == after.code))
        .map(|after| (now.lines.iter().find(|line| line.code == after.code), after))
        .filter(|(before, after)| *before != Some(*after))
        .map(|(before, after)| Correction {
            offer: offer.id,
            kind: draft.kind,
            line: after.code.clone(),
            before: before.cloned(),
            after: after.clone(),
            reason: draft.reason.clone(),
            at,
        })
        .collect()
}
