use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{
    authz::{Reach, Scope},
    document::Document,
    kernel::{
        Money, Percent, Quantity, UnitPrice,
        ids::{FileId, OrganisationId, PersonId, VoucherId},
        reference::VoucherRef,
    },
    voucher::{BudgetShare, Commitment, Status, Step, Voucher, VoucherLine},
};
use entity::{contract, organisation, tender, voucher, voucher_line, voucher_step};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect as _, Select,
    sea_query::{ExprTrait as _, Query},
};
use uuid::Uuid;

use super::{budget, deliveries, invoices, surety};
use crate::{
    Error, Services,
    store::{Tx, contracts, ledger},
};

/// The voucher, and before it its tender and its contract, all locked: whoever draws on the contract waits. In the actor's
/// scope, or *not found*.
pub async fn lock(tx: &Tx, scope: Scope, id: VoucherId) -> Result<Voucher, Error> {
    let seen = by_id(scope, id).one(tx.raw()).await?.ok_or(Error::NotFound)?;
    let contract = contracts::lock_id(tx, seen.contract_id).await?;
    let row = tx.locked(by_id(scope, id)).one(tx.raw()).await?.ok_or(Error::NotFound)?;
    one(tx.raw(), row, contract).await
}

pub async fn find(services: &Services, scope: Scope, id: VoucherId) -> Result<Voucher, Error> {
    let reader = services.store().reader();
    let row = by_id(scope, id).one(reader).await?.ok_or(Error::NotFound)?;
    let contract = contracts::find_id(reader, row.contract_id).await?;
    one(reader, row, contract).await
}

/// For a promise made about it, whoever made it.
pub(crate) async fn promised(services: &Services, id: VoucherId) -> Result<Voucher, Error> {
    let reader = services.store().reader();
    let row = voucher::Entity::find_by_id(id.as_uuid()).one(reader).await?.ok_or(Error::NotFound)?;
    let contract = contracts::find_id(reader, row.contract_id).await?;
    one(reader, row, contract).await
}

fn by_id(scope: Scope, id: VoucherId) -> Select<voucher::Entity> {
    visible(scope).filter(voucher::Column::Id.eq(id.as_uuid()))
}

/// A voucher is its authority's and its contract's pilot's; its supplier's once it was sent.
pub(in crate::store) fn visible(scope: Scope) -> Select<voucher::Entity> {
    let select = voucher::Entity::find();
    match scope.reach() {
        Reach::Everything => select,
        Reach::Published => select.filter(voucher::Column::Id.is_null()),
        Reach::Firm(firm) => {
            select.filter(voucher::Column::SupplierId.eq(firm.as_uuid()).and(voucher::Column::SentAt.is_not_null()))
        }
        Reach::Authority(organisation) => select.filter(
            Condition::any()
                .add(voucher::Column::OrganisationId.eq(organisation.as_uuid()))
                .add(voucher::Column::ContractId.in_subquery(piloted(organisation))),
        ),
    }
}

pub(super) fn piloted(organisation: OrganisationId) -> sea_orm::sea_query::SelectStatement {
    let tenders = Query::select()
        .column(tender::Column::Id)
        .from(tender::Entity)
        .and_where(tender::Column::PilotId.eq(organisation.as_uuid()))
        .to_owned();
    Query::select()
        .column(contract::Column::Id)
        .from(contract::Entity)
        .and_where(contract::Column::TenderId.in_subquery(tenders))
        .to_owned()
}

/// One step of a voucher's life, as its page tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepTaken {
    pub step: Step,
    /// Name of the person and of the organisation they acted for, as they were then.
    pub who: String,
    pub note: Option<String>,
    pub at: DateTime<Utc>,
}

/// The steps of a voucher that the caller has already found in their scope, oldest first.
pub async fn steps(services: &Services, id: VoucherId) -> Result<Vec<StepTaken>, Error> {
    let rows = voucher_step::Entity::find()
        .filter(voucher_step::Column::VoucherId.eq(id.as_uuid()))
        .order_by_asc(voucher_step::Column::CreatedAt)
        .order_by_asc(voucher_step::Column::Id)
        .all(services.store().reader())
        .await?;
    rows.into_iter()
        .map(|row| {
            let step = Step::from_code(&row.step).ok_or_else(|| Error::Corrupt(row.step.clone()))?;
            Ok(StepTaken { step, who: row.who, note: row.note, at: row.created_at })
        })
        .collect()
}

/// What an approved voucher says, frozen at its approval; the caller has found it in their scope.
pub async fn document(services: &Services, id: VoucherId) -> Result<Document, Error> {
    let row = voucher::Entity::find_by_id(id.as_uuid()).one(services.store().reader()).await?.ok_or(Error::NotFound)?;
    let document = row.document.ok_or(Error::NotFound)?;
    serde_json::from_value(document).map_err(|error| Error::Corrupt(format!("voucher {id}: {error}")))
}

/// A row of this contract, with all that belongs to it.
pub(in crate::store) async fn one<C: ConnectionTrait>(
    connection: &C,
    row: voucher::Model,
    contract: domain::contract::Contract,
) -> Result<Voucher, Error> {
    let corrupt = |what: &str| Error::Corrupt(format!("voucher {}: {what}", row.id));
    let deliveries = deliveries::of(connection, row.id).await?;
    let name = organisation::Entity::find_by_id(row.organisation_id).one(connection).await?.map(|found| found.name);
    Ok(Voucher {
        id: VoucherId::from_uuid(row.id),
        contract,
        organisation: OrganisationId::from_uuid(row.organisation_id),
        organisation_name: name.unwrap_or_default(),
        status: Status::from_code(&row.status).ok_or_else(|| corrupt("status"))?,
        number: number(row.year, row.number),
        lines: lines(connection, row.id).await?,
        invoices: invoices::of(connection, row.id, &deliveries).await?,
        deliveries,
        commitment: commitment(&row, budget::others(connection, &row).await?).ok_or_else(|| corrupt("commitment"))?,
        excluding: Money::from_cents(row.excluding_cents),
        vat: Money::from_cents(row.vat_cents),
        including: Money::from_cents(row.including_cents),
        sent_at: row.sent_at,
        held: ledger::held(connection, row.id).await?,
        authors: authors(connection, &row).await?,
        surety: surety::of(connection, row.id).await?,
        file: row.file_id.map(FileId::from_uuid),
        version: row.version,
        created_at: row.created_at,
        object: row.object,
        delivery_address: row.delivery_address,
        wanted_on: row.wanted_on,
        refusal: row.refusal,
    })
}

/// Who drew it, and who changed it since.
async fn authors<C: ConnectionTrait>(connection: &C, row: &voucher::Model) -> Result<BTreeSet<PersonId>, Error> {
    let edited: Vec<Option<Uuid>> = voucher_step::Entity::find()
        .filter(voucher_step::Column::VoucherId.eq(row.id))
        .filter(voucher_step::Column::Step.eq(Step::Edit.code()))
        .select_only()
        .column(voucher_step::Column::PersonId)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(edited.into_iter().flatten().chain([row.created_by]).map(PersonId::from_uuid).collect())
}

pub(super) fn number(year: Option<i32>, number: Option<i32>) -> Option<VoucherRef> {
    VoucherRef::new(u16::try_from(year?).ok()?, u32::try_from(number?).ok()?)
}

/// None: the row says half of a commitment.
#[expect(clippy::option_option, reason = "no commitment yet is not a broken one")]
fn commitment(row: &voucher::Model, others: Vec<BudgetShare>) -> Option<Option<Commitment>> {
    let Some(article) = &row.budget_article else { return Some(None) };
    Some(Some(Commitment {
        article: article.parse().ok()?,
        credit: Money::from_cents(row.credit_cents?),
        others,
        number: row.commitment_number.clone()?,
        on: row.commitment_on?,
    }))
}

async fn lines<C: ConnectionTrait>(connection: &C, voucher: Uuid) -> Result<Vec<VoucherLine>, Error> {
    let rows = voucher_line::Entity::find()
        .filter(voucher_line::Column::VoucherId.eq(voucher))
        .order_by_asc(voucher_line::Column::Position)
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| VoucherLine {
            code: row.code,
            item: row.item,
            unit: row.unit,
            quantity: Quantity::from_thousandths(row.quantity_thousandths),
            unit_price: UnitPrice::from_ten_thousandths(row.unit_price_ten_thousandths),
            price_from: row.price_from,
            vat: Percent::from_millionths(row.vat_millionths),
            amount: Money::from_cents(row.amount_cents),
        })
        .collect())
}
