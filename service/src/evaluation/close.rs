use domain::{
    authz::{Actor, AssessOffers, CloseEvaluation},
    evaluation::Draw,
    kernel::reference::TenderRef,
    tender::Stage,
};

use super::{
    report_document,
    steps::{assessing, conditions_for},
};
use crate::{
    Error, Services,
    store::{self, Audit},
};

/// Records a draw of lots between offers that the stated rule leaves equal.
pub async fn draw_lots(services: &Services, actor: &Actor, reference: TenderRef, draw: &Draw) -> Result<(), Error> {
    let (_, _, terms) = conditions_for::<AssessOffers>(services, actor, reference, Stage::Evaluation).await?;
    let (tx, permitted, dossier) = assessing(services, actor, reference).await?;

    let allowed = permitted.subject().is_at(Stage::Evaluation).and_then(|()| dossier.may_draw(&terms, draw));
    if let Err(refusal) = allowed {
        let refusal = refusal.into();
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    let drawn = store::evaluation::insert_draw(&tx, &permitted, draw).await?;
    let audit = Audit::of(&permitted)
        .with("drawn", draw.winner)
        .with("between", draw.between.clone())
        .with("reason", draw.reason.clone());
    tx.commit(audit, [drawn]).await
}

/// Closes the evaluation: the ranking stands and the report is kept. The stage stays: the award is proposed next.
///
/// The report is painted before the write, for somebody who may; if anything moved in between, the close is stale.
pub async fn close(services: &Services, actor: &Actor, reference: TenderRef) -> Result<(), Error> {
    let (permitted, view, terms) =
        conditions_for::<CloseEvaluation>(services, actor, reference, Stage::Evaluation).await?;
    let before = store::evaluation::dossier(services, view.tender.id).await?;
    let painted = match before.may_close(&terms) {
        Ok(examination) => {
            let report = report_document::kept(services, &view, &terms, &before, &examination).await;
            Some(services.made_for(&permitted, report).await?)
        }
        Err(_) => None,
    };
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<CloseEvaluation>(actor, tender).await?;

    let dossier = store::evaluation::dossier_in_write(&tx, permitted.subject().id).await?;
    let closing = permitted.subject().is_at(Stage::Evaluation).and_then(|()| dossier.may_close(&terms));
    let examination = match closing {
        Ok(examination) => examination,
        Err(refusal) => {
            let refusal = refusal.into();
            return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
        }
    };
    let painted = painted.filter(|_| dossier == before).ok_or(Error::Stale)?;

    let (file, named) = store::files::insert(&tx, actor, &painted).await?;
    let ranked = store::evaluation::insert_report(&tx, &permitted, &examination, file).await?;
    let first = examination.first().map(|offer| offer.firm_name.clone()).unwrap_or_default();
    let audit = Audit::of(&permitted).with("first", first).with("sha256", painted.sha256.clone());
    tx.commit(audit, [named, ranked]).await
}
