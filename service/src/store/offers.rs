//! Offers: sealed until their opening, then as they were opened.

use domain::{
    authz::{Authorised, TypeOffers},
    kernel::{
        Money,
        ids::{OfferId, OrganisationId, TenderId},
    },
    offer::OpenedOffer,
};
use entity::{opened_offer, organisation};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};

use crate::{
    Error, Services,
    store::{Change, Tx},
};

/// Every opened offer of a tender that the caller has already found in their scope, in the order of arrival.
pub async fn opened(services: &Services, tender: TenderId) -> Result<Vec<OpenedOffer>, Error> {
    load(services.store().reader(), tender).await
}

/// The same inside a write.
pub async fn opened_in_write(tx: &Tx, tender: TenderId) -> Result<Vec<OpenedOffer>, Error> {
    load(tx.raw(), tender).await
}

/// Keeps an opened offer; the caller has locked its tender under a proof.
pub(crate) async fn insert_opened(tx: &Tx, offer: &OpenedOffer) -> Result<Change, Error> {
    let json = |error: serde_json::Error| Error::Corrupt(error.to_string());
    opened_offer::Entity::insert(opened_offer::ActiveModel {
        id: Set(offer.id.as_uuid()),
        tender_id: Set(offer.tender.as_uuid()),
        organisation_id: Set(offer.firm.as_uuid()),
        position: Set(offer.position),
        receipt: Set(offer.receipt.map(|receipt| receipt.to_string())),
        received_at: Set(offer.received_at),
        content: Set(serde_json::to_value(&offer.content).map_err(json)?),
        files: Set(serde_json::to_value(&offer.files).map_err(json)?),
        excluding_cents: Set(offer.excluding.cents()),
        including_cents: Set(offer.including.cents()),
        typed: Set(offer.typed),
        created_by: Set(None),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(Change::written())
}

/// Numbers the offers in this order, from 1. Two passes: no two rows bear one number in between.
pub(crate) async fn renumber(tx: &Tx, offers: &[OpenedOffer]) -> Result<Change, Error> {
    for sign in [-1, 1] {
        for (position, offer) in (1..).zip(offers) {
            opened_offer::Entity::update_many()
                .col_expr(opened_offer::Column::Position, Expr::value(sign * position))
                .filter(opened_offer::Column::Id.eq(offer.id.as_uuid()))
                .exec(tx.raw())
                .await?;
        }
    }
    Ok(Change::written())
}

/// Takes back an offer that was copied by hand.
pub(crate) async fn remove_typed(tx: &Tx, permitted: &Authorised<TypeOffers>, id: OfferId) -> Result<Change, Error> {
    let done = opened_offer::Entity::delete_many()
        .filter(opened_offer::Column::Id.eq(id.as_uuid()))
        .filter(opened_offer::Column::TenderId.eq(permitted.subject().id.as_uuid()))
        .filter(opened_offer::Column::Typed.eq(true))
        .exec(tx.raw())
        .await?;
    if done.rows_affected == 1 { Ok(Change::written()) } else { Err(Error::NotFound) }
}

async fn load<C: ConnectionTrait>(connection: &C, tender: TenderId) -> Result<Vec<OpenedOffer>, Error> {
    let rows = opened_offer::Entity::find()
        .filter(opened_offer::Column::TenderId.eq(tender.as_uuid()))
        .order_by_asc(opened_offer::Column::Position)
        .all(connection)
        .await?;
    let firms = organisation::Entity::find()
        .filter(organisation::Column::Id.is_in(rows.iter().map(|row| row.organisation_id)))
        .all(connection)
        .await?;
    rows.into_iter()
        .map(|row| {
            let name = firms.iter().find(|firm| firm.id == row.organisation_id).map(|firm| firm.name.clone());
            as_opened(row, name.unwrap_or_default())
        })
        .collect()
}

fn as_opened(row: opened_offer::Model, firm_name: String) -> Result<OpenedOffer, Error> {
    let corrupt = |error: &dyn std::fmt::Display| Error::Corrupt(format!("opened offer {}: {error}", row.id));
    Ok(OpenedOffer {
        id: OfferId::from_uuid(row.id),
        tender: TenderId::from_uuid(row.tender_id),
        firm: OrganisationId::from_uuid(row.organisation_id),
        firm_name,
        position: row.position,
        receipt: row.receipt.as_deref().map(str::parse).transpose().map_err(|error| corrupt(&error))?,
        received_at: row.received_at,
        content: serde_json::from_value(row.content.clone()).map_err(|error| corrupt(&error))?,
        files: serde_json::from_value(row.files.clone()).map_err(|error| corrupt(&error))?,
        excluding: Money::from_cents(row.excluding_cents),
        including: Money::from_cents(row.including_cents),
        typed: row.typed,
    })
}
