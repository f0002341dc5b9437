use chrono::NaiveDate;
use domain::{
    authz::{Actor, DecideAward},
    award::{Award, Decided, Decision, Organ, decision, standstill, supervision},
    kernel::{deadline, ids::FileId, reference::TenderRef, time::brussels},
    parameter::{MissingParameter, ParameterSet},
    refusal::Refusal,
    tender::{Stage, Step, Tender},
};

use super::{
    facts::{Gathered, OPINION_ASKED, gather_for},
    paper,
};
use crate::{
    Error, Services,
    store::{self, Audit, acts::Act, files::Kept},
    tender::{accepted, unanswerable},
};

/// What the executive decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionDraft {
    pub organ: Organ,
    pub decided_on: NaiveDate,
    pub number: String,
    /// Why the actor goes on where the law warns.
    pub reason: Option<String>,
}

/// The reasoned decision (S15 to S16), with its act as a file.
pub async fn decide(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    draft: &DecisionDraft,
) -> Result<(), Error> {
    let gathered = gather_for::<DecideAward>(services, actor, reference).await?;
    let painted = match &gathered.file.award {
        Some(award) => Some(painted(services, &gathered, award, draft).await?),
        None => None,
    };
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<DecideAward>(actor, tender).await?;

    let now = tx.now();
    let decided = match may_decide(permitted.subject(), &gathered, now)? {
        Ok((after, award)) => {
            let warnings = permitted
                .subject()
                .warnings_of_award(&gathered.law, now, award.excluding, gathered.opinion_asked())
                .map_err(unanswerable)?;
            accepted(Audit::of(&permitted), &warnings, draft.reason.as_deref()).map(|audit| (after, award, audit))
        }
        Err(refusal) => Err(refusal),
    };
    let (after, award, audit) = match decided {
        Ok(decided) => decided,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    let kept = painted.ok_or_else(|| Error::Corrupt(format!("{reference}: a decision without its act")))?;
    let (file, named) = store::files::insert(&tx, actor, &kept).await?;
    let decision = taken(draft, file);
    let act = Act {
        organ: Some(draft.organ.code().to_owned()),
        decided_on: Some(draft.decided_on),
        number: Some(draft.number.clone()),
        file: Some(file),
        ..Act::new("award_decision")
    };
    let written = store::acts::insert(&tx, &permitted, &act).await?;
    let decided = store::award::decide(&tx, &permitted, award, &decision).await?;
    let before = permitted.subject().stage;
    let moved = store::tenders::move_to(&tx, &permitted, after).await?;
    let audit = audit
        .with("organ", draft.organ.code())
        .with("number", draft.number.clone())
        .with("decided_on", draft.decided_on.to_string())
        .with("sha256", kept.sha256)
        .changed("stage", before.code(), after.code());
    tx.commit(audit, [named, written, decided, moved]).await
}

fn taken(draft: &DecisionDraft, file: FileId) -> Decision {
    Decision { organ: draft.organ, decided_on: draft.decided_on, number: draft.number.clone(), file }
}

/// The stage that follows, or the rule that says no. The outer error: no figure that day.
fn may_decide<'a>(
    tender: &Tender,
    gathered: &'a Gathered,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Result<(Stage, &'a Award), Refusal>, Error> {
    let after = match tender.after(Step::DecideAward) {
        Ok(after) => after,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let today = brussels(now).date();
    if let Some(until) = gathered.opinion_awaited(&gathered.law, today).map_err(missing)? {
        return Ok(Err(Refusal::OpinionAwaited { until }));
    }
    Ok(gathered.award().map(|award| (after, award)).map_err(Refusal::from))
}

impl Gathered {
    /// Last day of the finance director's delay, while it runs and nothing is given (« absence d’avis » after it).
    ///
    /// # Errors
    /// No row of the delay on that day.
    pub fn opinion_awaited(&self, law: &ParameterSet, today: NaiveDate) -> Result<Option<NaiveDate>, MissingParameter> {
        if self.has_opinion() {
            return Ok(None);
        }
        let Some(asked) = self.acts.iter().rfind(|act| act.kind == OPINION_ASKED) else { return Ok(None) };
        let asked_on = brussels(asked.created_at).date();
        let days = law.days_on("cdld.legality_opinion.days", asked_on)?;
        Ok(deadline::working(asked_on, days).ok().map(|delay| delay.end).filter(|end| today <= *end))
    }
}

pub(super) fn missing(missing: MissingParameter) -> Error {
    Error::Refused(Refusal::MissingParameter { key: missing.key, on: missing.on })
}

async fn painted(
    services: &Services,
    gathered: &Gathered,
    award: &Award,
    draft: &DecisionDraft,
) -> Result<Kept, Error> {
    let Gathered { file, law, terms, .. } = gathered;
    let supervision = supervision(law, &file.plan, award.excluding, draft.decided_on).map_err(missing)?;
    let offers = file.tenderers.len();
    let standstill = standstill(law, &file.plan, terms.voluntary_standstill, offers, file.called_on, draft.decided_on)
        .map_err(missing)?;
    let decided = Decided {
        organ: draft.organ,
        decided_on: draft.decided_on,
        number: draft.number.clone(),
        standstill: standstill.ground,
        to_supervision: supervision.is_due,
    };
    let document =
        decision(file, &decided).ok_or_else(|| Error::Corrupt(format!("{}: an award to nobody", file.reference)))?;
    paper::kept(services, format!("{}-decision-attribution.pdf", file.reference), document).await
}
