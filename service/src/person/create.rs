use domain::{
    audit::Stream,
    fault::Fault,
    kernel::{EmailAddress, ids::PersonId},
    organisation::{Organisation, Role},
};

use crate::{
    Error, FieldErrors, Services,
    store::{
        Audit, Change,
        links::{self, Link, Purpose},
        people::{self, Person},
    },
};

/// Gives somebody a role from the console, and returns the address of a one-time link to choose a password: how the
/// first person of an organisation comes in.
pub async fn create(
    services: &Services,
    email: &EmailAddress,
    name: &str,
    organisation: &Organisation,
    role: Role,
) -> Result<String, Error> {
    if !organisation.kind.roles().contains(&role) {
        return Err(FieldErrors::one("role", Fault::NotAChoice).into());
    }

    let tx = services.begin().await?;
    let (person, inserted) = match people::lock_by_email(&tx, email.as_str()).await? {
        Some(person) => (person.id, Change::all(Vec::new())),
        None => {
            let person = Person {
                id: PersonId::from_uuid(services.next_id()),
                email: email.to_string(),
                name: name.to_owned(),
                password_hash: None,
                confirmed: false,
                theme: String::new(),
                demo: false,
            };
            (person.id, people::insert(&tx, &person).await?)
        }
    };
    let added = people::add_role(&tx, person, organisation.id, role).await?;
    let link = Link { email: email.to_string(), organisation: None, role: None };
    let (link, linked) = links::insert(&tx, Purpose::Password, &link).await?;
    let audit = Audit::unsigned(Stream::Organisation(organisation.id), "organisation.join")
        .with("email", email.as_str())
        .with("role", role.code());
    tx.commit(audit, [inserted, added, linked]).await?;

    links::draw(services, link).await?.ok_or(Error::NotFound)
}
