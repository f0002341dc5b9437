use chrono::NaiveDate;
use domain::{
    authz::{Authorised, DraftVoucher, EditVoucher},
    kernel::{Money, ids::VoucherId, vat::VatTotals},
    ledger::{Entry, Movement},
    voucher::{Status, Step, VoucherDraft, VoucherLine},
};
use entity::{voucher, voucher_line};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use super::{
    budget,
    write::{change, insert_step},
};
use crate::{
    Error,
    store::{Change, Tx, ledger, search_key},
};

/// A new voucher of the actor's authority on the permitted contract.
pub async fn insert(
    tx: &Tx,
    permitted: &Authorised<DraftVoucher>,
    draft: &VoucherDraft,
    lines: &[VoucherLine],
    totals: &VatTotals,
) -> Result<(VoucherId, Change), Error> {
    let id = tx.next_id();
    let (actor, contract) = (permitted.actor(), permitted.subject());
    voucher::Entity::insert(voucher::ActiveModel {
        id: Set(id),
        contract_id: Set(contract.id.as_uuid()),
        organisation_id: Set(actor.organisation().as_uuid()),
        supplier_id: Set(contract.supplier.as_uuid()),
        status: Set(Status::Draft.code().to_owned()),
        year: Set(None),
        number: Set(None),
        object: Set(draft.object.clone()),
        search_key: Set(search_key(&draft.object)),
        delivery_address: Set(draft.delivery_address.clone()),
        wanted_on: Set(draft.wanted_on),
        excluding_cents: Set(totals.excluding.cents()),
        vat_cents: Set(totals.vat.cents()),
        including_cents: Set(totals.including.cents()),
        accepted_cents: Set(0),
        budget_article: Set(None),
        credit_cents: Set(None),
        commitment_number: Set(None),
        commitment_on: Set(None),
        organ: Set(None),
        decision_number: Set(None),
        sent_at: Set(None),
        refusal: Set(None),
        created_by: Set(actor.person().as_uuid()),
        document: Set(None),
        file_id: Set(None),
        version: Set(1),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    insert_lines(tx, id, lines).await?;
    insert_step(tx, permitted, id, Step::Edit, None).await?;
    let id = VoucherId::from_uuid(id);
    Ok((id, reserve(tx, permitted, id, totals.excluding).await?))
}

/// A draft at no price reserves nothing.
async fn reserve(
    tx: &Tx,
    permitted: &Authorised<DraftVoucher>,
    voucher: VoucherId,
    amount: Money,
) -> Result<Change, Error> {
    if !amount.is_positive() {
        return Ok(Change::all(Vec::new()));
    }
    let (participant, contract) = (permitted.actor().organisation(), permitted.subject());
    let entry = Entry { participant, voucher, movement: Movement::Reserve(amount) };
    contract.ledger().record(entry).map_err(ledger::said_no)?;
    ledger::insert(tx, contract.id, entry).await
}

/// Other lines in place of those that stood there; a control that was made is void.
pub async fn update(
    tx: &Tx,
    permitted: &Authorised<EditVoucher>,
    draft: &VoucherDraft,
    lines: &[VoucherLine],
    totals: &VatTotals,
) -> Result<Change, Error> {
    let id = permitted.subject().id.as_uuid();
    let nothing: Option<String> = None;
    change(tx, permitted.subject(), Status::Draft, |update| {
        update
            .col_expr(voucher::Column::Object, Expr::value(draft.object.clone()))
            .col_expr(voucher::Column::SearchKey, Expr::value(search_key(&draft.object)))
            .col_expr(voucher::Column::DeliveryAddress, Expr::value(draft.delivery_address.clone()))
            .col_expr(voucher::Column::WantedOn, Expr::value(draft.wanted_on))
            .col_expr(voucher::Column::ExcludingCents, Expr::value(totals.excluding.cents()))
            .col_expr(voucher::Column::VatCents, Expr::value(totals.vat.cents()))
            .col_expr(voucher::Column::IncludingCents, Expr::value(totals.including.cents()))
            .col_expr(voucher::Column::BudgetArticle, Expr::value(nothing.clone()))
            .col_expr(voucher::Column::CreditCents, Expr::value(None::<i64>))
            .col_expr(voucher::Column::CommitmentNumber, Expr::value(nothing.clone()))
            .col_expr(voucher::Column::CommitmentOn, Expr::value(None::<NaiveDate>))
    })
    .await?;
    voucher_line::Entity::delete_many().filter(voucher_line::Column::VoucherId.eq(id)).exec(tx.raw()).await?;
    budget::clear(tx, id).await?;
    insert_lines(tx, id, lines).await?;
    insert_step(tx, permitted, id, Step::Edit, None).await?;
    Ok(Change::written())
}

async fn insert_lines(tx: &Tx, voucher: Uuid, lines: &[VoucherLine]) -> Result<(), Error> {
    let rows = (0..).zip(lines).map(|(position, line)| voucher_line::ActiveModel {
        voucher_id: Set(voucher),
        code: Set(line.code.clone()),
        position: Set(position),
        item: Set(line.item.clone()),
        unit: Set(line.unit.clone()),
        quantity_thousandths: Set(line.quantity.thousandths()),
        unit_price_ten_thousandths: Set(line.unit_price.ten_thousandths()),
        price_from: Set(line.price_from),
        vat_millionths: Set(line.vat.millionths()),
        amount_cents: Set(line.amount.cents()),
    });
    voucher_line::Entity::insert_many(rows).exec_without_returning(tx.raw()).await?;
    Ok(())
}
