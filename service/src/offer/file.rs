//! The sealed files of deposited offers, taken out after the opening.

use std::io::{self, Write};

use domain::{
    authz::Scope,
    kernel::reference::TenderRef,
    offer::{OpenedFile, OpenedOffer, Receipt},
};
use seal::{Context, Identity, SealError};
use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::{read, strongbox, vault};
use crate::{
    Error, Services,
    store::{audit::hex, sealed_files, submissions},
};

/// A file on its way out, piece by piece.
pub struct Streamed {
    pub file: OpenedFile,
    /// An error in the middle ends the answer: the browser keeps no half file.
    pub pieces: mpsc::Receiver<io::Result<Vec<u8>>>,
}

/// A file of an opened offer, for those who read the file of its tender.
pub async fn file(
    services: &Services,
    scope: Scope,
    reference: TenderRef,
    position: i32,
    id: Uuid,
) -> Result<Streamed, Error> {
    let offers = read::opened(services, scope, reference).await?;
    let offer = offers.into_iter().find(|offer| offer.position == position).ok_or(Error::NotFound)?;
    let file = offer.files.iter().find(|file| file.id == id).cloned().ok_or(Error::NotFound)?;
    let sealed_sha256 = sealed_sha256(services, &offer, id).await?;
    let identity = vault::identity(services, offer.tender).await?;
    let context = vault::context(offer.tender, offer.firm, &format!("file/{id}"));
    let place = sealed_files::path(services, offer.tender, &sealed_sha256);
    let (sender, pieces) = mpsc::channel(4);
    let seals = services.seals();
    tokio::task::spawn_blocking(move || {
        let mut out = Pieces(sender.clone());
        if let Err(error) = strongbox::unseal(seals, &identity, &context, &place, &mut out) {
            tracing::error!(%error, "a sealed file could not be read to its end");
            let _ = sender.blocking_send(Err(io::Error::other("the file is damaged")));
        }
    });
    Ok(Streamed { file, pieces })
}

async fn sealed_sha256(services: &Services, offer: &OpenedOffer, id: Uuid) -> Result<String, Error> {
    let receipts = submissions::of_firm(services, offer.tender, offer.firm).await?;
    let receipt = receipts.into_iter().find(|receipt| Some(receipt.number) == offer.receipt).ok_or(Error::NotFound)?;
    let file = receipt.files.into_iter().find(|file| file.id == id).ok_or(Error::NotFound)?;
    Ok(file.sealed_sha256)
}

/// Are the stored bytes those that were deposited? A disk that does not answer says nothing of them.
pub(super) async fn is_whole(
    services: &Services,
    identity: &Identity,
    receipt: &Receipt,
    file: &OpenedFile,
) -> Result<bool, Error> {
    let Some(sealed) = receipt.files.iter().find(|sealed| sealed.id == file.id).cloned() else { return Ok(false) };
    let context = vault::context(receipt.tender, receipt.firm, &format!("file/{}", file.id));
    let place = sealed_files::path(services, receipt.tender, &sealed.sealed_sha256);
    let (seals, identity) = (services.seals(), identity.clone());
    let opened = tokio::task::spawn_blocking(move || proofs(seals, &identity, &context, &place))
        .await
        .map_err(|error| Error::Corrupt(error.to_string()))?;
    match opened {
        Ok((commitment, clear)) => Ok(hex(&commitment) == sealed.commitment && hex(&clear) == file.sha256),
        Err(SealError::Damaged | SealError::Context) => Ok(false),
        Err(error @ (SealError::Key | SealError::Stream(_))) => Err(vault::of_a_key(error)),
    }
}

/// The commitment and the hash of the clear bytes.
fn proofs(
    seals: bool,
    identity: &Identity,
    context: &Context,
    place: &std::path::Path,
) -> Result<([u8; 32], [u8; 32]), SealError> {
    let mut clear = Hashed(Sha256::new());
    let commitment = strongbox::unseal(seals, identity, context, place, &mut clear)?;
    Ok((commitment, clear.0.finalize().into()))
}

struct Hashed(Sha256);

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Hands what is written over to somebody who reads.
struct Pieces(mpsc::Sender<io::Result<Vec<u8>>>);

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.blocking_send(Ok(bytes.to_vec())).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
