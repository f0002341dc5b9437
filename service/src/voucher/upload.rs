//! The bytes of an invoice: taken, kept, read, given back.

use domain::{
    authz::{Action as _, Actor, ReceiveInvoice, Scope},
    fault::Fault,
    invoice::{ElectronicInvoice, InvoiceFault, MOST_MEBIBYTES},
    kernel::ids::{FileId, ReceivedInvoiceId, VoucherId},
    offer::clean_name,
};

use crate::{
    Error, FieldErrors, Services, invoice,
    specification::Sent,
    store::{self, files, received_invoices as received},
};

/// Field of the file in its form.
pub const INVOICE_FIELD: &str = "fichier";
const XML: &str = "application/xml";

/// A file as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceFile {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The file itself, as it came.
pub async fn invoice_file(
    services: &Services,
    scope: Scope,
    id: VoucherId,
    wanted: ReceivedInvoiceId,
) -> Result<Sent, Error> {
    store::vouchers::find(services, scope, id).await?;
    let found = received::find(services, id, wanted).await?;
    let file = files::find(services, found.file.ok_or(Error::NotFound)?).await?;
    let bytes = files::bytes(services, &file).await?;
    Ok(Sent { name: file.name, media_type: file.media_type, sha256: file.sha256, bytes })
}

/// What the file says, for whoever found its voucher in their scope; nothing of what was typed in a form.
pub async fn invoice_read(services: &Services, file: FileId) -> Result<Result<ElectronicInvoice, InvoiceFault>, Error> {
    let file = files::find(services, file).await?;
    read(files::bytes(services, &file).await?).await.map(|(read, _)| read)
}

pub(super) type Read = Result<ElectronicInvoice, InvoiceFault>;

/// The bytes are on the disk before the write that names them; none of whoever may not send them.
pub(super) async fn read_and_kept(
    services: &Services,
    actor: &Actor,
    id: VoucherId,
    file: InvoiceFile,
) -> Result<Option<(Read, files::Kept)>, Error> {
    let voucher = store::vouchers::find(services, actor.scope(), id).await?;
    if !ReceiveInvoice::permits(actor, &voucher) || voucher.may_receive_invoice().is_err() {
        return Ok(None);
    }
    let most = MOST_MEBIBYTES * 1024 * 1024;
    if u64::try_from(file.bytes.len()).map_or(true, |size| size > most) {
        return Err(FieldErrors::one(INVOICE_FIELD, Fault::FileTooLarge { most_mebibytes: MOST_MEBIBYTES }).into());
    }
    let (read, bytes) = read(file.bytes).await?;
    let name = clean_name(&file.name).unwrap_or_else(|_| "facture.xml".to_owned());
    let kept = files::keep(services, &name, XML, bytes).await?;
    Ok(Some((read, kept)))
}

pub(super) async fn kept_again(
    services: &Services,
    scope: Scope,
    id: VoucherId,
    waiting: ReceivedInvoiceId,
) -> Result<Read, Error> {
    let file = invoice_file(services, scope, id, waiting).await?;
    read(file.bytes).await.map(|(read, _)| read)
}

/// Away from the threads that answer; the bytes come back.
async fn read(bytes: Vec<u8>) -> Result<(Read, Vec<u8>), Error> {
    let read = move || (invoice::read(&bytes), bytes);
    tokio::task::spawn_blocking(read).await.map_err(|error| Error::Corrupt(error.to_string()))
}
