//! Contracts: their price list, their allotments, and what the ledger says of each.

use std::collections::BTreeMap;

use domain::{
    authz::{Action, Authorised, Reach, Scope},
    contract::{Allotment, Contract, ContractLine, ContractSurety, NewContract},
    kernel::{
        Money, Percent, Quantity, UnitPrice,
        ids::{ContractId, OrganisationId, TenderId},
        reference::TenderRef,
        time::brussels,
    },
    ledger::Balance,
    specification::PriceMode,
    tender::{Stage, Tender},
};
use entity::{allotment, contract, contract_line, tender};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select, sea_query::Query,
};
use uuid::Uuid;

use crate::{
    Error, Services,
    store::{Change, Tx, ceiling, central, execution, ledger, ordered, organisations, search_key},
};

/// Keeps what a tender becomes at its conclusion.
pub async fn insert<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    new: &NewContract,
) -> Result<(ContractId, Change), Error> {
    let id = tx.next_id();
    let clauses = serde_json::to_value(&new.clauses).map_err(|error| Error::Corrupt(error.to_string()))?;
    contract::Entity::insert(contract::ActiveModel {
        id: Set(id),
        tender_id: Set(permitted.subject().id.as_uuid()),
        supplier_id: Set(new.supplier.as_uuid()),
        ceiling_cents: Set(new.ceiling.cents()),
        surety_cents: Set(new.surety.map(Money::cents)),
        surety_due_on: Set(new.surety_due_on),
        surety_deposited_on: Set(None),
        surety_reference: Set(None),
        surety_released_cents: Set(0),
        order_surety_millionths: Set(new.order_surety.map(Percent::millionths)),
        concluded_on: Set(new.concluded_on),
        ends_on: Set(new.ends_on),
        clauses: Set(clauses),
        version: Set(1),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    let lines = (0..).zip(&new.lines).map(|(position, line)| line_row(id, position, line));
    contract_line::Entity::insert_many(lines).exec_without_returning(tx.raw()).await?;
    let allotments = new.allotments.iter().map(|(organisation, amount)| allotment::ActiveModel {
        contract_id: Set(id),
        organisation_id: Set(organisation.as_uuid()),
        amount_cents: Set(amount.cents()),
    });
    allotment::Entity::insert_many(allotments).exec_without_returning(tx.raw()).await?;
    Ok((ContractId::from_uuid(id), Change::written()))
}

fn line_row(contract: Uuid, position: i32, line: &ContractLine) -> contract_line::ActiveModel {
    contract_line::ActiveModel {
        contract_id: Set(contract),
        code: Set(line.code.clone()),
        position: Set(position),
        item: Set(line.item.clone()),
        unit: Set(line.unit.clone()),
        mode: Set(mode_code(line.mode).to_owned()),
        quantity_thousandths: Set(line.quantity.map(Quantity::thousandths)),
        unit_price_ten_thousandths: Set(line.unit_price.ten_thousandths()),
        vat_millionths: Set(line.vat.millionths()),
    }
}

/// The contract, locked, in the actor's scope, or *not found*: whoever draws on it waits for whoever draws before.
pub async fn lock(tx: &Tx, scope: Scope, reference: TenderRef) -> Result<Contract, Error> {
    let row = by_reference(scope, reference).one(tx.raw()).await?.ok_or(Error::NotFound)?;
    locked(tx, row).await
}

/// The same for an order: every authority may ask of a framework that is offered, and is told why it may not order.
pub async fn lock_to_order(tx: &Tx, scope: Scope, reference: TenderRef) -> Result<Contract, Error> {
    let row = of_tender(to_order(scope), reference).one(tx.raw()).await?.ok_or(Error::NotFound)?;
    locked(tx, row).await
}

/// The same, from a voucher that names it.
pub(super) async fn lock_id(tx: &Tx, id: Uuid) -> Result<Contract, Error> {
    let row = contract::Entity::find_by_id(id).one(tx.raw()).await?.ok_or(Error::NotFound)?;
    locked(tx, row).await
}

/// The tender's row first, then the contract's: the tender holds the stage, so what ends the contract waits for an order
/// under way, and an order that waited reads the stage that was left.
async fn locked(tx: &Tx, seen: contract::Model) -> Result<Contract, Error> {
    tx.locked(tender::Entity::find_by_id(seen.tender_id)).one(tx.raw()).await?.ok_or(Error::NotFound)?;
    let row = tx.locked(contract::Entity::find_by_id(seen.id)).one(tx.raw()).await?.ok_or(Error::NotFound)?;
    one(tx.raw(), row).await
}

pub(super) async fn find_id<C: ConnectionTrait>(connection: &C, id: Uuid) -> Result<Contract, Error> {
    let row = contract::Entity::find_by_id(id).one(connection).await?.ok_or(Error::NotFound)?;
    one(connection, row).await
}

/// For a promise made about it, whoever made it.
pub(crate) async fn promised(services: &Services, id: ContractId) -> Result<Contract, Error> {
    find_id(services.store().reader(), id.as_uuid()).await
}

/// The contract of a tender, for those who take part in it and for its supplier.
pub async fn find(services: &Services, scope: Scope, reference: TenderRef) -> Result<Contract, Error> {
    let reader = services.store().reader();
    let row = by_reference(scope, reference).one(reader).await?.ok_or(Error::NotFound)?;
    one(reader, row).await
}

/// The same for the page of an order, as [`lock_to_order`] finds it.
pub async fn find_to_order(services: &Services, scope: Scope, reference: TenderRef) -> Result<Contract, Error> {
    let reader = services.store().reader();
    let row = of_tender(to_order(scope), reference).one(reader).await?.ok_or(Error::NotFound)?;
    one(reader, row).await
}

/// The latest concluded first, without their lines, and how many there are.
pub async fn list(services: &Services, scope: Scope, page: u64, per_page: u64) -> Result<(Vec<Contract>, u64), Error> {
    let reader = services.store().reader();
    let select = visible(scope).order_by_desc(contract::Column::ConcludedOn).order_by_desc(contract::Column::Id);
    let count = select.clone().count(reader).await?;
    let rows = select.offset(page.saturating_mul(per_page)).limit(per_page).all(reader).await?;
    let mut contracts = Vec::new();
    for row in rows {
        contracts.push(listed(reader, row).await?);
    }
    Ok((contracts, count))
}

fn by_reference(scope: Scope, reference: TenderRef) -> Select<contract::Entity> {
    of_tender(visible(scope), reference)
}

fn of_tender(select: Select<contract::Entity>, reference: TenderRef) -> Select<contract::Entity> {
    let tender = Query::select()
        .column(tender::Column::Id)
        .from(tender::Entity)
        .and_where(tender::Column::Reference.eq(reference.to_string()))
        .to_owned();
    select.filter(contract::Column::TenderId.in_subquery(tender))
}

/// A contract is its participants', its pilot's and its supplier's.
pub(super) fn visible(scope: Scope) -> Select<contract::Entity> {
    let select = contract::Entity::find();
    match scope.reach() {
        Reach::Everything => select,
        Reach::Published => select.filter(contract::Column::Id.is_null()),
        Reach::Firm(firm) => select.filter(contract::Column::SupplierId.eq(firm.as_uuid())),
        Reach::Authority(organisation) => select.filter(own(organisation)),
    }
}

fn to_order(scope: Scope) -> Select<contract::Entity> {
    match scope.reach() {
        Reach::Everything | Reach::Published | Reach::Firm(_) => visible(scope),
        Reach::Authority(organisation) => contract::Entity::find()
            .filter(own(organisation).add(contract::Column::TenderId.in_subquery(central::offered()))),
    }
}

fn own(organisation: OrganisationId) -> Condition {
    Condition::any()
        .add(contract::Column::Id.in_subquery(allotted(organisation)))
        .add(contract::Column::TenderId.in_subquery(piloted(organisation)))
}

fn allotted(organisation: OrganisationId) -> sea_orm::sea_query::SelectStatement {
    Query::select()
        .column(allotment::Column::ContractId)
        .from(allotment::Entity)
        .and_where(allotment::Column::OrganisationId.eq(organisation.as_uuid()))
        .to_owned()
}

fn piloted(organisation: OrganisationId) -> sea_orm::sea_query::SelectStatement {
    Query::select()
        .column(tender::Column::Id)
        .from(tender::Entity)
        .and_where(tender::Column::PilotId.eq(organisation.as_uuid()))
        .to_owned()
}

async fn one<C: ConnectionTrait>(connection: &C, row: contract::Model) -> Result<Contract, Error> {
    let lines = lines(connection, row.id).await?;
    let (allotments, moved) = allotments(connection, row.id).await?;
    let balances = ledger::balances(connection, row.id, &allotments).await?;
    whole(connection, row, lines, (allotments, moved), balances).await
}

/// Without its lines, which a list need not add up.
async fn listed<C: ConnectionTrait>(connection: &C, row: contract::Model) -> Result<Contract, Error> {
    let (allotments, moved) = allotments(connection, row.id).await?;
    let balances = ledger::kept_balances(connection, row.id, &allotments).await?;
    whole(connection, row, Vec::new(), (allotments, moved), balances).await
}

async fn whole<C: ConnectionTrait>(
    connection: &C,
    row: contract::Model,
    lines: Vec<ContractLine>,
    (allotments, moved): (Vec<allotment::Model>, i64),
    balances: BTreeMap<Uuid, Balance>,
) -> Result<Contract, Error> {
    let tender = tender::Entity::find_by_id(row.tender_id).one(connection).await?.ok_or(Error::NotFound)?;
    let entitled = central::entitled(connection, &tender).await?;
    let prices = execution::kept(connection, row.id, row.concluded_on, &lines).await?;
    let ids = allotments.iter().map(|row| row.organisation_id).chain([row.supplier_id, tender.pilot_id]);
    let names = organisations::names(connection, ids.collect()).await?;
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
    let mut allotments: Vec<_> = allotments
        .into_iter()
        .map(|row| Allotment {
            organisation: OrganisationId::from_uuid(row.organisation_id),
            name: name(row.organisation_id),
            balance: balances.get(&row.organisation_id).copied().unwrap_or_default(),
        })
        .collect();
    allotments.sort_by_key(|found| (found.organisation.as_uuid() != tender.pilot_id, search_key(&found.name)));
    let corrupt = |what: &str| Error::Corrupt(format!("contract {}: {what}", row.id));
    Ok(Contract {
        id: ContractId::from_uuid(row.id),
        tender: TenderId::from_uuid(row.tender_id),
        reference: tender.reference.parse().map_err(|_| corrupt("reference"))?,
        object: tender.object,
        nature: tender.nature.parse().map_err(|_| corrupt("nature"))?,
        procedure: tender.procedure.parse().map_err(|_| corrupt("procedure"))?,
        estimate: Money::from_cents(tender.estimate_cents),
        stage: Stage::from_code(&tender.stage).ok_or_else(|| corrupt("stage"))?,
        pilot: OrganisationId::from_uuid(tender.pilot_id),
        pilot_name: name(tender.pilot_id),
        supplier: OrganisationId::from_uuid(row.supplier_id),
        supplier_name: name(row.supplier_id),
        ceiling: Money::from_cents(row.ceiling_cents.checked_add(moved).ok_or_else(|| corrupt("ceiling"))?),
        initial_ceiling: Money::from_cents(row.ceiling_cents),
        surety: row.surety_cents.map(|cents| ContractSurety {
            amount: Money::from_cents(cents),
            due_on: row.surety_due_on,
            deposited_on: row.surety_deposited_on,
            reference: row.surety_reference.clone(),
            released: Money::from_cents(row.surety_released_cents),
        }),
        order_surety: row.order_surety_millionths.map(Percent::from_millionths),
        called_on: tender
            .notice_sent_on
            .or(tender.published_at.map(|at| brussels(at).date()))
            .unwrap_or(row.concluded_on),
        concluded_on: row.concluded_on,
        ends_on: row.ends_on,
        lines,
        prices,
        allotments,
        entitled,
        clauses: serde_json::from_value(row.clauses.clone()).map_err(|_| corrupt("clauses"))?,
        version: row.version,
        created_at: row.created_at,
    })
}

async fn lines<C: ConnectionTrait>(connection: &C, contract: Uuid) -> Result<Vec<ContractLine>, Error> {
    let rows = contract_line::Entity::find()
        .filter(contract_line::Column::ContractId.eq(contract))
        .order_by_asc(contract_line::Column::Position)
        .all(connection)
        .await?;
    let ordered = ordered::by_line(connection, contract).await?;
    rows.into_iter()
        .map(|row| {
            Ok(ContractLine {
                ordered: ordered.get(&row.code).copied().unwrap_or_default(),
                mode: mode(&row.mode).ok_or_else(|| Error::Corrupt(row.mode.clone()))?,
                code: row.code,
                item: row.item,
                unit: row.unit,
                quantity: row.quantity_thousandths.map(Quantity::from_thousandths),
                unit_price: UnitPrice::from_ten_thousandths(row.unit_price_ten_thousandths),
                vat: Percent::from_millionths(row.vat_millionths),
            })
        })
        .collect()
}

/// As they stand, and by how much modifications moved them together.
async fn allotments<C: ConnectionTrait>(connection: &C, contract: Uuid) -> Result<(Vec<allotment::Model>, i64), Error> {
    let rows = allotment::Entity::find().filter(allotment::Column::ContractId.eq(contract)).all(connection).await?;
    ceiling::moved(connection, contract, rows).await
}

pub(super) fn mode_code(mode: PriceMode) -> &'static str {
    match mode {
        PriceMode::Fixed => "fixed",
        PriceMode::Presumed => "presumed",
        PriceMode::RateOnly => "rate_only",
    }
}

fn mode(code: &str) -> Option<PriceMode> {
    [PriceMode::Fixed, PriceMode::Presumed, PriceMode::RateOnly].into_iter().find(|mode| mode_code(*mode) == code)
}
