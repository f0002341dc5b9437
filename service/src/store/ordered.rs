//! What is ordered of each line of a contract, by all participants together.

use std::collections::BTreeMap;

use domain::{
    kernel::Quantity,
    voucher::{Quantities, Status},
};
use entity::{acceptance, voucher, voucher_line};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::Error;

/// Lines of the vouchers that hold; of a closed one, what was accepted.
pub(super) async fn by_line<C: ConnectionTrait>(connection: &C, contract: Uuid) -> Result<Quantities, Error> {
    let holding = Status::ALL.into_iter().filter(|status| status.is_committed()).map(Status::code);
    let vouchers = voucher::Entity::find()
        .filter(voucher::Column::ContractId.eq(contract))
        .filter(voucher::Column::Status.is_in(holding))
        .all(connection)
        .await?;
    let (closed, open): (Vec<_>, Vec<_>) =
        vouchers.into_iter().map(|row| (row.id, row.status)).partition(|(_, status)| status == Status::Closed.code());
    let mut sum = BTreeMap::new();
    let lines = voucher_line::Entity::find()
        .filter(voucher_line::Column::VoucherId.is_in(open.into_iter().map(|(id, _)| id)))
        .all(connection)
        .await?;
    for line in lines {
        add(&mut sum, &line.code, Quantity::from_thousandths(line.quantity_thousandths))?;
    }
    let accepted = acceptance::Entity::find()
        .filter(acceptance::Column::VoucherId.is_in(closed.into_iter().map(|(id, _)| id)))
        .all(connection)
        .await?;
    for row in accepted {
        for (code, quantity) in quantities(row.lines)? {
            add(&mut sum, &code, quantity)?;
        }
    }
    Ok(sum)
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
