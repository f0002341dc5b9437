use chrono::{DateTime, Utc};
use domain::{
    authz::{Action as _, Actor, WriteOffer},
    kernel::reference::TenderRef,
    offer::{OfferContent, OpenedFile, Place, Receipt},
    specification::Terms,
    tender::Channel,
};
use seal::Identity;

use super::{place, vault};
use crate::{
    Error, Services, specification,
    store::{
        self,
        drafts::{DraftFile, SealedDraft},
        tenders::TenderView,
    },
};

/// A firm's own offer as the firm alone reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    pub view: TenderView,
    pub place: Place,
    pub terms: Terms,
    pub draft: Draft,
    /// The latest first.
    pub receipts: Vec<Receipt>,
}

/// What it wrote so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// 0 before anything was kept.
    pub version: i32,
    pub updated_at: Option<DateTime<Utc>>,
    pub content: OfferContent,
    pub files: Vec<OpenedFile>,
}

impl Own {
    /// The deposit that stands.
    pub fn standing(&self) -> Option<&Receipt> {
        self.receipts.iter().find(|receipt| receipt.stands())
    }
}

/// The actor's own offer for a call that it may answer.
///
/// # Errors
/// [`Error::NotFound`] for everybody else, whatever their role.
pub async fn own(services: &Services, actor: &Actor, reference: TenderRef) -> Result<Own, Error> {
    let (view, place, sealed) = place::find(services, actor, reference).await?;
    if !WriteOffer::permits(actor, &place) {
        return Err(Error::NotFound);
    }
    let terms = specification::terms(services, view.clone()).await?;
    let receipts = store::submissions::of_firm(services, view.tender.id, place.firm).await?;
    let draft = match sealed {
        Some(sealed) if view.tender.plan.channel == Channel::Hosted => draft(services, &place, sealed).await?,
        Some(_) | None => Draft::default(),
    };
    Ok(Own { view, place, terms, draft, receipts })
}

async fn draft(services: &Services, place: &Place, sealed: SealedDraft) -> Result<Draft, Error> {
    let identity = vault::identity(services, place.tender.id).await?;
    let content = match sealed.sealed {
        Some(bytes) => {
            let context = vault::context(place.tender.id, place.firm, "draft");
            let opened = vault::opened(services, &identity, context, bytes).await?;
            serde_json::from_slice(&opened.clear).map_err(|_| Error::Corrupt("a draft does not read".to_owned()))?
        }
        None => OfferContent::default(),
    };
    let mut files = Vec::new();
    for file in store::drafts::files(services, sealed.id).await? {
        files.push(described(services, place, &identity, file).await?);
    }
    Ok(Draft { version: sealed.version, updated_at: Some(sealed.updated_at), content, files })
}

/// Name, type, size and hash of a file, which are sealed like its content.
pub(super) async fn described(
    services: &Services,
    place: &Place,
    identity: &Identity,
    file: DraftFile,
) -> Result<OpenedFile, Error> {
    let context = vault::context(place.tender.id, place.firm, &format!("name/{}", file.id));
    let opened = vault::opened(services, identity, context, file.sealed_name).await?;
    serde_json::from_slice(&opened.clear).map_err(|_| Error::Corrupt("a file's name does not read".to_owned()))
}
