//! Sealing and opening, beside the runtime's own threads: both compute. Nothing here is awaited inside a write.

use domain::kernel::ids::{OrganisationId, TenderId};
use seal::{Context, Digests, Identity, Opened, Recipient, SealError, Sealed, Zeroizing};

use crate::{
    Error, Services,
    store::tender_keys::{self, Keeper},
};

/// What is sealed, and where it belongs.
pub(super) fn context(tender: TenderId, firm: OrganisationId, what: &str) -> Context {
    Context::of(&["beffroi/1", &tender.to_string(), &firm.to_string(), what])
}

/// To whom offers of this tender are sealed.
pub(super) async fn recipient(services: &Services, tender: TenderId) -> Result<Recipient, Error> {
    tender_keys::find(services, tender).await?.recipient.parse().map_err(of_a_key)
}

/// The key itself. The installation gives it to a firm that reads its own offer, and to the opening.
pub(super) async fn identity(services: &Services, tender: TenderId) -> Result<Identity, Error> {
    let key = tender_keys::find(services, tender).await?;
    let secret = services.settings().secret.clone();
    aside(move || match key.keeper {
        Keeper::Installation => Identity::taken_out(&key.sealed_identity, secret.reveal()),
    })
    .await
}

pub(super) async fn sealed(
    services: &Services,
    recipient: &Recipient,
    context: Context,
    clear: Zeroizing<Vec<u8>>,
) -> Result<Sealed, Error> {
    if !services.seals() {
        return Ok(left_clear(&clear));
    }
    let (recipient, salt) = (recipient.clone(), crate::secret::random_bytes());
    aside(move || seal::seal(&recipient, &context, &salt, &clear)).await
}

pub(super) async fn opened(
    services: &Services,
    identity: &Identity,
    context: Context,
    sealed: Vec<u8>,
) -> Result<Opened, Error> {
    if !services.seals() {
        let commitment = left_clear(&sealed).digests.commitment;
        return Ok(Opened { clear: Zeroizing::new(sealed), commitment });
    }
    let identity = identity.clone();
    aside(move || seal::open(&identity, &context, &sealed)).await
}

/// Runs what computes on a thread of its own.
pub(super) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SealError> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Corrupt(error.to_string()))?.map_err(of_a_key)
}

/// The cause for the log; it tells nothing of a key or a content.
pub(super) fn of_a_key(error: SealError) -> Error {
    Error::Corrupt(format!("a seal: {error}"))
}

/// What the test of the seal compares with: the same content, unsealed.
fn left_clear(clear: &[u8]) -> Sealed {
    use sha2::{Digest as _, Sha256};
    let hash: [u8; 32] = Sha256::digest(clear).into();
    let digests = Digests { sealed: hash, commitment: hash, length: clear.len() as u64 };
    Sealed { bytes: clear.to_vec(), digests }
}
