use chrono::NaiveDate;
use domain::{
    authz::{Reach, Scope},
    document::Document,
    kernel::{reference::TenderRef, time::brussels},
    specification::{Composition, Facts, Model, Terms},
    tender::{FileVersion, Stage},
};

use super::{
    compose::painted,
    facts::{Around, EditionOf, facts},
};
use crate::{
    Error, Services,
    store::{
        self,
        files::StoredFile,
        specifications::{self, Draft, Edition},
        tenders::TenderView,
    },
};

/// A specification as its pages show it: what is known, what was answered, what was adopted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub view: TenderView,
    pub draft: Draft,
    pub facts: Facts,
    /// The latest first.
    pub editions: Vec<(Edition, StoredFile)>,
}

/// A file that is sent as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub name: String,
    pub media_type: String,
    pub sha256: String,
    pub bytes: Vec<u8>,
}

/// What an authority that takes part, or who oversees it, reads of a specification; firms and visitors read editions only.
pub async fn read(services: &Services, scope: Scope, reference: TenderRef) -> Result<Reading, Error> {
    match scope.reach() {
        Reach::Authority(_) | Reach::Everything => {}
        Reach::Published | Reach::Firm(_) => return Err(Error::NotFound),
    }
    let view = store::tenders::find(services, scope, reference).await?;
    reading(services, view).await
}

/// What the specification of a tender fixes; the caller has found the tender in their scope.
///
/// # Errors
/// [`Error::Corrupt`] when its specification is not complete: no tender is called with holes.
pub async fn terms(services: &Services, view: TenderView) -> Result<Terms, Error> {
    let reference = view.tender.reference;
    let reading = reading(services, view).await?;
    Terms::read(Model::shipped(), &reading.facts, &reading.draft.answers)
        .ok_or_else(|| Error::Corrupt(format!("{reference}: the specification has holes")))
}

async fn reading(services: &Services, view: TenderView) -> Result<Reading, Error> {
    let draft = specifications::find(services, view.tender.id).await?;
    let mut editions = Vec::new();
    for edition in specifications::editions(services, view.tender.id).await? {
        let file = store::files::find(services, edition.file).await?;
        editions.push((edition, file));
    }
    let is_draft = view.tender.progress() < Stage::Adopted;
    let made = i32::try_from(editions.len()).map_err(|error| Error::Corrupt(error.to_string()))?;
    let edition = EditionOf {
        number: (made + i32::from(is_draft)).max(1),
        on: day(services, &editions, is_draft),
        draft: is_draft,
    };
    let facts = facts(&view.tender, &around(services, &view).await?, &draft.answers, edition);
    Ok(Reading { view, draft, facts, editions })
}

/// A draft bears the day on which it is read; an edition keeps its own.
fn day(services: &Services, editions: &[(Edition, StoredFile)], is_draft: bool) -> NaiveDate {
    let adopted = editions.first().filter(|_| !is_draft).map(|(edition, _)| edition.created_at);
    brussels(adopted.unwrap_or_else(|| services.now())).date()
}

async fn around(services: &Services, view: &TenderView) -> Result<Around, Error> {
    let tender = &view.tender;
    let mut ids: Vec<_> = tender.participants.iter().map(|participant| participant.organisation).collect();
    ids.push(tender.pilot);
    let label = store::cpv::label(services, &tender.plan.cpv).await?;
    Ok(Around {
        organisations: store::organisations::among(services, &ids).await?,
        // The law asks for the code; one outside the shipped list is named by its figures.
        cpv_label: if label.is_empty() { tender.plan.cpv.clone() } else { label },
        base_url: services.settings().base_url.clone(),
        parameters: store::parameters::set(services).await?,
    })
}

impl Reading {
    /// The document as the answers make it, with its holes.
    pub async fn compose(&self) -> Result<Composition, Error> {
        let (facts, answers) = (self.facts.clone(), self.draft.answers.clone());
        tokio::task::spawn_blocking(move || Model::shipped().compose(&facts, &answers))
            .await
            .map_err(|error| Error::Corrupt(error.to_string()))
    }

    /// The state of the file that was read.
    pub fn version(&self) -> FileVersion {
        FileVersion { tender: self.view.tender.version, answers: self.draft.version }
    }

    pub fn is_draft(&self) -> bool {
        self.facts.draft
    }

    /// What was adopted, word for word.
    pub async fn adopted(&self, services: &Services) -> Result<Option<Document>, Error> {
        match self.editions.first() {
            Some((edition, _)) if !self.is_draft() => {
                specifications::document(services, self.view.tender.id, edition.number).await.map(Some)
            }
            Some(_) | None => Ok(None),
        }
    }
}

/// The current state as a PDF: a draft says so on every page; once adopted, the latest edition.
pub async fn pdf(services: &Services, scope: Scope, reference: TenderRef) -> Result<Sent, Error> {
    let reading = read(services, scope, reference).await?;
    if let Some((edition, _)) = reading.editions.first().filter(|_| !reading.is_draft()) {
        return self::edition(services, scope, reference, edition.number).await;
    }
    let pdf = painted(reading.compose().await?.document).await?;
    Ok(Sent {
        name: format!("{reference}-cahier-special-des-charges-projet.pdf"),
        media_type: PDF.to_owned(),
        sha256: pdf.sha256_hex(),
        bytes: pdf.bytes,
    })
}

/// The bytes of an edition, for whoever may see the tender.
pub async fn edition(services: &Services, scope: Scope, reference: TenderRef, number: i32) -> Result<Sent, Error> {
    let view = store::tenders::find(services, scope, reference).await?;
    let editions = specifications::editions(services, view.tender.id).await?;
    let edition = editions.into_iter().find(|edition| edition.number == number).ok_or(Error::NotFound)?;
    let file = store::files::find(services, edition.file).await?;
    let bytes = store::files::bytes(services, &file).await?;
    Ok(Sent { name: file.name, media_type: file.media_type, sha256: file.sha256, bytes })
}

pub(super) const PDF: &str = "application/pdf";
