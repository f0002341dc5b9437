//! Links that work once, for three days. What is stored of a link's token is its hash.

use chrono::TimeDelta;
use domain::{
    kernel::ids::{LinkId, OrganisationId},
    organisation::Role,
    refusal::Refusal,
};
use entity::{one_time_link, person};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Select, sea_query::Expr};

use crate::{
    Error, Services, secret,
    store::{Change, Tx},
};

const VALID_DAYS: i64 = 3;

/// What a link opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Joining an organisation.
    Invitation,
    /// A new password.
    Password,
    /// The end of a firm's registration.
    Confirmation,
}

impl Purpose {
    const ALL: [Self; 3] = [Self::Invitation, Self::Password, Self::Confirmation];

    /// First part of the link's address.
    pub fn path(self) -> &'static str {
        match self {
            Self::Invitation => "/invitation",
            Self::Password => "/mot-de-passe",
            Self::Confirmation => "/confirmation",
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Password => "password",
            Self::Confirmation => "confirmation",
        }
    }
}

/// A link that still works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Whoever opens the link reads this mailbox.
    pub email: String,
    pub organisation: Option<OrganisationId>,
    pub role: Option<Role>,
}

/// Adds a link whose token nobody knows yet: [`draw`] makes one when the letter is written.
pub async fn insert(tx: &Tx, purpose: Purpose, link: &Link) -> Result<(LinkId, Change), Error> {
    let id = tx.next_id();
    one_time_link::Entity::insert(one_time_link::ActiveModel {
        id: Set(id),
        token_hash: Set(secret::hashed(&secret::random_hex())),
        purpose: Set(purpose.code().to_owned()),
        email: Set(link.email.to_lowercase()),
        organisation_id: Set(link.organisation.map(OrganisationId::as_uuid)),
        role: Set(link.role.map(|role| role.code().to_owned())),
        expires_at: Set(tx.now() + TimeDelta::days(VALID_DAYS)),
        used_at: Set(None),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok((LinkId::from_uuid(id), Change::written()))
}

/// Gives the link a new token and returns its address. `None`: the link is spent, or it would give a new password to an
/// account that does not exist.
pub async fn draw(services: &Services, id: LinkId) -> Result<Option<String>, Error> {
    let tx = services.begin().await?;
    let select = one_time_link::Entity::find_by_id(id.as_uuid())
        .filter(one_time_link::Column::UsedAt.is_null())
        .filter(one_time_link::Column::ExpiresAt.gt(tx.now()));
    let Some(row) = tx.locked(select).one(tx.raw()).await? else { return Ok(None) };
    let purpose = Purpose::ALL.into_iter().find(|purpose| purpose.code() == row.purpose);
    let purpose = purpose.ok_or_else(|| Error::Corrupt(row.purpose.clone()))?;
    let accounts = person::Entity::find().filter(person::Column::Email.eq(row.email)).count(tx.raw()).await?;
    if purpose == Purpose::Password && accounts == 0 {
        return Ok(None);
    }

    let token = secret::random_hex();
    one_time_link::Entity::update_many()
        .col_expr(one_time_link::Column::TokenHash, Expr::value(secret::hashed(&token)))
        .filter(one_time_link::Column::Id.eq(row.id))
        .exec(tx.raw())
        .await?;
    tx.commit_unaudited().await?;
    Ok(Some(format!("{}{}/{token}", services.settings().base_url, purpose.path())))
}

/// The link that a token opens, for showing the page behind it.
///
/// # Errors
/// [`Refusal::LinkSpent`] for an unknown token too: both read the same.
pub async fn find(services: &Services, purpose: Purpose, token: &str) -> Result<Link, Error> {
    let row = working(purpose, token)
        .filter(one_time_link::Column::ExpiresAt.gt(services.now()))
        .one(services.store().reader())
        .await?;
    row.ok_or(Error::Refused(Refusal::LinkSpent)).and_then(as_link)
}

/// Spends the link that a token opens, once, whoever else clicks at the same moment.
///
/// # Errors
/// [`Refusal::LinkSpent`].
pub async fn spend(tx: &Tx, purpose: Purpose, token: &str) -> Result<(Link, Change), Error> {
    let select = working(purpose, token).filter(one_time_link::Column::ExpiresAt.gt(tx.now()));
    let row = tx.locked(select).one(tx.raw()).await?.ok_or(Error::Refused(Refusal::LinkSpent))?;
    one_time_link::Entity::update_many()
        .col_expr(one_time_link::Column::UsedAt, Expr::value(Some(tx.now())))
        .filter(one_time_link::Column::Id.eq(row.id))
        .exec(tx.raw())
        .await?;
    Ok((as_link(row)?, Change::written()))
}

/// The working link that would confirm this firm's registration.
pub async fn confirming(tx: &Tx, firm: OrganisationId) -> Result<Option<Link>, Error> {
    let row = one_time_link::Entity::find()
        .filter(one_time_link::Column::Purpose.eq(Purpose::Confirmation.code()))
        .filter(one_time_link::Column::OrganisationId.eq(firm.as_uuid()))
        .filter(one_time_link::Column::UsedAt.is_null())
        .filter(one_time_link::Column::ExpiresAt.gt(tx.now()))
        .one(tx.raw())
        .await?;
    row.map(as_link).transpose()
}

/// Spends every other link of this kind that went to `email` for the same organisation, or for none: a new password
/// closes the doors of the old letters.
pub async fn spend_others(
    tx: &Tx,
    purpose: Purpose,
    email: &str,
    organisation: Option<OrganisationId>,
) -> Result<Change, Error> {
    let same_organisation = match organisation {
        Some(id) => one_time_link::Column::OrganisationId.eq(id.as_uuid()),
        None => one_time_link::Column::OrganisationId.is_null(),
    };
    one_time_link::Entity::update_many()
        .filter(same_organisation)
        .col_expr(one_time_link::Column::UsedAt, Expr::value(Some(tx.now())))
        .filter(one_time_link::Column::Purpose.eq(purpose.code()))
        .filter(one_time_link::Column::Email.eq(email))
        .filter(one_time_link::Column::UsedAt.is_null())
        .exec(tx.raw())
        .await?;
    Ok(Change::written())
}

fn working(purpose: Purpose, token: &str) -> Select<one_time_link::Entity> {
    one_time_link::Entity::find()
        .filter(one_time_link::Column::TokenHash.eq(secret::hashed(token)))
        .filter(one_time_link::Column::Purpose.eq(purpose.code()))
        .filter(one_time_link::Column::UsedAt.is_null())
}

fn as_link(row: one_time_link::Model) -> Result<Link, Error> {
    let role = match row.role {
        None => None,
        Some(code) => Some(Role::from_code(&code).ok_or(Error::Corrupt(code))?),
    };
    Ok(Link { email: row.email, organisation: row.organisation_id.map(OrganisationId::from_uuid), role })
}
