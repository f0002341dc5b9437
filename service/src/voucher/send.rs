use domain::{
    authz::{Actor, SendVoucher},
    kernel::ids::VoucherId,
    refusal::Refusal,
};

use super::{
    promise::{Event, VoucherLetter},
    same, today,
};
use crate::{
    Error, Services,
    store::{self, Audit},
};

/// What became of one of several vouchers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    /// A rule said no.
    Refused(Refusal),
    /// Somebody was faster.
    Stale,
    /// It is not the actor's to send, or to see.
    NotOnes,
}

/// Sends these vouchers at these versions, each in its own write: what is refused of one undoes nothing of the others.
///
/// # Errors
/// None of them is the actor's to send, or the database failed: what was sent before stays sent.
pub async fn send_all(
    services: &Services,
    actor: &Actor,
    vouchers: &[(VoucherId, i32)],
) -> Result<Vec<(VoucherId, Outcome)>, Error> {
    let mut outcomes = Vec::new();
    let mut not_ones = None;
    for (id, version) in vouchers {
        let outcome = match send(services, actor, *id, *version).await {
            Ok(()) => Outcome::Sent,
            Err(Error::Refused(refusal)) => Outcome::Refused(refusal),
            Err(Error::Stale) => Outcome::Stale,
            Err(error @ (Error::Denied(_) | Error::NotFound)) => {
                not_ones = Some(error);
                Outcome::NotOnes
            }
            Err(error) => return Err(error),
        };
        outcomes.push((*id, outcome));
    }
    match not_ones {
        Some(error) if outcomes.iter().all(|(_, outcome)| *outcome == Outcome::NotOnes) => Err(error),
        Some(_) | None => Ok(outcomes),
    }
}

/// Sends an approved voucher: the supplier sees it and is promised a letter; this day is day 0 of its delays, that of the
/// surety of the order among them.
pub async fn send(services: &Services, actor: &Actor, id: VoucherId, version: i32) -> Result<(), Error> {
    let law = store::parameters::set(services).await?;
    let tx = services.begin().await?;
    let voucher = store::vouchers::lock(&tx, actor.scope(), id).await?;
    let (tx, permitted) = tx.permit::<SendVoucher>(actor, voucher).await?;

    let voucher = permitted.subject();
    let decided = voucher
        .may_send(tx.now())
        .map_err(Refusal::from)
        .and_then(|after| voucher.asks_surety(&law, today(&tx)).map(|surety| (after, surety)));
    let (after, surety) = match decided {
        Ok(decided) => decided,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };
    same(permitted.subject().version, version)?;

    let sent = store::vouchers::sent(&tx, &permitted, after).await?;
    let asked = store::vouchers::ask_surety(&tx, &permitted, surety.as_ref()).await?;
    let promised = tx.promise(&VoucherLetter { voucher: id, event: Event::Sent }).await?;
    let audit = Audit::of(&permitted)
        .with("voucher", id.to_string())
        .with("number", permitted.subject().number.map(|number| number.to_string()))
        .with("surety", surety.map(|surety| surety.amount.to_iso()));
    tx.commit(audit, [sent, asked, promised]).await
}
