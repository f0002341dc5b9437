//! The finance director's opinion on a proposed award (CDLD, art. L1124-40): on this proposal, and on no other.

use domain::{
    authz::{Actor, ProposeAward},
    award,
    kernel::{
        reference::TenderRef,
        time::{brussels, date_french},
    },
    parameter::{MissingParameter, ParameterSet},
    refusal::Refusal,
    tender::{ActKind, ActResult, LegalityOpinion, OpinionResult, Stage, Step, opinion_due},
};

use crate::{
    Error, Services,
    store::{self, Audit, acts::Act},
};

/// Asks the finance director's opinion on the proposal: ten working days start.
pub async fn ask_opinion(services: &Services, actor: &Actor, reference: TenderRef) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<ProposeAward>(actor, tender).await?;

    let acts = store::acts::in_write(&tx, permitted.subject().id).await?;
    let refusal = if permitted.subject().stage != Stage::AwardProposed {
        Some(Refusal::Step { from: permitted.subject().stage, step: Step::AskLegalityOpinion })
    } else if asked(&acts).is_some() {
        Some(award::Refusal::OpinionAsked.into())
    } else {
        None
    };
    if let Some(refusal) = refusal {
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    let asked = store::acts::insert(&tx, &permitted, &Act::new(ActKind::AwardOpinionAsked)).await?;
    tx.commit(Audit::of(&permitted).with("opinion", "asked"), [asked]).await
}

/// Where the opinion on the award as it is proposed now is, from the acts in their order.
///
/// # Errors
/// No row of the delay on the day of the request.
pub fn opinion_on_award(acts: &[Act], law: &ParameterSet) -> Result<LegalityOpinion, MissingParameter> {
    if let Some((act, result)) = given(acts) {
        let on = act.decided_on.unwrap_or_else(|| brussels(act.created_at).date());
        return Ok(LegalityOpinion::Given { on, result });
    }
    if let Some(asked) = asked(acts) {
        let until = opinion_due(law, brussels(asked.created_at).date())?;
        return Ok(LegalityOpinion::Awaited { until });
    }
    let asked_before = acts.iter().any(|act| act.kind == ActKind::AwardOpinionAsked);
    Ok(if asked_before { LegalityOpinion::Outdated } else { LegalityOpinion::NotAsked })
}

/// The forms that Walloon deliberations use for the finance director's opinion.
pub(super) fn told(acts: &[Act]) -> Option<String> {
    let asked_on = date_french(brussels(asked(acts)?.created_at).date());
    Some(match given(acts) {
        Some((act, result)) => format!(
            "Vu la communication du dossier au Directeur financier faite en date du {asked_on} conformément à l’article L1124-40, § 1er, 3° et 4°, du Code de la démocratie locale et de la décentralisation ; considérant son avis {} du {} ;",
            word(result),
            act.decided_on.map(date_french).unwrap_or_default()
        ),
        None => format!(
            "Vu la communication du dossier au Directeur financier faite en date du {asked_on} ; attendu l’absence d’avis du Directeur financier rendu dans le délai prescrit ;"
        ),
    })
}

fn word(result: OpinionResult) -> &'static str {
    match result {
        OpinionResult::Favourable => "favorable",
        OpinionResult::FavourableWithRemarks => "favorable avec remarques",
        OpinionResult::Unfavourable => "défavorable",
    }
}

/// The request on the award as it is proposed now.
pub(crate) fn asked(acts: &[Act]) -> Option<&Act> {
    on_this_proposal(acts).iter().rfind(|act| act.kind == ActKind::AwardOpinionAsked)
}

fn given(acts: &[Act]) -> Option<(&Act, OpinionResult)> {
    let act = on_this_proposal(acts).iter().rfind(|act| act.kind == ActKind::AwardOpinion)?;
    match &act.result {
        Some(ActResult::Opinion(result)) => Some((act, *result)),
        _ => None,
    }
}

/// What came before the last proposal is on another one.
fn on_this_proposal(acts: &[Act]) -> &[Act] {
    acts.rsplit(|act| act.kind == ActKind::AwardProposal).next().unwrap_or_default()
}
