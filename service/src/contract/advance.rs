use chrono::NaiveDate;
use domain::{
    authz::{Actor, GiveAdvance},
    contract::Contract,
    execution::{self, Advance, AdvanceCase, advance, set_off},
    kernel::{Money, reference::TenderRef},
    parameter::ParameterSet,
    refusal::Refusal,
};

use super::running::unanswerable;
use crate::{
    Error, Services,
    store::{
        self, Audit,
        execution::{AdvanceState, GivenAdvance},
    },
    write::{same, today},
};

/// What is typed of an advance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdvanceDraft {
    /// By the size of the firm, where the procedure does not say.
    pub case: AdvanceCase,
    /// Day on which the firm has this size.
    pub size_on: NaiveDate,
    /// TVAC, where the contract does not tell its own.
    pub amount: Money,
    /// Where the contract has no last day.
    pub months: u32,
}

/// What the law asks for, and of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComputedAdvance {
    pub case: AdvanceCase,
    /// TVAC.
    pub amount: Money,
    pub months: u32,
    pub advance: Advance,
}

/// What the law asks for, on the day of the contract's call: what the contract tells counts before what is typed.
///
/// # Errors
/// The case is another, the law of the call is not known, or a sum does not fit.
pub fn computed_advance(
    law: &ParameterSet,
    contract: &Contract,
    draft: &AdvanceDraft,
    today: NaiveDate,
) -> Result<ComputedAdvance, Refusal> {
    let case = contract.advance_case(law, (draft.case, draft.size_on), today)?;
    let amount = contract.initial_amount().unwrap_or(draft.amount);
    let months = contract.months().unwrap_or(draft.months);
    let advance = advance(law, contract.called_on, amount, months, case).map_err(unanswerable)?;
    Ok(ComputedAdvance { case, amount, months, advance })
}

/// What the next invoice may set off of the advance, TVAC; nothing where none was given.
///
/// # Errors
/// The law of the call is not known, or a sum does not fit.
pub fn to_set_off(law: &ParameterSet, contract: &Contract, advance: Option<&AdvanceState>) -> Result<Money, Refusal> {
    let Some(advance) = advance else { return Ok(Money::ZERO) };
    let (given, done) = (advance.given.advance, advance.done);
    let off = set_off(law, contract.called_on, given, contract.ceiling, done).map_err(unanswerable)?;
    Ok(off.left(advance.set_off))
}

/// Records the advance of a contract, once.
pub async fn give_advance(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    version: i32,
    draft: &AdvanceDraft,
) -> Result<(), Error> {
    let law = store::parameters::set(services).await?;
    let tx = services.begin().await?;
    let contract = store::contracts::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<GiveAdvance>(actor, contract).await?;

    let is_given = store::execution::advance_in_write(&tx, permitted.subject().id).await?.is_some();
    let computed = match decided(&law, permitted.subject(), is_given, draft, today(&tx)) {
        Ok(computed) => computed,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };
    same(permitted.subject().version, version)?;

    let given = GivenAdvance {
        case: computed.case,
        size_on: draft.size_on,
        amount: computed.amount,
        months: computed.months,
        reference: computed.advance.reference,
        advance: computed.advance.advance,
        decided_on: today(&tx),
    };
    let written = store::execution::give(&tx, &permitted, &given).await?;
    let audit = Audit::of(&permitted)
        .with("case", given.case.word())
        .with("size_on", given.size_on.to_string())
        .with("amount", given.amount.to_iso())
        .with("months", given.months)
        .with("reference", given.reference.to_iso())
        .with("advance", given.advance.to_iso());
    tx.commit(audit, [written]).await
}

fn decided(
    law: &ParameterSet,
    contract: &Contract,
    is_given: bool,
    draft: &AdvanceDraft,
    today: NaiveDate,
) -> Result<ComputedAdvance, Refusal> {
    contract.runs()?;
    if is_given {
        return Err(execution::Refusal::AdvanceGiven.into());
    }
    computed_advance(law, contract, draft, today)
}
