//! Sessions: kept in the database, read into the person who asks.

use app::Who;
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use domain::kernel::ids::{OrganisationId, PersonId};
use service::{
    Error, Services,
    store::{people, sessions},
};
use tower_sessions::{
    Expiry, Session, SessionStore,
    cookie::time::OffsetDateTime,
    session::{Id, Record},
    session_store,
};

const PERSON: &str = "person";
const ORGANISATION: &str = "organisation";
const SEEN: &str = "seen";

/// A session ends after so long without a click.
pub(crate) const HOURS: i64 = 8;
/// A click is written down once in so many minutes: reading a page costs no write.
const SEEN_EVERY_MINUTES: i64 = 10;

/// Where tower-sessions keeps its records: our database.
#[derive(Clone)]
pub(crate) struct DatabaseSessions(pub(crate) Services);

impl std::fmt::Debug for DatabaseSessions {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("DatabaseSessions")
    }
}

#[async_trait]
impl SessionStore for DatabaseSessions {
    async fn save(&self, record: &Record) -> session_store::Result<()> {
        let data = serde_json::to_string(&record.data).map_err(encode)?;
        let expires_at = DateTime::<Utc>::from_timestamp(record.expiry_date.unix_timestamp(), 0)
            .ok_or_else(|| session_store::Error::Encode("expiry out of range".to_owned()))?;
        sessions::save(&self.0, &record.id.to_string(), &data, expires_at).await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let Some((data, expires_at)) = sessions::load(&self.0, &id.to_string()).await.map_err(backend)? else {
            return Ok(None);
        };
        let data = serde_json::from_str(&data).map_err(|error| session_store::Error::Decode(error.to_string()))?;
        let expiry_date = OffsetDateTime::from_unix_timestamp(expires_at.timestamp())
            .map_err(|error| session_store::Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        sessions::delete(&self.0, &id.to_string()).await.map_err(backend)
    }
}

fn encode(error: serde_json::Error) -> session_store::Error {
    session_store::Error::Encode(error.to_string())
}

fn backend(error: Error) -> session_store::Error {
    session_store::Error::Backend(error.to_string())
}

/// Who asks, from their session; `None` for a visitor, and for a person who belongs nowhere any more.
pub(crate) async fn who(services: &Services, session: &Session) -> Result<Option<Who>, Error> {
    let Some(id) = session.get::<PersonId>(PERSON).await.map_err(corrupt)? else { return Ok(None) };
    let person = match people::find(services, id).await {
        Ok(person) => person,
        Err(Error::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let memberships = people::memberships(services, id).await?;
    let chosen = session.get::<OrganisationId>(ORGANISATION).await.map_err(corrupt)?;
    let acting = memberships
        .iter()
        .find(|membership| Some(membership.organisation.id) == chosen)
        .or_else(|| memberships.first())
        .cloned();
    Ok(acting.map(|acting| Who { actor: acting.actor(id), person, acting, memberships }))
}

/// A new session under a new identifier: a cookie from before signing in is worth nothing after.
pub(crate) async fn sign_in(services: &Services, session: &Session, person: PersonId) -> Result<(), Error> {
    session.flush().await.map_err(corrupt)?;
    session.cycle_id().await.map_err(corrupt)?;
    session.insert(PERSON, person).await.map_err(corrupt)?;
    prolong(services, session).await
}

pub(crate) async fn act_for(services: &Services, session: &Session, organisation: OrganisationId) -> Result<(), Error> {
    session.insert(ORGANISATION, organisation).await.map_err(corrupt)?;
    prolong(services, session).await
}

/// Somebody clicked: their session lasts on from here.
pub(crate) async fn keep_alive(services: &Services, session: &Session) -> Result<(), Error> {
    let seen = session.get::<DateTime<Utc>>(SEEN).await.map_err(corrupt)?;
    let long_ago = services.now() - TimeDelta::minutes(SEEN_EVERY_MINUTES);
    if seen.is_none_or(|seen| seen < long_ago) { prolong(services, session).await } else { Ok(()) }
}

/// By the clock of the services, which may be ahead of the machine's.
async fn prolong(services: &Services, session: &Session) -> Result<(), Error> {
    let now = services.now();
    session.insert(SEEN, now).await.map_err(corrupt)?;
    let end = OffsetDateTime::from_unix_timestamp((now + TimeDelta::hours(HOURS)).timestamp())
        .map_err(|error| Error::Corrupt(error.to_string()))?;
    session.set_expiry(Some(Expiry::AtDateTime(end)));
    Ok(())
}

pub(crate) async fn sign_out(session: &Session) -> Result<(), Error> {
    session.flush().await.map_err(corrupt)
}

fn corrupt(error: tower_sessions::session::Error) -> Error {
    Error::Corrupt(error.to_string())
}
