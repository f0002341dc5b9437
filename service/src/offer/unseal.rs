//! Taking out what firms deposited, once two persons may. Each offer proves that it is what its receipt says.

use domain::{offer::Receipt, tender::Tender};
use seal::Identity;
use sha2::{Digest as _, Sha256};

use super::{submit::Deposit, vault};
use crate::{
    Error, Services,
    store::{audit::hex, submissions},
};

/// A deposit that stood at the hour, opened or damaged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unsealed {
    pub(super) receipt: Receipt,
    /// Nothing when its bytes are not those of its receipt.
    pub(super) deposit: Option<Deposit>,
    /// Names of the files whose bytes are not those that were deposited.
    pub(super) damaged: Vec<String>,
}

/// Every deposit that stands, in the order of arrival.
pub(super) async fn all(services: &Services, tender: &Tender, receipts: &[Receipt]) -> Result<Vec<Unsealed>, Error> {
    let mut unsealed = Vec::new();
    if receipts.is_empty() {
        return Ok(unsealed);
    }
    let identity = vault::identity(services, tender.id).await?;
    for receipt in receipts {
        unsealed.push(one(services, &identity, receipt).await?);
    }
    Ok(unsealed)
}

async fn one(services: &Services, identity: &Identity, receipt: &Receipt) -> Result<Unsealed, Error> {
    let deposit = deposit(services, identity, receipt).await?;
    let mut unsealed = Unsealed { receipt: receipt.clone(), deposit: None, damaged: Vec::new() };
    if let Some(mut deposit) = deposit {
        let mut whole = Vec::new();
        for file in deposit.files {
            if super::file::is_whole(services, identity, receipt, &file).await? {
                whole.push(file);
            } else {
                unsealed.damaged.push(file.name);
            }
        }
        deposit.files = whole;
        unsealed.deposit = Some(deposit);
    }
    Ok(unsealed)
}

/// What was deposited, if hash and commitment are those of the receipt.
async fn deposit(services: &Services, identity: &Identity, receipt: &Receipt) -> Result<Option<Deposit>, Error> {
    let sealed = submissions::sealed(services, receipt.id).await?.sealed;
    if hex(&Sha256::digest(&sealed)) != receipt.sealed_sha256 {
        return Ok(None);
    }
    let context = vault::context(receipt.tender, receipt.firm, &format!("deposit/{}", receipt.id));
    let Ok(opened) = vault::opened(services, identity, context, sealed).await else { return Ok(None) };
    if hex(&opened.commitment) != receipt.commitment {
        return Ok(None);
    }
    Ok(serde_json::from_slice(&opened.clear).ok())
}
