//! The demo world: made through the use cases, so that it can't break a rule.

mod offers;
mod people;
mod tenders;
mod vouchers;

use chrono::TimeDelta;

use crate::{Error, Services, store};

/// Fills a database that holds no demo person yet.
pub async fn fill(services: &Services) -> Result<(), Error> {
    if !store::people::of_the_demo(services).await?.is_empty() {
        return Ok(());
    }
    people::fill(services).await?;
    tenders::fill(services).await?;
    vouchers::fill(services).await?;
    Ok(())
}

/// Puts the demo's clock forward, so that nobody waits for the end of a deposit or of a standstill. Sessions last as much
/// longer. Not found outside the demo.
pub async fn put_forward(services: &Services, by: TimeDelta) -> Result<(), Error> {
    let clock = services.demo_clock().ok_or(Error::NotFound)?;
    store::sessions::prolong(services, by).await?;
    clock.put_forward(by)?;
    Ok(())
}
