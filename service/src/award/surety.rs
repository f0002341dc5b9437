use chrono::NaiveDate;
use domain::{
    authz::{Actor, KeepSurety, Scope},
    award::Refusal,
    contract::{Contract, ContractSurety},
    kernel::{Money, reference::TenderRef, time::brussels},
    tender::{ActKind, Stage, Step, Tender},
};

use crate::{
    Error, Services,
    store::{self, Audit, Tx, acts::Act},
};

/// How much of what is held goes back to the contractor (RGE, art. 33).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Release {
    /// From the provisional acceptance on, while nothing is released; the odd cent stays for the rest.
    Half,
    All,
}

/// Asks for the surety (S20 to S21): thirty days run from the conclusion.
pub async fn ask_surety(services: &Services, actor: &Actor, reference: TenderRef) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<KeepSurety>(actor, tender).await?;

    let contract = contract_of(&tx, actor, reference).await?;
    let decided = permitted.subject().after(Step::AskSurety).and_then(|after| {
        let surety = contract.and_then(|contract| contract.surety).ok_or(Refusal::NoSurety)?;
        Ok((after, surety))
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
    let moved = store::tenders::move_to(&tx, &permitted, after).await?;
    let audit = Audit::of(&permitted).changed("stage", before.code(), after.code());
    tx.commit(audit, [moved]).await
}

/// None before the conclusion.
pub(super) async fn contract_of(tx: &Tx, actor: &Actor, reference: TenderRef) -> Result<Option<Contract>, Error> {
    match store::contracts::lock(tx, actor.scope(), reference).await {
        Ok(contract) => Ok(Some(contract)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Releases half of the surety at the provisional acceptance, or what is left; at the authority's own initiative,
/// within fifteen days of the acceptance. `version` is that of the contract that was shown: pressed twice, it goes once.
pub async fn release_surety(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    version: i32,
    release: Release,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<KeepSurety>(actor, tender).await?;

    let contract = contract_of(&tx, actor, reference).await?;
    let found = contract
        .ok_or(Refusal::NoSurety)
        .and_then(|contract| Ok((releasable(permitted.subject().stage, &contract)?, contract)));
    if found.as_ref().is_ok_and(|(_, contract)| contract.version != version) {
        return Err(Error::Stale);
    }
    let decided = found.and_then(|(surety, contract)| Ok((part(&surety, release)?, surety.released, contract)));
    let (amount, before, contract) = match decided {
        Ok(decided) => decided,
        Err(refusal) => {
            let refusal = refusal.into();
            return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await;
        }
    };

    let total = before.checked_add(amount).ok_or_else(|| Error::Corrupt("a surety does not fit".to_owned()))?;
    let changed = store::sureties::release(&tx, &permitted, &contract, total).await?;
    let on = brussels(tx.now()).date();
    let act = Act { decided_on: Some(on), text: Some(amount.to_string()), ..Act::new(ActKind::SuretyReleased) };
    let written = store::acts::insert(&tx, &permitted, &act).await?;
    let audit = Audit::of(&permitted).with("released", amount.to_iso());
    tx.commit(audit, [changed, written]).await
}

/// A surety that is held and follows an acceptance; after a termination it is kept (RGE, art. 47).
fn releasable(stage: Stage, contract: &Contract) -> Result<ContractSurety, Refusal> {
    if !is_accepted(stage) {
        return Err(Refusal::NotAccepted);
    }
    let surety = contract.surety.clone().ok_or(Refusal::NoSurety)?;
    if held(&surety).is_positive() { Ok(surety) } else { Err(Refusal::NothingToRelease) }
}

fn is_accepted(stage: Stage) -> bool {
    matches!(stage, Stage::ProvisionallyAccepted | Stage::Guarantee | Stage::FinallyAccepted)
}

fn part(surety: &ContractSurety, release: Release) -> Result<Money, Refusal> {
    let amount = match release {
        Release::Half if surety.released.is_positive() => return Err(Refusal::HalfReleased),
        Release::Half => Money::from_cents(surety.amount.cents() / 2),
        Release::All => held(surety),
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

/// What runs from the provisional acceptance to the closing of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AfterAcceptance {
    /// Half after the provisional acceptance, what is left after the final one.
    pub to_release: Money,
    pub guarantee_until: Option<NaiveDate>,
}

/// Of a tender that the caller has already found in this scope; nothing before its provisional acceptance.
pub async fn after_acceptance(services: &Services, scope: Scope, tender: &Tender) -> Result<AfterAcceptance, Error> {
    if !is_accepted(tender.stage) {
        return Ok(AfterAcceptance::default());
    }
    let surety = match store::contracts::find(services, scope, tender.reference).await {
        Ok(contract) => contract.surety,
        Err(Error::NotFound) => None,
        Err(error) => return Err(error),
    };
    let award = store::award::find(services, tender.id).await?;
    Ok(AfterAcceptance {
        to_release: surety.as_ref().map(|surety| due(tender.stage, surety)).unwrap_or_default(),
        guarantee_until: award.and_then(|award| award.guarantee_until),
    })
}

fn due(stage: Stage, surety: &ContractSurety) -> Money {
    if stage == Stage::FinallyAccepted {
        return held(surety);
    }
    if surety.deposited_on.is_none() { Money::ZERO } else { part(surety, Release::Half).unwrap_or_default() }
}
