use domain::{
    authz::{Actor, AskLegalityOpinion, GiveLegalityOpinion},
    kernel::{reference::TenderRef, time::brussels},
    parameter::ParameterSet,
    tender::{ActKind, ActResult, FileVersion, LegalityOpinion, OpinionResult, Stage, Step, Tender, opinion_due},
};

use super::unanswerable;
use crate::{
    Error, Services, award, specification,
    store::{self, Audit, acts::Act},
};

/// The finance director's answer (CDLD, art. L1124-40, § 1er, 3°).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    pub result: OpinionResult,
    pub text: String,
}

/// Asks the legality opinion on the complete file (S03 to S04), or again on a file that changed since: its delay starts.
pub async fn ask_opinion(services: &Services, actor: &Actor, reference: TenderRef) -> Result<(), Error> {
    let parameters = store::parameters::set(services).await?;
    let (missing, read) = specification::holes(services, actor, reference).await?;
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<AskLegalityOpinion>(actor, tender).await?;

    let tender = permitted.subject();
    let current = store::specifications::version_in_write(&tx, tender).await?;
    if current != read {
        return Err(Error::Stale);
    }
    let acts = store::acts::in_write(&tx, tender.id).await?;
    let after = match tender.may_ask_opinion(opinion_on(&acts, current, &parameters)?, missing) {
        Ok(after) => after,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    // The move itself makes a new version of the tender: that one is what the opinion is asked on.
    let moved = store::tenders::move_to(&tx, &permitted, after).await?;
    let on = FileVersion { tender: tender.version + 1, ..current };
    let asked = store::acts::insert(&tx, &permitted, &Act { on: Some(on), ..Act::new(ActKind::OpinionAsked) }).await?;
    let audit = Audit::of(&permitted).changed("stage", tender.stage.code(), after.code());
    tx.commit(audit, [moved, asked]).await
}

/// Which opinion is awaited: on the conditions, or on the award as it is proposed now.
fn awaited(stage: Stage, acts: &[Act]) -> Option<ActKind> {
    if stage == Stage::LegalityOpinion {
        Some(ActKind::Opinion)
    } else if stage == Stage::AwardProposed && award::opinion_asked(acts).is_some() {
        Some(ActKind::AwardOpinion)
    } else {
        None
    }
}

/// Gives it, on the file as it stands. The stage stays: the council reads the opinion and decides.
pub async fn give_opinion(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    opinion: &Opinion,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<GiveLegalityOpinion>(actor, tender).await?;

    let acts = store::acts::in_write(&tx, permitted.subject().id).await?;
    let from = permitted.subject().stage;
    let Some(kind) = awaited(from, &acts) else {
        let refusal = domain::refusal::Refusal::Step { from, step: Step::AskLegalityOpinion };
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    };

    let act = Act {
        result: Some(ActResult::Opinion(opinion.result)),
        text: Some(opinion.text.clone()),
        decided_on: Some(super::today(&tx)),
        on: Some(store::specifications::version_in_write(&tx, permitted.subject()).await?),
        ..Act::new(kind)
    };
    let given = store::acts::insert(&tx, &permitted, &act).await?;
    tx.commit(Audit::of(&permitted).with("result", opinion.result.code()), [given]).await
}

/// Where the opinion on the file as it stands is, for pages. The caller has found the tender in their scope.
pub async fn opinion_of(services: &Services, tender: &Tender, acts: &[Act]) -> Result<LegalityOpinion, Error> {
    let parameters = store::parameters::set(services).await?;
    let answers = store::specifications::find(services, tender.id).await?.version;
    opinion_on(acts, FileVersion { tender: tender.version, answers }, &parameters)
}

/// The same from acts in their order: an opinion on another state of the file is none.
///
/// # Errors
/// No row of the delay on the day of the request.
pub fn opinion_on(acts: &[Act], current: FileVersion, parameters: &ParameterSet) -> Result<LegalityOpinion, Error> {
    let on_this = |act: &&Act| act.on == Some(current);
    let of = |kind: ActKind| acts.iter().filter(move |act| act.kind == kind);
    if let Some(given) = of(ActKind::Opinion).rfind(on_this) {
        let Some(ActResult::Opinion(result)) = given.result else {
            return Err(Error::Corrupt(format!("{:?} is no opinion", given.result)));
        };
        let on = given.decided_on.unwrap_or_else(|| brussels(given.created_at).date());
        return Ok(LegalityOpinion::Given { on, result });
    }
    if let Some(asked) = of(ActKind::OpinionAsked).rfind(on_this) {
        let until = opinion_due(parameters, brussels(asked.created_at).date());
        return Ok(LegalityOpinion::Awaited { until: until.map_err(|missing| unanswerable(missing.into()))? });
    }
    let asked_before = of(ActKind::OpinionAsked).next().is_some();
    Ok(if asked_before { LegalityOpinion::Outdated } else { LegalityOpinion::NotAsked })
}
