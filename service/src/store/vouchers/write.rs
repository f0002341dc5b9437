use domain::{
    authz::{Action, ApproveVoucher, Authorised, CheckVoucher, SendVoucher},
    document::Document,
    kernel::{
        ids::{OrganisationId, VoucherId},
        reference::VoucherRef,
    },
    ledger::Movement,
    tender::Organ,
    voucher::{Commitment, Status, Step, Voucher},
};
use entity::{organisation, person, voucher, voucher_step};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, UpdateMany, sea_query::Expr};
use uuid::Uuid;

use super::budget;
use crate::{
    Error, Services,
    store::{Change, Tx, files, ledger},
};

/// What the finance director declared.
pub async fn check(
    tx: &Tx,
    permitted: &Authorised<CheckVoucher>,
    after: Status,
    commitment: &Commitment,
) -> Result<Change, Error> {
    change(tx, permitted.subject(), after, |update| {
        update
            .col_expr(voucher::Column::BudgetArticle, Expr::value(Some(commitment.article.to_string())))
            .col_expr(voucher::Column::CreditCents, Expr::value(Some(commitment.credit.cents())))
            .col_expr(voucher::Column::CommitmentNumber, Expr::value(Some(commitment.number.clone())))
            .col_expr(voucher::Column::CommitmentOn, Expr::value(Some(commitment.on)))
    })
    .await?;
    budget::insert(tx, permitted.subject().id.as_uuid(), &commitment.others).await?;
    step(tx, permitted, Step::Check, Some(commitment.number.clone())).await
}

/// It has its number, and what it says is frozen.
pub async fn approve(
    tx: &Tx,
    permitted: &Authorised<ApproveVoucher>,
    after: Status,
    number: VoucherRef,
    (organ, decision): (Organ, &str),
    document: &Document,
) -> Result<Change, Error> {
    let corrupt = |error: &dyn std::fmt::Display| Error::Corrupt(error.to_string());
    let place = i32::try_from(number.number()).map_err(|error| corrupt(&error))?;
    let document = serde_json::to_value(document).map_err(|error| corrupt(&error))?;
    change(tx, permitted.subject(), after, |update| {
        update
            .col_expr(voucher::Column::Year, Expr::value(Some(i32::from(number.year()))))
            .col_expr(voucher::Column::Number, Expr::value(Some(place)))
            .col_expr(voucher::Column::Organ, Expr::value(Some(organ.code())))
            .col_expr(voucher::Column::DecisionNumber, Expr::value(Some(decision.to_owned())))
            .col_expr(voucher::Column::Document, Expr::value(Some(document)))
    })
    .await?;
    step(tx, permitted, Step::Approve, Some(decision.to_owned())).await
}

/// It is on its way: from now on its supplier sees it.
pub async fn sent(tx: &Tx, permitted: &Authorised<SendVoucher>, after: Status) -> Result<Change, Error> {
    change(tx, permitted.subject(), after, |update| {
        update.col_expr(voucher::Column::SentAt, Expr::value(Some(tx.now())))
    })
    .await?;
    step(tx, permitted, Step::Send, None).await
}

/// A step that changes the status alone; `note` says why, where somebody said no.
pub async fn move_to<A: Action<Subject = Voucher>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    taken: Step,
    after: Status,
    note: Option<&str>,
) -> Result<Change, Error> {
    change(tx, permitted.subject(), after, |update| {
        if matches!(taken, Step::Decline | Step::Cancel) {
            update.col_expr(voucher::Column::Refusal, Expr::value(note.map(str::to_owned)))
        } else {
            update
        }
    })
    .await?;
    step(tx, permitted, taken, note.map(str::to_owned)).await
}

/// What the voucher moves in the ledger, if it moves anything.
pub async fn record<A: Action<Subject = Voucher>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    movement: Option<Movement>,
) -> Result<Change, Error> {
    let Some(movement) = movement else { return Ok(Change::all(Vec::new())) };
    let voucher = permitted.subject();
    let entry = voucher.entry(movement).map_err(ledger::said_no)?;
    ledger::insert(tx, voucher.contract.id, entry).await
}

/// The painted voucher is kept, once; whoever comes later leaves the first.
pub async fn keep_file(services: &Services, id: VoucherId, kept: &files::Kept) -> Result<(), Error> {
    let tx = services.begin().await?;
    let row = tx.locked(voucher::Entity::find_by_id(id.as_uuid())).one(tx.raw()).await?.ok_or(Error::NotFound)?;
    if row.file_id.is_some() {
        return Ok(());
    }
    let file = files::insert_painted(&tx, OrganisationId::from_uuid(row.organisation_id), kept).await?;
    voucher::Entity::update_many()
        .col_expr(voucher::Column::FileId, Expr::value(Some(file.as_uuid())))
        .filter(voucher::Column::Id.eq(row.id))
        .exec(tx.raw())
        .await?;
    tx.commit_unaudited().await
}

/// One update of the row that was read, and of no other version of it.
pub(super) async fn change(
    tx: &Tx,
    voucher: &Voucher,
    after: Status,
    columns: impl FnOnce(UpdateMany<voucher::Entity>) -> UpdateMany<voucher::Entity>,
) -> Result<(), Error> {
    let done = columns(voucher::Entity::update_many())
        .col_expr(voucher::Column::Status, Expr::value(after.code()))
        .col_expr(voucher::Column::Version, Expr::value(voucher.version + 1))
        .filter(voucher::Column::Id.eq(voucher.id.as_uuid()))
        .filter(voucher::Column::Version.eq(voucher.version))
        .exec(tx.raw())
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

pub(super) async fn step<A: Action<Subject = Voucher>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    taken: Step,
    note: Option<String>,
) -> Result<Change, Error> {
    insert_step(tx, permitted, permitted.subject().id.as_uuid(), taken, note).await?;
    Ok(Change::written())
}

pub(super) async fn insert_step<A: Action>(
    tx: &Tx,
    permitted: &Authorised<A>,
    voucher: Uuid,
    taken: Step,
    note: Option<String>,
) -> Result<(), Error> {
    let actor = permitted.actor();
    let person = person::Entity::find_by_id(actor.person().as_uuid()).one(tx.raw()).await?;
    let organisation = organisation::Entity::find_by_id(actor.organisation().as_uuid()).one(tx.raw()).await?;
    let name = |name: Option<String>| name.unwrap_or_default();
    voucher_step::Entity::insert(voucher_step::ActiveModel {
        id: Set(tx.next_id()),
        voucher_id: Set(voucher),
        step: Set(taken.code().to_owned()),
        who: Set(format!("{}, {}", name(person.map(|row| row.name)), name(organisation.map(|row| row.name)))),
        note: Set(note),
        person_id: Set(Some(actor.person().as_uuid())),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok(())
}
