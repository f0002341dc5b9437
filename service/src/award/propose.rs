use domain::{
    authz::{Actor, ProposeAward},
    award::{Award, proposed, third_named},
    fault::Fault,
    kernel::{ids::OfferId, reference::TenderRef},
    refusal::Refusal,
    tender::{ActKind, Stage, Step, Tender},
};

use super::facts::gather_for;
use crate::{
    Error, FieldErrors, Services,
    store::{self, Audit, acts::Act, award::Proposed},
};

/// What the officer proposes to the executive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalDraft {
    pub offer: OfferId,
    pub reasons: String,
    /// Why not the first of the ranking, where it is another.
    pub deviation: Option<String>,
    /// Of the proposal that it takes the place of; 0 for the first one.
    pub version: i32,
}

/// Proposes the award (S14 to S15), or corrects a proposal that is not decided yet: an opinion on the one before is none
/// on the new one.
pub async fn propose(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    draft: &ProposalDraft,
) -> Result<(), Error> {
    let (_, gathered) = gather_for::<ProposeAward>(services, actor, reference).await?;
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<ProposeAward>(actor, tender).await?;

    let deviation = draft.deviation.as_deref();
    let decided = may_propose(permitted.subject())
        .and_then(|after| Ok((after, proposed(&gathered.file.tenderers, draft.offer, deviation)?)));
    let (after, chosen) = match decided {
        Ok(decided) => decided,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    let before = permitted.subject().stage;
    let deviation = deviation.filter(|_| chosen.rank() != Some(1));
    let mut faults = FieldErrors::none();
    for (field, text) in [("motifs", draft.reasons.as_str()), ("derogation", deviation.unwrap_or_default())] {
        if let Some(name) = third_named(&gathered.file.tenderers, chosen, text) {
            faults.add(field, Fault::NamesAThird { name: name.to_owned() });
        }
    }
    faults.or(())?;

    let new = Proposed { chosen, reasons: &draft.reasons, deviation };
    let written = match store::award::in_write(&tx, permitted.subject().id).await? {
        Some(award) if says(&award, &new) => return Ok(()),
        Some(award) if award.version != draft.version => return Err(Error::Stale),
        Some(award) => store::award::replace(&tx, &permitted, &award, &new).await?,
        None => store::award::insert(&tx, &permitted, &new).await?,
    };
    let told = store::acts::insert(&tx, &permitted, &Act::new(ActKind::AwardProposal)).await?;
    let moved = store::tenders::move_to(&tx, &permitted, after).await?;
    let audit = Audit::of(&permitted)
        .with("firm", chosen.name.clone())
        .with("excluding", chosen.excluding.to_iso())
        .with("deviation", deviation.unwrap_or_default())
        .changed("stage", before.code(), after.code());
    tx.commit(audit, [written, told, moved]).await
}

fn may_propose(tender: &Tender) -> Result<Stage, Refusal> {
    if tender.stage == Stage::AwardProposed { Ok(tender.stage) } else { tender.after(Step::ProposeAward) }
}

/// A double click, or a form sent back as it was: the proposal stays, and the opinion on it.
fn says(award: &Award, new: &Proposed<'_>) -> bool {
    award.offer == new.chosen.offer && award.reasons == new.reasons && award.deviation.as_deref() == new.deviation
}
