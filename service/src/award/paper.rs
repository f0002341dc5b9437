//! Documents become files on the disk, before any transaction.

use domain::document::Document;

use crate::{
    Error, Services, document,
    store::{self, files::Kept},
};

/// Paints a document away from the threads that answer, and keeps its bytes under `name`.
pub(crate) async fn kept(services: &Services, name: String, document: Document) -> Result<Kept, Error> {
    let painted = tokio::task::spawn_blocking(move || document::paint(&document))
        .await
        .map_err(|error| Error::Corrupt(error.to_string()))?
        .map_err(|error| Error::Corrupt(error.to_string()))?;
    store::files::keep(services, &name, "application/pdf", painted.bytes).await
}
