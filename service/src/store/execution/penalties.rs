use chrono::NaiveDate;
use domain::{
    authz::{Authorised, ClaimPenalty},
    contract::Contract,
    execution::{Claim, Late},
    kernel::{
        Money,
        ids::{ContractId, DeliveryId},
    },
};
use entity::{delivery, penalty, voucher};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait as _, Query, SelectStatement},
};

use super::touch;
use crate::{
    Error, Services,
    store::{Change, Tx, vouchers},
};

/// A penalty that the authority decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    pub delivery: DeliveryId,
    pub days: i32,
    /// HTVA.
    pub value: Money,
    pub due: Money,
    pub decided_on: NaiveDate,
}

/// Keeps what was decided of late deliveries of the permitted contract.
pub async fn claim(
    tx: &Tx,
    permitted: &Authorised<ClaimPenalty>,
    claims: &[Claim],
    award_criterion: bool,
    decided_on: NaiveDate,
) -> Result<Change, Error> {
    for claim in claims {
        let days = i32::try_from(claim.late.days).map_err(|error| Error::Corrupt(error.to_string()))?;
        penalty::Entity::insert(penalty::ActiveModel {
            id: Set(tx.next_id()),
            contract_id: Set(permitted.subject().id.as_uuid()),
            delivery_id: Set(claim.late.delivery.as_uuid()),
            days: Set(days),
            value_cents: Set(claim.late.value.cents()),
            due_cents: Set(claim.penalty.due.cents()),
            award_criterion: Set(award_criterion),
            decided_on: Set(decided_on),
            created_by: Set(permitted.actor().person().as_uuid()),
            created_at: Set(tx.now()),
        })
        .exec_without_returning(tx.raw())
        .await?;
    }
    touch(tx, permitted).await
}

/// Of a contract that the caller has found in their scope, oldest first.
pub async fn claimed(services: &Services, contract: ContractId) -> Result<Vec<Claimed>, Error> {
    all(services.store().reader(), contract).await
}

/// The same inside a write.
pub async fn claimed_in_write(tx: &Tx, contract: ContractId) -> Result<Vec<Claimed>, Error> {
    all(tx.raw(), contract).await
}

async fn all<C: ConnectionTrait>(connection: &C, contract: ContractId) -> Result<Vec<Claimed>, Error> {
    let rows = penalty::Entity::find()
        .filter(penalty::Column::ContractId.eq(contract.as_uuid()))
        .order_by_asc(penalty::Column::CreatedAt)
        .order_by_asc(penalty::Column::Id)
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Claimed {
            delivery: DeliveryId::from_uuid(row.delivery_id),
            days: row.days,
            value: Money::from_cents(row.value_cents),
            due: Money::from_cents(row.due_cents),
            decided_on: row.decided_on,
        })
        .collect())
}

/// What was accepted on all vouchers of a contract, HTVA.
pub(super) async fn performed<C: ConnectionTrait>(connection: &C, contract: ContractId) -> Result<Money, Error> {
    let cents: Option<i64> = voucher::Entity::find()
        .select_only()
        .expr_as(Expr::col(voucher::Column::AcceptedCents).sum().cast_as("bigint"), "cents")
        .filter(voucher::Column::ContractId.eq(contract.as_uuid()))
        .group_by(voucher::Column::ContractId)
        .into_tuple()
        .one(connection)
        .await?;
    Ok(Money::from_cents(cents.unwrap_or_default()))
}

/// The late deliveries of all vouchers of a contract, oldest voucher first: a contract knows its lateness as a whole.
pub async fn deliveries(services: &Services, contract: &Contract) -> Result<Vec<Late>, Error> {
    late(services.store().reader(), contract).await
}

/// The same inside a write.
pub async fn deliveries_in_write(tx: &Tx, contract: &Contract) -> Result<Vec<Late>, Error> {
    late(tx.raw(), contract).await
}

async fn late<C: ConnectionTrait>(connection: &C, contract: &Contract) -> Result<Vec<Late>, Error> {
    let rows = voucher::Entity::find()
        .filter(voucher::Column::Id.in_subquery(delivered_late(contract.id)))
        .order_by_asc(voucher::Column::CreatedAt)
        .order_by_asc(voucher::Column::Id)
        .all(connection)
        .await?;
    let mut found = Vec::new();
    for row in rows {
        found.extend(vouchers::one(connection, row, contract.clone()).await?.late_deliveries());
    }
    Ok(found)
}

fn delivered_late(contract: ContractId) -> SelectStatement {
    Query::select()
        .column((delivery::Entity, delivery::Column::VoucherId))
        .from(delivery::Entity)
        .join(
            JoinType::InnerJoin,
            voucher::Entity,
            Expr::col((delivery::Entity, delivery::Column::VoucherId)).equals((voucher::Entity, voucher::Column::Id)),
        )
        .and_where(voucher::Column::ContractId.eq(contract.as_uuid()))
        .and_where(
            Expr::col((delivery::Entity, delivery::Column::DeliveredOn))
                .gt(Expr::col((voucher::Entity, voucher::Column::WantedOn))),
        )
        .to_owned()
}
