use chrono::NaiveDate;
use domain::{
    authz::{Actor, ModifyContract},
    contract::{Contract, Moves},
    execution::{Ground, Judgement, Modification, judge},
    kernel::{Money, reference::TenderRef},
    parameter::ParameterSet,
    price_list::{Prices, Version},
    refusal::Refusal,
};

use super::running::unanswerable;
use crate::{
    Error, Services,
    store::{self, Audit},
    write::{same, today},
};

/// What is typed of a modification that an organ decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModificationDraft {
    pub ground: Ground,
    pub object: String,
    /// HTVA, below zero where something is taken away.
    pub amount: Money,
    /// Whose allotment moves with it; the first participant bears the rest.
    pub others: Moves,
    pub decided_on: NaiveDate,
    pub number: String,
    /// The prices that it changes, and their first day.
    pub prices: Option<(Prices, NaiveDate)>,
    /// Why it was decided against what the law warns of.
    pub reason: Option<String>,
}

/// What the law says of the modifications of a contract, and of one more.
///
/// # Errors
/// The law of the call is not known, or a sum does not fit.
pub fn judged(
    law: &ParameterSet,
    contract: &Contract,
    before: &[Modification],
    new: Option<(Ground, Money)>,
) -> Result<Judgement, Refusal> {
    let before: Vec<_> = before.iter().map(|one| (one.ground, one.amount)).collect();
    judge(law, contract.called_on, (contract.nature, contract.initial_ceiling), &before, new).map_err(unanswerable)
}

/// Records a modification; what the law warns of needs a reason. Its amount moves the ceiling and the allotments, prices that
/// it changes are a version of the list.
pub async fn modify(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    version: i32,
    draft: &ModificationDraft,
) -> Result<(), Error> {
    let law = store::parameters::set(services).await?;
    let tx = services.begin().await?;
    let contract = store::contracts::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<ModifyContract>(actor, contract).await?;

    let before = store::execution::modifications_in_write(&tx, permitted.subject().id).await?;
    let Decided { judgement, prices, moves } = match decided(&law, permitted.subject(), &before, draft, today(&tx)) {
        Ok(decided) => decided,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };
    same(permitted.subject().version, version)?;

    let mut written = Vec::new();
    if let Some(prices) = &prices {
        written.push(store::execution::version(&tx, &permitted, prices).await?);
    }
    let new = Modification {
        ground: draft.ground,
        object: draft.object.clone(),
        amount: draft.amount,
        decided_on: draft.decided_on,
        number: draft.number.clone(),
        moves,
        prices_from: prices.map(|prices| prices.from),
        reason: draft.reason.clone(),
    };
    written.push(store::execution::modify(&tx, &permitted, &new).await?);
    let passed: Vec<_> = judgement.passed.into_iter().map(|row| row.key).collect();
    let ceiling = permitted.subject().ceiling;
    let audit = Audit::of(&permitted)
        .changed("ceiling", ceiling.to_iso(), ceiling.checked_add(new.amount).map(Money::to_iso))
        .with("parts", parts(permitted.subject(), &new.moves))
        .with("article", new.ground.article())
        .with("amount", new.amount.to_iso())
        .with("number", new.number)
        .with("counted", judgement.minimis.counted.to_iso())
        .with("passed", passed)
        .with("reason", new.reason)
        .with("prices_from", new.prices_from.map(|on| on.to_string()));
    tx.commit(audit, [store::Change::all(written)]).await
}

/// « Ville de Namur: 6000.00 ».
fn parts(contract: &Contract, moves: &Moves) -> Vec<String> {
    let name = |id| contract.allotment(id).map(|share| share.name.as_str()).unwrap_or_default();
    moves.iter().map(|(organisation, part)| format!("{}: {}", name(*organisation), part.to_iso())).collect()
}

struct Decided {
    judgement: Judgement,
    prices: Option<Version>,
    moves: Moves,
}

fn decided(
    law: &ParameterSet,
    contract: &Contract,
    before: &[Modification],
    draft: &ModificationDraft,
    today: NaiveDate,
) -> Result<Decided, Refusal> {
    contract.runs()?;
    if draft.decided_on > today {
        return Err(Refusal::DecidedInTheFuture);
    }
    let judgement = judged(law, contract, before, Some((draft.ground, draft.amount)))?;
    if !judgement.passed.is_empty() && draft.reason.is_none() {
        return Err(Refusal::WarningsNeedAReason);
    }
    let prices = draft.prices.clone().map(|(prices, from)| contract.may_reprice(prices, from, today)).transpose()?;
    let moves = contract.may_move_ceiling(draft.amount, &draft.others)?;
    Ok(Decided { judgement, prices, moves })
}
