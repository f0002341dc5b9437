use seal::Identity;

use super::vault;
use crate::{
    Error, Services,
    store::tender_keys::{Keeper, TenderKey},
};

/// A new key of a tender, its identity sealed under the secret of this installation. Made before the write that keeps it.
pub(crate) async fn new_key(services: &Services) -> Result<TenderKey, Error> {
    let secret = services.settings().secret.clone();
    vault::aside(move || {
        let identity = Identity::generate();
        let sealed_identity = identity.kept_under(secret.reveal())?;
        Ok(TenderKey { recipient: identity.recipient().to_string(), keeper: Keeper::Installation, sealed_identity })
    })
    .await
}
