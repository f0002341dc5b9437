use domain::{fault::Fault, kernel::ids::PersonId};

use super::{
    brake::{Address, Brake},
    password,
};
use crate::{
    Error, FieldErrors, Services,
    store::people::{self, Person},
};

/// Checks an e-mail address and a password. The same answer, after the same work, for an unknown address and a wrong
/// password; only the right password learns that a registration still waits for its link.
pub async fn sign_in(services: &Services, email: &str, password: String, from: &Address) -> Result<PersonId, Error> {
    let person = holder(services, "courriel", email, password, from).await?;
    if !person.confirmed || people::memberships(services, person.id).await?.is_empty() {
        return Err(FieldErrors::one("courriel", Fault::NotConfirmed).into());
    }
    Ok(person.id)
}

/// The person who knows the password of this account; `field` is where the form tells that nobody does.
pub(crate) async fn holder(
    services: &Services,
    field: &str,
    email: &str,
    password: String,
    from: &Address,
) -> Result<Person, Error> {
    let brake = Brake::on_account("account", email, from);
    brake.hold(services).await?;

    let person = people::by_email(services, email.trim()).await?;
    let hash = person.as_ref().and_then(|person| person.password_hash.clone());
    if password::verify(password, hash).await? {
        return person.ok_or(Error::NotFound);
    }
    brake.count(services).await?;
    Err(FieldErrors::one(field, Fault::NotRecognised).into())
}
