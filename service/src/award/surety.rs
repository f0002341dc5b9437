use chrono::NaiveDate;
use domain::{
    authz::{Actor, KeepSurety},
    award::Refusal,
    contract::{Contract, ContractSurety},
    kernel::{Money, reference::TenderRef, time::brussels},
    tender::{ActKind, Stage, Step, Tender},
};

use crate::{
    Error, Services,
    store::{self, Audit, acts::Act},
};

/// How much of what is held goes back to the contractor (RGE, art. 33).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Release {
    /// Half at the provisional acceptance; the odd cent stays for the second half.
    Half,
    All,
}

/// Asks for the surety (S20 to S21): thirty days run from the conclusion.
pub async fn ask_surety(services: &Services, actor: &Actor, reference: TenderRef) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<KeepSurety>(actor, tender).await?;

    let contract = store::contracts::lock(&tx, actor.scope(), reference).await;
    let decided = permitted.subject().after(Step::AskSurety).and_then(|after| match contract {
        Ok(Contract { surety: Some(surety), .. }) => Ok((after, surety)),
        Ok(_) | Err(_) => Err(Refusal::NoSurety.into()),
    });
    let (after, surety) = match decided {
        Ok(decided) => decided,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    let before = permitted.subject().stage;
    let moved = store::tenders::move_to(&tx, &permitted, after).await?;
    let asked = store::acts::insert(&tx, &permitted, &Act::new(ActKind::SuretyAsked)).await?;
    let audit =
        Audit::of(&permitted).with("surety", surety.amount.to_iso()).changed("stage", before.code(), after.code());
    tx.commit(audit, [moved, asked]).await
}

/// The proof of the deposit came (S21 to S22).
pub async fn deposit_surety(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    deposited_on: NaiveDate,
    number: &str,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<KeepSurety>(actor, tender).await?;

    let decided = match permitted.subject().stage {
        Stage::SuretyAwaited => permitted.subject().after(Step::StartExecution),
        from => Err(domain::refusal::Refusal::Step { from, step: Step::StartExecution }),
    };
    let after = match decided {
        Ok(after) => after,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    let contract = store::contracts::lock(&tx, actor.scope(), reference).await?;
    let before = permitted.subject().stage;
    let deposited = store::sureties::deposit(&tx, &permitted, &contract, deposited_on, number).await?;
    let act =
        Act { decided_on: Some(deposited_on), number: Some(number.to_owned()), ..Act::new(ActKind::SuretyDeposited) };
    let written = store::acts::insert(&tx, &permitted, &act).await?;
    let moved = store::tenders::move_to(&tx, &permitted, after).await?;
    let audit = Audit::of(&permitted).with("number", number).with("deposited_on", deposited_on.to_string()).changed(
        "stage",
        before.code(),
        after.code(),
    );
    tx.commit(audit, [deposited, written, moved]).await
}

/// Starts the execution of a contract that asks for no surety (S20 to S22).
pub async fn start_execution(services: &Services, actor: &Actor, reference: TenderRef) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<KeepSurety>(actor, tender).await?;

    let after = match permitted.subject().after(Step::StartExecution) {
        Ok(after) => after,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };
    let contract = store::contracts::lock(&tx, actor.scope(), reference).await?;
    if let Some(surety) = contract.surety.as_ref().filter(|surety| surety.deposited_on.is_none()) {
        let refusal = Refusal::SuretyAwaited { amount: surety.amount }.into();
        return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
    }

    let before = permitted.subject().stage;
    let started = store::sureties::start(&tx, &permitted, &contract, brussels(tx.now()).date()).await?;
    let moved = store::tenders::move_to(&tx, &permitted, after).await?;
    let audit = Audit::of(&permitted).changed("stage", before.code(), after.code());
    tx.commit(audit, [started, moved]).await
}

/// Releases half of the surety at the provisional acceptance, or what is left; at the authority's own initiative,
/// within fifteen days of the acceptance.
pub async fn release_surety(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    release: Release,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<KeepSurety>(actor, tender).await?;

    let contract = store::contracts::lock(&tx, actor.scope(), reference).await;
    let decided = match contract {
        Ok(contract) => released(permitted.subject(), &contract, release).map(|amount| (contract, amount)),
        Err(Error::NotFound) => Err(Refusal::NoSurety),
        Err(error) => return Err(error),
    };
    let (contract, amount) = match decided {
        Ok(decided) => decided,
        Err(refusal) => {
            let refusal = refusal.into();
            return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
        }
    };

    let before = contract.surety.as_ref().map(|surety| surety.released).unwrap_or_default();
    let total = before.checked_add(amount).ok_or_else(|| Error::Corrupt("a surety does not fit".to_owned()))?;
    let changed = store::sureties::release(&tx, &permitted, &contract, total).await?;
    let on = brussels(tx.now()).date();
    let act = Act { decided_on: Some(on), text: Some(amount.to_string()), ..Act::new(ActKind::SuretyReleased) };
    let written = store::acts::insert(&tx, &permitted, &act).await?;
    let audit = Audit::of(&permitted).with("released", amount.to_iso());
    tx.commit(audit, [changed, written]).await
}

fn released(tender: &Tender, contract: &Contract, release: Release) -> Result<Money, Refusal> {
    if !matches!(
        tender.stage,
        Stage::ProvisionallyAccepted | Stage::Guarantee | Stage::FinallyAccepted | Stage::Terminated
    ) {
        return Err(Refusal::NotAccepted);
    }
    let surety = contract.surety.as_ref().ok_or(Refusal::NoSurety)?;
    let held = held(surety);
    let amount = match release {
        Release::Half => Money::from_cents(surety.amount.cents() / 2).min(held),
        Release::All => held,
    };
    if amount.is_positive() { Ok(amount) } else { Err(Refusal::NothingToRelease) }
}

/// What the authority still holds; nothing of a surety that was never deposited.
pub(super) fn held(surety: &ContractSurety) -> Money {
    if surety.deposited_on.is_none() {
        return Money::ZERO;
    }
    surety.amount.checked_sub(surety.released).unwrap_or_default()
}
