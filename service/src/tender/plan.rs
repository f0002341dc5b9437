use chrono::Datelike;
use domain::{
    audit::Stream,
    authz::{Actor, Authorised, PlanTender, Subject as _},
    fault::Fault,
    kernel::{Money, ids::NeedId, reference::TenderRef},
    need::Need,
    refusal::Refusal,
    tender::{Plan, Vehicle},
};

use super::{accepted, today, unanswerable};
use crate::{
    Error, FieldErrors, FormKey, Services,
    store::{self, Audit, Change, Tx},
};

/// What is typed to plan a tender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanDraft {
    pub plan: Plan,
    /// The pilot's own need, without VAT.
    pub own_need: Money,
    pub quantity: String,
    /// The need that the tender takes up, with everybody who joined it.
    pub need: Option<NeedId>,
    /// Why the actor goes on where the law warns.
    pub reason: Option<String>,
}

/// Plans a tender: the actor's authority becomes its pilot, those who joined the need are invited.
pub async fn plan(services: &Services, actor: &Actor, draft: &PlanDraft) -> Result<TenderRef, Error> {
    planned(services, actor, None, draft).await
}

/// The same from a form: sent twice, it is one tender.
pub async fn plan_once(
    services: &Services,
    actor: &Actor,
    key: Option<&FormKey>,
    draft: &PlanDraft,
) -> Result<TenderRef, Error> {
    planned(services, actor, key, draft).await
}

async fn planned(
    services: &Services,
    actor: &Actor,
    key: Option<&FormKey>,
    draft: &PlanDraft,
) -> Result<TenderRef, Error> {
    let parameters = store::parameters::set(services).await?;
    let tx = services.begin().await?;
    let organisation = store::organisations::lock(&tx, actor.organisation()).await?;
    let need = match draft.need {
        Some(need) => Some(store::needs::lock(&tx, actor.scope(), need).await?),
        None => None,
    };
    let (tx, permitted) = tx.permit::<PlanTender>(actor, organisation).await?;
    let (tx, made) = store::form_keys::made(tx, &permitted, key).await?;
    if let Some(made) = made {
        return Ok(made);
    }

    known_code(&tx, &draft.plan).await?;
    let warnings = draft.plan.warnings(&parameters, today(&tx)).map_err(unanswerable);
    let (tx, warnings) = tx.made(&permitted, warnings).await?;
    let audit = match check(need.as_ref(), actor, draft.plan.vehicle)
        .and_then(|()| accepted(Audit::of(&permitted), &warnings, draft.reason.as_deref()))
    {
        Ok(audit) => audit,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    let (reference, numbered) = next_reference(&tx).await?;
    let (id, inserted) =
        store::tenders::insert(&tx, &permitted, reference, &draft.plan, draft.own_need, &draft.quantity).await?;
    let taken = match &need {
        Some(need) => take_up(&tx, need, id, actor, draft.plan.vehicle).await?,
        None => Change::all(Vec::new()),
    };
    let audit =
        audit.on(Stream::Tender(id)).with("reference", reference.to_string()).with("object", draft.plan.object.clone());
    let spent = store::form_keys::spend(&tx, &permitted, key, reference).await?;
    let changes = [numbered, inserted, taken, spent];
    match &need {
        Some(need) => {
            tx.commit_telling(
                [audit.with("need", need.id.to_string()), taken_up(&permitted, need, reference)],
                changes,
            )
            .await?;
        }
        None => tx.commit(audit, changes).await?,
    }
    Ok(reference)
}

/// The code of the plan is one of the list.
pub(super) async fn known_code(tx: &Tx, plan: &Plan) -> Result<(), Error> {
    if store::cpv::is_known(tx, &plan.cpv).await? {
        Ok(())
    } else {
        Err(FieldErrors::one("cpv", Fault::UnknownCpv).into())
    }
}

fn check(need: Option<&Need>, actor: &Actor, vehicle: Vehicle) -> Result<(), Refusal> {
    need.map_or(Ok(()), |need| need.may_be_taken_up(actor.organisation(), vehicle))
}

/// Whoever described the need reads on their own trail what became of it.
fn taken_up(permitted: &Authorised<PlanTender>, need: &Need, reference: TenderRef) -> Audit {
    Audit::of(permitted)
        .on(need.stream())
        .with("need", need.id.to_string())
        .with("object", need.draft.object.clone())
        .with("reference", reference.to_string())
}

/// `MP-2026-0001`, without a gap, by the year of planning.
async fn next_reference(tx: &Tx) -> Result<(TenderRef, Change), Error> {
    let year = u16::try_from(today(tx).year()).map_err(|error| Error::Corrupt(error.to_string()))?;
    let (number, changed) = store::counters::next(tx, &format!("MP-{year}")).await?;
    let number = u32::try_from(number).map_err(|error| Error::Corrupt(error.to_string()))?;
    let reference = TenderRef::new(year, number).ok_or_else(|| Error::Corrupt(format!("MP-{year}-{number}")))?;
    Ok((reference, changed))
}

/// The need is the tender's now; in a joint tender everybody who announced one is invited with it.
async fn take_up(
    tx: &Tx,
    need: &Need,
    tender: domain::kernel::ids::TenderId,
    actor: &Actor,
    vehicle: Vehicle,
) -> Result<Change, Error> {
    let mut changes = vec![store::needs::take(tx, need, tender).await?];
    if vehicle == Vehicle::Joint {
        for (organisation, estimate, quantity) in store::needs::announced(tx, need).await? {
            if organisation != actor.organisation() {
                changes.push(store::tenders::invite_announced(tx, tender, organisation, estimate, &quantity).await?);
            }
        }
    }
    Ok(Change::all(changes))
}
