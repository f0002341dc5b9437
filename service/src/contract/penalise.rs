use std::collections::BTreeSet;

use domain::{
    authz::{Actor, ClaimPenalty, Scope},
    contract::Contract,
    execution::{self, Claim, Late, claims},
    kernel::{Money, ids::DeliveryId, reference::TenderRef},
    parameter::ParameterSet,
    procedure::Nature,
    refusal::Refusal,
    specification::{Model, delay_is_a_criterion},
};

use super::running::unanswerable;
use crate::{
    Error, Services, specification,
    store::{self, Audit, execution::Claimed},
    write::{same, today},
};

/// What the commune decides of late deliveries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimDraft {
    pub deliveries: BTreeSet<DeliveryId>,
    /// The delay was an award criterion, where the specification does not say: the cap is higher.
    pub award_criterion: bool,
}

/// What the specification says of the delay as an award criterion, for an authority that reads it.
pub async fn stated_criterion(services: &Services, scope: Scope, reference: TenderRef) -> Result<Option<bool>, Error> {
    match specification::read(services, scope, reference).await {
        Ok(reading) => Ok(delay_is_a_criterion(Model::shipped(), &reading.facts, &reading.draft.answers)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The late deliveries that nobody decided on yet, each with its penalty, all taken together.
///
/// # Errors
/// Works, the law of the call is not known, or a sum does not fit.
pub fn proposed(
    law: &ParameterSet,
    contract: &Contract,
    late: &[Late],
    claimed: &[Claimed],
    award_criterion: bool,
) -> Result<Vec<Claim>, Refusal> {
    let is_supplies = match contract.nature {
        Nature::Supplies => true,
        Nature::Services | Nature::Sss => false,
        Nature::Works => return Err(execution::Refusal::Works.into()),
    };
    let open: Vec<_> = late.iter().filter(|late| !is_decided(late, claimed)).cloned().collect();
    let sum = Money::total(claimed.iter().map(|claimed| claimed.due)).ok_or(execution::Refusal::TooLarge)?;
    claims(law, contract.called_on, (is_supplies, award_criterion), &open, sum).map_err(unanswerable)
}

fn is_decided(late: &Late, claimed: &[Claimed]) -> bool {
    claimed.iter().any(|claimed| claimed.delivery == late.delivery)
}

/// Decides the penalties of the deliveries that are named: they are due by the mere end of the delay (RGE, art. 46).
pub async fn claim(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    version: i32,
    draft: &ClaimDraft,
) -> Result<(), Error> {
    let law = store::parameters::set(services).await?;
    let stated = stated_criterion(services, actor.scope(), reference).await?;
    let draft = ClaimDraft { award_criterion: stated.unwrap_or(draft.award_criterion), ..draft.clone() };
    let tx = services.begin().await?;
    let contract = store::contracts::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<ClaimPenalty>(actor, contract).await?;

    let late = store::execution::deliveries_in_write(&tx, permitted.subject()).await?;
    let claimed = store::execution::claimed_in_write(&tx, permitted.subject().id).await?;
    let decided = match decided(&law, permitted.subject(), &late, &claimed, &draft) {
        Ok(decided) => decided,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };
    same(permitted.subject().version, version)?;

    let on = today(&tx);
    let written = store::execution::claim(&tx, &permitted, &decided, draft.award_criterion, on).await?;
    let told: Vec<_> = decided
        .iter()
        .map(|claim| format!("{}, {} days: {}", claim.late.delivery, claim.late.days, claim.penalty.due.to_iso()))
        .collect();
    let audit = Audit::of(&permitted).with("penalties", told).with("award_criterion", draft.award_criterion);
    tx.commit(audit, [written]).await
}

fn decided(
    law: &ParameterSet,
    contract: &Contract,
    late: &[Late],
    claimed: &[Claimed],
    draft: &ClaimDraft,
) -> Result<Vec<Claim>, Refusal> {
    let mut claims = proposed(law, contract, late, claimed, draft.award_criterion)?;
    claims.retain(|claim| draft.deliveries.contains(&claim.late.delivery));
    if claims.is_empty() || claims.len() != draft.deliveries.len() {
        return Err(execution::Refusal::NothingLate.into());
    }
    if claims.iter().any(|claim| claim.penalty.is_dropped) {
        return Err(execution::Refusal::PenaltyDropped.into());
    }
    Ok(claims)
}
