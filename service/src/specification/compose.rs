use domain::{
    authz::{Action, Actor, Authorised},
    document::{ClauseRef, Document},
    kernel::reference::TenderRef,
    specification::Composition,
    tender::{FileVersion, Tender},
};

use super::read::{PDF, read};
use crate::{
    Error, Services,
    document::{self, Pdf},
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
    /// What it was made of: the file and the answers, as they were read.
    pub made_of: FileVersion,
}

/// The document as the answers make it now, with its holes.
pub async fn preview(services: &Services, actor: &Actor, reference: TenderRef) -> Result<(Tender, Composition), Error> {
    let reading = read(services, actor.scope(), reference).await?;
    let composition = reading.compose().await?;
    Ok((reading.view.tender, composition))
}

/// How many answers are missing or can't be read, and on which state of the file that was counted.
pub async fn holes(services: &Services, actor: &Actor, reference: TenderRef) -> Result<(usize, FileVersion), Error> {
    let reading = read(services, actor.scope(), reference).await?;
    let composition = reading.compose().await?;
    Ok((composition.missing.len() + composition.unsettled.len(), reading.version()))
}

/// The next edition, painted without the word « PROJET » and kept on the disk, before any transaction.
pub async fn compose(services: &Services, actor: &Actor, reference: TenderRef) -> Result<Edited, Error> {
    let reading = read(services, actor.scope(), reference).await?;
    let composition = reading.compose().await?;
    let tender = &reading.view.tender;
    let made_of = reading.version();
    let number = specifications::count_editions(services, tender.id).await? + 1;
    let missing = composition.missing.len() + composition.unsettled.len();
    let document = Document { draft: false, ..composition.document };
    let pdf = painted(document.clone()).await?;
    let pages = i32::try_from(pdf.pages).map_err(|error| Error::Corrupt(error.to_string()))?;
    let name = format!("{reference}-cahier-special-des-charges-{number}.pdf");
    let kept = store::files::keep(services, &name, PDF, pdf.bytes).await?;
    Ok(Edited { number, document, clauses: composition.clauses, missing, kept, pages, made_of })
}

/// A specification takes long enough to paint to be painted away from the threads that answer.
pub(super) async fn painted(document: Document) -> Result<Pdf, Error> {
    tokio::task::spawn_blocking(move || document::paint(&document))
        .await
        .map_err(|error| Error::Corrupt(error.to_string()))?
        .map_err(Error::from)
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
