use domain::{
    authz::{AcceptDelivery, Actor, Authorised},
    kernel::{
        ids::{FileId, VoucherId},
        time::brussels,
    },
    parameter::ParameterSet,
    refusal::Refusal,
    voucher::{Acceptance, Delivery, Found, Status, Step, Voucher},
};

use super::{
    document::{Minuted, minutes},
    missing,
    pdf::{PDF, painted},
    promise::{Event, VoucherLetter},
    same, today,
};
use crate::{
    Error, Services,
    store::{self, Audit, Change, files::Kept},
};

/// Accepts the delivery that waits, in whole or part, or refuses it. What is refused is written into minutes, painted
/// before the write and named in it.
pub async fn accept(
    services: &Services,
    actor: &Actor,
    id: VoucherId,
    version: i32,
    found: &Found,
) -> Result<(), Error> {
    let law = store::parameters::set(services).await?;
    let kept = painted_minutes(services, actor, (id, version), found, &law).await?;
    let tx = services.begin().await?;
    let voucher = store::vouchers::lock(&tx, actor.scope(), id).await?;
    let (tx, permitted) = tx.permit::<AcceptDelivery>(actor, voucher).await?;

    let voucher = permitted.subject();
    let decided = voucher
        .may_accept(found)
        .map_err(Refusal::from)
        .and_then(|after| told(&law, voucher, found).map(|told| (after, told)));
    let (after, told) = match decided {
        Ok(decided) => decided,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };
    same(voucher.version, version)?;
    let Some((delivery, event)) = told else { return Err(Error::Stale) };
    // The voucher moved on between the painting and the write.
    if found.reasons().is_some() && kept.is_none() {
        return Err(Error::Stale);
    }

    let (file, named) = named(&tx, actor, kept.as_ref()).await?;
    let acceptance = Acceptance {
        verdict: found.verdict(),
        accepted_on: today(&tx),
        quantities: found.accepted(delivery),
        reasons: found.reasons().map(str::to_owned),
        minutes: file,
        by: Some(actor.person()),
    };
    let received = store::vouchers::accept(&tx, &permitted, (step(after), after), delivery.id, &acceptance).await?;
    let released = store::vouchers::release_surety(&tx, &permitted, after, today(&tx)).await?;
    let promised = tx.promise(&VoucherLetter { voucher: id, event }).await?;
    let audit = Audit::of(&permitted)
        .with("voucher", id.to_string())
        .with("number", voucher.number.map(|number| number.to_string()))
        .with("verdict", found.verdict().code())
        .with("reasons", found.reasons())
        .with("sha256", kept.map(|kept| kept.sha256));
    tx.commit(audit, [named, received, released, promised]).await
}

fn step(after: Status) -> Step {
    if after == Status::Rejected {
        Step::Reject
    } else if after == Status::Accepted {
        Step::AcceptAll
    } else {
        Step::AcceptPart
    }
}

/// The delivery that waits, and what its firm is told of it.
fn told<'a>(law: &ParameterSet, voucher: &'a Voucher, found: &Found) -> Result<Option<(&'a Delivery, Event)>, Refusal> {
    let Some(delivery) = voucher.awaiting() else { return Ok(None) };
    let event = match found {
        Found::Whole => Event::Accepted,
        Found::Part { .. } => {
            Event::PartlyAccepted { delivery: delivery.id, defence_days: defence_days(law, voucher)? }
        }
        Found::Refused { .. } => Event::Refused { defence_days: defence_days(law, voucher)? },
    };
    Ok(Some((delivery, event)))
}

/// For the firm's defence, from the sending of the minutes (RGE, art. 44).
fn defence_days(law: &ParameterSet, voucher: &Voucher) -> Result<u32, Refusal> {
    law.days_on("default.defence_days", voucher.contract.called_on).map_err(missing)
}

async fn named(tx: &store::Tx, actor: &Actor, kept: Option<&Kept>) -> Result<(Option<FileId>, Change), Error> {
    match kept {
        Some(kept) => store::files::insert(tx, actor, kept).await.map(|(file, change)| (Some(file), change)),
        None => Ok((None, Change::all(Vec::new()))),
    }
}

/// None where everything is accepted, or where the write will say no.
async fn painted_minutes(
    services: &Services,
    actor: &Actor,
    (id, version): (VoucherId, i32),
    found: &Found,
    law: &ParameterSet,
) -> Result<Option<Kept>, Error> {
    let voucher = store::vouchers::find(services, actor.scope(), id).await?;
    let Ok(permitted) = Authorised::<AcceptDelivery>::check(actor, voucher) else { return Ok(None) };
    let voucher = permitted.subject();
    let (Some(reasons), Some(number), Some(delivery)) = (found.reasons(), voucher.number, voucher.awaiting()) else {
        return Ok(None);
    };
    let Ok(defence_days) = defence_days(law, voucher) else { return Ok(None) };
    if voucher.version != version || voucher.may_accept(found).is_err() {
        return Ok(None);
    }
    let on = brussels(services.now()).date();
    let quantities = &found.accepted(delivery);
    let verdict = found.verdict();
    let document = minutes(&Minuted { voucher, number, delivery, verdict, quantities, reasons, on, defence_days });
    let pdf = painted(document).await?;
    store::files::keep(services, &format!("{number}-proces-verbal.pdf"), PDF, pdf.bytes).await.map(Some)
}
