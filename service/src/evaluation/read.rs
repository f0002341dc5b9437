use domain::{
    authz::{Action, Actor, AssessOffers, Authorised, ReadEvaluation, ScoreOffers},
    evaluation::{Dossier, Examination, Refusal},
    kernel::reference::TenderRef,
    specification::Terms,
    tender::{Stage, Tender},
};

use super::steps::conditions_for;
use crate::{
    Error, Services,
    specification::{self, Sent},
    store::{self, evaluation::Closed, tenders::TenderView},
};

/// The examination of the offers as its pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub view: TenderView,
    pub terms: Terms,
    pub dossier: Dossier,
    /// The ranking that stands.
    pub closed: Option<Closed>,
}

impl Reading {
    /// The ranking that stands, or the one that the decisions and points make now.
    pub fn examination(&self) -> Option<Examination> {
        match &self.closed {
            Some(closed) => Some(closed.examination.clone()),
            None => self.dossier.examination(&self.terms),
        }
    }

    /// Points of quality are shown: every sheet is complete.
    pub fn is_revealed(&self) -> bool {
        self.closed.is_some() || self.dossier.is_revealed(&self.terms)
    }
}

/// What an authority that takes part, or who oversees it, reads after the opening. Before it there is nothing to find.
pub async fn read(services: &Services, actor: &Actor, reference: TenderRef) -> Result<Reading, Error> {
    let view = store::tenders::find(services, actor.scope(), reference).await?;
    if view.tender.stage < Stage::Opened {
        return Err(Error::NotFound);
    }
    let permitted = Authorised::<ReadEvaluation>::check(actor, view.tender.clone())?;
    let terms = specification::terms(services, view.clone()).await?;
    reading(services, &permitted, view, terms).await
}

/// The same for a correction that was sent: whoever may not, or comes too early, is refused here, and that is written down.
pub async fn read_to_correct(services: &Services, actor: &Actor, reference: TenderRef) -> Result<Reading, Error> {
    let (permitted, view, terms) =
        conditions_for::<AssessOffers>(services, actor, reference, Stage::Regularity).await?;
    reading(services, &permitted, view, terms).await
}

/// The same for a sheet that was sent.
pub async fn read_to_score(services: &Services, actor: &Actor, reference: TenderRef) -> Result<Reading, Error> {
    let (permitted, view, terms) = conditions_for::<ScoreOffers>(services, actor, reference, Stage::Evaluation).await?;
    reading(services, &permitted, view, terms).await
}

async fn reading<A: Action<Subject = Tender>>(
    services: &Services,
    permitted: &Authorised<A>,
    view: TenderView,
    terms: Terms,
) -> Result<Reading, Error> {
    let id = permitted.subject().id;
    let dossier = store::evaluation::dossier(services, id).await?;
    let closed = store::evaluation::find_report(services, id).await?;
    Ok(Reading { view, terms, dossier, closed })
}

/// The examination that stands, for the award and the contract of a tender that the caller has found in their scope.
///
/// # Errors
/// [`Refusal::NotClosed`] as long as the evaluation is under way.
pub async fn result(services: &Services, view: &TenderView) -> Result<Examination, Error> {
    let closed = store::evaluation::find_report(services, view.tender.id).await?;
    let closed = closed.ok_or(Error::Refused(Refusal::NotClosed.into()))?;
    Ok(closed.examination)
}

/// The report, as it was kept when the evaluation was closed.
pub async fn report(services: &Services, actor: &Actor, reference: TenderRef) -> Result<Sent, Error> {
    let reading = read(services, actor, reference).await?;
    let closed = reading.closed.ok_or(Error::NotFound)?;
    let file = store::files::find(services, closed.file).await?;
    let bytes = store::files::bytes(services, &file).await?;
    Ok(Sent { name: file.name, media_type: file.media_type, sha256: file.sha256, bytes })
}
