use domain::{
    authz::{AcceptDelivery, Actor, Authorised},
    kernel::{
        ids::{DeliveryId, FileId, VoucherId},
        time::brussels,
    },
    parameter::ParameterSet,
    refusal::Refusal,
    voucher::{Acceptance, Found, Status, Step, Voucher},
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

    let decided = permitted
        .subject()
        .may_accept(found)
        .map_err(Refusal::from)
        .and_then(|after| defence_days(&law, permitted.subject(), found).map(|days| (after, days)));
    let (after, defence_days) = match decided {
        Ok(decided) => decided,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };
    same(permitted.subject(), version)?;
    let Some(delivery) = permitted.subject().awaiting() else { return Err(Error::Stale) };
    // The voucher moved on between the painting and the write.
    if defence_days.is_some() && kept.is_none() {
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
    let event = event(found, delivery.id, defence_days);
    let promised = tx.promise(&VoucherLetter { voucher: id, event }).await?;
    let audit = Audit::of(&permitted)
        .with("voucher", id.to_string())
        .with("number", permitted.subject().number.map(|number| number.to_string()))
        .with("verdict", found.verdict().code())
        .with("reasons", found.reasons())
        .with("sha256", kept.map(|kept| kept.sha256));
    tx.commit(audit, [named, received, promised]).await
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

fn event(found: &Found, delivery: DeliveryId, defence_days: Option<u32>) -> Event {
    match (found, defence_days) {
        (Found::Part { .. }, Some(defence_days)) => Event::PartlyAccepted { delivery, defence_days },
        (Found::Whole | Found::Part { .. }, _) => Event::Accepted,
        (Found::Refused { .. }, _) => Event::Rejected,
    }
}

/// For the firm's defence, from the sending of the minutes (RGE, art. 44); none where nothing is refused.
fn defence_days(law: &ParameterSet, voucher: &Voucher, found: &Found) -> Result<Option<u32>, Refusal> {
    let days = found.reasons().map(|_| law.days_on("default.defence_days", voucher.contract.called_on));
    days.transpose().map_err(missing)
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
    let Ok(Some(defence_days)) = defence_days(law, voucher, found) else { return Ok(None) };
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
