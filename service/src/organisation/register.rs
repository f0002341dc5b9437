use domain::{
    audit::Stream,
    fault::Fault,
    kernel::{
        EmailAddress,
        identifier::Bce,
        ids::{OrganisationId, PersonId},
    },
    organisation::{Organisation, OrganisationKind, Role},
};

use crate::{
    Error, FieldErrors, Services,
    mail::{Letter, Template},
    person::{self, Address, Brake},
    store::{
        Audit, Change, Tx,
        links::{self, Link, Purpose},
        organisations,
        people::{self, Person},
    },
};

/// What a firm types to register.
#[derive(Clone)]
pub struct Registration {
    pub firm: String,
    pub bce: Bce,
    pub address: String,
    pub email: EmailAddress,
    /// Of the person who will act for the firm.
    pub name: String,
    pub password: String,
}

/// Writes a firm's registration down and sends the link that confirms it. Until then the firm is invisible and its
/// person can do nothing. A mailbox that has an account gets the same answer as one that has none.
///
/// # Errors
/// [`Fault::BceTaken`] when the number belongs to somebody, or is being registered from another mailbox.
pub async fn register(services: &Services, registration: Registration, from: &Address) -> Result<(), Error> {
    let brake = Brake::on_account("register", registration.email.as_str(), from);
    brake.hold(services).await?;
    let Registration { firm, bce, address, email, name, password } = registration;
    person::check_strength(&password, &[email.as_str(), &name, &firm])
        .map_err(|fault| FieldErrors::one("motdepasse", fault))?;
    brake.count(services).await?;
    let hash = person::hash(password).await?;

    let tx = services.begin().await?;
    let id = OrganisationId::from_uuid(services.next_id());
    let new = Organisation {
        bce: Some(bce.to_string()),
        address: Some(address),
        email: Some(email.to_string()),
        ..Organisation::named(id, OrganisationKind::Sme, firm.clone())
    };
    let (id, firm_written) = write_firm(&tx, bce, &email, new).await?;
    let person_written = write_person(services, &tx, &email, &name, hash).await?;

    let older = links::spend_others(&tx, Purpose::Confirmation, email.as_str(), Some(id)).await?;
    let link = Link { email: email.to_string(), organisation: Some(id), role: Some(Role::SmeMember) };
    let (link, linked) = links::insert(&tx, Purpose::Confirmation, &link).await?;
    let promised =
        tx.promise(&Letter::new(email, Template::Confirmation { firm: firm.clone() }).carrying(link)).await?;
    let audit = Audit::unsigned(Stream::Organisation(id), "organisation.register")
        .with("name", firm)
        .with("bce", bce.to_string());
    tx.commit(audit, [firm_written, person_written, older, linked, promised]).await
}

/// A registration that nobody confirmed does not keep its number for ever, and a second click is the same firm.
async fn write_firm(
    tx: &Tx,
    bce: Bce,
    email: &EmailAddress,
    new: Organisation,
) -> Result<(OrganisationId, Change), Error> {
    let Some(known) = organisations::lock_by_bce(tx, bce).await? else {
        return Ok((new.id, organisations::insert(tx, &new).await?));
    };
    let waits_for_another = links::confirming(tx, known.id).await?.is_some_and(|link| link.email != email.as_str());
    if known.kind != OrganisationKind::Sme || known.claimed || waits_for_another {
        return Err(FieldErrors::one("bce", Fault::BceTaken).into());
    }
    let again = Organisation { id: known.id, ..new };
    Ok((known.id, organisations::register_again(tx, &again).await?))
}

/// Somebody with a confirmed account keeps their own name and password.
async fn write_person(
    services: &Services,
    tx: &Tx,
    email: &EmailAddress,
    name: &str,
    hash: String,
) -> Result<Change, Error> {
    match people::lock_by_email(tx, email.as_str()).await? {
        Some(person) if person.confirmed => Ok(Change::all(Vec::new())),
        Some(person) => people::set_name_and_password(tx, person.id, name, hash).await,
        None => {
            let person = Person {
                id: PersonId::from_uuid(services.next_id()),
                email: email.to_string(),
                name: name.to_owned(),
                password_hash: Some(hash),
                confirmed: false,
                theme: String::new(),
                demo: false,
            };
            people::insert(tx, &person).await
        }
    }
}

/// Ends a registration: whoever reads the mailbox and knows the password acts for the firm from now on. The password is
/// asked so that a stranger who registered with this address can't have it confirmed for them.
pub async fn confirm(
    services: &Services,
    token: &str,
    password: String,
    from: &Address,
) -> Result<(PersonId, OrganisationId), Error> {
    let link = person::open_link(services, Purpose::Confirmation, token, from).await?;
    let person = person::holder(services, "motdepasse", &link.email, password, from).await?;

    let tx = services.begin().await?;
    let (link, spent) = links::spend(&tx, Purpose::Confirmation, token).await?;
    let (Some(firm), Some(role)) = (link.organisation, link.role) else {
        return Err(Error::Corrupt("a confirmation names no firm".to_owned()));
    };
    let confirmed = people::confirm(&tx, person.id).await?;
    let added = people::add_role(&tx, person.id, firm, role).await?;
    let firm_confirmed = organisations::confirm(&tx, firm).await?;
    let audit = Audit::unsigned(Stream::Organisation(firm), "organisation.confirm").by_holder(person.id);
    tx.commit(audit, [spent, confirmed, added, firm_confirmed]).await?;
    Ok((person.id, firm))
}
