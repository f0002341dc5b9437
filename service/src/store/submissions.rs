//! Deposited offers: each keeps its row, also when it is replaced or withdrawn.

use chrono::{DateTime, Utc};
use domain::{
    authz::{Action, Authorised, SubmitOffer},
    kernel::ids::{OfferId, OrganisationId, SubmissionId, TenderId},
    offer::{Place, Receipt},
};
use entity::submission;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select, sea_query::Expr,
};

use crate::{
    Error, Services,
    store::{Change, Tx},
};

/// A deposited offer with its sealed bytes, for those who open.
#[derive(Clone)]
pub struct SealedOffer {
    pub receipt: Receipt,
    pub sealed: Vec<u8>,
}

/// Adds a deposit of the permitted firm; the one that stood is replaced.
pub async fn insert(tx: &Tx, permitted: &Authorised<SubmitOffer>, new: &SealedOffer) -> Result<Change, Error> {
    let receipt = &new.receipt;
    close(tx, permitted, submission::Column::ReplacedAt, receipt.offer, receipt.received_at).await?;
    submission::Entity::insert(submission::ActiveModel {
        id: Set(receipt.id.as_uuid()),
        offer_id: Set(receipt.offer.as_uuid()),
        tender_id: Set(permitted.subject().tender.id.as_uuid()),
        organisation_id: Set(permitted.subject().firm.as_uuid()),
        receipt: Set(receipt.number.to_string()),
        received_at: Set(receipt.received_at),
        sealed: Set(new.sealed.clone()),
        sealed_sha256: Set(receipt.sealed_sha256.clone()),
        commitment: Set(receipt.commitment.clone()),
        files: Set(serde_json::to_value(&receipt.files).map_err(|error| Error::Corrupt(error.to_string()))?),
        draft_version: Set(receipt.draft_version),
        withdrawn_at: Set(None),
        replaced_at: Set(None),
        created_by: Set(Some(permitted.actor().person().as_uuid())),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(Change::written())
}

/// Takes back the deposit that stands; `received_at` is the arrival of the withdrawal.
pub async fn withdraw<A: Action<Subject = Place>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    offer: OfferId,
    received_at: DateTime<Utc>,
) -> Result<Change, Error> {
    if close(tx, permitted, submission::Column::WithdrawnAt, offer, received_at).await? == 1 {
        Ok(Change::written())
    } else {
        Err(Error::Stale)
    }
}

/// Every deposit of one firm for a tender, the latest first; the firm's own page.
pub async fn of_firm(services: &Services, tender: TenderId, firm: OrganisationId) -> Result<Vec<Receipt>, Error> {
    receipts(services.store().reader(), by_tender(tender).filter(submission::Column::OrganisationId.eq(firm.as_uuid())))
        .await
        .map(reversed)
}

/// The same inside a write.
pub async fn of_firm_in_write(tx: &Tx, tender: TenderId, firm: OrganisationId) -> Result<Vec<Receipt>, Error> {
    receipts(tx.raw(), by_tender(tender).filter(submission::Column::OrganisationId.eq(firm.as_uuid())))
        .await
        .map(reversed)
}

/// Every deposit of a tender in the order of arrival, withdrawn and replaced ones too.
pub(crate) async fn of_tender(services: &Services, tender: TenderId) -> Result<Vec<Receipt>, Error> {
    receipts(services.store().reader(), by_tender(tender)).await
}

/// The same inside a write.
pub(crate) async fn of_tender_in_write(tx: &Tx, tender: TenderId) -> Result<Vec<Receipt>, Error> {
    receipts(tx.raw(), by_tender(tender)).await
}

/// One deposit with its sealed bytes.
pub(crate) async fn sealed(services: &Services, id: SubmissionId) -> Result<SealedOffer, Error> {
    let row = submission::Entity::find_by_id(id.as_uuid()).one(services.store().reader()).await?;
    let row = row.ok_or(Error::NotFound)?;
    let sealed = row.sealed.clone();
    Ok(SealedOffer { receipt: as_receipt(row)?, sealed })
}

async fn close<A: Action<Subject = Place>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    column: submission::Column,
    offer: OfferId,
    at: DateTime<Utc>,
) -> Result<u64, Error> {
    let done = submission::Entity::update_many()
        .col_expr(column, Expr::value(Some(at)))
        .filter(submission::Column::OfferId.eq(offer.as_uuid()))
        .filter(submission::Column::OrganisationId.eq(permitted.subject().firm.as_uuid()))
        .filter(submission::Column::WithdrawnAt.is_null())
        .filter(submission::Column::ReplacedAt.is_null())
        .exec(tx.raw())
        .await?;
    Ok(done.rows_affected)
}

fn by_tender(tender: TenderId) -> Select<submission::Entity> {
    submission::Entity::find()
        .filter(submission::Column::TenderId.eq(tender.as_uuid()))
        .order_by_asc(submission::Column::ReceivedAt)
        .order_by_asc(submission::Column::Receipt)
}

async fn receipts<C: ConnectionTrait>(
    connection: &C,
    select: Select<submission::Entity>,
) -> Result<Vec<Receipt>, Error> {
    select.all(connection).await?.into_iter().map(as_receipt).collect()
}

fn reversed(mut receipts: Vec<Receipt>) -> Vec<Receipt> {
    receipts.reverse();
    receipts
}

fn as_receipt(row: submission::Model) -> Result<Receipt, Error> {
    let corrupt = |what: &str| Error::Corrupt(format!("submission {}: {what}", row.id));
    Ok(Receipt {
        id: SubmissionId::from_uuid(row.id),
        offer: OfferId::from_uuid(row.offer_id),
        tender: TenderId::from_uuid(row.tender_id),
        firm: OrganisationId::from_uuid(row.organisation_id),
        number: row.receipt.parse().map_err(|_| corrupt("receipt"))?,
        files: serde_json::from_value(row.files.clone()).map_err(|_| corrupt("files"))?,
        received_at: row.received_at,
        sealed_sha256: row.sealed_sha256,
        commitment: row.commitment,
        withdrawn_at: row.withdrawn_at,
        replaced_at: row.replaced_at,
        draft_version: row.draft_version,
    })
}
