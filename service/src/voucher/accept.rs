use domain::{
    authz::{AcceptDelivery, Actor, Authorised},
    kernel::{
        ids::{FileId, VoucherId},
        time::brussels,
    },
    voucher::{Acceptance, Quantities, Status, Step, Verdict, Voucher},
};

use super::{
    document::{Found, minutes},
    missing,
    pdf::{PDF, painted},
    promise::{Event, VoucherLetter},
    same, today,
};
use crate::{
    Error, Services,
    store::{self, Audit, Change, files::Kept},
};

/// What the authority found of the delivery that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptanceDraft {
    pub verdict: Verdict,
    /// Of what is accepted; left out, it is refused.
    pub quantities: Quantities,
    /// Why something is refused.
    pub reasons: Option<String>,
}

/// Accepts the delivery that waits, in whole or part, or refuses it. What is refused is written into minutes, painted
/// before the write and named in it.
pub async fn accept(
    services: &Services,
    actor: &Actor,
    id: VoucherId,
    version: i32,
    draft: &AcceptanceDraft,
) -> Result<(), Error> {
    let kept = painted_minutes(services, actor, id, draft).await?;
    let tx = services.begin().await?;
    let voucher = store::vouchers::lock(&tx, actor.scope(), id).await?;
    let (tx, permitted) = tx.permit::<AcceptDelivery>(actor, voucher).await?;

    let quantities = accepted(permitted.subject(), draft);
    let after = match permitted.subject().may_accept(draft.verdict, &quantities) {
        Ok(after) => after,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await,
    };
    same(permitted.subject(), version)?;
    let Some(delivery) = permitted.subject().awaiting().map(|delivery| delivery.id) else { return Err(Error::Stale) };

    let (file, named) = named(&tx, actor, kept.as_ref()).await?;
    let found = Acceptance {
        verdict: draft.verdict,
        accepted_on: today(&tx),
        quantities,
        reasons: draft.reasons.clone(),
        minutes: file,
        by: Some(actor.person()),
    };
    let received = store::vouchers::accept(&tx, &permitted, (step(after), after), delivery, &found).await?;
    let event = if draft.verdict == Verdict::Refused { Event::Rejected } else { Event::Accepted };
    let promised = tx.promise(&VoucherLetter { voucher: id, event }).await?;
    let audit = Audit::of(&permitted)
        .with("voucher", id.to_string())
        .with("number", permitted.subject().number.map(|number| number.to_string()))
        .with("verdict", draft.verdict.code())
        .with("reasons", draft.reasons.clone())
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

/// The whole is what was delivered, whatever the form said of it.
fn accepted(voucher: &Voucher, draft: &AcceptanceDraft) -> Quantities {
    match draft.verdict {
        Verdict::Whole => voucher.awaiting().map(|delivery| delivery.quantities.clone()).unwrap_or_default(),
        Verdict::Part => draft.quantities.clone(),
        Verdict::Refused => Quantities::new(),
    }
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
    id: VoucherId,
    draft: &AcceptanceDraft,
) -> Result<Option<Kept>, Error> {
    let voucher = store::vouchers::find(services, actor.scope(), id).await?;
    let Ok(permitted) = Authorised::<AcceptDelivery>::check(actor, voucher) else { return Ok(None) };
    let voucher = permitted.subject();
    let quantities = accepted(voucher, draft);
    let (Some(reasons), Some(number), Some(delivery)) = (&draft.reasons, voucher.number, voucher.awaiting()) else {
        return Ok(None);
    };
    if draft.verdict == Verdict::Whole || voucher.may_accept(draft.verdict, &quantities).is_err() {
        return Ok(None);
    }
    let on = brussels(services.now()).date();
    let law = store::parameters::set(services).await?;
    let defence_days = law.days_on("default.defence_days", voucher.contract.called_on).map_err(missing)?;
    let quantities = &quantities;
    let verdict = draft.verdict;
    let document = minutes(&Found { voucher, number, delivery, verdict, quantities, reasons, on, defence_days });
    let pdf = painted(document).await?;
    store::files::keep(services, &format!("{number}-proces-verbal.pdf"), PDF, pdf.bytes).await.map(Some)
}
