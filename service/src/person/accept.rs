use domain::{audit::Stream, kernel::ids::PersonId};

use super::{brake::Address, link::open_link, password};
use crate::{
    Error, FieldErrors, Services,
    store::{
        Audit, Change,
        links::{self, Purpose},
        people::{self, Person},
    },
};

/// Who accepted an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accepted {
    /// Somebody who has just chosen a password.
    Newcomer(PersonId),
    /// Somebody who had an account: the link alone does not sign them in.
    Known(PersonId),
}

/// What a newcomer types.
#[derive(Clone)]
pub struct Newcomer {
    pub name: String,
    pub password: String,
}

/// Does the person behind this mailbox have a password of their own? One that a stranger may have chosen, before the
/// mailbox was proved, does not count.
pub async fn has_account(services: &Services, email: &str) -> Result<bool, Error> {
    Ok(people::by_email(services, email).await?.is_some_and(|person| is_settled(&person)))
}

fn is_settled(person: &Person) -> bool {
    person.confirmed && person.password_hash.is_some()
}

/// Accepts an invitation, for somebody who has an account.
pub async fn accept(services: &Services, token: &str, from: &Address) -> Result<Accepted, Error> {
    let link = open_link(services, Purpose::Invitation, token, from).await?;
    let person = people::by_email(services, &link.email).await?.filter(is_settled).ok_or(Error::NotFound)?;

    join(services, token, async |_| Ok((person.id, Change::all(Vec::new())))).await.map(Accepted::Known)
}

/// Accepts an invitation, for somebody who has none.
pub async fn accept_as_newcomer(
    services: &Services,
    token: &str,
    newcomer: Newcomer,
    from: &Address,
) -> Result<Accepted, Error> {
    let link = open_link(services, Purpose::Invitation, token, from).await?;
    if has_account(services, &link.email).await? {
        return accept(services, token, from).await;
    }
    let Newcomer { name, password } = newcomer;
    password::check_strength(&password, &[&link.email, &name])
        .map_err(|fault| FieldErrors::one("motdepasse", fault))?;
    let hash = password::hash(password).await?;

    let join = join(services, token, async |tx| match people::lock_by_email(tx, &link.email).await? {
        Some(person) => {
            let set = people::set_name_and_password(tx, person.id, &name, hash).await?;
            let confirmed = people::confirm(tx, person.id).await?;
            Ok((person.id, Change::all(vec![set, confirmed])))
        }
        None => {
            let person = Person {
                id: PersonId::from_uuid(services.next_id()),
                email: link.email.clone(),
                name: name.clone(),
                password_hash: Some(hash),
                confirmed: true,
                theme: String::new(),
                demo: false,
            };
            Ok((person.id, people::insert(tx, &person).await?))
        }
    });
    join.await.map(Accepted::Newcomer)
}

/// Spends the link and gives the role to the person whom `prepare` finds or makes in the same write.
async fn join(
    services: &Services,
    token: &str,
    prepare: impl AsyncFnOnce(&crate::store::Tx) -> Result<(PersonId, Change), Error>,
) -> Result<PersonId, Error> {
    let tx = services.begin().await?;
    let (link, spent) = links::spend(&tx, Purpose::Invitation, token).await?;
    let (Some(organisation), Some(role)) = (link.organisation, link.role) else {
        return Err(Error::Corrupt("an invitation names no role".to_owned()));
    };
    let (person, prepared) = prepare(&tx).await?;
    let added = people::add_role(&tx, person, organisation, role).await?;
    let audit = Audit::unsigned(Stream::Organisation(organisation), "organisation.join")
        .by_holder(person)
        .with("role", role.code());
    tx.commit(audit, [spent, prepared, added]).await?;
    Ok(person)
}
