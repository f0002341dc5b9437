use std::collections::BTreeMap;

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
use entity::{contract, ledger_entry, organisation, tender, voucher};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait as _,
    Select, sea_query::Query,
};
use uuid::Uuid;

use super::{
    read::{number, one},
    visible,
};
use crate::{
    Error, Services,
    store::{Tx, contracts},
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
    pub wanted_on: Option<NaiveDate>,
    pub created_at: DateTime<Utc>,
}

/// What a list asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    pub statuses: Vec<Status>,
    pub contract: Option<TenderRef>,
    /// Only those of this authority, of all that the pilot may see.
    pub organisation: Option<OrganisationId>,
    /// From 0.
    pub page: u64,
    pub per_page: u64,
}

/// What the vouchers that answer a filter add up to, HTVA.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sums {
    /// All of them.
    pub total: Money,
    /// What the ledger counts of them in the ceilings.
    pub ordered: Money,
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

/// What all that answer the filter add up to, on every page of the list.
pub async fn sums(services: &Services, scope: Scope, filter: &Filter) -> Result<Sums, Error> {
    let reader = services.store().reader();
    let drawn: Vec<i64> =
        filtered(scope, filter).select_only().column(voucher::Column::ExcludingCents).into_tuple().all(reader).await?;
    let ids = filtered(scope, filter).select_only().column(voucher::Column::Id).into_query();
    let entries: Vec<i64> = ledger_entry::Entity::find()
        .filter(ledger_entry::Column::VoucherId.in_subquery(ids))
        .select_only()
        .column(ledger_entry::Column::AmountCents)
        .into_tuple()
        .all(reader)
        .await?;
    let total = |cents: Vec<i64>| {
        Money::total(cents.into_iter().map(Money::from_cents)).ok_or_else(|| Error::Corrupt("vouchers".to_owned()))
    };
    Ok(Sums { total: total(drawn)?, ordered: total(entries)? })
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

fn filtered(scope: Scope, filter: &Filter) -> Select<voucher::Entity> {
    let mut select = visible(scope);
    if !filter.statuses.is_empty() {
        select = select.filter(voucher::Column::Status.is_in(filter.statuses.iter().map(|status| status.code())));
    }
    if let Some(reference) = filter.contract {
        select = select.filter(voucher::Column::ContractId.in_subquery(of_reference(reference)));
    }
    match filter.organisation {
        Some(organisation) => select.filter(voucher::Column::OrganisationId.eq(organisation.as_uuid())),
        None => select,
    }
}

fn of_reference(reference: TenderRef) -> sea_orm::sea_query::SelectStatement {
    let tender = Query::select()
        .column(tender::Column::Id)
        .from(tender::Entity)
        .and_where(tender::Column::Reference.eq(reference.to_string()))
        .to_owned();
    Query::select()
        .column(contract::Column::Id)
        .from(contract::Entity)
        .and_where(contract::Column::TenderId.in_subquery(tender))
        .to_owned()
}

async fn listed<C: ConnectionTrait>(connection: &C, rows: Vec<voucher::Model>) -> Result<Vec<Listed>, Error> {
    let contracts = references(connection, &rows).await?;
    let names = organisation::Entity::find()
        .filter(organisation::Column::Id.is_in(rows.iter().flat_map(|row| [row.organisation_id, row.supplier_id])))
        .all(connection)
        .await?;
    let name = |id| names.iter().find(|found| found.id == id).map(|found| found.name.clone()).unwrap_or_default();
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
        .filter(contract::Column::Id.is_in(rows.iter().map(|row| row.contract_id)))
        .all(connection)
        .await?;
    let tenders = tender::Entity::find()
        .filter(tender::Column::Id.is_in(contracts.iter().map(|row| row.tender_id)))
        .all(connection)
        .await?;
    let reference = |id| tenders.iter().find(|found| found.id == id)?.reference.parse().ok();
    Ok(contracts.into_iter().filter_map(|row| Some((row.id, reference(row.tender_id)?))).collect())
}
