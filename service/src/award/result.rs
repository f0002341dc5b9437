use domain::{
    authz::{Actor, Scope},
    award::{LetterKind, Tenderer},
    kernel::{
        ids::{FileId, OrganisationId},
        reference::TenderRef,
    },
    specification::Criterion,
    tender::{ActKind, Tender},
};

use super::facts::gather_view;
use crate::{
    Error, Services,
    specification::Sent,
    store::{self, acts::Act, files::StoredFile, letters::Letter, tenders::TenderView},
};

/// What a firm reads of the award: its own offer, and its letters.
#[derive(Debug, Clone)]
pub struct FirmResult {
    pub view: TenderView,
    /// The latest first.
    pub letters: Vec<(Letter, StoredFile)>,
    /// Its own points or reasons, once it was written to.
    pub own: Option<(Vec<Criterion>, Tenderer)>,
}

/// The actor's own firm alone; a firm without an opened offer finds nothing.
pub async fn of_firm(services: &Services, actor: &Actor, reference: TenderRef) -> Result<FirmResult, Error> {
    let view = store::tenders::find(services, Scope::VISITOR, reference).await?;
    let offers = store::offers::opened(services, view.tender.id).await?;
    if !offers.iter().any(|offer| offer.firm == actor.organisation()) {
        return Err(Error::NotFound);
    }
    let mut letters = Vec::new();
    for letter in sent_to(services, actor.organisation(), &view.tender).await?.into_iter().rev() {
        let file = store::files::find(services, letter.file).await?;
        letters.push((letter, file));
    }
    let own = if letters.is_empty() { None } else { own(services, actor, view.clone()).await? };
    Ok(FirmResult { view, letters, own })
}

/// What a firm was sent, oldest first: its letters, then, of the contractor, the acts of the execution as they are.
async fn sent_to(services: &Services, firm: OrganisationId, tender: &Tender) -> Result<Vec<Letter>, Error> {
    let mut sent = store::letters::of_firm(services, firm, tender.reference).await?;
    if store::award::find(services, tender.id).await?.is_some_and(|award| award.firm == firm) {
        let name = sent.first().map(|letter| letter.firm_name.clone()).unwrap_or_default();
        let acts = store::acts::of_tender(services, tender.id).await?;
        sent.extend(acts.iter().filter_map(|act| notified(act, firm, &name)));
    }
    Ok(sent)
}

fn notified(act: &Act, firm: OrganisationId, firm_name: &str) -> Option<Letter> {
    let kind = match act.kind {
        ActKind::FailureReport => LetterKind::FailureReport,
        ActKind::Termination => LetterKind::Termination,
        _ => return None,
    };
    Some(Letter { firm, firm_name: firm_name.to_owned(), kind, file: act.file?, sent_at: act.created_at })
}

/// None where the tender ended before its offers were compared.
async fn own(
    services: &Services,
    actor: &Actor,
    view: TenderView,
) -> Result<Option<(Vec<Criterion>, Tenderer)>, Error> {
    match gather_view(services, view).await {
        Ok(gathered) if gathered.file.award.as_ref().is_some_and(|award| award.informed_at.is_some()) => {
            let own = gathered.file.tenderers.into_iter().find(|tenderer| tenderer.firm == actor.organisation());
            Ok(own.map(|own| (gathered.file.criteria, own)))
        }
        Ok(_) | Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The bytes of one of the firm's own letters; another firm's is not found.
pub async fn letter_file(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    file: FileId,
) -> Result<Sent, Error> {
    let view = store::tenders::find(services, Scope::VISITOR, reference).await?;
    let letters = sent_to(services, actor.organisation(), &view.tender).await?;
    let letter = letters.into_iter().find(|letter| letter.file == file).ok_or(Error::NotFound)?;
    let file = store::files::find(services, letter.file).await?;
    let bytes = store::files::bytes(services, &file).await?;
    Ok(Sent { name: file.name, media_type: file.media_type, sha256: file.sha256, bytes })
}
