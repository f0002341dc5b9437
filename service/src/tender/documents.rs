use domain::{
    authz::{Reach, Scope},
    kernel::{ids::FileId, reference::TenderRef},
};

use crate::{
    Error, Services,
    specification::Sent,
    store::{self, documents::Filed},
};

/// Every file of a tender, for the authorities that take part in it and for who oversees it.
pub async fn documents(services: &Services, scope: Scope, reference: TenderRef) -> Result<Vec<Filed>, Error> {
    match scope.reach() {
        Reach::Authority(_) | Reach::Everything => {}
        Reach::Published | Reach::Firm(_) => return Err(Error::NotFound),
    }
    let view = store::tenders::find(services, scope, reference).await?;
    store::documents::of_tender(services, view.tender.id).await
}

/// The bytes of one of them; a file that this tender does not name is not found.
pub async fn document(services: &Services, scope: Scope, reference: TenderRef, file: FileId) -> Result<Sent, Error> {
    let filed = documents(services, scope, reference).await?;
    let found = filed.into_iter().find(|filed| filed.file.id == file).ok_or(Error::NotFound)?.file;
    let bytes = store::files::bytes(services, &found).await?;
    Ok(Sent { name: found.name, media_type: found.media_type, sha256: found.sha256, bytes })
}
