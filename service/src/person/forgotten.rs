use domain::{audit::Stream, kernel::EmailAddress};

use super::{
    brake::{Address, Brake},
    link::open_link,
    password,
};
use crate::{
    Error, FieldErrors, Services,
    mail::{Letter, Template},
    store::{
        self, Audit,
        links::{self, Link, Purpose},
        people,
    },
};

/// Sends a link for a new password. Known and unknown addresses get the same answer after the same work: whether there
/// is an account shows when the letter is written, or not.
pub async fn forgotten(services: &Services, email: &EmailAddress, from: &Address) -> Result<(), Error> {
    let brake = Brake::on_account("forgotten", email.as_str(), from);
    brake.hold(services).await?;
    brake.count(services).await?;

    let tx = services.begin().await?;
    let link = Link { email: email.to_string(), organisation: None, role: None };
    let (id, linked) = links::insert(&tx, Purpose::Password, &link).await?;
    let promised = tx.promise(&Letter::new(email.clone(), Template::Password).carrying(id)).await?;
    tx.commit(Audit::unsigned(Stream::Platform, "person.forgotten"), [linked, promised]).await
}

/// The holder of the link chooses a new password: older links and every session end.
pub async fn choose_password(services: &Services, token: &str, password: String, from: &Address) -> Result<(), Error> {
    let link = open_link(services, Purpose::Password, token, from).await?;
    let person = people::by_email(services, &link.email).await?.ok_or(Error::NotFound)?;
    password::check_strength(&password, &[&person.email, &person.name])
        .map_err(|fault| FieldErrors::one("motdepasse", fault))?;
    let hash = password::hash(password).await?;

    let tx = services.begin().await?;
    let (_, spent) = links::spend(&tx, Purpose::Password, token).await?;
    let others = links::spend_others(&tx, Purpose::Password, &person.email, None).await?;
    let set = people::set_name_and_password(&tx, person.id, &person.name, hash).await?;
    let confirmed = people::confirm(&tx, person.id).await?;
    let ended = store::sessions::delete_of(&tx, person.id).await?;
    let audit = Audit::unsigned(Stream::Platform, "person.password").by_holder(person.id);
    tx.commit(audit, [spent, others, set, confirmed, ended]).await
}
