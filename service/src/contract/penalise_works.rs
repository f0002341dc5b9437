use chrono::NaiveDate;
use domain::{
    authz::{Actor, ClaimPenalty},
    contract::Contract,
    execution::{self, LateWorks, Penalty, late_works},
    kernel::reference::TenderRef,
    parameter::ParameterSet,
    procedure::Nature,
    refusal::Refusal,
};

use super::running::unanswerable;
use crate::{
    Error, Services,
    store::{self, Audit, execution::WorksPenalty},
    write::{same, today},
};

/// The penalty of the works of a contract that were finished so many working days late, and of which figures.
///
/// # Errors
/// No works, the law of the call is not known, or a sum does not fit.
pub fn works_proposed(
    law: &ParameterSet,
    contract: &Contract,
    typed: LateWorks,
) -> Result<(LateWorks, Penalty), Refusal> {
    match contract.nature {
        Nature::Works => {}
        Nature::Services | Nature::Supplies | Nature::Sss => return Err(execution::Refusal::NoWorks.into()),
    }
    let late = contract.late_works(typed);
    let penalty = late_works(law, contract.called_on, late).map_err(unanswerable)?;
    Ok((late, penalty))
}

/// Decides the penalty of works finished late, once (RGE, art. 86).
pub async fn claim_works(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    version: i32,
    typed: LateWorks,
) -> Result<(), Error> {
    let law = store::parameters::set(services).await?;
    let tx = services.begin().await?;
    let contract = store::contracts::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<ClaimPenalty>(actor, contract).await?;

    let is_decided = store::execution::works_penalty_in_write(&tx, permitted.subject().id).await?.is_some();
    let decided = match works_decided(&law, permitted.subject(), is_decided, typed, today(&tx)) {
        Ok(decided) => decided,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };
    same(permitted.subject().version, version)?;

    let written = store::execution::claim_works(&tx, &permitted, &decided).await?;
    let audit = Audit::of(&permitted)
        .with("amount", decided.late.amount.to_iso())
        .with("delay", decided.late.delay)
        .with("unit", decided.late.unit.word())
        .with("days", decided.late.late)
        .with("penalty", decided.due.to_iso());
    tx.commit(audit, [written]).await
}

fn works_decided(
    law: &ParameterSet,
    contract: &Contract,
    is_decided: bool,
    typed: LateWorks,
    on: NaiveDate,
) -> Result<WorksPenalty, Refusal> {
    let (late, penalty) = works_proposed(law, contract, typed)?;
    if is_decided {
        return Err(execution::Refusal::WorksDecided.into());
    }
    if !penalty.due.is_positive() {
        return Err(execution::Refusal::NothingLate.into());
    }
    Ok(WorksPenalty { late, due: penalty.due, decided_on: on })
}
