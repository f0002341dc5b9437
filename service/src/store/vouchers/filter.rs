//! What a list of vouchers asks for, and what it may be asked for.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{
    authz::Scope,
    kernel::{
        ids::OrganisationId,
        reference::{TenderRef, VoucherRef},
        time::utc_from_brussels,
    },
    voucher::Status,
};
use entity::{allotment, contract, organisation, tender, voucher};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder as _, QuerySelect as _, QueryTrait as _, Select,
    sea_query::{Query, SelectStatement},
};

use super::visible;
use crate::{
    Error, Services,
    store::{contracts, holds},
};

/// What a list asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    pub statuses: Vec<Status>,
    /// Of the number; of the drawing, where there is no number yet.
    pub year: Option<u16>,
    pub contract: Option<TenderRef>,
    /// Only those of this authority, of all that the pilot may see.
    pub organisation: Option<OrganisationId>,
    pub supplier: Option<OrganisationId>,
    /// A number, or words of the object.
    pub text: String,
    /// From 0.
    pub page: u64,
    pub per_page: u64,
}

/// Who orders and who supplies, by name: what a list may be filtered by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parties {
    pub authorities: Vec<(OrganisationId, String)>,
    pub suppliers: Vec<(OrganisationId, String)>,
}

/// The parties of the contracts that this scope sees.
pub async fn parties(services: &Services, scope: Scope) -> Result<Parties, Error> {
    let seen = |column| contracts::visible(scope).select_only().column(column).into_query();
    let authorities = Query::select()
        .column(allotment::Column::OrganisationId)
        .from(allotment::Entity)
        .and_where(allotment::Column::ContractId.in_subquery(seen(contract::Column::Id)))
        .to_owned();
    Ok(Parties {
        authorities: named(services, authorities).await?,
        suppliers: named(services, seen(contract::Column::SupplierId)).await?,
    })
}

async fn named(services: &Services, ids: SelectStatement) -> Result<Vec<(OrganisationId, String)>, Error> {
    let rows = organisation::Entity::find()
        .filter(organisation::Column::Id.in_subquery(ids))
        .order_by_asc(organisation::Column::SearchKey)
        .all(services.store().reader())
        .await?;
    Ok(rows.into_iter().map(|row| (OrganisationId::from_uuid(row.id), row.name)).collect())
}

pub(super) fn filtered(scope: Scope, filter: &Filter) -> Select<voucher::Entity> {
    let mut select = visible(scope);
    if !filter.statuses.is_empty() {
        select = select.filter(voucher::Column::Status.is_in(filter.statuses.iter().map(|status| status.code())));
    }
    if let Some(reference) = filter.contract {
        select = select.filter(voucher::Column::ContractId.in_subquery(of_reference(reference)));
    }
    if let Some(organisation) = filter.organisation {
        select = select.filter(voucher::Column::OrganisationId.eq(organisation.as_uuid()));
    }
    if let Some(supplier) = filter.supplier {
        select = select.filter(voucher::Column::SupplierId.eq(supplier.as_uuid()));
    }
    if let Some(year) = filter.year {
        select = select.filter(of_year(year));
    }
    match filter.text.trim() {
        "" => select,
        text => select.filter(of_text(text)),
    }
}

fn of_year(year: u16) -> Condition {
    let numbered = voucher::Column::Year.eq(i32::from(year));
    let Some((first, next)) = start(year).zip(start(year.saturating_add(1))) else {
        return Condition::all().add(numbered);
    };
    let drawn = Condition::all()
        .add(voucher::Column::Year.is_null())
        .add(voucher::Column::CreatedAt.gte(first))
        .add(voucher::Column::CreatedAt.lt(next));
    Condition::any().add(numbered).add(drawn)
}

/// The first instant of a year in Belgium.
fn start(year: u16) -> Option<DateTime<Utc>> {
    utc_from_brussels(NaiveDate::from_ymd_opt(i32::from(year), 1, 1)?, NaiveTime::MIN).ok()
}

fn of_text(text: &str) -> Condition {
    if let Ok(number) = text.to_uppercase().parse::<VoucherRef>() {
        return Condition::all()
            .add(voucher::Column::Year.eq(i32::from(number.year())))
            .add(voucher::Column::Number.eq(i64::from(number.number())));
    }
    let words = text.split_whitespace().map(|word| holds(voucher::Column::SearchKey, word));
    words.fold(Condition::all(), Condition::add)
}

pub(super) fn of_reference(reference: TenderRef) -> SelectStatement {
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
