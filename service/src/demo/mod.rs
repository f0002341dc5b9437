//! The demo world: made through the use cases, so that it can't break a rule.

mod awards;
mod bids;
mod central;
mod offers;
mod past;
mod people;
mod tenders;
mod vouchers;

use chrono::TimeDelta;

use crate::{Error, Services, store};

/// Fills a database that holds no demo person yet. Not found where real people have accounts: the demo's sign in by a click.
pub async fn fill(services: &Services) -> Result<(), Error> {
    if !store::people::of_the_demo(services).await?.is_empty() {
        return Ok(());
    }
    if store::people::are_real(services).await? {
        return Err(Error::NotFound);
    }
    people::fill(services).await?;
    tenders::fill(services).await?;
    Ok(())
}

/// Adds `count` copies of the demo's tenders, to measure with. For speed they go straight into the store, past use cases,
/// proofs and trail: a crowd, not a world that anybody works in. Not found in a database that is not the demo's.
pub async fn crowd(services: &Services, count: u64) -> Result<(), Error> {
    if store::people::of_the_demo(services).await?.is_empty() {
        return Err(Error::NotFound);
    }
    store::crowd::copy_tenders(services, count).await
}

/// Adds vouchers of `count` lines in all on copies of the demo's contracts, to measure with, in the same way; `told` how
/// many lines there are, again and again.
pub async fn lines(services: &Services, count: u64, told: impl Fn(u64)) -> Result<(), Error> {
    if store::people::of_the_demo(services).await?.is_empty() {
        return Err(Error::NotFound);
    }
    store::crowd::copy_lines(services, count, told).await
}

/// Puts the demo's clock forward, so that nobody waits for the end of a deposit or of a standstill. Sessions last as much
/// longer. Not found outside the demo.
pub async fn put_forward(services: &Services, by: TimeDelta) -> Result<(), Error> {
    let clock = services.demo_clock().ok_or(Error::NotFound)?;
    store::sessions::prolong(services, by).await?;
    clock.put_forward(by)?;
    Ok(())
}
