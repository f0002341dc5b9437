//! The files of a voucher. What it says is frozen at its approval, so that its bytes are the same whenever they are painted.

use domain::{
    authz::Scope,
    document::Document,
    kernel::ids::{DeliveryId, VoucherId},
    voucher::Voucher,
};

use crate::{
    Error, Services,
    document::{self, Pdf},
    specification::Sent,
    store::{
        self,
        files::{self, StoredFile},
    },
};

pub(super) const PDF: &str = "application/pdf";

/// The PDF of an approved voucher: the file that the worker kept, else painted now from the same document.
pub async fn pdf(services: &Services, scope: Scope, id: VoucherId) -> Result<Sent, Error> {
    let voucher = store::vouchers::find(services, scope, id).await?;
    if let Some(file) = voucher.file {
        let file = files::find(services, file).await?;
        return sent(services, file).await;
    }
    let pdf = painted(store::vouchers::document(services, id).await?).await?;
    Ok(Sent { name: name(&voucher), media_type: PDF.to_owned(), sha256: pdf.sha256_hex(), bytes: pdf.bytes })
}

/// The minutes of a delivery that was not accepted in whole.
pub async fn minutes(services: &Services, scope: Scope, id: VoucherId, delivery: DeliveryId) -> Result<Sent, Error> {
    let voucher = store::vouchers::find(services, scope, id).await?;
    let found = voucher.deliveries.into_iter().find(|found| found.id == delivery).ok_or(Error::NotFound)?;
    let file = found.acceptance.and_then(|acceptance| acceptance.minutes).ok_or(Error::NotFound)?;
    let file = files::find(services, file).await?;
    sent(services, file).await
}

/// Paints an approved voucher and keeps it, once; the worker may try again.
pub(super) async fn keep(services: &Services, id: VoucherId) -> Result<(), Error> {
    let voucher = store::vouchers::promised(services, id).await?;
    if voucher.file.is_some() {
        return Ok(());
    }
    let pdf = painted(store::vouchers::document(services, id).await?).await?;
    let kept = files::keep(services, &name(&voucher), PDF, pdf.bytes).await?;
    store::vouchers::keep_file(services, id, &kept).await
}

pub(super) async fn painted(document: Document) -> Result<Pdf, Error> {
    tokio::task::spawn_blocking(move || document::paint(&document))
        .await
        .map_err(|error| Error::Corrupt(error.to_string()))?
        .map_err(|error| Error::Corrupt(error.to_string()))
}

async fn sent(services: &Services, file: StoredFile) -> Result<Sent, Error> {
    let bytes = files::bytes(services, &file).await?;
    Ok(Sent { name: file.name, media_type: file.media_type, sha256: file.sha256, bytes })
}

fn name(voucher: &Voucher) -> String {
    voucher.number.map_or_else(|| "bon-de-commande.pdf".to_owned(), |number| format!("{number}.pdf"))
}
