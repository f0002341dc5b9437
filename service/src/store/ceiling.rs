//! What modifications moved of the allotments of a contract, and so of its ceiling: rows that are only ever added.

use std::collections::BTreeMap;

use domain::{
    authz::{Authorised, ModifyContract},
    contract::Moves,
    kernel::{
        Money,
        ids::{ContractId, OrganisationId},
    },
};
use entity::{allotment, allotment_change};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

use crate::{Error, store::Tx};

/// Adds what a modification of the permitted contract moves.
pub(super) async fn insert(
    tx: &Tx,
    permitted: &Authorised<ModifyContract>,
    modification: Uuid,
    moves: &Moves,
) -> Result<(), Error> {
    for (organisation, amount) in moves {
        allotment_change::Entity::insert(allotment_change::ActiveModel {
            modification_id: Set(modification),
            organisation_id: Set(organisation.as_uuid()),
            contract_id: Set(permitted.subject().id.as_uuid()),
            amount_cents: Set(amount.cents()),
        })
        .exec_without_returning(tx.raw())
        .await?;
    }
    Ok(())
}

/// Of a contract, by modification.
pub(super) async fn by_modification<C: ConnectionTrait>(
    connection: &C,
    contract: ContractId,
) -> Result<BTreeMap<Uuid, Moves>, Error> {
    let rows = allotment_change::Entity::find()
        .filter(allotment_change::Column::ContractId.eq(contract.as_uuid()))
        .all(connection)
        .await?;
    let mut moves: BTreeMap<Uuid, Moves> = BTreeMap::new();
    for row in rows {
        let organisation = OrganisationId::from_uuid(row.organisation_id);
        moves.entry(row.modification_id).or_default().insert(organisation, Money::from_cents(row.amount_cents));
    }
    Ok(moves)
}

/// Allotments as they stand after all modifications, and by how much the ceiling moved.
pub(super) async fn moved<C: ConnectionTrait>(
    connection: &C,
    contract: Uuid,
    mut allotments: Vec<allotment::Model>,
) -> Result<(Vec<allotment::Model>, i64), Error> {
    let rows: Vec<(Uuid, i64)> = allotment_change::Entity::find()
        .filter(allotment_change::Column::ContractId.eq(contract))
        .select_only()
        .column(allotment_change::Column::OrganisationId)
        .expr_as(Expr::col(allotment_change::Column::AmountCents).sum().cast_as("bigint"), "cents")
        .group_by(allotment_change::Column::OrganisationId)
        .into_tuple()
        .all(connection)
        .await?;
    let corrupt = || Error::Corrupt(format!("modifications of contract {contract}"));
    let mut whole = 0_i64;
    for (organisation, cents) in rows {
        let share = allotments.iter_mut().find(|row| row.organisation_id == organisation).ok_or_else(corrupt)?;
        share.amount_cents = share.amount_cents.checked_add(cents).ok_or_else(corrupt)?;
        whole = whole.checked_add(cents).ok_or_else(corrupt)?;
    }
    Ok((allotments, whole))
}
