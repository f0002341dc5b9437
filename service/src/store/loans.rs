//! Loans of unused allotment between two participants of a contract.

use chrono::NaiveDate;
use domain::{
    authz::{AgreeLoan, Authorised, ProposeLoan, Scope, WithdrawLoan},
    contract::{Contract, Lending},
    kernel::{
        Money,
        ids::{LoanId, OrganisationId},
        reference::TenderRef,
        time::brussels,
    },
    ledger::LoanProposal,
};
use entity::allotment_loan;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, UpdateMany, sea_query::Expr,
};

use crate::{
    Error, Services,
    store::{Change, Tx, contracts},
};

pub async fn insert(
    tx: &Tx,
    permitted: &Authorised<ProposeLoan>,
    proposal: &LoanProposal,
) -> Result<(LoanId, Change), Error> {
    let id = tx.next_id();
    allotment_loan::Entity::insert(allotment_loan::ActiveModel {
        id: Set(id),
        contract_id: Set(permitted.subject().id.as_uuid()),
        lender_id: Set(proposal.lender().as_uuid()),
        borrower_id: Set(proposal.borrower().as_uuid()),
        amount_cents: Set(proposal.amount().cents()),
        lender_agreed_on: Set(None),
        borrower_agreed_on: Set(None),
        withdrawn_on: Set(None),
        version: Set(1),
        created_at: Set(tx.now()),
    })
    .exec_without_returning(tx.raw())
    .await?;
    Ok((LoanId::from_uuid(id), Change::written()))
}

/// The loan, and before it its tender and its contract, all locked; in the actor's scope, or *not found*.
pub async fn lock(tx: &Tx, scope: Scope, reference: TenderRef, id: LoanId) -> Result<Lending, Error> {
    let contract = contracts::lock(tx, scope, reference).await?;
    let of_contract = allotment_loan::Entity::find_by_id(id.as_uuid())
        .filter(allotment_loan::Column::ContractId.eq(contract.id.as_uuid()));
    let row = tx.locked(of_contract).one(tx.raw()).await?.ok_or(Error::NotFound)?;
    lending(row, contract)
}

/// For a promise made about it, whoever made it.
pub(crate) async fn promised(services: &Services, id: LoanId) -> Result<Lending, Error> {
    let reader = services.store().reader();
    let row = allotment_loan::Entity::find_by_id(id.as_uuid()).one(reader).await?.ok_or(Error::NotFound)?;
    let contract = contracts::find_id(reader, row.contract_id).await?;
    lending(row, contract)
}

/// All loans of a contract that the caller has found in their scope, oldest first.
pub async fn list(services: &Services, contract: &Contract) -> Result<Vec<Lending>, Error> {
    let rows = allotment_loan::Entity::find()
        .filter(allotment_loan::Column::ContractId.eq(contract.id.as_uuid()))
        .order_by_asc(allotment_loan::Column::CreatedAt)
        .order_by_asc(allotment_loan::Column::Id)
        .all(services.store().reader())
        .await?;
    rows.into_iter().map(|row| lending(row, contract.clone())).collect()
}

/// The loans that wait for the consent of this participant, oldest first.
pub async fn awaiting(services: &Services, party: OrganisationId) -> Result<Vec<Lending>, Error> {
    use allotment_loan::Column::{BorrowerAgreedOn, BorrowerId, CreatedAt, Id, LenderAgreedOn, LenderId, WithdrawnOn};
    let reader = services.store().reader();
    let of = |role: allotment_loan::Column, agreed: allotment_loan::Column| {
        Condition::all().add(role.eq(party.as_uuid())).add(agreed.is_null())
    };
    let rows = allotment_loan::Entity::find()
        .filter(WithdrawnOn.is_null())
        .filter(Condition::any().add(of(LenderId, LenderAgreedOn)).add(of(BorrowerId, BorrowerAgreedOn)))
        .order_by_asc(CreatedAt)
        .order_by_asc(Id)
        .all(reader)
        .await?;
    let mut found = Vec::new();
    for row in rows {
        let contract = contracts::find_id(reader, row.contract_id).await?;
        found.push(lending(row, contract)?);
    }
    Ok(found)
}

/// What the actor's authority consented to.
pub async fn agree(tx: &Tx, permitted: &Authorised<AgreeLoan>, agreed: &LoanProposal) -> Result<Change, Error> {
    change(tx, permitted.subject(), |update| {
        let on = |party| Expr::value(agreed.agreed_on(party));
        update
            .col_expr(allotment_loan::Column::LenderAgreedOn, on(agreed.lender()))
            .col_expr(allotment_loan::Column::BorrowerAgreedOn, on(agreed.borrower()))
    })
    .await
}

pub async fn withdraw(tx: &Tx, permitted: &Authorised<WithdrawLoan>) -> Result<Change, Error> {
    let today: NaiveDate = brussels(tx.now()).date();
    change(tx, permitted.subject(), |update| {
        update.col_expr(allotment_loan::Column::WithdrawnOn, Expr::value(Some(today)))
    })
    .await
}

/// One update of the row that was read, and of no other version of it.
async fn change(
    tx: &Tx,
    lending: &Lending,
    columns: impl FnOnce(UpdateMany<allotment_loan::Entity>) -> UpdateMany<allotment_loan::Entity>,
) -> Result<Change, Error> {
    let done = columns(allotment_loan::Entity::update_many())
        .col_expr(allotment_loan::Column::Version, Expr::value(lending.version + 1))
        .filter(allotment_loan::Column::Id.eq(lending.id.as_uuid()))
        .filter(allotment_loan::Column::Version.eq(lending.version))
        .exec(tx.raw())
        .await?;
    if done.rows_affected == 1 { Ok(Change::written()) } else { Err(Error::Stale) }
}

fn lending(row: allotment_loan::Model, contract: Contract) -> Result<Lending, Error> {
    let [lender, borrower] = [row.lender_id, row.borrower_id].map(OrganisationId::from_uuid);
    let proposal = LoanProposal::new(lender, borrower, Money::from_cents(row.amount_cents))
        .map_err(|error| Error::Corrupt(format!("loan {}: {error}", row.id)))?
        .kept(row.lender_agreed_on, row.borrower_agreed_on);
    let id = LoanId::from_uuid(row.id);
    Ok(Lending { id, contract, proposal, withdrawn_on: row.withdrawn_on, version: row.version })
}
