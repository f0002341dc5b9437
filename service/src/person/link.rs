use super::brake::{Address, Brake};
use crate::{
    Error, Services,
    store::links::{self, Link, Purpose},
};

/// The link behind an address that somebody opened. Wrong ones count as attempts.
///
/// # Errors
/// [`domain::refusal::Refusal::LinkSpent`] for a used, an old and an invented link alike.
pub async fn open_link(services: &Services, purpose: Purpose, token: &str, from: &Address) -> Result<Link, Error> {
    let brake = Brake::on_caller(from);
    brake.hold(services).await?;
    let found = links::find(services, purpose, token).await;
    if found.is_err() {
        brake.count(services).await?;
    }
    found
}
