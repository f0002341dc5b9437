use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    authz::{AcceptDelivery, Authorised, DeliverVoucher},
    kernel::ids::{DeliveryId, FileId, PersonId},
    voucher::{Acceptance, Delivery, Quantities, Status, Step, Verdict},
};
use entity::{acceptance, delivery, voucher};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use uuid::Uuid;

use super::write::{change, step};
use crate::{
    Error,
    store::{Change, Tx, ordered},
};

pub async fn deliver(
    tx: &Tx,
    permitted: &Authorised<DeliverVoucher>,
    (taken, after): (Step, Status),
    on: NaiveDate,
    note: &str,
    brought: &Quantities,
) -> Result<Change, Error> {
    change(tx, permitted.subject(), after, |update| update).await?;
    delivery::Entity::insert(delivery::ActiveModel {
        id: Set(tx.next_id()),
        voucher_id: Set(permitted.subject().id.as_uuid()),
        delivered_on: Set(on),
        note: Set(note.to_owned()),
        lines: Set(kept(brought)?),
        created_by: Set(Some(permitted.actor().person().as_uuid())),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    step(tx, permitted, taken, None).await
}

pub async fn accept(
    tx: &Tx,
    permitted: &Authorised<AcceptDelivery>,
    (taken, after): (Step, Status),
    delivery: DeliveryId,
    found: &Acceptance,
) -> Result<Change, Error> {
    let voucher = permitted.subject();
    let accepted = voucher.accepted_with(&found.quantities);
    let accepted = accepted.ok_or_else(|| Error::Corrupt(format!("quantities of voucher {}", voucher.id)))?;
    change(tx, voucher, after, |update| update.col_expr(voucher::Column::AcceptedCents, Expr::value(accepted.cents())))
        .await?;
    acceptance::Entity::insert(acceptance::ActiveModel {
        id: Set(tx.next_id()),
        voucher_id: Set(permitted.subject().id.as_uuid()),
        delivery_id: Set(delivery.as_uuid()),
        result: Set(found.verdict.code().to_owned()),
        accepted_on: Set(found.accepted_on),
        lines: Set(kept(&found.quantities)?),
        reasons: Set(found.reasons.clone()),
        file_id: Set(found.minutes.map(FileId::as_uuid)),
        created_by: Set(Some(permitted.actor().person().as_uuid())),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    step(tx, permitted, taken, found.reasons.clone()).await
}

pub(super) fn kept(quantities: &Quantities) -> Result<serde_json::Value, Error> {
    serde_json::to_value(quantities).map_err(|error| Error::Corrupt(error.to_string()))
}

pub(super) async fn of<C: ConnectionTrait>(connection: &C, voucher: Uuid) -> Result<Vec<Delivery>, Error> {
    let mut accepted: BTreeMap<_, _> = acceptance::Entity::find()
        .filter(acceptance::Column::VoucherId.eq(voucher))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.delivery_id, row))
        .collect();
    let rows = delivery::Entity::find()
        .filter(delivery::Column::VoucherId.eq(voucher))
        .order_by_asc(delivery::Column::CreatedAt)
        .order_by_asc(delivery::Column::Id)
        .all(connection)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Delivery {
                id: DeliveryId::from_uuid(row.id),
                delivered_on: row.delivered_on,
                note: row.note,
                quantities: ordered::quantities(row.lines)?,
                created_at: row.created_at,
                acceptance: accepted.remove(&row.id).map(as_acceptance).transpose()?,
            })
        })
        .collect()
}

fn as_acceptance(row: acceptance::Model) -> Result<Acceptance, Error> {
    Ok(Acceptance {
        verdict: Verdict::from_code(&row.result).ok_or_else(|| Error::Corrupt(row.result.clone()))?,
        accepted_on: row.accepted_on,
        quantities: ordered::quantities(row.lines)?,
        reasons: row.reasons,
        minutes: row.file_id.map(FileId::from_uuid),
        by: row.created_by.map(PersonId::from_uuid),
    })
}
