//! Offers that a firm writes, sealed from their first word, and their sealed files.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    authz::{Action, Authorised, WriteOffer},
    kernel::{
        ids::{OfferId, OrganisationId, TenderId},
        reference::TenderRef,
    },
    offer::Place,
};
use entity::{offer, offer_file, submission, tender};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Error, Services,
    offer::Standing,
    store::{Change, Tx},
};

/// A firm's offer in the making. What it says is in `sealed`, for the firm alone until the opening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedDraft {
    pub id: OfferId,
    pub firm: OrganisationId,
    /// Prices and remark; none before the first was kept.
    pub sealed: Option<Vec<u8>>,
    /// Goes up with every change of prices or files.
    pub version: i32,
    pub updated_at: DateTime<Utc>,
}

/// A sealed file of an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFile {
    pub id: Uuid,
    /// Name, type, size and hash of the clear bytes.
    pub sealed_name: Vec<u8>,
    pub sealed_sha256: String,
    pub commitment: String,
    /// Length of the sealed bytes.
    pub size_bytes: i64,
    pub created_at: DateTime<Utc>,
}

/// The draft of this firm for a tender that the caller has already found.
pub async fn find(services: &Services, tender: TenderId, firm: OrganisationId) -> Result<Option<SealedDraft>, Error> {
    one(services.store().reader(), tender, firm).await
}

/// The same inside a write; the tender's row is locked.
pub async fn in_write(tx: &Tx, tender: TenderId, firm: OrganisationId) -> Result<Option<SealedDraft>, Error> {
    one(tx.raw(), tender, firm).await
}

/// The files that were not removed, oldest first.
pub async fn files(services: &Services, offer: OfferId) -> Result<Vec<DraftFile>, Error> {
    let rows = kept_files(offer)
        .order_by_asc(offer_file::Column::CreatedAt)
        .order_by_asc(offer_file::Column::Id)
        .all(services.store().reader())
        .await?;
    Ok(rows.into_iter().map(as_file).collect())
}

/// Every offer begun for a tender, with its firm; for the minutes of its opening.
pub(crate) async fn of_tender(services: &Services, tender: TenderId) -> Result<Vec<(OfferId, OrganisationId)>, Error> {
    let rows = offer::Entity::find()
        .filter(offer::Column::TenderId.eq(tender.as_uuid()))
        .order_by_asc(offer::Column::CreatedAt)
        .order_by_asc(offer::Column::Id)
        .all(services.store().reader())
        .await?;
    let pair = |row: offer::Model| (OfferId::from_uuid(row.id), OrganisationId::from_uuid(row.organisation_id));
    Ok(rows.into_iter().map(pair).collect())
}

/// Where each offer of this firm stands, by call; the firm's own list.
pub async fn standing_of_firm(
    services: &Services,
    firm: OrganisationId,
) -> Result<BTreeMap<TenderRef, Standing>, Error> {
    let reader = services.store().reader();
    let offers = offer::Entity::find().filter(offer::Column::OrganisationId.eq(firm.as_uuid())).all(reader).await?;
    let tenders = tender::Entity::find()
        .select_only()
        .columns([tender::Column::Id, tender::Column::Reference])
        .filter(tender::Column::Id.is_in(offers.iter().map(|offer| offer.tender_id)))
        .into_tuple::<(Uuid, String)>()
        .all(reader)
        .await?;
    let deposits = submission::Entity::find()
        .select_only()
        .columns([submission::Column::TenderId, submission::Column::WithdrawnAt, submission::Column::ReplacedAt])
        .filter(submission::Column::OrganisationId.eq(firm.as_uuid()))
        .into_tuple::<(Uuid, Option<DateTime<Utc>>, Option<DateTime<Utc>>)>()
        .all(reader)
        .await?;
    let mut standing = BTreeMap::new();
    for (id, reference) in tenders {
        let own: Vec<_> = deposits.iter().filter(|(tender, _, _)| *tender == id).collect();
        let stands = own.iter().any(|(_, withdrawn, replaced)| withdrawn.is_none() && replaced.is_none());
        let word = match (own.is_empty(), stands) {
            (true, _) => Standing::Draft,
            (false, true) => Standing::Deposited,
            (false, false) => Standing::Withdrawn,
        };
        standing.insert(reference.parse().map_err(|_| Error::Corrupt(reference.clone()))?, word);
    }
    Ok(standing)
}

/// One file, removed ones too: a deposited offer keeps what was removed from its draft afterwards.
pub async fn file(services: &Services, offer: OfferId, id: Uuid) -> Result<DraftFile, Error> {
    let row = offer_file::Entity::find_by_id(id)
        .filter(offer_file::Column::OfferId.eq(offer.as_uuid()))
        .one(services.store().reader())
        .await?;
    row.map(as_file).ok_or(Error::NotFound)
}

/// How many files an offer has.
pub async fn count_files(tx: &Tx, offer: OfferId) -> Result<u64, Error> {
    Ok(kept_files(offer).count(tx.raw()).await?)
}

/// Begins the offer of the permitted firm, empty.
pub async fn begin<A: Action<Subject = Place>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    id: OfferId,
) -> Result<Change, Error> {
    let place = permitted.subject();
    offer::Entity::insert(offer::ActiveModel {
        id: Set(id.as_uuid()),
        tender_id: Set(place.tender.id.as_uuid()),
        organisation_id: Set(place.firm.as_uuid()),
        status: Set("draft".to_owned()),
        sealed: Set(None),
        version: Set(0),
        created_by: Set(Some(permitted.actor().person().as_uuid())),
        created_at: Set(tx.now()),
        updated_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(Change::written())
}

/// Keeps what the firm wrote, over `version` and no other.
pub async fn write(
    tx: &Tx,
    permitted: &Authorised<WriteOffer>,
    id: OfferId,
    version: i32,
    sealed: &[u8],
) -> Result<Change, Error> {
    let update = offer::Entity::update_many().col_expr(offer::Column::Sealed, Expr::value(Some(sealed.to_vec())));
    change(tx, permitted, id, version, update).await
}

/// Adds a file whose sealed bytes are on the disk already.
pub async fn insert_file(
    tx: &Tx,
    permitted: &Authorised<WriteOffer>,
    draft: (OfferId, i32),
    file: &DraftFile,
) -> Result<Change, Error> {
    offer_file::Entity::insert(offer_file::ActiveModel {
        id: Set(file.id),
        offer_id: Set(draft.0.as_uuid()),
        sealed_name: Set(file.sealed_name.clone()),
        sealed_sha256: Set(file.sealed_sha256.clone()),
        commitment: Set(file.commitment.clone()),
        size_bytes: Set(file.size_bytes),
        removed_at: Set(None),
        created_by: Set(Some(permitted.actor().person().as_uuid())),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    change(tx, permitted, draft.0, draft.1, offer::Entity::update_many()).await
}

/// Takes a file out of the draft; a deposited offer keeps it.
pub async fn remove_file(
    tx: &Tx,
    permitted: &Authorised<WriteOffer>,
    draft: (OfferId, i32),
    file: Uuid,
) -> Result<Change, Error> {
    let done = offer_file::Entity::update_many()
        .col_expr(offer_file::Column::RemovedAt, Expr::value(Some(tx.now())))
        .filter(offer_file::Column::Id.eq(file))
        .filter(offer_file::Column::OfferId.eq(draft.0.as_uuid()))
        .filter(offer_file::Column::RemovedAt.is_null())
        .exec(tx.raw())
        .await?;
    if done.rows_affected == 0 {
        return Err(Error::Stale);
    }
    change(tx, permitted, draft.0, draft.1, offer::Entity::update_many()).await
}

async fn change(
    tx: &Tx,
    permitted: &Authorised<WriteOffer>,
    id: OfferId,
    version: i32,
    update: sea_orm::UpdateMany<offer::Entity>,
) -> Result<Change, Error> {
    let done = update
        .col_expr(offer::Column::Version, Expr::value(version + 1))
        .col_expr(offer::Column::UpdatedAt, Expr::value(tx.now()))
        .filter(offer::Column::Id.eq(id.as_uuid()))
        .filter(offer::Column::OrganisationId.eq(permitted.subject().firm.as_uuid()))
        .filter(offer::Column::Version.eq(version))
        .exec(tx.raw())
        .await?;
    if done.rows_affected == 1 { Ok(Change::written()) } else { Err(Error::Stale) }
}

async fn one<C: ConnectionTrait>(
    connection: &C,
    tender: TenderId,
    firm: OrganisationId,
) -> Result<Option<SealedDraft>, Error> {
    let row = offer::Entity::find()
        .filter(offer::Column::TenderId.eq(tender.as_uuid()))
        .filter(offer::Column::OrganisationId.eq(firm.as_uuid()))
        .one(connection)
        .await?;
    Ok(row.map(|row| SealedDraft {
        id: OfferId::from_uuid(row.id),
        firm: OrganisationId::from_uuid(row.organisation_id),
        sealed: row.sealed,
        version: row.version,
        updated_at: row.updated_at,
    }))
}

fn kept_files(offer: OfferId) -> sea_orm::Select<offer_file::Entity> {
    offer_file::Entity::find()
        .filter(offer_file::Column::OfferId.eq(offer.as_uuid()))
        .filter(offer_file::Column::RemovedAt.is_null())
}

fn as_file(row: offer_file::Model) -> DraftFile {
    DraftFile {
        id: row.id,
        sealed_name: row.sealed_name,
        sealed_sha256: row.sealed_sha256,
        commitment: row.commitment,
        size_bytes: row.size_bytes,
        created_at: row.created_at,
    }
}
