//! Organisations: communes, the union, the Region, firms.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    authz::{Authorised, EditOrganisation},
    fault::Fault,
    kernel::{
        EmailAddress,
        identifier::{Bce, Iban, PeppolId},
        ids::OrganisationId,
    },
    organisation::{Organisation, OrganisationKind, Population},
};
use entity::organisation;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

use crate::{
    Error, Services,
    store::{Change, Tx, holds, search_key, unique},
};

/// The row, locked, whatever the actor: organisations' public data are not secret.
pub async fn lock(tx: &Tx, id: OrganisationId) -> Result<Organisation, Error> {
    let row = tx.locked(organisation::Entity::find_by_id(id.as_uuid())).one(tx.raw()).await?;
    row.ok_or(Error::NotFound).and_then(organisation)
}

/// The same beside another one, both locked in one order: two writes that name the same two never wait for each other.
pub async fn lock_with(tx: &Tx, id: OrganisationId, other: OrganisationId) -> Result<Organisation, Error> {
    let first = lock(tx, id.min(other)).await?;
    let second = lock(tx, id.max(other)).await?;
    Ok(if first.id == id { first } else { second })
}

/// The same inside a write, without a lock.
pub(crate) async fn in_write(tx: &Tx, id: OrganisationId) -> Result<Organisation, Error> {
    let row = organisation::Entity::find_by_id(id.as_uuid()).one(tx.raw()).await?;
    row.ok_or(Error::NotFound).and_then(organisation)
}

/// A firm that has not confirmed its registration is nowhere to be seen.
fn shown(select: Select<organisation::Entity>) -> Select<organisation::Entity> {
    select.filter(
        organisation::Column::Kind.ne(OrganisationKind::Sme.code()).or(organisation::Column::ClaimedAt.is_not_null()),
    )
}

pub async fn lock_by_bce(tx: &Tx, bce: Bce) -> Result<Option<Organisation>, Error> {
    let select = organisation::Entity::find().filter(organisation::Column::Bce.eq(bce.to_string()));
    tx.locked(select).one(tx.raw()).await?.map(organisation).transpose()
}

/// Whose enterprise number it is.
pub async fn with_bce(tx: &Tx, bce: Bce) -> Result<Option<OrganisationId>, Error> {
    let select = organisation::Entity::find().filter(organisation::Column::Bce.eq(bce.to_string()));
    Ok(select.one(tx.raw()).await?.map(|row| OrganisationId::from_uuid(row.id)))
}

/// The one organisation with this NIS code, enterprise number or name.
pub async fn named(services: &Services, text: &str) -> Result<Organisation, Error> {
    let bce = text.parse::<Bce>().map_or_else(|_| text.to_owned(), |bce| bce.to_string());
    let called = organisation::Column::Nis
        .eq(text)
        .or(organisation::Column::Bce.eq(bce))
        .or(organisation::Column::SearchKey.eq(search_key(text)));
    let rows = shown(organisation::Entity::find().filter(called)).all(services.store().reader()).await?;
    let [row] = <[_; 1]>::try_from(rows).map_err(|_| Error::NotFound)?;
    organisation(row)
}

pub async fn find(services: &Services, id: OrganisationId) -> Result<Organisation, Error> {
    let row = shown(organisation::Entity::find_by_id(id.as_uuid())).one(services.store().reader()).await?;
    row.ok_or(Error::NotFound).and_then(organisation)
}

/// The organisations with these identifiers, in no order.
pub async fn among(services: &Services, ids: &[OrganisationId]) -> Result<Vec<Organisation>, Error> {
    let rows = organisation::Entity::find()
        .filter(organisation::Column::Id.is_in(ids.iter().map(|id| id.as_uuid())))
        .all(services.store().reader())
        .await?;
    rows.into_iter().map(organisation).collect()
}

/// The name of each of these.
pub(super) async fn names<C: ConnectionTrait>(
    connection: &C,
    ids: BTreeSet<Uuid>,
) -> Result<BTreeMap<Uuid, String>, Error> {
    let select = organisation::Entity::find().filter(organisation::Column::Id.is_in(ids));
    Ok(select.all(connection).await?.into_iter().map(|row| (row.id, row.name)).collect())
}

pub async fn count(services: &Services) -> Result<u64, Error> {
    Ok(organisation::Entity::find().count(services.store().reader()).await?)
}

pub async fn by_name(services: &Services, kind: OrganisationKind, name: &str) -> Result<Organisation, Error> {
    let row = organisation::Entity::find()
        .filter(organisation::Column::Kind.eq(kind.code()))
        .filter(organisation::Column::Name.eq(name))
        .one(services.store().reader())
        .await?;
    row.ok_or(Error::NotFound).and_then(organisation)
}

/// Organisations of these kinds whose name holds `text`, by name.
pub async fn search(
    services: &Services,
    kinds: &[OrganisationKind],
    text: &str,
    page: u64,
    per_page: u64,
) -> Result<(Vec<Organisation>, u64), Error> {
    let mut select = shown(organisation::Entity::find())
        .filter(organisation::Column::Kind.is_in(kinds.iter().map(|kind| kind.code())))
        .order_by_asc(organisation::Column::SearchKey)
        .order_by_asc(organisation::Column::Id);
    if !text.trim().is_empty() {
        select = select.filter(holds(organisation::Column::SearchKey, text.trim()));
    }
    let reader = services.store().reader();
    let count = select.clone().count(reader).await?;
    let rows = select.offset(page.saturating_mul(per_page)).limit(per_page).all(reader).await?;
    Ok((rows.into_iter().map(organisation).collect::<Result<_, _>>()?, count))
}

/// Adds an organisation that nobody is permitted to add by hand: the shipped communes, a firm that registers.
pub async fn insert(tx: &Tx, new: &Organisation) -> Result<Change, Error> {
    organisation::Entity::insert(organisation::ActiveModel {
        id: Set(new.id.as_uuid()),
        kind: Set(new.kind.code().to_owned()),
        name: Set(new.name.clone()),
        search_key: Set(search_key(&new.name)),
        bce: Set(new.bce.clone()),
        nis: Set(new.nis.clone()),
        province: Set(new.province.clone()),
        postal_codes: Set(new.postal_codes.clone()),
        population: Set(new.population.as_ref().map(|population| population.inhabitants)),
        population_year: Set(new.population.as_ref().map(|population| population.year)),
        population_source: Set(new.population.as_ref().map(|population| population.source.clone())),
        address: Set(new.address.clone()),
        email: Set(new.email.clone()),
        iban: Set(new.iban.clone()),
        peppol_id: Set(new.peppol_id.clone()),
        claimed_at: Set(new.claimed.then_some(tx.now())),
        version: Set(1),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await
    .map_err(bce_taken)?;
    Ok(Change::written())
}

/// Registers the firm in place of an older registration that nobody confirmed.
pub async fn register_again(tx: &Tx, firm: &Organisation) -> Result<Change, Error> {
    organisation::Entity::update_many()
        .col_expr(organisation::Column::Name, Expr::value(firm.name.clone()))
        .col_expr(organisation::Column::SearchKey, Expr::value(search_key(&firm.name)))
        .col_expr(organisation::Column::Address, Expr::value(firm.address.clone()))
        .col_expr(organisation::Column::Email, Expr::value(firm.email.clone()))
        .filter(organisation::Column::Id.eq(firm.id.as_uuid()))
        .filter(organisation::Column::ClaimedAt.is_null())
        .exec(tx.raw())
        .await?;
    Ok(Change::written())
}

/// The firm's registration is confirmed: it exists for everybody from now on.
pub async fn confirm(tx: &Tx, firm: OrganisationId) -> Result<Change, Error> {
    organisation::Entity::update_many()
        .col_expr(organisation::Column::ClaimedAt, Expr::value(Some(tx.now())))
        .filter(organisation::Column::Id.eq(firm.as_uuid()))
        .filter(organisation::Column::ClaimedAt.is_null())
        .exec(tx.raw())
        .await?;
    Ok(Change::written())
}

/// Two people can type one number at the same moment; the index decides.
fn bce_taken(error: DbErr) -> Error {
    unique::taken(error, ("organisation_bce", "organisation.bce"), "bce", Fault::BceTaken)
}

/// What the organisation itself says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    pub bce: Option<Bce>,
    pub address: Option<String>,
    pub email: Option<EmailAddress>,
    pub iban: Option<Iban>,
    pub peppol_id: Option<PeppolId>,
    /// Version of the page that was edited; another one in the row means that somebody else was faster.
    pub version: i32,
}

pub async fn update(tx: &Tx, permitted: &Authorised<EditOrganisation>, profile: &Profile) -> Result<Change, Error> {
    let done = organisation::Entity::update_many()
        .col_expr(organisation::Column::Bce, Expr::value(profile.bce.map(|bce| bce.to_string())))
        .col_expr(organisation::Column::Address, Expr::value(profile.address.clone()))
        .col_expr(organisation::Column::Email, Expr::value(profile.email.as_ref().map(ToString::to_string)))
        .col_expr(organisation::Column::Iban, Expr::value(profile.iban.as_ref().map(ToString::to_string)))
        .col_expr(organisation::Column::PeppolId, Expr::value(profile.peppol_id.as_ref().map(ToString::to_string)))
        .col_expr(organisation::Column::ClaimedAt, Expr::value(Some(tx.now())))
        .col_expr(organisation::Column::Version, Expr::value(profile.version + 1))
        .filter(organisation::Column::Id.eq(permitted.subject().id.as_uuid()))
        .filter(organisation::Column::Version.eq(profile.version))
        .exec(tx.raw())
        .await
        .map_err(bce_taken)?;
    if done.rows_affected == 1 { Ok(Change::written()) } else { Err(Error::Stale) }
}

pub(super) fn organisation(row: organisation::Model) -> Result<Organisation, Error> {
    let kind = OrganisationKind::from_code(&row.kind).ok_or_else(|| Error::Corrupt(row.kind.clone()))?;
    let population = match (row.population, row.population_year) {
        (Some(inhabitants), Some(year)) => {
            Some(Population { inhabitants, year, source: row.population_source.unwrap_or_default() })
        }
        (None, _) | (_, None) => None,
    };
    Ok(Organisation {
        id: OrganisationId::from_uuid(row.id),
        kind,
        name: row.name,
        nis: row.nis,
        bce: row.bce,
        province: row.province,
        postal_codes: row.postal_codes,
        population,
        address: row.address,
        email: row.email,
        iban: row.iban,
        peppol_id: row.peppol_id,
        claimed: row.claimed_at.is_some(),
        version: row.version,
    })
}
