//! The ledger of a contract: entries that are only ever added, and their sums.

use std::collections::BTreeMap;

use domain::{
    kernel::{
        Money,
        ids::{ContractId, OrganisationId, VoucherId},
    },
    ledger::{Balance, Dated, Entry, Held, LedgerError, Moved, Movement},
};
use entity::{allotment, allotment_loan, ledger_entry};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait as _, Query, SelectStatement},
};
use uuid::Uuid;

use crate::{
    Error, Services,
    store::{Change, Tx, ledger_sums},
};

/// Adds what the rules took, and what it changes of the sums.
pub(super) async fn insert(tx: &Tx, contract: ContractId, entry: Entry) -> Result<Change, Error> {
    let before = held(tx.raw(), entry.voucher.as_uuid()).await?;
    let moved = before.with(entry.movement).and_then(|after| Moved::between(before, after));
    let moved = moved.ok_or_else(|| corrupt(entry.voucher.as_uuid()))?;
    ledger_sums::add(tx, contract, entry.participant, moved).await?;
    ledger_entry::Entity::insert(ledger_entry::ActiveModel {
        id: Set(tx.next_id()),
        contract_id: Set(contract.as_uuid()),
        organisation_id: Set(entry.participant.as_uuid()),
        voucher_id: Set(entry.voucher.as_uuid()),
        kind: Set(entry.movement.code().to_owned()),
        amount_cents: Set(entry.movement.amount().cents()),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(Change::written())
}

/// No room is a refusal; entries that contradict the voucher are no answer to anybody.
pub(super) fn said_no(error: LedgerError) -> Error {
    match error {
        LedgerError::Refused(refusal) => Error::Refused(refusal.into()),
        other @ (LedgerError::NoAmount
        | LedgerError::OtherParticipant
        | LedgerError::AlreadyCommitted
        | LedgerError::NotReserved { .. }
        | LedgerError::NotHeld { .. }) => Error::Corrupt(format!("ledger: {other}")),
    }
}

/// What each participant has, lent, borrowed, reserved and committed: added up at each reading.
pub(super) async fn balances<C: ConnectionTrait>(
    connection: &C,
    contract: Uuid,
    allotments: &[allotment::Model],
) -> Result<BTreeMap<Uuid, Balance>, Error> {
    let of_contract = || ledger_entry::Column::ContractId.eq(contract);
    let entries = || ledger_entry::Entity::find().filter(of_contract());
    let taken = sums(connection, entries()).await?;
    let approved = approved(of_contract());
    let committed = sums(connection, entries().filter(ledger_entry::Column::VoucherId.in_subquery(approved))).await?;
    let mut drawn = BTreeMap::new();
    for (id, taken) in taken {
        let committed = committed.get(&id).copied().unwrap_or_default();
        let reserved = taken.checked_sub(committed).ok_or_else(|| corrupt(contract))?;
        drawn.insert(id, Moved { reserved, committed });
    }
    balanced(connection, contract, allotments, &drawn).await
}

/// The same by the kept sums, for lists; what is ordered is judged by the entries.
pub(super) async fn kept_balances<C: ConnectionTrait>(
    connection: &C,
    contract: Uuid,
    allotments: &[allotment::Model],
) -> Result<BTreeMap<Uuid, Balance>, Error> {
    let drawn = ledger_sums::of_contract(connection, contract).await?;
    balanced(connection, contract, allotments, &drawn).await
}

async fn balanced<C: ConnectionTrait>(
    connection: &C,
    contract: Uuid,
    allotments: &[allotment::Model],
    drawn: &BTreeMap<Uuid, Moved>,
) -> Result<BTreeMap<Uuid, Balance>, Error> {
    let lent = lent(connection, contract).await?;
    let balance = |row: &allotment::Model| {
        let Moved { reserved, committed } = drawn.get(&row.organisation_id).copied().unwrap_or_default();
        let (lent, borrowed) = lent.get(&row.organisation_id).copied().unwrap_or_default();
        Balance { allotment: Money::from_cents(row.amount_cents), lent, borrowed, reserved, committed }
    };
    Ok(allotments.iter().map(|row| (row.organisation_id, balance(row))).collect())
}

/// What one voucher holds.
pub(super) async fn held<C: ConnectionTrait>(connection: &C, voucher: Uuid) -> Result<Held, Error> {
    let rows = ledger_entry::Entity::find().filter(ledger_entry::Column::VoucherId.eq(voucher)).all(connection).await?;
    let movements: Vec<_> = rows.iter().map(movement).collect::<Result<_, _>>()?;
    Held::sum(movements).ok_or_else(|| corrupt(voucher))
}

/// All entries of a contract that the caller has found in their scope, oldest first.
pub async fn entries(services: &Services, contract: ContractId) -> Result<Vec<Dated>, Error> {
    dated(services.store().reader(), contract.as_uuid()).await
}

/// All entries of a contract, oldest first.
pub(super) async fn dated<C: ConnectionTrait>(connection: &C, contract: Uuid) -> Result<Vec<Dated>, Error> {
    let rows = ledger_entry::Entity::find()
        .filter(ledger_entry::Column::ContractId.eq(contract))
        .order_by_asc(ledger_entry::Column::CreatedAt)
        .order_by_asc(ledger_entry::Column::Id)
        .all(connection)
        .await?;
    rows.iter()
        .map(|row| {
            let participant = OrganisationId::from_uuid(row.organisation_id);
            let voucher = VoucherId::from_uuid(row.voucher_id);
            Ok(Dated { entry: Entry { participant, voucher, movement: movement(row)? }, at: row.created_at })
        })
        .collect()
}

/// What entries take, by participant.
async fn sums<C: ConnectionTrait>(
    connection: &C,
    entries: Select<ledger_entry::Entity>,
) -> Result<BTreeMap<Uuid, Money>, Error> {
    let rows: Vec<(Uuid, String, i64)> = entries
        .select_only()
        .column(ledger_entry::Column::OrganisationId)
        .column(ledger_entry::Column::Kind)
        .expr_as(Expr::col(ledger_entry::Column::AmountCents).sum().cast_as("bigint"), "cents")
        .group_by(ledger_entry::Column::OrganisationId)
        .group_by(ledger_entry::Column::Kind)
        .into_tuple()
        .all(connection)
        .await?;
    let mut sums = BTreeMap::new();
    for (organisation, kind, cents) in rows {
        let takes = Movement::from_code(&kind, Money::from_cents(cents)).and_then(Movement::takes);
        let sum: &mut Money = sums.entry(organisation).or_default();
        *sum = takes.and_then(|takes| sum.checked_add(takes)).ok_or_else(|| corrupt(organisation))?;
    }
    Ok(sums)
}

/// The vouchers that committed, of these entries.
fn approved(of: Expr) -> SelectStatement {
    Query::select()
        .column(ledger_entry::Column::VoucherId)
        .from(ledger_entry::Entity)
        .and_where(of)
        .and_where(ledger_entry::Column::Kind.eq(Movement::Commit(Money::ZERO).code()))
        .to_owned()
}

/// What each participant lent and borrowed, by the loans that both agreed to.
async fn lent<C: ConnectionTrait>(connection: &C, contract: Uuid) -> Result<BTreeMap<Uuid, (Money, Money)>, Error> {
    let rows = allotment_loan::Entity::find()
        .filter(allotment_loan::Column::ContractId.eq(contract))
        .filter(allotment_loan::Column::LenderAgreedOn.is_not_null())
        .filter(allotment_loan::Column::BorrowerAgreedOn.is_not_null())
        .filter(allotment_loan::Column::WithdrawnOn.is_null())
        .all(connection)
        .await?;
    let mut sums: BTreeMap<Uuid, (Money, Money)> = BTreeMap::new();
    for row in rows {
        let amount = Money::from_cents(row.amount_cents);
        let lent = &mut sums.entry(row.lender_id).or_default().0;
        *lent = lent.checked_add(amount).ok_or_else(|| corrupt(contract))?;
        let borrowed = &mut sums.entry(row.borrower_id).or_default().1;
        *borrowed = borrowed.checked_add(amount).ok_or_else(|| corrupt(contract))?;
    }
    Ok(sums)
}

fn movement(row: &ledger_entry::Model) -> Result<Movement, Error> {
    Movement::from_code(&row.kind, Money::from_cents(row.amount_cents)).ok_or_else(|| corrupt(row.id))
}

fn corrupt(id: Uuid) -> Error {
    Error::Corrupt(format!("ledger of {id}"))
}
