//! The keys of the tenders: one each, made with its call.

use domain::{authz::Authorised, authz::PublishCall, kernel::ids::TenderId};
use entity::tender_key;
use sea_orm::{ActiveValue::Set, EntityTrait};

use crate::{
    Error, Services,
    store::{Change, Tx},
};

/// A tender's key as it is kept.
#[derive(Clone)]
pub struct TenderKey {
    /// To whom offers are sealed.
    pub recipient: String,
    /// Who can give the identity back: today the installation, under its secret; a key that communes share would be
    /// another keeper.
    pub keeper: Keeper,
    /// The identity, sealed for its keeper.
    pub sealed_identity: Vec<u8>,
}

/// Who can give an identity back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeper {
    /// The secret of this installation.
    Installation,
}

impl Keeper {
    fn code(self) -> &'static str {
        match self {
            Self::Installation => "installation",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        (code == Self::Installation.code()).then_some(Self::Installation)
    }
}

/// Keeps the key of the permitted tender.
pub async fn insert(tx: &Tx, permitted: &Authorised<PublishCall>, key: &TenderKey) -> Result<Change, Error> {
    tender_key::Entity::insert(tender_key::ActiveModel {
        tender_id: Set(permitted.subject().id.as_uuid()),
        recipient: Set(key.recipient.clone()),
        keeper: Set(key.keeper.code().to_owned()),
        sealed_identity: Set(key.sealed_identity.clone()),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(Change::written())
}

/// The key of a tender that the caller has already found in their scope.
pub(crate) async fn find(services: &Services, tender: TenderId) -> Result<TenderKey, Error> {
    let row = tender_key::Entity::find_by_id(tender.as_uuid())
        .one(services.store().reader())
        .await?
        .ok_or_else(|| Error::Corrupt(format!("tender {tender} has no key")))?;
    let keeper = Keeper::from_code(&row.keeper).ok_or_else(|| Error::Corrupt(format!("keeper {}", row.keeper)))?;
    Ok(TenderKey { recipient: row.recipient, keeper, sealed_identity: row.sealed_identity })
}
