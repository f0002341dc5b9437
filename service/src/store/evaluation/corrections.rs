use domain::{
    authz::{AssessOffers, Authorised},
    evaluation::Correction,
};
use entity::correction;
use sea_orm::{ActiveValue::Set, EntityTrait};

use crate::{
    Error,
    store::{Change, Tx},
};

/// Keeps a changed price; nothing is ever overwritten.
pub async fn insert_correction(
    tx: &Tx,
    permitted: &Authorised<AssessOffers>,
    correction: &Correction,
) -> Result<Change, Error> {
    let json = |error: serde_json::Error| Error::Corrupt(error.to_string());
    correction::Entity::insert(correction::ActiveModel {
        id: Set(tx.next_id()),
        tender_id: Set(permitted.subject().id.as_uuid()),
        offer_id: Set(correction.offer.as_uuid()),
        kind: Set(correction.kind.code().to_owned()),
        line: Set(correction.line.clone()),
        before: Set(serde_json::to_value(&correction.before).map_err(json)?),
        after: Set(serde_json::to_value(&correction.after).map_err(json)?),
        reason: Set(correction.reason.clone()),
        created_by: Set(Some(permitted.actor().person().as_uuid())),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(Change::written())
}
