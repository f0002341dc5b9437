use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    authz::{Actor, DecideAward},
    award::{Award, Decided, Decision, Organ, decision, standstill},
    kernel::{ids::FileId, reference::TenderRef, time::brussels},
    parameter::MissingParameter,
    refusal::Refusal,
    tender::{ActKind, ActResult, Stage, Tender, Warning},
};

use super::{
    facts::{Gathered, gather_for},
    paper,
};
use crate::{
    Error, Services,
    store::{self, Audit, acts::Act, files::Kept},
    tender::{accepted, own_organ, unanswerable},
};

/// What the executive decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionDraft {
    pub organ: Organ,
    pub decided_on: NaiveDate,
    pub number: String,
    /// It goes to the supervising Region before anything is executed.
    pub to_supervision: bool,
    /// Why the actor goes on where the law warns.
    pub reason: Option<String>,
    /// Of the proposal that was read.
    pub version: i32,
}

/// The reasoned decision (S15 to S16), with its act as a file.
pub async fn decide(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    draft: &DecisionDraft,
) -> Result<(), Error> {
    let (permitted, gathered) = gather_for::<DecideAward>(services, actor, reference).await?;
    let painted = match &gathered.file.award {
        Some(_) => Some(services.made_for(&permitted, painted(services, &gathered, draft).await).await?),
        None => None,
    };
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<DecideAward>(actor, tender).await?;
    gathered.still_holds(&tx, permitted.subject()).await?;

    let going = going(&gathered, actor, permitted.subject(), draft, tx.now());
    let (tx, (after, award, warnings)) = tx.made(&permitted, going).await?;
    let audit = match accepted(Audit::of(&permitted), &warnings, draft.reason.as_deref()) {
        Ok(audit) => audit,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    if award.version != draft.version {
        return Err(Error::Stale);
    }

    let kept = painted.ok_or_else(|| Error::Corrupt(format!("{reference}: a decision without its act")))?;
    let (file, named) = store::files::insert(&tx, actor, &kept).await?;
    let decision = taken(draft, file);
    let act = Act {
        organ: Some(draft.organ),
        decided_on: Some(draft.decided_on),
        number: Some(draft.number.clone()),
        result: draft.to_supervision.then_some(ActResult::ToSupervision),
        file: Some(file),
        ..Act::new(ActKind::AwardDecision)
    };
    let written = store::acts::insert(&tx, &permitted, &act).await?;
    let decided = store::award::decide(&tx, &permitted, award, &decision).await?;
    let before = permitted.subject().stage;
    let moved = store::tenders::move_to(&tx, &permitted, after).await?;
    let audit = audit
        .with("organ", draft.organ.code())
        .with("number", draft.number.clone())
        .with("decided_on", draft.decided_on.to_string())
        .with("to_supervision", draft.to_supervision)
        .with("sha256", kept.sha256)
        .changed("stage", before.code(), after.code());
    tx.commit(audit, [named, written, decided, moved]).await
}

/// The stage that follows, the award, and what the law of this day warns of.
fn going<'a>(
    gathered: &'a Gathered,
    actor: &Actor,
    tender: &Tender,
    draft: &DecisionDraft,
    now: DateTime<Utc>,
) -> Result<(Stage, &'a Award, Vec<Warning>), Error> {
    own_organ(draft.organ, &Organ::held_by(actor))?;
    let opinion = gathered.opinion().map_err(missing)?;
    let after = tender.may_award(opinion, draft.decided_on, brussels(now).date())?;
    let award = gathered.award().map_err(Refusal::from)?;
    let warnings = tender.warnings_of_award(&gathered.law, now, award.excluding, opinion).map_err(unanswerable)?;
    Ok((after, award, warnings))
}

fn taken(draft: &DecisionDraft, file: FileId) -> Decision {
    let DecisionDraft { organ, decided_on, to_supervision, .. } = *draft;
    Decision { organ, decided_on, number: draft.number.clone(), to_supervision, file }
}

pub(super) fn missing(missing: MissingParameter) -> Error {
    Error::Refused(Refusal::MissingParameter { key: missing.key, on: missing.on })
}

async fn painted(services: &Services, gathered: &Gathered, draft: &DecisionDraft) -> Result<Kept, Error> {
    let Gathered { file, law, terms, .. } = gathered;
    let offers = file.tenderers.len();
    let standstill = standstill(law, &file.plan, terms.voluntary_standstill, offers, file.called_on, draft.decided_on)
        .map_err(missing)?;
    let decided = Decided {
        organ: draft.organ,
        decided_on: draft.decided_on,
        number: draft.number.clone(),
        standstill: standstill.ground,
        to_supervision: draft.to_supervision,
    };
    let document =
        decision(file, &decided).ok_or_else(|| Error::Corrupt(format!("{}: an award to nobody", file.reference)))?;
    paper::kept(services, format!("{}-decision-attribution.pdf", file.reference), document).await
}
