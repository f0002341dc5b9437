use chrono::NaiveDate;
use domain::{
    authz::{Actor, AdoptConditions},
    kernel::{deadline, reference::TenderRef, time::brussels},
    refusal::Refusal,
    tender::Stage,
};

use super::{accepted, today, unanswerable};
use crate::{
    Error, Services, specification,
    store::{self, Audit, acts::Act},
};

/// The decision that fixes the conditions (CDLD, art. L1222-3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption {
    /// `council`, `executive` or `chief_executive`.
    pub organ: String,
    pub decided_on: NaiveDate,
    pub number: String,
    /// Why the actor goes on where the law warns.
    pub reason: Option<String>,
}

/// Adopts the conditions (S04, or S03 where no opinion is due, to S05) on a specification without holes.
pub async fn adopt(services: &Services, actor: &Actor, reference: TenderRef, adoption: &Adoption) -> Result<(), Error> {
    let parameters = store::parameters::set(services).await?;
    let edition = specification::compose(services, actor, reference).await?;
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<AdoptConditions>(actor, tender).await?;

    let acts = store::acts::in_write(&tx, permitted.subject().id).await?;
    let has_opinion = acts.iter().any(|act| act.kind == "opinion");
    let warnings =
        permitted.subject().warnings_of_adoption(&parameters, today(&tx), has_opinion).map_err(unanswerable)?;
    let awaited = acts.iter().rfind(|act| act.kind == "opinion_asked").map(|act| brussels(act.created_at).date());
    let days =
        parameters.days_on("cdld.legality_opinion.days", today(&tx)).map_err(|missing| unanswerable(missing.into()))?;
    let decided = permitted
        .subject()
        .may_adopt(edition.missing)
        .and_then(|after| {
            opinion_came(permitted.subject().stage, has_opinion, awaited, days, today(&tx)).map(|()| after)
        })
        .and_then(|after| {
            accepted(Audit::of(&permitted), &warnings, adoption.reason.as_deref()).map(|audit| (after, audit))
        });
    let (after, audit) = match decided {
        Ok(decided) => decided,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    let act = Act {
        organ: Some(adoption.organ.clone()),
        decided_on: Some(adoption.decided_on),
        number: Some(adoption.number.clone()),
        ..Act::new("adoption")
    };
    let moved = store::tenders::move_to(&tx, &permitted, after).await?;
    let written = store::acts::insert(&tx, &permitted, &act).await?;
    let kept = specification::keep(&tx, &permitted, &edition).await?;
    let audit = audit
        .with("organ", adoption.organ.clone())
        .with("number", adoption.number.clone())
        .with("decided_on", adoption.decided_on.to_string())
        .with("sha256", edition.kept.sha256.clone())
        .changed("stage", permitted.subject().stage.code(), after.code());
    tx.commit(audit, [moved, written, kept]).await
}

/// An opinion that was asked is waited for until its delay is over (« absence d'avis »).
fn opinion_came(
    stage: Stage,
    has_opinion: bool,
    asked_on: Option<NaiveDate>,
    days: u32,
    today: NaiveDate,
) -> Result<(), Refusal> {
    if stage != Stage::LegalityOpinion || has_opinion {
        return Ok(());
    }
    match asked_on.and_then(|asked| deadline::working(asked, days).ok()) {
        Some(delay) if today <= delay.end => Err(Refusal::OpinionAwaited { until: delay.end }),
        Some(_) | None => Ok(()),
    }
}
