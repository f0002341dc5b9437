use domain::kernel::reference::TenderRef;

use crate::{
    Error, Services,
    store::{self, files::StoredFile},
};

/// The specification of a published call, for everybody.
pub async fn specification(services: &Services, reference: TenderRef) -> Result<(StoredFile, Vec<u8>), Error> {
    let call = store::calls::find(services, reference).await?;
    let specification = call.specification.ok_or(Error::NotFound)?;
    let bytes = store::files::bytes(services, &specification.file).await?;
    Ok((specification.file, bytes))
}
