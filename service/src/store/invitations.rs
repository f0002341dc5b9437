//! Firms invited by name to a call.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{
    authz::{Action, Authorised},
    kernel::ids::{OrganisationId, TenderId},
    organisation::OrganisationKind,
    tender::Tender,
};
use entity::{invitation, membership, organisation, person, question};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait as _},
};

use crate::{
    Error, Services,
    store::{Change, Tx},
};

/// A firm that may be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firm {
    pub id: OrganisationId,
    pub name: String,
    /// Its own address, else that of its first member; empty when nobody can be written to.
    pub email: String,
}

/// One invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub firm: Firm,
    pub created_at: DateTime<Utc>,
}

/// These firms, by name; an organisation that is not a firm is not found.
pub async fn firms(services: &Services, ids: &BTreeSet<OrganisationId>) -> Result<Vec<Firm>, Error> {
    load_firms(services.store().reader(), ids).await
}

/// The same inside a write.
pub async fn firms_in_write(tx: &Tx, ids: &BTreeSet<OrganisationId>) -> Result<Vec<Firm>, Error> {
    load_firms(tx.raw(), ids).await
}

async fn load_firms<C: ConnectionTrait>(connection: &C, ids: &BTreeSet<OrganisationId>) -> Result<Vec<Firm>, Error> {
    let rows = organisation::Entity::find()
        .filter(organisation::Column::Id.is_in(ids.iter().map(|id| id.as_uuid())))
        .filter(organisation::Column::Kind.eq(OrganisationKind::Sme.code()))
        .order_by_asc(organisation::Column::SearchKey)
        .all(connection)
        .await?;
    if rows.len() != ids.len() {
        return Err(Error::NotFound);
    }
    let mut firms = Vec::new();
    for row in rows {
        let email = match row.email.filter(|email| !email.is_empty()) {
            Some(email) => email,
            None => first_member(connection, row.id).await?,
        };
        firms.push(Firm { id: OrganisationId::from_uuid(row.id), name: row.name, email });
    }
    Ok(firms)
}

/// Where an organisation that gave no address of its own can be written to.
pub async fn address(services: &Services, id: OrganisationId) -> Result<String, Error> {
    let reader = services.store().reader();
    let row = organisation::Entity::find_by_id(id.as_uuid()).one(reader).await?.ok_or(Error::NotFound)?;
    match row.email.filter(|email| !email.is_empty()) {
        Some(email) => Ok(email),
        None => first_member(reader, row.id).await,
    }
}

async fn first_member<C: ConnectionTrait>(connection: &C, organisation: uuid::Uuid) -> Result<String, Error> {
    let mut select = person::Entity::find()
        .filter(membership::Column::OrganisationId.eq(organisation))
        .order_by_asc(person::Column::CreatedAt)
        .order_by_asc(person::Column::Id)
        .limit(1);
    QueryTrait::query(&mut select).join(
        JoinType::InnerJoin,
        membership::Entity,
        Expr::col((membership::Entity, membership::Column::PersonId)).equals((person::Entity, person::Column::Id)),
    );
    Ok(select.one(connection).await?.map(|person| person.email).unwrap_or_default())
}

pub async fn insert<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    firm: &Firm,
) -> Result<Change, Error> {
    invitation::Entity::insert(invitation::ActiveModel {
        tender_id: Set(permitted.subject().id.as_uuid()),
        organisation_id: Set(firm.id.as_uuid()),
        email: Set(firm.email.clone()),
        created_at: Set(tx.now()),
        sent_at: Set(None),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(Change::written())
}

/// Who is invited to a tender that the caller has already found in their scope, by name.
pub async fn of_tender(services: &Services, tender: TenderId) -> Result<Vec<Invitation>, Error> {
    let reader = services.store().reader();
    let rows = invitation::Entity::find().filter(invitation::Column::TenderId.eq(tender.as_uuid())).all(reader).await?;
    let names = organisation::Entity::find()
        .filter(organisation::Column::Id.is_in(rows.iter().map(|row| row.organisation_id)))
        .order_by_asc(organisation::Column::SearchKey)
        .all(reader)
        .await?;
    Ok(names
        .into_iter()
        .filter_map(|named| {
            let row = rows.iter().find(|row| row.organisation_id == named.id)?;
            let firm = Firm { id: OrganisationId::from_uuid(named.id), name: named.name, email: row.email.clone() };
            Some(Invitation { firm, created_at: row.created_at })
        })
        .collect())
}

/// Who is invited already, inside the write that invites more.
pub async fn in_write(tx: &Tx, tender: TenderId) -> Result<BTreeSet<OrganisationId>, Error> {
    let rows =
        invitation::Entity::find().filter(invitation::Column::TenderId.eq(tender.as_uuid())).all(tx.raw()).await?;
    Ok(rows.into_iter().map(|row| OrganisationId::from_uuid(row.organisation_id)).collect())
}

/// Everybody who waits for the answers: those who are invited, and those who asked.
pub async fn concerned(tx: &Tx, tender: TenderId) -> Result<BTreeSet<OrganisationId>, Error> {
    let mut firms = in_write(tx, tender).await?;
    let asked = question::Entity::find().filter(question::Column::TenderId.eq(tender.as_uuid())).all(tx.raw()).await?;
    firms.extend(asked.into_iter().map(|row| OrganisationId::from_uuid(row.organisation_id)));
    Ok(firms)
}
