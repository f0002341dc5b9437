use chrono::TimeDelta;
use domain::{fault::Fault, kernel::ids::PersonId};

use super::password;
use crate::{Error, FieldErrors, Services, store::people};

/// Network address of the caller, for the brake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(pub String);

/// Attempts on one account, then on one address, before they must wait.
const MOST_PER_ACCOUNT: u64 = 8;
const MOST_PER_ADDRESS: u64 = 60;
const WINDOW_MINUTES: i64 = 15;

/// Checks an e-mail address and a password. The same answer, after the same work, for an unknown address and a wrong
/// password.
pub async fn sign_in(services: &Services, email: &str, password: String, from: &Address) -> Result<PersonId, Error> {
    let account = format!("account/{}", email.trim().to_lowercase());
    let address = format!("address/{}", from.0);
    let since = services.now() - TimeDelta::minutes(WINDOW_MINUTES);
    if people::attempts_since(services, &account, since).await? >= MOST_PER_ACCOUNT
        || people::attempts_since(services, &address, since).await? >= MOST_PER_ADDRESS
    {
        return Err(Error::TooMany { retry_after_seconds: WINDOW_MINUTES * 60 });
    }

    let person = people::by_email(services, email.trim()).await?;
    let hash = person.as_ref().and_then(|person| person.password_hash.clone());
    if password::verify(password, hash).await? {
        return person.map(|person| person.id).ok_or(Error::NotFound);
    }
    people::count_attempt(services, &[account, address], since).await?;
    Err(FieldErrors::one("courriel", Fault::NotRecognised).into())
}
