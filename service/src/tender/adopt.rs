use chrono::NaiveDate;
use domain::{
    authz::{Actor, AdoptConditions, Authorised},
    kernel::reference::TenderRef,
    tender::{self as rules, ActKind, Answer, Organ, Vehicle},
};

use super::{accepted, opinion::opinion_on, own_organ, today, unanswerable};
use crate::{
    Error, Services, central,
    specification::{self, Edited},
    store::{self, Audit, Change, Tx, acts::Act},
};

/// The decision that fixes the conditions (CDLD, art. L1222-3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption {
    pub organ: Organ,
    pub decided_on: NaiveDate,
    pub number: String,
    /// The article of the pilot's budget, where no adhesion cited it: a tender that is not joint.
    pub budget_article: Option<String>,
    /// Why the actor goes on where the law warns.
    pub reason: Option<String>,
}

/// Adopts the conditions (S04, or S03 where no opinion is due, to S05) on a specification without holes, and on the very
/// file that was composed: whatever changed meanwhile sends the actor back to read it.
pub async fn adopt(services: &Services, actor: &Actor, reference: TenderRef, adoption: &Adoption) -> Result<(), Error> {
    let view = store::tenders::find(services, actor.scope(), reference).await?;
    let permitted = services.permit::<AdoptConditions>(actor, view.tender).await?;
    let edition = specification::compose(services, actor, reference).await;
    let edition = services.made_for(&permitted, edition).await?;
    adopt_edition(services, actor, reference, adoption, &edition).await
}

/// The second half: the edition is composed and painted, and the file is locked only now.
pub async fn adopt_edition(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    adoption: &Adoption,
    edition: &Edited,
) -> Result<(), Error> {
    let parameters = store::parameters::set(services).await?;
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<AdoptConditions>(actor, tender).await?;

    let tender = permitted.subject();
    let current = store::specifications::version_in_write(&tx, tender).await?;
    if current != edition.made_of {
        return Err(Error::Stale);
    }
    let counted = central::counts_hold(&tx, tender.id).await;
    let acts = store::acts::in_write(&tx, tender.id).await?;
    let (tx, ()) = tx.made(&permitted, counted).await?;
    let (tx, opinion) = tx.made(&permitted, opinion_on(&acts, current, &parameters)).await?;
    let decision =
        rules::Adoption { organ: adoption.organ, decided_on: adoption.decided_on, opinion, missing: edition.missing };
    let decided =
        own_organ(adoption.organ, &Organ::held_by(actor)).and_then(|()| tender.may_adopt(&decision, today(&tx)));
    let after = match decided {
        Ok(after) => after,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };
    let article = adoption.budget_article.as_deref();
    let warnings = tender.warnings_of_adoption(&parameters, &decision, article).map_err(unanswerable);
    let (tx, warnings) = tx.made(&permitted, warnings).await?;
    let audit = match accepted(Audit::of(&permitted), &warnings, adoption.reason.as_deref()) {
        Ok(audit) => audit,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    let act = Act {
        organ: Some(adoption.organ),
        decided_on: Some(adoption.decided_on),
        number: Some(adoption.number.clone()),
        on: Some(current),
        ..Act::new(ActKind::Adoption)
    };
    let decided = decide_alone(&tx, &permitted, adoption).await?;
    let moved = store::tenders::move_to(&tx, &permitted, after).await?;
    let written = store::acts::insert(&tx, &permitted, &act).await?;
    let kept = specification::keep(&tx, &permitted, edition).await?;
    let audit = audit
        .with("organ", adoption.organ.code())
        .with("number", adoption.number.clone())
        .with("decided_on", adoption.decided_on.to_string())
        .with("sha256", edition.kept.sha256.clone())
        .changed("stage", tender.stage.code(), after.code());
    tx.commit(audit, [decided, moved, written, kept]).await
}

/// Without others to adhere, this decision is the pilot's own, with its credit.
async fn decide_alone(tx: &Tx, permitted: &Authorised<AdoptConditions>, adoption: &Adoption) -> Result<Change, Error> {
    match permitted.subject().plan.vehicle {
        Vehicle::Joint => Ok(Change::all(Vec::new())),
        Vehicle::Isolated | Vehicle::Central => {
            let decision = Answer {
                deliberated_on: adoption.decided_on,
                number: adoption.number.clone(),
                file: None,
                mandate_signed_on: None,
                budget_article: adoption.budget_article.clone(),
                remark: None,
            };
            store::tenders::decide_alone(tx, permitted, &decision).await
        }
    }
}
