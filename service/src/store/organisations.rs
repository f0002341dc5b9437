//! Organisations: communes, the union, the Region, firms.

use domain::{
    authz::{Authorised, EditOrganisation},
    kernel::ids::OrganisationId,
    organisation::{Organisation, OrganisationKind, Population},
};
use entity::organisation;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

use crate::{
    Error, Services,
    store::{Change, Tx, search_key},
};

/// The row, locked, whatever the actor: organisations' public data are not secret.
pub async fn lock(tx: &Tx, id: OrganisationId) -> Result<Organisation, Error> {
    let row = tx.locked(organisation::Entity::find_by_id(id.as_uuid())).one(tx.raw()).await?;
    row.ok_or(Error::NotFound).and_then(organisation)
}

pub async fn find(services: &Services, id: OrganisationId) -> Result<Organisation, Error> {
    let row = organisation::Entity::find_by_id(id.as_uuid()).one(services.store().reader()).await?;
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
    let mut select = organisation::Entity::find()
        .filter(organisation::Column::Kind.is_in(kinds.iter().map(|kind| kind.code())))
        .order_by_asc(organisation::Column::SearchKey);
    let key = search_key(text.trim());
    if !key.is_empty() {
        select = select.filter(organisation::Column::SearchKey.contains(&key));
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
    .await?;
    Ok(Change::written())
}

/// What the organisation itself says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    pub bce: Option<String>,
    pub address: Option<String>,
    pub email: Option<String>,
    pub iban: Option<String>,
    pub peppol_id: Option<String>,
    /// Version of the page that was edited; another one in the row means that somebody else was faster.
    pub version: i32,
}

pub async fn update(tx: &Tx, permitted: &Authorised<EditOrganisation>, profile: &Profile) -> Result<Change, Error> {
    let done = organisation::Entity::update_many()
        .col_expr(organisation::Column::Bce, Expr::value(profile.bce.clone()))
        .col_expr(organisation::Column::Address, Expr::value(profile.address.clone()))
        .col_expr(organisation::Column::Email, Expr::value(profile.email.clone()))
        .col_expr(organisation::Column::Iban, Expr::value(profile.iban.clone()))
        .col_expr(organisation::Column::PeppolId, Expr::value(profile.peppol_id.clone()))
        .col_expr(organisation::Column::ClaimedAt, Expr::value(Some(tx.now())))
        .col_expr(organisation::Column::Version, Expr::value(profile.version + 1))
        .filter(organisation::Column::Id.eq(permitted.subject().id.as_uuid()))
        .filter(organisation::Column::Version.eq(profile.version))
        .exec(tx.raw())
        .await?;
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
