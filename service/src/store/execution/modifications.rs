use domain::{
    authz::{Authorised, ModifyContract},
    execution::{Ground, Modification},
    kernel::{Money, ids::ContractId},
};
use entity::modification;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::touch;
use crate::{
    Error, Services,
    store::{Change, Tx, ceiling},
};

/// Adds a modification to the permitted contract, after the prices that it changed, with what it moves of the ceiling.
pub async fn modify(tx: &Tx, permitted: &Authorised<ModifyContract>, new: &Modification) -> Result<Change, Error> {
    let id = tx.next_id();
    modification::Entity::insert(modification::ActiveModel {
        id: Set(id),
        contract_id: Set(permitted.subject().id.as_uuid()),
        ground: Set(new.ground.code().to_owned()),
        object: Set(new.object.clone()),
        amount_cents: Set(new.amount.cents()),
        decided_on: Set(new.decided_on),
        number: Set(new.number.clone()),
        prices_from: Set(new.prices_from),
        reason: Set(new.reason.clone()),
        created_by: Set(permitted.actor().person().as_uuid()),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    ceiling::insert(tx, permitted, id, &new.moves).await?;
    // The version of its prices has moved the contract on already.
    if new.prices_from.is_none() {
        return touch(tx, permitted).await;
    }
    Ok(Change::written())
}

/// Of a contract that the caller has found in their scope, oldest first.
pub async fn modifications(services: &Services, contract: ContractId) -> Result<Vec<Modification>, Error> {
    all(services.store().reader(), contract).await
}

/// The same inside a write.
pub async fn modifications_in_write(tx: &Tx, contract: ContractId) -> Result<Vec<Modification>, Error> {
    all(tx.raw(), contract).await
}

async fn all<C: ConnectionTrait>(connection: &C, contract: ContractId) -> Result<Vec<Modification>, Error> {
    let rows = modification::Entity::find()
        .filter(modification::Column::ContractId.eq(contract.as_uuid()))
        .order_by_asc(modification::Column::CreatedAt)
        .order_by_asc(modification::Column::Id)
        .all(connection)
        .await?;
    let mut moves = ceiling::by_modification(connection, contract).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Modification {
                ground: Ground::from_code(&row.ground).ok_or_else(|| Error::Corrupt(row.ground.clone()))?,
                object: row.object,
                amount: Money::from_cents(row.amount_cents),
                decided_on: row.decided_on,
                number: row.number,
                moves: moves.remove(&row.id).unwrap_or_default(),
                prices_from: row.prices_from,
                reason: row.reason,
            })
        })
        .collect()
}
