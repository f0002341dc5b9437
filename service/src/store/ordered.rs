//! What is ordered of each line of a contract, by all participants together.

use std::collections::BTreeMap;

use domain::{
    kernel::Quantity,
    voucher::{Quantities, Status},
};
use entity::{acceptance, voucher, voucher_line};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait as _, Query, SelectStatement},
};
use uuid::Uuid;

use crate::Error;

/// Lines of the vouchers that hold; of a closed one, what was accepted.
pub(super) async fn by_line<C: ConnectionTrait>(connection: &C, contract: Uuid) -> Result<Quantities, Error> {
    let (closed, open): (Vec<_>, Vec<_>) =
        Status::ALL.into_iter().filter(|status| status.is_committed()).partition(|status| *status == Status::Closed);
    let mut sum = BTreeMap::new();
    let lines: Vec<(String, i64)> = voucher_line::Entity::find()
        .filter(voucher_line::Column::VoucherId.in_subquery(vouchers(contract, open)))
        .select_only()
        .column(voucher_line::Column::Code)
        .expr_as(Expr::col(voucher_line::Column::QuantityThousandths).sum().cast_as("bigint"), "thousandths")
        .group_by(voucher_line::Column::Code)
        .into_tuple()
        .all(connection)
        .await?;
    for (code, thousandths) in lines {
        add(&mut sum, &code, Quantity::from_thousandths(thousandths))?;
    }
    let accepted = acceptance::Entity::find()
        .filter(acceptance::Column::VoucherId.in_subquery(vouchers(contract, closed)))
        .all(connection)
        .await?;
    for row in accepted {
        for (code, quantity) in quantities(row.lines)? {
            add(&mut sum, &code, quantity)?;
        }
    }
    Ok(sum)
}

fn vouchers(contract: Uuid, statuses: Vec<Status>) -> SelectStatement {
    Query::select()
        .column(voucher::Column::Id)
        .from(voucher::Entity)
        .and_where(voucher::Column::ContractId.eq(contract))
        .and_where(voucher::Column::Status.is_in(statuses.into_iter().map(Status::code)))
        .to_owned()
}

/// Quantities as deliveries and acceptances keep them.
pub(super) fn quantities(lines: serde_json::Value) -> Result<Quantities, Error> {
    serde_json::from_value(lines).map_err(|error| Error::Corrupt(format!("quantities: {error}")))
}

fn add(sum: &mut Quantities, code: &str, more: Quantity) -> Result<(), Error> {
    let entry = sum.entry(code.to_owned()).or_default();
    *entry = entry.checked_add(more).ok_or_else(|| Error::Corrupt(format!("quantities of {code}")))?;
    Ok(())
}
