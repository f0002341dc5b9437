use chrono::NaiveDate;
use domain::{
    authz::{Authorised, ClaimPenalty},
    execution::{LateWorks, WorksUnit},
    kernel::{Money, ids::ContractId},
};
use entity::works_penalty;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

use super::touch;
use crate::{
    Error, Services,
    store::{Change, Tx},
};

/// The penalty of works finished late, as the authority decided it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorksPenalty {
    pub late: LateWorks,
    pub due: Money,
    pub decided_on: NaiveDate,
}

/// Keeps the penalty of the permitted contract.
pub async fn claim_works(
    tx: &Tx,
    permitted: &Authorised<ClaimPenalty>,
    decided: &WorksPenalty,
) -> Result<Change, Error> {
    let days = |days: u32| i32::try_from(days).map_err(|error| Error::Corrupt(error.to_string()));
    works_penalty::Entity::insert(works_penalty::ActiveModel {
        contract_id: Set(permitted.subject().id.as_uuid()),
        amount_cents: Set(decided.late.amount.cents()),
        delay: Set(days(decided.late.delay)?),
        unit: Set(decided.late.unit.word().to_owned()),
        days: Set(days(decided.late.late)?),
        due_cents: Set(decided.due.cents()),
        decided_on: Set(decided.decided_on),
        created_by: Set(permitted.actor().person().as_uuid()),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    touch(tx, permitted).await
}

/// Of a contract that the caller has found in their scope.
pub async fn works_penalty(services: &Services, contract: ContractId) -> Result<Option<WorksPenalty>, Error> {
    one(services.store().reader(), contract).await
}

/// The same inside a write.
pub async fn works_penalty_in_write(tx: &Tx, contract: ContractId) -> Result<Option<WorksPenalty>, Error> {
    one(tx.raw(), contract).await
}

pub(super) async fn due<C: ConnectionTrait>(connection: &C, contract: ContractId) -> Result<Money, Error> {
    Ok(one(connection, contract).await?.map_or(Money::ZERO, |found| found.due))
}

async fn one<C: ConnectionTrait>(connection: &C, contract: ContractId) -> Result<Option<WorksPenalty>, Error> {
    let Some(row) = works_penalty::Entity::find_by_id(contract.as_uuid()).one(connection).await? else {
        return Ok(None);
    };
    let corrupt = || Error::Corrupt(format!("penalty of the works of {contract}"));
    let days = |days: i32| u32::try_from(days).map_err(|_| corrupt());
    let unit: WorksUnit = row.unit.parse().map_err(|_| corrupt())?;
    let late =
        LateWorks { amount: Money::from_cents(row.amount_cents), delay: days(row.delay)?, unit, late: days(row.days)? };
    Ok(Some(WorksPenalty { late, due: Money::from_cents(row.due_cents), decided_on: row.decided_on }))
}
