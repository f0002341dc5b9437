//! What invoices set off of the advance of their contract, and what payments withheld of its penalties.

use domain::{
    kernel::{
        Money,
        ids::{ContractId, OrganisationId},
    },
    voucher::Voucher,
};
use entity::{delivery, invoice, penalty, voucher};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait as _, Query, SelectStatement},
};

use super::works;
use crate::{Error, Services, store::Tx};

/// Of the penalties that were decided for the authority of this voucher, on its contract, what no payment withheld yet. The
/// caller has found the voucher in their scope.
pub async fn open_penalties(services: &Services, voucher: &Voucher) -> Result<Money, Error> {
    open(services.store().reader(), voucher).await
}

/// The same inside a write.
pub async fn open_penalties_in_write(tx: &Tx, voucher: &Voucher) -> Result<Money, Error> {
    open(tx.raw(), voucher).await
}

/// The penalty of a delivery is due to whom it was delivered, that of works to the pilot.
async fn open<C: ConnectionTrait>(connection: &C, voucher: &Voucher) -> Result<Money, Error> {
    let (contract, organisation) = (voucher.contract.id, voucher.organisation);
    let late = decided(connection, contract, organisation).await?;
    let is_pilot = voucher.contract.pilot == organisation;
    let works = if is_pilot { works::due(connection, contract).await? } else { Money::ZERO };
    let due = late.checked_add(works).ok_or_else(|| Error::Corrupt(format!("penalties of {contract}")))?;
    if !due.is_positive() {
        return Ok(Money::ZERO);
    }
    let withheld = sum(connection, invoice::Column::WithheldCents, of_authority(contract, organisation)).await?;
    Ok(due.checked_sub(withheld).unwrap_or(Money::ZERO).max(Money::ZERO))
}

async fn decided<C: ConnectionTrait>(
    connection: &C,
    contract: ContractId,
    organisation: OrganisationId,
) -> Result<Money, Error> {
    let deliveries = Query::select()
        .column(delivery::Column::Id)
        .from(delivery::Entity)
        .and_where(delivery::Column::VoucherId.in_subquery(of_authority(contract, organisation)))
        .to_owned();
    let cents = penalty::Entity::find()
        .select_only()
        .expr_as(Expr::col(penalty::Column::DueCents).sum().cast_as("bigint"), "cents")
        .filter(penalty::Column::ContractId.eq(contract.as_uuid()))
        .filter(penalty::Column::DeliveryId.in_subquery(deliveries))
        .into_tuple::<Option<i64>>()
        .one(connection)
        .await?;
    Ok(Money::from_cents(cents.flatten().unwrap_or_default()))
}

/// What all invoices of a contract set off of its advance.
pub(super) async fn set_off<C: ConnectionTrait>(connection: &C, contract: ContractId) -> Result<Money, Error> {
    sum(connection, invoice::Column::PrepaidCents, of_contract(contract)).await
}

async fn sum<C: ConnectionTrait>(
    connection: &C,
    column: invoice::Column,
    vouchers: SelectStatement,
) -> Result<Money, Error> {
    let cents = invoice::Entity::find()
        .select_only()
        .expr_as(Expr::col(column).sum().cast_as("bigint"), "cents")
        .filter(invoice::Column::VoucherId.in_subquery(vouchers))
        .into_tuple::<Option<i64>>()
        .one(connection)
        .await?;
    Ok(Money::from_cents(cents.flatten().unwrap_or_default()))
}

fn of_contract(contract: ContractId) -> SelectStatement {
    Query::select()
        .column(voucher::Column::Id)
        .from(voucher::Entity)
        .and_where(voucher::Column::ContractId.eq(contract.as_uuid()))
        .to_owned()
}

fn of_authority(contract: ContractId, organisation: OrganisationId) -> SelectStatement {
    of_contract(contract).and_where(voucher::Column::OrganisationId.eq(organisation.as_uuid())).to_owned()
}
