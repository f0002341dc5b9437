use domain::{
    authz::{Actor, AgreeLoan, ProposeLoan, WithdrawLoan},
    contract::Contract,
    kernel::{
        Money,
        ids::{LoanId, OrganisationId},
        reference::TenderRef,
    },
    ledger::LoanProposal,
};

use super::promise::LoanAwaits;
use crate::{
    Error, FormKey, Services,
    store::{self, Audit, Change, Tx},
    write::same,
};

/// What an officer types: with whom, which way, how much, HTVA.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoanDraft {
    pub other: OrganisationId,
    pub way: Way,
    pub amount: Money,
}

/// Seen from who proposes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Lend,
    Borrow,
}

/// Proposes that unused allotment changes hands; nothing moves before both executives consented, and both learn that they
/// are waited for. A form sent twice makes one proposal.
pub async fn propose_loan(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    key: Option<&FormKey>,
    draft: &LoanDraft,
) -> Result<LoanId, Error> {
    let tx = services.begin().await?;
    let contract = store::contracts::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<ProposeLoan>(actor, contract).await?;
    let (tx, made) = store::form_keys::made(tx, &permitted, key).await?;
    if let Some(made) = made {
        return Ok(made);
    }

    let (lender, borrower) = match draft.way {
        Way::Lend => (actor.organisation(), draft.other),
        Way::Borrow => (draft.other, actor.organisation()),
    };
    let proposal = match permitted.subject().may_propose_loan(lender, borrower, draft.amount, tx.now()) {
        Ok(proposal) => proposal,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await,
    };

    let (id, inserted) = store::loans::insert(&tx, &permitted, &proposal).await?;
    let audit = told(Audit::of(&permitted), id, permitted.subject(), &proposal);
    let spent = store::form_keys::spend(&tx, &permitted, key, id).await?;
    let promised = tell_both(&tx, actor, id, &proposal).await?;
    tx.commit(audit, [inserted, spent, promised]).await?;
    Ok(id)
}

async fn tell_both(tx: &Tx, actor: &Actor, loan: LoanId, proposal: &LoanProposal) -> Result<Change, Error> {
    let mut told = Vec::new();
    for party in [proposal.lender(), proposal.borrower()] {
        told.push(tx.promise(&LoanAwaits { loan, proposer: actor.organisation(), party }).await?);
    }
    Ok(Change::all(told))
}

/// Consents for the actor's authority; the second consent moves the allotment, on the locked contract.
pub async fn agree_to_loan(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    id: LoanId,
    version: i32,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let lending = store::loans::lock(&tx, actor.scope(), reference, id).await?;
    let (tx, permitted) = tx.permit::<AgreeLoan>(actor, lending).await?;

    let agreed = match permitted.subject().may_agree(actor.organisation(), tx.now()) {
        Ok(agreed) => agreed,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await,
    };
    same(permitted.subject().version, version)?;

    let changed = store::loans::agree(&tx, &permitted, &agreed).await?;
    let audit = told(Audit::of(&permitted), id, &permitted.subject().contract, &agreed);
    tx.commit(audit.with("moved", agreed.loan().is_ok()), [changed]).await
}

/// Takes a proposal back before both consented.
pub async fn withdraw_loan(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    id: LoanId,
    version: i32,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let lending = store::loans::lock(&tx, actor.scope(), reference, id).await?;
    let (tx, permitted) = tx.permit::<WithdrawLoan>(actor, lending).await?;

    if let Err(refusal) = permitted.subject().may_withdraw() {
        return tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await;
    }
    same(permitted.subject().version, version)?;

    let withdrawn = store::loans::withdraw(&tx, &permitted).await?;
    let lending = permitted.subject();
    tx.commit(told(Audit::of(&permitted), id, &lending.contract, &lending.proposal), [withdrawn]).await
}

fn told(audit: Audit, id: LoanId, contract: &Contract, proposal: &LoanProposal) -> Audit {
    let name = |id| contract.allotment(id).map(|allotment| allotment.name.clone());
    audit
        .with("loan", id.to_string())
        .with("lender", name(proposal.lender()))
        .with("borrower", name(proposal.borrower()))
        .with("amount", proposal.amount().to_iso())
}
