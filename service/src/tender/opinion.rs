use domain::{
    authz::{Actor, AskLegalityOpinion, GiveLegalityOpinion},
    kernel::reference::TenderRef,
    tender::{Stage, Step},
};

use crate::{
    Error, Services,
    store::{self, Audit, acts::Act},
};

/// The finance director's answer (CDLD, art. L1124-40, § 1er, 3°).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// `favourable`, `favourable_with_remarks` or `unfavourable`.
    pub result: String,
    pub text: String,
}

/// Asks the legality opinion on the complete file (S03 to S04): its delay starts.
pub async fn ask_opinion(services: &Services, actor: &Actor, reference: TenderRef) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<AskLegalityOpinion>(actor, tender).await?;

    let after = match permitted.subject().after(Step::AskLegalityOpinion) {
        Ok(after) => after,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    let moved = store::tenders::move_to(&tx, &permitted, after).await?;
    let asked = store::acts::insert(&tx, &permitted, &Act::new("opinion_asked")).await?;
    let audit = Audit::of(&permitted).changed("stage", permitted.subject().stage.code(), after.code());
    tx.commit(audit, [moved, asked]).await
}

/// Which opinion is awaited: on the conditions, or on the award once it was asked.
fn awaited(stage: Stage, acts: &[Act]) -> Option<&'static str> {
    let asked_on_award = || acts.iter().any(|act| act.kind == "award_opinion_asked");
    if stage == Stage::LegalityOpinion {
        Some("opinion")
    } else if stage == Stage::AwardProposed && asked_on_award() {
        Some("award_opinion")
    } else {
        None
    }
}

/// Gives it. The stage stays: the council reads the opinion and decides.
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
        result: Some(opinion.result.clone()),
        text: Some(opinion.text.clone()),
        decided_on: Some(super::today(&tx)),
        ..Act::new(kind)
    };
    let given = store::acts::insert(&tx, &permitted, &act).await?;
    tx.commit(Audit::of(&permitted).with("result", opinion.result.clone()), [given]).await
}
