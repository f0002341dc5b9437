use domain::{
    authz::{Action, Actor, Authorised},
    document::{ClauseRef, Document},
    kernel::{reference::TenderRef, time::brussels},
    specification::{Composition, Model},
    tender::{Stage, Tender},
};

use super::facts;
use crate::{
    Error, Services, document, parameter,
    store::{self, Change, Tx, files::Kept, specifications},
};

/// An edition that is painted and on the disk, and waits for its row.
#[derive(Debug, Clone)]
pub struct Edited {
    pub number: i32,
    pub document: Document,
    pub clauses: Vec<ClauseRef>,
    /// Answers that are missing or can't be read, and clauses that wait for one.
    pub missing: usize,
    pub kept: Kept,
    pub pages: i32,
}

/// The document as the answers make it now, with its holes.
pub async fn preview(services: &Services, actor: &Actor, reference: TenderRef) -> Result<(Tender, Composition), Error> {
    let view = store::tenders::find(services, actor.scope(), reference).await?;
    let draft = view.tender.stage < Stage::Adopted;
    let number = specifications::count_editions(services, view.tender.id).await? + i32::from(draft);
    let pilot = store::organisations::find(services, view.tender.pilot).await?;
    let answers = specifications::find(services, view.tender.id).await?.answers;
    let parameters = parameter::current(services).await?;
    let cpv = store::cpv::label(services, &view.tender.plan.cpv).await?;
    let on = brussels(services.now()).date();
    let base_url = &services.settings().base_url;
    let facts = facts(&view.tender, &pilot, &cpv, base_url, &parameters, &answers, (number.max(1), on, draft));
    let composition = tokio::task::spawn_blocking(move || Model::shipped().compose(&facts, &answers))
        .await
        .map_err(|error| Error::Corrupt(error.to_string()))?;
    Ok((view.tender, composition))
}

/// The next edition, painted without the word « PROJET » and kept on the disk, before any transaction.
pub async fn compose(services: &Services, actor: &Actor, reference: TenderRef) -> Result<Edited, Error> {
    let (tender, composition) = preview(services, actor, reference).await?;
    let number = specifications::count_editions(services, tender.id).await? + 1;
    let missing = composition.missing.len() + composition.unsettled.len();
    let document = Document { draft: false, ..composition.document };
    let painted = document.clone();
    let pdf = tokio::task::spawn_blocking(move || document::paint(&painted))
        .await
        .map_err(|error| Error::Corrupt(error.to_string()))?
        .map_err(|error| Error::Corrupt(error.to_string()))?;
    let pages = i32::try_from(pdf.pages).map_err(|error| Error::Corrupt(error.to_string()))?;
    let name = format!("{reference}-cahier-special-des-charges-{number}.pdf");
    let kept = store::files::keep(services, &name, "application/pdf", pdf.bytes).await?;
    Ok(Edited { number, document, clauses: composition.clauses, missing, kept, pages })
}

/// Names the edition in the write that adopts it.
pub async fn keep<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    edited: &Edited,
) -> Result<Change, Error> {
    let (file, named) = store::files::insert(tx, permitted.actor(), &edited.kept).await?;
    let inserted = specifications::insert_edition(
        tx,
        permitted,
        edited.number,
        file,
        &edited.clauses,
        &edited.document,
        edited.pages,
    )
    .await?;
    Ok(Change::all(vec![named, inserted]))
}
