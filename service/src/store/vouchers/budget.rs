//! What the articles of the budget bear of a voucher, beside the first one.

use domain::{kernel::Money, voucher::BudgetShare};
use entity::{voucher, voucher_budget};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{Error, store::Tx};

pub(super) async fn insert(tx: &Tx, voucher: Uuid, others: &[BudgetShare]) -> Result<(), Error> {
    if others.is_empty() {
        return Ok(());
    }
    let rows = (0..).zip(others).map(|(position, share)| voucher_budget::ActiveModel {
        voucher_id: Set(voucher),
        article: Set(share.article.to_string()),
        position: Set(position),
        amount_cents: Set(share.amount.cents()),
        credit_cents: Set(share.credit.cents()),
    });
    voucher_budget::Entity::insert_many(rows).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// A control that was made is void.
pub(super) async fn clear(tx: &Tx, voucher: Uuid) -> Result<(), Error> {
    voucher_budget::Entity::delete_many().filter(voucher_budget::Column::VoucherId.eq(voucher)).exec(tx.raw()).await?;
    Ok(())
}

/// None before the control.
pub(super) async fn others<C: ConnectionTrait>(
    connection: &C,
    row: &voucher::Model,
) -> Result<Vec<BudgetShare>, Error> {
    if row.budget_article.is_none() {
        return Ok(Vec::new());
    }
    let rows = voucher_budget::Entity::find()
        .filter(voucher_budget::Column::VoucherId.eq(row.id))
        .order_by_asc(voucher_budget::Column::Position)
        .all(connection)
        .await?;
    rows.into_iter()
        .map(|share| {
            Ok(BudgetShare {
                article: share.article.parse().map_err(|_| Error::Corrupt(format!("voucher {}: article", row.id)))?,
                amount: Money::from_cents(share.amount_cents),
                credit: Money::from_cents(share.credit_cents),
            })
        })
        .collect()
}
