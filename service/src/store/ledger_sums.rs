//! What the ledger adds up to by contract, participant and month: kept in the write that adds the entry, so that lists and
//! reports need not read the entries, and counted again from them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::{
    kernel::{
        Money,
        ids::{ContractId, OrganisationId},
    },
    ledger::{Moved, by_participant_and_month, month_of},
};
use entity::{contract, ledger_sum, organisation, tender};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use uuid::Uuid;

use crate::{
    Error,
    store::{Backend, Store, Tx, ledger},
};

type Sums = BTreeMap<(OrganisationId, NaiveDate), Moved>;

/// The first sum that the entries do not give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    /// Reference of the contract.
    pub contract: String,
    pub organisation: String,
    /// Its first day.
    pub month: NaiveDate,
    pub kept: Moved,
    pub counted: Moved,
}

impl std::fmt::Display for Differing {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let told =
            |moved: Moved| format!("reserved {}, committed {}", moved.reserved.to_iso(), moved.committed.to_iso());
        let Self { contract, organisation, month, kept, counted } = self;
        let month = month.format("%Y-%m");
        write!(formatter, "{contract}, {organisation}, {month}: kept {}; counted {}", told(*kept), told(*counted))
    }
}

/// Adds what an entry of this write changed.
pub(super) async fn add(tx: &Tx, contract: ContractId, participant: OrganisationId, moved: Moved) -> Result<(), Error> {
    use ledger_sum::Column;

    let more = |column: Column, money: Money| (column, Expr::col((ledger_sum::Entity, column)).add(money.cents()));
    let key = [Column::ContractId, Column::OrganisationId, Column::Month];
    let added = OnConflict::columns(key)
        .values([more(Column::ReservedCents, moved.reserved), more(Column::CommittedCents, moved.committed)])
        .to_owned();
    let month = month_of(tx.now());
    ledger_sum::Entity::insert(row(contract.as_uuid(), participant, month, moved))
        .on_conflict(added)
        .exec_without_returning(tx.raw())
        .await?;
    Ok(())
}

pub(super) fn row(
    contract: Uuid,
    participant: OrganisationId,
    month: NaiveDate,
    moved: Moved,
) -> ledger_sum::ActiveModel {
    ledger_sum::ActiveModel {
        contract_id: Set(contract),
        organisation_id: Set(participant.as_uuid()),
        month: Set(month),
        reserved_cents: Set(moved.reserved.cents()),
        committed_cents: Set(moved.committed.cents()),
    }
}

/// What each participant of a contract has reserved and committed.
pub(super) async fn of_contract<C: ConnectionTrait>(
    connection: &C,
    contract: Uuid,
) -> Result<BTreeMap<Uuid, Moved>, Error> {
    let sum = |column: ledger_sum::Column| Expr::col(column).sum().cast_as("bigint");
    let rows: Vec<(Uuid, i64, i64)> = ledger_sum::Entity::find()
        .filter(ledger_sum::Column::ContractId.eq(contract))
        .select_only()
        .column(ledger_sum::Column::OrganisationId)
        .expr_as(sum(ledger_sum::Column::ReservedCents), "reserved")
        .expr_as(sum(ledger_sum::Column::CommittedCents), "committed")
        .group_by(ledger_sum::Column::OrganisationId)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|(id, reserved, committed)| (id, moved(reserved, committed))).collect())
}

/// Counts every sum again from the entries, contract by contract while nobody adds to it. `None`: all are right.
pub async fn first_differing(store: &Store) -> Result<Option<Differing>, Error> {
    let contracts = contract::Entity::find().order_by_asc(contract::Column::Id).all(store.reader()).await?;
    for row in contracts {
        if let Some(found) = differing(store, &row).await? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

async fn differing(store: &Store, contract: &contract::Model) -> Result<Option<Differing>, Error> {
    let transaction = store.begin().await?;
    let found = contract::Entity::find_by_id(contract.id);
    let found = match store.backend() {
        Backend::Sqlite => found,
        Backend::Postgres => found.lock_exclusive(),
    };
    found.one(&transaction).await?.ok_or(Error::NotFound)?;
    let counted = by_participant_and_month(&ledger::dated(&transaction, contract.id).await?);
    let counted = counted.ok_or_else(|| Error::Corrupt(format!("ledger of {}", contract.id)))?;
    let kept = kept(&transaction, contract.id).await?;
    transaction.rollback().await?;

    let of = |sums: &Sums, key: &(OrganisationId, NaiveDate)| sums.get(key).copied().unwrap_or_default();
    let keys: BTreeSet<_> = kept.keys().chain(counted.keys()).copied().collect();
    match keys.into_iter().find(|key| of(&kept, key) != of(&counted, key)) {
        Some(key) => told(store, contract, key, of(&kept, &key), of(&counted, &key)).await.map(Some),
        None => Ok(None),
    }
}

async fn kept<C: ConnectionTrait>(connection: &C, contract: Uuid) -> Result<Sums, Error> {
    let rows = ledger_sum::Entity::find().filter(ledger_sum::Column::ContractId.eq(contract)).all(connection).await?;
    let key = |row: &ledger_sum::Model| (OrganisationId::from_uuid(row.organisation_id), row.month);
    Ok(rows.iter().map(|row| (key(row), moved(row.reserved_cents, row.committed_cents))).collect())
}

async fn told(
    store: &Store,
    contract: &contract::Model,
    (organisation, month): (OrganisationId, NaiveDate),
    kept: Moved,
    counted: Moved,
) -> Result<Differing, Error> {
    let tender = tender::Entity::find_by_id(contract.tender_id).one(store.reader()).await?;
    let organisation = organisation::Entity::find_by_id(organisation.as_uuid()).one(store.reader()).await?;
    Ok(Differing {
        contract: tender.map(|row| row.reference).unwrap_or_default(),
        organisation: organisation.map(|row| row.name).unwrap_or_default(),
        month,
        kept,
        counted,
    })
}

fn moved(reserved: i64, committed: i64) -> Moved {
    Moved { reserved: Money::from_cents(reserved), committed: Money::from_cents(committed) }
}
