//! The demo world: made through the use cases, so that it can't break a rule.

mod people;
mod tenders;

use crate::{Error, Services, store};

/// Fills a database that holds no demo person yet.
pub async fn fill(services: &Services) -> Result<(), Error> {
    if !store::people::of_the_demo(services).await?.is_empty() {
        return Ok(());
    }
    people::fill(services).await?;
    tenders::fill(services).await?;
    Ok(())
}
