//! The worker: carries out what was promised in the outbox, at least once.

use std::{
    pin::pin,
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use serde::de::DeserializeOwned;

use crate::{
    Error, Services, award, call, contract, evaluation,
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

/// Between two looks for what a crash left on the disk.
const SWEEP_EVERY: Duration = Duration::from_hours(1);

/// Works until `stop`; what is under way then is finished first.
pub async fn work_until(services: &Services, stop: impl Future<Output = ()>) {
    let mut stop = pin!(stop);
    let mut next_sweep = Instant::now();
    loop {
        if Instant::now() >= next_sweep {
            next_sweep += SWEEP_EVERY;
            match offer::sweep(services).await {
                Ok(0) => {}
                Ok(swept) => tracing::info!(swept, "sealed files that a crash left were taken away"),
                Err(error) => tracing::warn!(%error, "sealed files that a crash left stay for now"),
            }
        }
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
    let letter = match due.kind.as_str() {
        Letter::KIND => return mail::send(services, due.id, &read(due)?).await,
        kind if call::KINDS.contains(&kind) => call::letters_of(services, due).await?,
        kind if contract::KINDS.contains(&kind) => contract::letters_of(services, due).await?,
        kind if award::KINDS.contains(&kind) => award::written(services, due).await?,
        kind if evaluation::promise::KINDS.contains(&kind) => evaluation::promise::letters_of(services, due).await?,
        kind if voucher::KINDS.contains(&kind) => voucher::keep(services, due).await?,
        offer::FilesFreed::KIND => return offer::collect(services, due).await,
        offer::OfferReceived::KIND => offer::letters_of(services, due).await?,
        offer::OfferUnopened::KIND => offer::letter_of_the_end(services, due).await?,
        kind => return Err(Error::Corrupt(format!("nobody keeps promises of kind {kind}"))),
    };
    match letter {
        Some(letter) => mail::send_written(services, due.id, &letter.to, letter.subject, letter.text).await,
        // Whoever it is for has no address: there is nobody to write to.
        None => Ok(()),
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
