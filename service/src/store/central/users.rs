use std::collections::BTreeMap;

use domain::{
    authz::{Authorised, ExpressNeed, ManageUsers},
    central::{Accepted, Entitled, Entitlement, Expressed, Framework, Period, User},
    kernel::{
        Money,
        ids::{OrganisationId, TenderId},
    },
    tender::Vehicle,
};
use entity::{accession, allotment, framework, framework_user, tender};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, UpdateMany,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

use crate::{
    Error,
    store::{Change, Tx, organisations, search_key},
};

/// The body counts this authority with this part of the maximum. The page of the body carries the framework's version.
pub async fn name(
    tx: &Tx,
    permitted: &Authorised<ManageUsers>,
    organisation: OrganisationId,
    part: Money,
) -> Result<Change, Error> {
    let framework = permitted.subject();
    let version = framework.user(organisation).map_or(0, |user| user.version);
    let named = change(tx, framework, organisation, version, |update| {
        update.col_expr(framework_user::Column::ReservedCents, Expr::value(Some(part.cents())))
    })
    .await?;
    Ok(Change::all(vec![named, touch(tx, framework).await?]))
}

/// What the actor's authority needs, over the `version` of its row that was read, 0 where there was none.
pub async fn express(
    tx: &Tx,
    permitted: &Authorised<ExpressNeed>,
    need: &Expressed,
    version: i32,
) -> Result<Change, Error> {
    change(tx, permitted.subject(), permitted.actor().organisation(), version, |update| {
        update
            .col_expr(framework_user::Column::NeedOn, Expr::value(Some(need.on)))
            .col_expr(framework_user::Column::NeedCents, Expr::value(Some(need.estimate.cents())))
            .col_expr(framework_user::Column::Quantity, Expr::value(Some(need.quantity.clone())))
    })
    .await
}

/// It becomes an entitled user: counted in the maximum before the call; where the contract runs, its part comes out of the
/// body's, on the locked contract.
pub async fn accept(
    tx: &Tx,
    permitted: &Authorised<ManageUsers>,
    organisation: OrganisationId,
    version: i32,
    accepted: Accepted,
) -> Result<Change, Error> {
    let framework = permitted.subject();
    let counts = !framework.stage.is_called_or_later();
    let changed = change(tx, framework, organisation, version, |update| {
        let update = update
            .col_expr(framework_user::Column::AcceptedOn, Expr::value(Some(accepted.on)))
            .col_expr(framework_user::Column::PartCents, Expr::value(Some(accepted.part.cents())));
        if counts {
            update.col_expr(framework_user::Column::ReservedCents, Expr::value(Some(accepted.part.cents())))
        } else {
            update
        }
    })
    .await?;
    if framework.running.is_some() {
        move_part(tx, framework, organisation, accepted.part).await?;
    }
    Ok(changed)
}

/// An entitled user's part, and what the call counts for it, is lowered; the framework is read again by whoever names.
pub async fn lower(
    tx: &Tx,
    permitted: &Authorised<ManageUsers>,
    organisation: OrganisationId,
    version: i32,
    part: Money,
) -> Result<Change, Error> {
    change(tx, permitted.subject(), organisation, version, |update| {
        update
            .col_expr(framework_user::Column::ReservedCents, Expr::value(Some(part.cents())))
            .col_expr(framework_user::Column::PartCents, Expr::value(Some(part.cents())))
    })
    .await
}

/// What the accepted users of a tender have of its maximum, in a write that has locked it.
pub async fn parts(tx: &Tx, tender: TenderId) -> Result<BTreeMap<OrganisationId, Money>, Error> {
    let users = of(tx.raw(), tender.as_uuid()).await?;
    Ok(users.into_iter().filter_map(|user| Some((user.organisation, user.accepted?.part))).collect())
}

/// By name.
pub(super) async fn of<C: ConnectionTrait>(connection: &C, tender: Uuid) -> Result<Vec<User>, Error> {
    let rows = rows(connection, tender).await?;
    let ids = rows.iter().map(|row| row.organisation_id).collect();
    let names = organisations::names(connection, ids).await?;
    let mut users: Vec<_> = rows
        .into_iter()
        .map(|row| User {
            organisation: OrganisationId::from_uuid(row.organisation_id),
            name: names.get(&row.organisation_id).cloned().unwrap_or_default(),
            reserved: row.reserved_cents.map(Money::from_cents),
            need: row.need_on.zip(row.need_cents).map(|(on, cents)| Expressed {
                on,
                estimate: Money::from_cents(cents),
                quantity: row.quantity.clone().unwrap_or_default(),
            }),
            accepted: row
                .accepted_on
                .zip(row.part_cents)
                .map(|(on, cents)| Accepted { on, part: Money::from_cents(cents) }),
            version: row.version,
        })
        .collect();
    users.sort_by_key(|user| search_key(&user.name));
    Ok(users)
}

/// Who orders on this contract, where its tender is a central body's.
pub(in crate::store) async fn entitled<C: ConnectionTrait>(
    connection: &C,
    tender: &tender::Model,
) -> Result<Option<Entitled>, Error> {
    if Vehicle::from_code(&tender.vehicle) != Some(Vehicle::Central) {
        return Ok(None);
    }
    let accessions = accession::Entity::find()
        .filter(accession::Column::BodyId.eq(tender.pilot_id))
        .filter(accession::Column::AcceptedOn.is_not_null())
        .all(connection)
        .await?;
    let mut users: BTreeMap<OrganisationId, Entitlement> = BTreeMap::new();
    for row in accessions {
        let user = users.entry(OrganisationId::from_uuid(row.organisation_id)).or_default();
        user.accessions.extend(row.accepted_on.map(|from| Period { from, until: row.ended_on }));
    }
    for row in rows(connection, tender.id).await? {
        users.entry(OrganisationId::from_uuid(row.organisation_id)).or_default().joined_on = row.accepted_on;
    }
    Ok(Some(Entitled { body: OrganisationId::from_uuid(tender.pilot_id), users }))
}

async fn rows<C: ConnectionTrait>(connection: &C, tender: Uuid) -> Result<Vec<framework_user::Model>, Error> {
    Ok(framework_user::Entity::find()
        .filter(framework_user::Column::TenderId.eq(tender))
        .order_by_asc(framework_user::Column::OrganisationId)
        .all(connection)
        .await?)
}

/// The parts still add up to the maximum.
async fn move_part(tx: &Tx, framework: &Framework, user: OrganisationId, part: Money) -> Result<(), Error> {
    let Some(running) = &framework.running else { return Ok(()) };
    let contract = running.contract.as_uuid();
    let done = allotment::Entity::update_many()
        .col_expr(allotment::Column::AmountCents, Expr::col(allotment::Column::AmountCents).sub(part.cents()))
        .filter(allotment::Column::ContractId.eq(contract))
        .filter(allotment::Column::OrganisationId.eq(framework.body.as_uuid()))
        .exec(tx.raw())
        .await?;
    if done.rows_affected != 1 {
        return Err(Error::Corrupt(format!("contract {contract}: the body has no part")));
    }
    allotment::Entity::insert(allotment::ActiveModel {
        contract_id: Set(contract),
        organisation_id: Set(user.as_uuid()),
        amount_cents: Set(part.cents()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(())
}

/// One write of the row that was read, and of no other version of it; a row that is not there yet is of version 0.
async fn change(
    tx: &Tx,
    framework: &Framework,
    user: OrganisationId,
    version: i32,
    columns: impl FnOnce(UpdateMany<framework_user::Entity>) -> UpdateMany<framework_user::Entity>,
) -> Result<Change, Error> {
    if framework.user(user).is_none() {
        framework_user::Entity::insert(framework_user::ActiveModel {
            tender_id: Set(framework.tender.as_uuid()),
            organisation_id: Set(user.as_uuid()),
            reserved_cents: Set(None),
            need_on: Set(None),
            need_cents: Set(None),
            quantity: Set(None),
            accepted_on: Set(None),
            part_cents: Set(None),
            version: Set(0),
            created_at: Set(tx.now()),
        })
        .exec_without_returning(tx.raw())
        .await?;
    }
    let done = columns(framework_user::Entity::update_many())
        .col_expr(framework_user::Column::Version, Expr::value(version + 1))
        .filter(framework_user::Column::TenderId.eq(framework.tender.as_uuid()))
        .filter(framework_user::Column::OrganisationId.eq(user.as_uuid()))
        .filter(framework_user::Column::Version.eq(version))
        .exec(tx.raw())
        .await?;
    if done.rows_affected == 1 { Ok(Change::written()) } else { Err(Error::Stale) }
}

/// The list of the users is part of what the body says: when it names one, the framework has another version.
async fn touch(tx: &Tx, framework: &Framework) -> Result<Change, Error> {
    let done = framework::Entity::update_many()
        .col_expr(framework::Column::Version, Expr::value(framework.version + 1))
        .filter(framework::Column::TenderId.eq(framework.tender.as_uuid()))
        .filter(framework::Column::Version.eq(framework.version))
        .exec(tx.raw())
        .await?;
    if done.rows_affected == 1 { Ok(Change::written()) } else { Err(Error::Stale) }
}
