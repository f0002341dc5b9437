//! The rows of sealed files that say which bytes on the disk are still wanted.

use std::collections::BTreeSet;

use domain::{
    authz::{Action, Authorised},
    kernel::ids::{OfferId, OrganisationId, TenderId},
    tender::Tender,
};
use entity::{offer, offer_file, tender};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Query},
};
use uuid::Uuid;

use crate::{
    Error, Services,
    store::{Change, Tx, drafts},
};

/// A file that was removed from its draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Removed {
    pub(crate) id: Uuid,
    pub(crate) sealed_sha256: String,
}

/// Sealed bytes that an offer has on the disk, but for those that were removed and that its standing deposit, which holds
/// `held`, keeps: a firm may always replace its offer by one as heavy.
pub(crate) async fn bytes(tx: &Tx, offer: OfferId, held: &BTreeSet<Uuid>) -> Result<u64, Error> {
    let rows = offer_file::Entity::find().filter(offer_file::Column::OfferId.eq(offer.as_uuid())).all(tx.raw()).await?;
    let counted = rows.iter().filter(|row| row.removed_at.is_none() || !held.contains(&row.id));
    Ok(counted.map(|row| u64::try_from(row.size_bytes).unwrap_or_default()).sum())
}

/// What was removed from a draft. A removed file never comes back into one, so no later deposit holds it: what no standing
/// deposit held after this was read is free for ever.
pub(crate) async fn removed(tx: &Tx, offer: OfferId) -> Result<Vec<Removed>, Error> {
    let removed = offer_file::Entity::find()
        .filter(offer_file::Column::OfferId.eq(offer.as_uuid()))
        .filter(offer_file::Column::RemovedAt.is_not_null())
        .all(tx.raw())
        .await?;
    Ok(removed.into_iter().map(|row| Removed { id: row.id, sealed_sha256: row.sealed_sha256 }).collect())
}

/// Takes out of the drafts of a tender every file that is not among `held`, those of its standing deposits: nobody deposits
/// them any more. Gives back whose they were.
pub(crate) async fn remove_unheld<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    held: &BTreeSet<Uuid>,
) -> Result<(Vec<(OfferId, OrganisationId)>, Change), Error> {
    let tender = permitted.subject().id.as_uuid();
    let of_tender = Query::select()
        .column(offer::Column::Id)
        .from(offer::Entity)
        .and_where(offer::Column::TenderId.eq(tender))
        .to_owned();
    let files = offer_file::Entity::find()
        .filter(offer_file::Column::OfferId.in_subquery(of_tender))
        .filter(offer_file::Column::RemovedAt.is_null())
        .all(tx.raw())
        .await?;
    let unheld: Vec<_> = files.into_iter().filter(|file| !held.contains(&file.id)).collect();
    offer_file::Entity::update_many()
        .col_expr(offer_file::Column::RemovedAt, Expr::value(Some(tx.now())))
        .filter(offer_file::Column::Id.is_in(unheld.iter().map(|file| file.id)))
        .exec(tx.raw())
        .await?;
    let offers = offer::Entity::find()
        .filter(offer::Column::Id.is_in(unheld.iter().map(|file| file.offer_id)))
        .order_by_asc(offer::Column::Id)
        .all(tx.raw())
        .await?;
    let whose = |row: &offer::Model| (OfferId::from_uuid(row.id), OrganisationId::from_uuid(row.organisation_id));
    Ok((offers.iter().map(whose).collect(), Change::written()))
}

/// Forgets files that are free: their bytes are nobody's from here on.
pub(crate) async fn forget(tx: &Tx, freed: &[Removed]) -> Result<Change, Error> {
    offer_file::Entity::delete_many()
        .filter(offer_file::Column::Id.is_in(freed.iter().map(|file| file.id)))
        .exec(tx.raw())
        .await?;
    Ok(Change::written())
}

/// The hashes of the sealed files that the offers of a tender name; nothing for a tender that is not of this database.
pub(crate) async fn named(services: &Services, tender: TenderId) -> Result<Option<BTreeSet<String>>, Error> {
    let reader = services.store().reader();
    if tender::Entity::find_by_id(tender.as_uuid()).one(reader).await?.is_none() {
        return Ok(None);
    }
    let offers = drafts::of_tender(services, tender).await?;
    let named = offer_file::Entity::find()
        .select_only()
        .column(offer_file::Column::SealedSha256)
        .filter(offer_file::Column::OfferId.is_in(offers.into_iter().map(|(offer, _)| offer.as_uuid())))
        .into_tuple::<String>()
        .all(reader)
        .await?;
    Ok(Some(named.into_iter().collect()))
}
