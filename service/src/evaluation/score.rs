use domain::{
    authz::{Actor, ScoreOffers},
    evaluation::{Dossier, Juror, Refusal, Score, judged},
    fault::Fault,
    kernel::reference::TenderRef,
    score::Points,
    specification::Terms,
    tender::{Stage, Tender},
};

use super::steps::conditions_for;
use crate::{
    Error, FieldErrors, Services,
    store::{self, Audit},
};

/// A juror's sheet as it should be; lines that are left for later, or taken back, are not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetDraft {
    /// Of the sheet that this one replaces; 0 before the first save.
    pub version: i32,
    pub lines: Vec<SheetLine>,
}

/// Points for one offer on one criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetLine {
    /// Position of the offer.
    pub offer: i32,
    /// Place of the criterion, from 0.
    pub criterion: usize,
    pub points: Points,
    pub reason: String,
}

/// Saves the actor's own sheet (S14). A sheet sent twice changes nothing; one written over another's version is stale.
pub async fn score(services: &Services, actor: &Actor, reference: TenderRef, draft: &SheetDraft) -> Result<(), Error> {
    let (_, _, terms) = conditions_for::<ScoreOffers>(services, actor, reference, Stage::Evaluation).await?;
    within_weights(&terms, draft)?;
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<ScoreOffers>(actor, tender).await?;

    let dossier = store::evaluation::dossier_in_write(&tx, permitted.subject().id).await?;
    let juror = match may_score(permitted.subject(), &dossier, actor) {
        Ok(juror) => juror,
        Err(refusal) => {
            let refusal = refusal.into();
            return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
        }
    };
    let scores = scores(&dossier, actor, draft)?;
    let before: Vec<_> = dossier.scores.iter().filter(|score| score.person == juror.person).collect();
    if scores.len() == before.len() && scores.iter().all(|score| before.contains(&score)) {
        // A double click: it is kept already, and nobody did anything.
        return if juror.sheet_version == 0 { Err(FieldErrors::one("fiche", Fault::Empty).into()) } else { Ok(()) };
    }

    let kept = store::evaluation::put_scores(&tx, &permitted, draft.version, &scores).await?;
    let audit = Audit::of(&permitted)
        .with("lines", draft.lines.len())
        .with("version", draft.version + 1)
        .with("others_seen", dossier.is_sheet_complete(&terms, actor.person()));
    tx.commit(audit, [kept]).await
}

/// Name of the field of the points of an offer on a criterion.
pub fn points_field(offer: i32, criterion: usize) -> String {
    format!("points-{offer}-{criterion}")
}

fn within_weights(terms: &Terms, draft: &SheetDraft) -> Result<(), Error> {
    let mut errors = FieldErrors::none();
    for line in &draft.lines {
        let weight = judged(&terms.criteria)
            .find(|(place, _)| *place == line.criterion)
            .map(|(_, criterion)| criterion.weight_hundredths)
            .ok_or(Error::NotFound)?;
        if !(0..=weight).contains(&line.points.hundredths()) {
            let most = Points::from_hundredths(weight);
            errors.add(points_field(line.offer, line.criterion), Fault::PointsOver { most });
        }
    }
    errors.or(())
}

fn may_score<'a>(tender: &Tender, dossier: &'a Dossier, actor: &Actor) -> Result<&'a Juror, Refusal> {
    tender.is_at(Stage::Evaluation)?;
    dossier.is_open()?;
    let juror = dossier.juror(actor.person()).ok_or(Refusal::NotOnTheJury)?;
    if juror.declared_at.is_none() {
        return Err(Refusal::NotDeclared);
    }
    if juror.conflict { Err(Refusal::InConflict) } else { Ok(juror) }
}

fn scores(dossier: &Dossier, actor: &Actor, draft: &SheetDraft) -> Result<Vec<Score>, Error> {
    draft
        .lines
        .iter()
        .map(|line| {
            let offer = dossier.compared().find(|offer| offer.position == line.offer).ok_or(Error::NotFound)?;
            Ok(Score {
                person: actor.person(),
                offer: offer.id,
                criterion: line.criterion,
                points: line.points,
                reason: line.reason.clone(),
            })
        })
        .collect()
}
