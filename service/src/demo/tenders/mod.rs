//! Files at every stage of their road, each brought there by the people of the demo through the use cases.

mod after;
mod before;
mod calls;
mod roads;
mod steps;
mod who;

pub(super) use steps::{File, adopted_by, published};
pub(super) use who::{actor, firm_member};

use crate::{Error, Services};

/// The files that began long ago first, so that references follow the calendar; then needs, and one file for each stage of
/// the road to the call.
pub(super) async fn fill(services: &Services) -> Result<(), Error> {
    after::past_the_call(services).await?;
    calls::questions_closed(services).await?;
    before::needs(services).await?;
    before::gathering(services).await?;
    before::at_the_councils(services).await?;
    before::drafting(services).await?;
    before::awaiting_opinion(services).await?;
    before::adopted(services).await?;
    before::advised(services).await?;
    calls::called(services).await?;
    before::given_up(services).await
}
