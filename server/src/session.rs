//! Sessions: kept in the database, read into the person who asks.

use app::Who;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::kernel::ids::{OrganisationId, PersonId};
use service::{
    Error, Services,
    store::{people, sessions},
};
use tower_sessions::{
    Session, SessionStore,
    session::{Id, Record},
    session_store,
};

const PERSON: &str = "person";
const ORGANISATION: &str = "organisation";

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
        let expiry_date = tower_sessions::cookie::time::OffsetDateTime::from_unix_timestamp(expires_at.timestamp())
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
pub(crate) async fn sign_in(session: &Session, person: PersonId) -> Result<(), Error> {
    session.flush().await.map_err(corrupt)?;
    session.cycle_id().await.map_err(corrupt)?;
    session.insert(PERSON, person).await.map_err(corrupt)
}

pub(crate) async fn act_for(session: &Session, organisation: OrganisationId) -> Result<(), Error> {
    session.insert(ORGANISATION, organisation).await.map_err(corrupt)
}

pub(crate) async fn sign_out(session: &Session) -> Result<(), Error> {
    session.flush().await.map_err(corrupt)
}

fn corrupt(error: tower_sessions::session::Error) -> Error {
    Error::Corrupt(error.to_string())
}
