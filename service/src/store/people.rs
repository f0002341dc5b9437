//! People, their memberships, the attempts to sign in as them.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{
    authz::{Actor, Authorised, RemoveMember, RoleSet},
    kernel::ids::{OrganisationId, PersonId},
    organisation::{Organisation, Role},
};
use entity::{attempt, membership, organisation, person};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};

use crate::{
    Error, Services,
    store::{Change, Tx, organisations, search_key},
};

/// Somebody who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    /// Lower case.
    pub email: String,
    pub name: String,
    pub password_hash: Option<String>,
    /// A link proved that the person reads this mailbox.
    pub confirmed: bool,
    pub theme: String,
    pub demo: bool,
}

/// One organisation that a person may act for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    pub organisation: Organisation,
    pub roles: RoleSet,
}

impl Membership {
    /// The person, acting for this organisation.
    pub fn actor(&self, person: PersonId) -> Actor {
        Actor::member(person, self.organisation.id, self.organisation.kind, self.roles.clone())
    }
}

pub async fn by_email(services: &Services, email: &str) -> Result<Option<Person>, Error> {
    let row = person::Entity::find()
        .filter(person::Column::Email.eq(email.to_lowercase()))
        .one(services.store().reader())
        .await?;
    Ok(row.map(as_person))
}

pub async fn lock_by_email(tx: &Tx, email: &str) -> Result<Option<Person>, Error> {
    let select = person::Entity::find().filter(person::Column::Email.eq(email.to_lowercase()));
    Ok(tx.locked(select).one(tx.raw()).await?.map(as_person))
}

/// One of the people of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    pub roles: RoleSet,
}

/// The people of the organisation that the actor acts for, by name.
pub async fn members(services: &Services, actor: &Actor) -> Result<Vec<Member>, Error> {
    let reader = services.store().reader();
    let rows = membership::Entity::find()
        .filter(membership::Column::OrganisationId.eq(actor.organisation().as_uuid()))
        .all(reader)
        .await?;
    let mut people = person::Entity::find()
        .filter(person::Column::Id.is_in(rows.iter().map(|row| row.person_id)))
        .all(reader)
        .await?;
    people.sort_by_key(|person| search_key(&person.name));
    people
        .into_iter()
        .map(|person| {
            Ok(Member {
                id: PersonId::from_uuid(person.id),
                roles: roles(&rows, |row| row.person_id == person.id)?,
                name: person.name,
                email: person.email,
            })
        })
        .collect()
}

/// Who holds one of these roles in an organisation.
pub(crate) async fn holders(
    tx: &Tx,
    organisation: OrganisationId,
    among: &[Role],
) -> Result<BTreeSet<PersonId>, Error> {
    let rows = membership::Entity::find()
        .filter(membership::Column::OrganisationId.eq(organisation.as_uuid()))
        .filter(membership::Column::Role.is_in(among.iter().map(|role| role.code())))
        .all(tx.raw())
        .await?;
    Ok(rows.into_iter().map(|row| PersonId::from_uuid(row.person_id)).collect())
}

pub async fn find(services: &Services, id: PersonId) -> Result<Person, Error> {
    let row = person::Entity::find_by_id(id.as_uuid()).one(services.store().reader()).await?;
    row.map(as_person).ok_or(Error::NotFound)
}

/// Where this person may act, by name of organisation.
pub async fn memberships(services: &Services, id: PersonId) -> Result<Vec<Membership>, Error> {
    let reader = services.store().reader();
    let rows = membership::Entity::find().filter(membership::Column::PersonId.eq(id.as_uuid())).all(reader).await?;
    let organisations = organisation::Entity::find()
        .filter(organisation::Column::Id.is_in(rows.iter().map(|row| row.organisation_id)))
        .order_by_asc(organisation::Column::SearchKey)
        .all(reader)
        .await?;
    organisations
        .into_iter()
        .map(|organisation| {
            let roles = roles(&rows, |row| row.organisation_id == organisation.id)?;
            Ok(Membership { organisation: organisations::organisation(organisation)?, roles })
        })
        .collect()
}

/// The people of the demo world, in the order in which they were made.
pub async fn of_the_demo(services: &Services) -> Result<Vec<Person>, Error> {
    let rows = person::Entity::find()
        .filter(person::Column::Demo.eq(true))
        .order_by_asc(person::Column::Id)
        .all(services.store().reader())
        .await?;
    Ok(rows.into_iter().map(as_person).collect())
}

/// Does anybody hold an account that the demo did not make?
pub async fn are_real(services: &Services) -> Result<bool, Error> {
    let real = person::Entity::find().filter(person::Column::Demo.eq(false));
    Ok(real.one(services.store().reader()).await?.is_some())
}

pub async fn insert(tx: &Tx, new: &Person) -> Result<Change, Error> {
    person::Entity::insert(person::ActiveModel {
        id: Set(new.id.as_uuid()),
        email: Set(new.email.to_lowercase()),
        name: Set(new.name.clone()),
        password_hash: Set(new.password_hash.clone()),
        email_confirmed_at: Set(new.confirmed.then_some(tx.now())),
        theme: Set(new.theme.clone()),
        demo: Set(new.demo),
        version: Set(1),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(Change::written())
}

pub async fn add_role(tx: &Tx, person: PersonId, organisation: OrganisationId, role: Role) -> Result<Change, Error> {
    membership::Entity::insert(membership::ActiveModel {
        person_id: Set(person.as_uuid()),
        organisation_id: Set(organisation.as_uuid()),
        role: Set(role.code().to_owned()),
        created_at: Set(tx.now()),
    })
    .on_conflict(
        OnConflict::columns([
            membership::Column::PersonId,
            membership::Column::OrganisationId,
            membership::Column::Role,
        ])
        .do_nothing()
        .to_owned(),
    )
    .exec_without_returning(tx.raw())
    .await?;
    Ok(Change::written())
}

/// Takes a role of the permitted organisation away; not found when the person does not hold it.
pub async fn remove_role(
    tx: &Tx,
    permitted: &Authorised<RemoveMember>,
    person: PersonId,
    role: Role,
) -> Result<Change, Error> {
    let key = (person.as_uuid(), permitted.subject().id.as_uuid(), role.code().to_owned());
    let done = membership::Entity::delete_by_id(key).exec(tx.raw()).await?;
    if done.rows_affected == 1 { Ok(Change::written()) } else { Err(Error::NotFound) }
}

/// Who holds one of these roles in an organisation whose row is locked.
pub async fn holding(tx: &Tx, organisation: OrganisationId, roles: &[Role]) -> Result<Vec<(PersonId, Role)>, Error> {
    let rows = membership::Entity::find()
        .filter(membership::Column::OrganisationId.eq(organisation.as_uuid()))
        .filter(membership::Column::Role.is_in(roles.iter().map(|role| role.code())))
        .all(tx.raw())
        .await?;
    rows.into_iter()
        .map(|row| {
            let role = Role::from_code(&row.role).ok_or_else(|| Error::Corrupt(row.role.clone()))?;
            Ok((PersonId::from_uuid(row.person_id), role))
        })
        .collect()
}

pub async fn set_name_and_password(
    tx: &Tx,
    person: PersonId,
    name: &str,
    password_hash: String,
) -> Result<Change, Error> {
    person::Entity::update_many()
        .col_expr(person::Column::Name, Expr::value(name))
        .col_expr(person::Column::PasswordHash, Expr::value(password_hash))
        .filter(person::Column::Id.eq(person.as_uuid()))
        .exec(tx.raw())
        .await?;
    Ok(Change::written())
}

/// A link proved that the person reads their mailbox.
pub async fn confirm(tx: &Tx, person: PersonId) -> Result<Change, Error> {
    person::Entity::update_many()
        .col_expr(person::Column::EmailConfirmedAt, Expr::value(Some(tx.now())))
        .filter(person::Column::Id.eq(person.as_uuid()))
        .filter(person::Column::EmailConfirmedAt.is_null())
        .exec(tx.raw())
        .await?;
    Ok(Change::written())
}

/// Does this mailbox hold this role already?
pub async fn holds(tx: &Tx, email: &str, organisation: OrganisationId, role: Role) -> Result<bool, Error> {
    let Some(person) = lock_by_email(tx, email).await? else { return Ok(false) };
    let key = (person.id.as_uuid(), organisation.as_uuid(), role.code().to_owned());
    Ok(membership::Entity::find_by_id(key).one(tx.raw()).await?.is_some())
}

/// How many attempts on `subject` (an account, an address) since `since`. Not audited: it is a brake, not a record.
pub async fn attempts_since(services: &Services, subject: &str, since: DateTime<Utc>) -> Result<u64, Error> {
    Ok(attempt::Entity::find()
        .filter(attempt::Column::Subject.eq(subject))
        .filter(attempt::Column::At.gt(since))
        .count(services.store().reader())
        .await?)
}

/// Counts one attempt and forgets those before `forget_before`.
pub async fn count_attempt(
    services: &Services,
    subjects: &[String],
    forget_before: DateTime<Utc>,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    attempt::Entity::delete_many().filter(attempt::Column::At.lt(forget_before)).exec(tx.raw()).await?;
    for subject in subjects {
        attempt::Entity::insert(attempt::ActiveModel {
            id: Set(tx.next_id()),
            subject: Set(subject.clone()),
            at: Set(tx.now()),
        })
        .exec_without_returning(tx.raw())
        .await?;
    }
    tx.commit_unaudited().await
}

fn roles(rows: &[membership::Model], which: impl Fn(&membership::Model) -> bool) -> Result<RoleSet, Error> {
    rows.iter()
        .filter(|row| which(row))
        .map(|row| Role::from_code(&row.role).ok_or_else(|| Error::Corrupt(row.role.clone())))
        .collect()
}

fn as_person(row: person::Model) -> Person {
    Person {
        id: PersonId::from_uuid(row.id),
        email: row.email,
        name: row.name,
        password_hash: row.password_hash,
        confirmed: row.email_confirmed_at.is_some(),
        theme: row.theme,
        demo: row.demo,
    }
}
