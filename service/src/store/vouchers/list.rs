use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    authz::Scope,
    kernel::{
        Money,
        ids::{ContractId, OrganisationId, TenderId, VoucherId},
        reference::{TenderRef, VoucherRef},
    },
    voucher::{Outstanding, Status, Voucher},
};
use entity::{contract, tender, voucher};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait as _, Query},
};
use uuid::Uuid;

use super::{
    filter::{Filter, filtered},
    read::{number, one},
    visible,
};
use crate::{
    Error, Services,
    store::{Tx, contracts, organisations},
};

/// A voucher in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub id: VoucherId,
    pub number: Option<VoucherRef>,
    pub contract: TenderRef,
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub supplier_name: String,
    pub object: String,
    pub status: Status,
    pub excluding: Money,
    pub including: Money,
    /// What was accepted, HTVA.
    pub accepted: Money,
    pub wanted_on: Option<NaiveDate>,
    pub created_at: DateTime<Utc>,
}

impl Listed {
    /// HTVA: nothing before the approval; of a closed voucher what was accepted, the rest was given back.
    pub fn ordered(&self) -> Money {
        if self.status.is_open() {
            self.excluding
        } else if self.status.is_committed() {
            self.accepted
        } else {
            Money::ZERO
        }
    }

    /// Ordered and not accepted, HTVA.
    pub fn remaining(&self) -> Money {
        let left = self.ordered().checked_sub(self.accepted);
        Ord::max(left.unwrap_or(Money::ZERO), Money::ZERO)
    }
}

/// What the vouchers that answer a filter add up to, HTVA.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sums {
    /// All of them.
    pub total: Money,
    /// What is committed of them: of a closed one, what was accepted.
    pub ordered: Money,
    /// Ordered and not accepted.
    pub remaining: Money,
}

impl Sums {
    /// Of all vouchers of one status.
    fn of(status: Status, drawn: Money, accepted: Money) -> Option<Self> {
        let (ordered, remaining) = match (status.is_open(), status.is_committed()) {
            (true, _) => (drawn, drawn.checked_sub(accepted)?),
            (false, true) => (accepted, Money::ZERO),
            (false, false) => (Money::ZERO, Money::ZERO),
        };
        Some(Self { total: drawn, ordered, remaining })
    }

    /// Of vouchers that were read.
    pub fn over(listed: &[Listed]) -> Option<Self> {
        let nothing = Self { total: Money::ZERO, ordered: Money::ZERO, remaining: Money::ZERO };
        listed.iter().try_fold(nothing, |sums, one| {
            sums.plus(Self { total: one.excluding, ordered: one.ordered(), remaining: one.remaining() })
        })
    }

    fn plus(self, more: Self) -> Option<Self> {
        Some(Self {
            total: self.total.checked_add(more.total)?,
            ordered: self.ordered.checked_add(more.ordered)?,
            remaining: self.remaining.checked_add(more.remaining)?,
        })
    }
}

/// The oldest first, as many as the filter takes on a page.
pub async fn oldest(services: &Services, scope: Scope, filter: &Filter) -> Result<Vec<Listed>, Error> {
    let reader = services.store().reader();
    let rows = filtered(scope, filter)
        .order_by_asc(voucher::Column::CreatedAt)
        .order_by_asc(voucher::Column::Id)
        .limit(Ord::max(filter.per_page, 1))
        .all(reader)
        .await?;
    listed(reader, rows).await
}

/// All that answer the filter, whatever its page; in the order of the list.
pub async fn all(services: &Services, scope: Scope, filter: &Filter) -> Result<Vec<Listed>, Error> {
    let reader = services.store().reader();
    let select = filtered(scope, filter).order_by_desc(voucher::Column::CreatedAt).order_by_desc(voucher::Column::Id);
    listed(reader, select.all(reader).await?).await
}

/// The newest first, and how many there are.
pub async fn list(services: &Services, scope: Scope, filter: &Filter) -> Result<(Vec<Listed>, u64), Error> {
    let reader = services.store().reader();
    let select = filtered(scope, filter).order_by_desc(voucher::Column::CreatedAt).order_by_desc(voucher::Column::Id);
    let count = select.clone().count(reader).await?;
    let rows = select
        .offset(filter.page.saturating_mul(filter.per_page))
        .limit(Ord::max(filter.per_page, 1))
        .all(reader)
        .await?;
    Ok((listed(reader, rows).await?, count))
}

/// What all that answer the filter add up to, on every page of the list: one reading, status by status.
pub async fn sums(services: &Services, scope: Scope, filter: &Filter) -> Result<Sums, Error> {
    let sum = |column: voucher::Column| Expr::col(column).sum().cast_as("bigint");
    let rows: Vec<(String, i64, i64)> = filtered(scope, filter)
        .select_only()
        .column(voucher::Column::Status)
        .expr_as(sum(voucher::Column::ExcludingCents), "drawn")
        .expr_as(sum(voucher::Column::AcceptedCents), "accepted")
        .group_by(voucher::Column::Status)
        .into_tuple()
        .all(services.store().reader())
        .await?;
    let mut sums = Sums { total: Money::ZERO, ordered: Money::ZERO, remaining: Money::ZERO };
    for (status, drawn, accepted) in rows {
        let status = Status::from_code(&status).ok_or(Error::Corrupt(status))?;
        let more = Sums::of(status, Money::from_cents(drawn), Money::from_cents(accepted));
        sums = more.and_then(|more| sums.plus(more)).ok_or_else(|| Error::Corrupt("vouchers".to_owned()))?;
    }
    Ok(sums)
}

/// The open vouchers of a contract by what they wait for, each with the name of who ordered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Open {
    pub undelivered: Vec<(VoucherRef, String)>,
    pub unpaid: Vec<(VoucherRef, String)>,
}

/// Those of a tender's contract; in a write that has locked the tender.
pub async fn outstanding(tx: &Tx, tender: TenderId) -> Result<Open, Error> {
    let of_tender = Query::select()
        .column(contract::Column::Id)
        .from(contract::Entity)
        .and_where(contract::Column::TenderId.eq(tender.as_uuid()))
        .to_owned();
    let codes = Status::ALL.into_iter().filter(|status| status.is_open()).map(Status::code);
    let rows = voucher::Entity::find()
        .filter(voucher::Column::ContractId.in_subquery(of_tender))
        .filter(voucher::Column::Status.is_in(codes))
        .order_by_asc(voucher::Column::Year)
        .order_by_asc(voucher::Column::Number)
        .all(tx.raw())
        .await?;
    let waiting = waiting(tx.raw(), rows).await?;
    let named = |vouchers: Vec<Voucher>| {
        vouchers.into_iter().filter_map(|voucher| Some((voucher.number?, voucher.organisation_name))).collect()
    };
    Ok(Open { undelivered: named(waiting.undelivered), unpaid: named(waiting.unpaid) })
}

/// The open vouchers of a contract as a page lists them, each half the oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Waiting {
    pub undelivered: Vec<Voucher>,
    pub unpaid: Vec<Voucher>,
}

/// Those that this scope may see.
pub async fn open(services: &Services, scope: Scope, contract: TenderRef) -> Result<Waiting, Error> {
    let reader = services.store().reader();
    let statuses = Status::ALL.into_iter().filter(|status| status.is_open()).collect();
    let filter = Filter { statuses, contract: Some(contract), ..Filter::default() };
    let rows = filtered(scope, &filter)
        .order_by_asc(voucher::Column::CreatedAt)
        .order_by_asc(voucher::Column::Id)
        .all(reader)
        .await?;
    waiting(reader, rows).await
}

/// Rows of one contract, by what each waits for.
async fn waiting<C: ConnectionTrait>(connection: &C, rows: Vec<voucher::Model>) -> Result<Waiting, Error> {
    let mut waiting = Waiting::default();
    let Some(first) = rows.first() else { return Ok(waiting) };
    let contract = contracts::find_id(connection, first.contract_id).await?;
    for row in rows {
        let voucher = one(connection, row, contract.clone()).await?;
        match voucher.outstanding() {
            Some(Outstanding::Delivery) => waiting.undelivered.push(voucher),
            Some(Outstanding::Payment) => waiting.unpaid.push(voucher),
            None => {}
        }
    }
    Ok(waiting)
}

/// The latest vouchers of a contract within a scope.
pub async fn of_contract(services: &Services, scope: Scope, id: ContractId, most: u64) -> Result<Vec<Listed>, Error> {
    let reader = services.store().reader();
    let rows = visible(scope)
        .filter(voucher::Column::ContractId.eq(id.as_uuid()))
        .order_by_desc(voucher::Column::CreatedAt)
        .order_by_desc(voucher::Column::Id)
        .limit(most)
        .all(reader)
        .await?;
    listed(reader, rows).await
}

async fn listed<C: ConnectionTrait>(connection: &C, rows: Vec<voucher::Model>) -> Result<Vec<Listed>, Error> {
    let contracts = references(connection, &rows).await?;
    let parties = rows.iter().flat_map(|row| [row.organisation_id, row.supplier_id]).collect();
    let names = organisations::names(connection, parties).await?;
    let name = |id| names.get(&id).cloned().unwrap_or_default();
    rows.into_iter()
        .map(|row| {
            let corrupt = || Error::Corrupt(format!("voucher {}", row.id));
            Ok(Listed {
                id: VoucherId::from_uuid(row.id),
                number: number(row.year, row.number),
                contract: contracts.get(&row.contract_id).copied().ok_or_else(corrupt)?,
                organisation: OrganisationId::from_uuid(row.organisation_id),
                organisation_name: name(row.organisation_id),
                supplier_name: name(row.supplier_id),
                status: Status::from_code(&row.status).ok_or_else(corrupt)?,
                excluding: Money::from_cents(row.excluding_cents),
                including: Money::from_cents(row.including_cents),
                accepted: Money::from_cents(row.accepted_cents),
                wanted_on: row.wanted_on,
                created_at: row.created_at,
                object: row.object,
            })
        })
        .collect()
}

/// The references of the contracts that these vouchers are drawn on.
async fn references<C: ConnectionTrait>(
    connection: &C,
    rows: &[voucher::Model],
) -> Result<BTreeMap<Uuid, TenderRef>, Error> {
    let contracts = contract::Entity::find()
        .filter(contract::Column::Id.is_in(rows.iter().map(|row| row.contract_id).collect::<BTreeSet<_>>()))
        .all(connection)
        .await?;
    let tenders = tender::Entity::find()
        .filter(tender::Column::Id.is_in(contracts.iter().map(|row| row.tender_id)))
        .all(connection)
        .await?;
    let reference = |id| tenders.iter().find(|found| found.id == id)?.reference.parse().ok();
    Ok(contracts.into_iter().filter_map(|row| Some((row.id, reference(row.tender_id)?))).collect())
}
