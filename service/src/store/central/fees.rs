use std::collections::BTreeMap;

use domain::{
    central::{Due, Framework},
    kernel::{Money, ids::OrganisationId},
    ledger::Movement,
};
use entity::{ledger_entry, voucher};
use sea_orm::{
    ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

use crate::{Error, Services, store::organisations};

/// What each user of a framework that the caller has found owes its body, by year of the commitments; the body itself owes
/// nothing.
pub async fn dues(services: &Services, framework: &Framework) -> Result<Vec<Due>, Error> {
    let Some(running) = &framework.running else { return Ok(Vec::new()) };
    let corrupt = || Error::Corrupt(format!("fees of {}", framework.reference));
    let ordered = ordered(services, running.contract.as_uuid()).await?.ok_or_else(corrupt)?;
    let ids = ordered.keys().map(|(id, _)| *id).collect();
    let names = organisations::names(services.store().reader(), ids).await?;
    let users = ordered.into_iter().filter(|((id, _), _)| *id != framework.body.as_uuid());
    let dues = users.map(|((id, year), ordered)| {
        Ok(Due {
            organisation: OrganisationId::from_uuid(id),
            name: names.get(&id).cloned().unwrap_or_default(),
            year,
            ordered,
            amount: framework.offer.fee.due(ordered).ok_or_else(corrupt)?,
        })
    });
    dues.collect()
}

/// What approved vouchers hold, by authority and year; nothing when a sum does not fit.
async fn ordered(services: &Services, contract: Uuid) -> Result<Option<BTreeMap<(Uuid, i32), Money>>, Error> {
    let mut select = ledger_entry::Entity::find()
        .select_only()
        .column(ledger_entry::Column::OrganisationId)
        .column(voucher::Column::Year)
        .column(ledger_entry::Column::Kind)
        .expr_as(Expr::col((ledger_entry::Entity, ledger_entry::Column::AmountCents)).sum().cast_as("bigint"), "cents")
        .filter(ledger_entry::Column::ContractId.eq(contract))
        .filter(voucher::Column::Year.is_not_null())
        .group_by(ledger_entry::Column::OrganisationId)
        .group_by(voucher::Column::Year)
        .group_by(ledger_entry::Column::Kind);
    QueryTrait::query(&mut select).join(
        JoinType::InnerJoin,
        voucher::Entity,
        Expr::col((ledger_entry::Entity, ledger_entry::Column::VoucherId))
            .equals((voucher::Entity, voucher::Column::Id)),
    );
    let rows: Vec<(Uuid, i32, String, i64)> = select.into_tuple().all(services.store().reader()).await?;
    let mut sums: BTreeMap<(Uuid, i32), Money> = BTreeMap::new();
    for (organisation, year, kind, cents) in rows {
        let takes = Movement::from_code(&kind, Money::from_cents(cents)).and_then(Movement::takes);
        let sum = sums.entry((organisation, year)).or_default();
        let Some(more) = takes.and_then(|takes| sum.checked_add(takes)) else { return Ok(None) };
        *sum = more;
    }
    Ok(Some(sums))
}
