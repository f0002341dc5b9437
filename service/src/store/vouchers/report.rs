use chrono::NaiveDate;
use domain::{
    authz::{Reach, Scope},
    kernel::{Money, ids::OrganisationId, reference::TenderRef},
};
use entity::{contract, ledger_sum, organisation};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait as _, Query, SelectStatement},
};
use uuid::Uuid;

use super::{filter::of_reference, read::piloted};
use crate::{Error, Services};

/// What an authority committed in a month, HTVA.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ordered {
    pub organisation: OrganisationId,
    /// Its first day.
    pub month: NaiveDate,
    pub amount: Money,
}

/// What was committed from one month up to another, by the kept sums.
pub async fn ordered_by_month(
    services: &Services,
    scope: Scope,
    (from, before): (NaiveDate, NaiveDate),
    contract: Option<TenderRef>,
) -> Result<Vec<Ordered>, Error> {
    let mut select =
        visible(scope).filter(ledger_sum::Column::Month.gte(from)).filter(ledger_sum::Column::Month.lt(before));
    if let Some(reference) = contract {
        select = select.filter(ledger_sum::Column::ContractId.in_subquery(of_reference(reference)));
    }
    let rows: Vec<(Uuid, NaiveDate, i64)> = select
        .select_only()
        .column(ledger_sum::Column::OrganisationId)
        .column(ledger_sum::Column::Month)
        .expr_as(Expr::col(ledger_sum::Column::CommittedCents).sum().cast_as("bigint"), "cents")
        .group_by(ledger_sum::Column::Month)
        .group_by(ledger_sum::Column::OrganisationId)
        .into_tuple()
        .all(services.store().reader())
        .await?;
    let ordered = |(organisation, month, cents)| Ordered {
        organisation: OrganisationId::from_uuid(organisation),
        month,
        amount: Money::from_cents(cents),
    };
    Ok(rows.into_iter().map(ordered).collect())
}

/// The first month in which anything was ordered.
pub async fn first_month(services: &Services, scope: Scope) -> Result<Option<NaiveDate>, Error> {
    let row = visible(scope)
        .select_only()
        .column(ledger_sum::Column::Month)
        .order_by_asc(ledger_sum::Column::Month)
        .limit(1)
        .into_tuple()
        .one(services.store().reader())
        .await?;
    Ok(row)
}

/// Names of authorities, in the order of the alphabet.
pub async fn names(
    services: &Services,
    ids: impl IntoIterator<Item = OrganisationId>,
) -> Result<Vec<(OrganisationId, String)>, Error> {
    let rows = organisation::Entity::find()
        .filter(organisation::Column::Id.is_in(ids.into_iter().map(OrganisationId::as_uuid)))
        .order_by_asc(organisation::Column::SearchKey)
        .all(services.store().reader())
        .await?;
    Ok(rows.into_iter().map(|row| (OrganisationId::from_uuid(row.id), row.name)).collect())
}

/// An authority's own, all participants' of what it pilots, a firm's by all authorities.
fn visible(scope: Scope) -> Select<ledger_sum::Entity> {
    let select = ledger_sum::Entity::find();
    match scope.reach() {
        Reach::Everything => select,
        Reach::Published => select.filter(ledger_sum::Column::ContractId.is_null()),
        Reach::Firm(firm) => select.filter(ledger_sum::Column::ContractId.in_subquery(supplied(firm))),
        Reach::Authority(organisation) => select.filter(
            Condition::any()
                .add(ledger_sum::Column::OrganisationId.eq(organisation.as_uuid()))
                .add(ledger_sum::Column::ContractId.in_subquery(piloted(organisation))),
        ),
    }
}

fn supplied(firm: OrganisationId) -> SelectStatement {
    Query::select()
        .column(contract::Column::Id)
        .from(contract::Entity)
        .and_where(contract::Column::SupplierId.eq(firm.as_uuid()))
        .to_owned()
}
