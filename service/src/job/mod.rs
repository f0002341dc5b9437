//! The worker: carries out what was promised in the outbox, at least once.

use std::{pin::pin, time::Duration};

use chrono::TimeDelta;
use serde::de::DeserializeOwned;

use crate::{
    Error, Services, award, call, evaluation,
    mail::{self, Letter},
    offer,
    store::outbox::{self, Due, Promise as _},
    voucher,
};

/// Nobody else takes a promise while one worker is at it; after this it died.
const LEASE_MINUTES: i64 = 5;
/// Between two looks into an empty outbox.
const PAUSE: Duration = Duration::from_secs(2);

/// Carries out every promise whose time has come, and says how many were kept. One that fails is tried again later.
pub async fn run_due(services: &Services) -> Result<usize, Error> {
    let mut kept = 0;
    while let Some(due) = outbox::take(services, TimeDelta::minutes(LEASE_MINUTES)).await? {
        match keep(services, &due).await {
            Ok(()) => {
                outbox::kept(services, due.id).await?;
                kept += 1;
            }
            Err(error) => {
                tracing::warn!(promise = %due.id, kind = due.kind, attempts = due.attempts, %error, "a promise failed");
                let again = services.now() + back_off(due.attempts);
                outbox::failed(services, due.id, &error.to_string(), again).await?;
            }
        }
    }
    Ok(kept)
}

/// Works until `stop`; what is under way then is finished first.
pub async fn work_until(services: &Services, stop: impl Future<Output = ()>) {
    let mut stop = pin!(stop);
    loop {
        if let Err(error) = run_due(services).await {
            tracing::error!(%error, "the outbox can't be read");
        }
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

async fn keep(services: &Services, due: &Due) -> Result<(), Error> {
    match due.kind.as_str() {
        Letter::KIND => mail::send(services, due.id, &read(due)?).await,
        kind if call::KINDS.contains(&kind) => match call::letters_of(services, due).await? {
            Some(letter) => mail::send_written(services, due.id, &letter.to, letter.subject, letter.text).await,
            // The firm or the commune has no address: there is nobody to write to.
            None => Ok(()),
        },
        kind if award::KINDS.contains(&kind) => match award::written(services, due).await? {
            Some(letter) => mail::send_written(services, due.id, &letter.to, letter.subject, letter.text).await,
            None => Ok(()),
        },
        kind if evaluation::promise::KINDS.contains(&kind) => {
            match evaluation::promise::letters_of(services, due).await? {
                Some(letter) => mail::send_written(services, due.id, &letter.to, letter.subject, letter.text).await,
                None => Ok(()),
            }
        }
        offer::OfferReceived::KIND => match offer::letters_of(services, due).await? {
            Some(letter) => mail::send_written(services, due.id, &letter.to, letter.subject, letter.text).await,
            None => Ok(()),
        },
        kind if voucher::KINDS.contains(&kind) => match voucher::keep(services, due).await? {
            Some(letter) => mail::send_written(services, due.id, &letter.to, letter.subject, letter.text).await,
            None => Ok(()),
        },
        kind => Err(Error::Corrupt(format!("nobody keeps promises of kind {kind}"))),
    }
}

fn read<P: DeserializeOwned>(due: &Due) -> Result<P, Error> {
    serde_json::from_value(due.payload.clone()).map_err(|error| Error::Corrupt(error.to_string()))
}

/// 1, 4, 16, 64 minutes, and so on: nearly a day until the last attempt, while the links in letters still work.
fn back_off(attempts: i32) -> TimeDelta {
    let steps = u32::try_from(attempts - 1).unwrap_or_default().min(5);
    TimeDelta::minutes(4_i64.pow(steps))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_attempt_waits_four_times_longer() {
        assert_eq!([1, 2, 3, 6].map(|attempts| back_off(attempts).num_minutes()), [1, 4, 16, 1_024]);
        assert_eq!(back_off(i32::MAX), back_off(6));
    }
}
