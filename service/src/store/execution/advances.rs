use chrono::NaiveDate;
use domain::{
    authz::{Authorised, GiveAdvance},
    execution::AdvanceCase,
    kernel::{Money, ids::ContractId},
};
use entity::advance;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

use super::{penalties::performed, touch, withheld::set_off};
use crate::{
    Error, Services,
    store::{Change, Tx},
};

/// An advance as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenAdvance {
    pub case: AdvanceCase,
    /// Day on which the firm had this size.
    pub size_on: NaiveDate,
    /// Of the contract, TVAC.
    pub amount: Money,
    pub months: u32,
    pub reference: Money,
    pub advance: Money,
    pub decided_on: NaiveDate,
}

/// An advance, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdvanceState {
    pub given: GivenAdvance,
    /// What was accepted on all vouchers of the contract, HTVA.
    pub done: Money,
    /// By the invoices that were taken, TVAC.
    pub set_off: Money,
}

/// Keeps the advance of the permitted contract.
pub async fn give(tx: &Tx, permitted: &Authorised<GiveAdvance>, given: &GivenAdvance) -> Result<Change, Error> {
    let months = i32::try_from(given.months).map_err(|error| Error::Corrupt(error.to_string()))?;
    advance::Entity::insert(advance::ActiveModel {
        contract_id: Set(permitted.subject().id.as_uuid()),
        reason: Set(given.case.word().to_owned()),
        size_on: Set(given.size_on),
        amount_cents: Set(given.amount.cents()),
        months: Set(months),
        reference_cents: Set(given.reference.cents()),
        advance_cents: Set(given.advance.cents()),
        decided_on: Set(given.decided_on),
        created_by: Set(permitted.actor().person().as_uuid()),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    touch(tx, permitted).await
}

/// Of the locked contract.
pub async fn advance_in_write(tx: &Tx, contract: ContractId) -> Result<Option<GivenAdvance>, Error> {
    one(tx.raw(), contract).await
}

/// Of a contract that the caller has found in their scope.
pub async fn advance_state(services: &Services, contract: ContractId) -> Result<Option<AdvanceState>, Error> {
    state(services.store().reader(), contract).await
}

/// The same inside a write.
pub async fn advance_state_in_write(tx: &Tx, contract: ContractId) -> Result<Option<AdvanceState>, Error> {
    state(tx.raw(), contract).await
}

async fn state<C: ConnectionTrait>(connection: &C, contract: ContractId) -> Result<Option<AdvanceState>, Error> {
    let Some(given) = one(connection, contract).await? else { return Ok(None) };
    let done = performed(connection, contract).await?;
    Ok(Some(AdvanceState { given, done, set_off: set_off(connection, contract).await? }))
}

async fn one<C: ConnectionTrait>(connection: &C, contract: ContractId) -> Result<Option<GivenAdvance>, Error> {
    let Some(row) = advance::Entity::find_by_id(contract.as_uuid()).one(connection).await? else { return Ok(None) };
    let corrupt = || Error::Corrupt(format!("advance of {contract}"));
    Ok(Some(GivenAdvance {
        case: row.reason.parse().map_err(|_| corrupt())?,
        size_on: row.size_on,
        amount: Money::from_cents(row.amount_cents),
        months: u32::try_from(row.months).map_err(|_| corrupt())?,
        reference: Money::from_cents(row.reference_cents),
        advance: Money::from_cents(row.advance_cents),
        decided_on: row.decided_on,
    }))
}
