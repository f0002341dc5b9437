use chrono::{DateTime, Utc};
use domain::{
    audit::{Outcome, Stream},
    authz::{Action, Actor, Authorised, Denied, Subject},
    kernel::ids::PersonId,
    refusal::Refusal,
};
use sea_orm::{DatabaseTransaction, EntityTrait, QuerySelect, Select};
use serde_json::{Map, Value};
use uuid::Uuid;

#[cfg(debug_assertions)]
use crate::store::kill_point::KillPoint;
use crate::{
    Error, Services,
    store::{Backend, audit},
};

/// One write in the making. Dropping it undoes everything; [`Tx::commit`] is the only way to keep anything.
pub struct Tx {
    raw: DatabaseTransaction,
    services: Services,
    now: DateTime<Utc>,
    #[cfg(debug_assertions)]
    kill_point: KillPoint,
}

/// Something was written. It must be handed to [`Tx::commit`]: forgetting one does not compile.
#[must_use]
#[derive(Debug)]
pub struct Change {
    _written: (),
}

impl Change {
    pub(super) fn written() -> Self {
        Self { _written: () }
    }

    /// Several writes of the same kind, as one.
    pub fn all(changes: Vec<Self>) -> Self {
        drop(changes);
        Self::written()
    }
}

/// What the trail will say about a write.
#[must_use]
#[derive(Debug, Clone)]
pub struct Audit {
    pub(super) stream: Stream,
    pub(super) person: Option<Uuid>,
    pub(super) organisation: Option<Uuid>,
    pub(super) action: &'static str,
    pub(super) outcome: Outcome,
    pub(super) facts: Map<String, Value>,
}

impl Audit {
    /// The permitted action was done.
    pub fn of<A: Action>(permitted: &Authorised<A>) -> Self {
        Self::by(permitted.actor(), permitted.subject().stream(), A::NAME, Outcome::Done)
    }

    /// The permitted action was refused by a rule.
    pub fn refused<A: Action>(permitted: &Authorised<A>, refusal: &Refusal) -> Self {
        Self::by(permitted.actor(), permitted.subject().stream(), A::NAME, Outcome::Refused)
            .with("refusal", refusal.to_string())
    }

    /// Something done by nobody who is signed in: a registration, a job of the platform.
    pub fn unsigned(stream: Stream, action: &'static str) -> Self {
        Self { stream, person: None, organisation: None, action, outcome: Outcome::Done, facts: Map::new() }
    }

    /// It was done by the holder of this account, who proved it by a link or a password, not by a session.
    pub fn by_holder(mut self, person: PersonId) -> Self {
        self.person = Some(person.as_uuid());
        self
    }

    /// A fact worth keeping. Never the content of an offer, a password or a key.
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.facts.insert(key.to_owned(), value.into());
        self
    }

    /// A value that changed.
    pub fn changed(self, key: &str, before: impl Into<Value>, after: impl Into<Value>) -> Self {
        self.with(key, serde_json::json!({ "before": before.into(), "after": after.into() }))
    }

    /// A value that may have changed: told only when it did.
    pub fn changed_if<T: PartialEq + Into<Value>>(self, key: &str, before: T, after: T) -> Self {
        if before == after { self } else { self.changed(key, before, after) }
    }

    /// Writes the row on another chain: the trail of the thing that the action has just made.
    pub fn on(mut self, stream: Stream) -> Self {
        self.stream = stream;
        self
    }

    fn by(actor: &Actor, stream: Stream, action: &'static str, outcome: Outcome) -> Self {
        Self {
            stream,
            person: Some(actor.person().as_uuid()),
            organisation: Some(actor.organisation().as_uuid()),
            action,
            outcome,
            facts: Map::new(),
        }
    }
}

impl Services {
    /// Begins a write and reads the clock, once.
    pub async fn begin(&self) -> Result<Tx, Error> {
        let raw = self.store().begin().await?;
        Ok(Tx {
            raw,
            services: self.clone(),
            now: self.now(),
            #[cfg(debug_assertions)]
            kill_point: KillPoint::default(),
        })
    }

    /// Asks the policy before anything is made for a write, which asks again under its lock; a refusal is written down.
    ///
    /// # Errors
    /// [`Error::Denied`] when the actor may not.
    pub async fn permit<A: Action>(&self, actor: &Actor, subject: A::Subject) -> Result<Authorised<A>, Error> {
        match Authorised::<A>::check(actor, subject) {
            Ok(permitted) => Ok(permitted),
            Err(denied) => self.begin().await?.deny(actor, denied).await,
        }
    }

    /// What was made for a write before it began; where a rule said no, the attempt is written down.
    ///
    /// # Errors
    /// Those of `made`.
    pub async fn made_for<A: Action, T>(&self, permitted: &Authorised<A>, made: Result<T, Error>) -> Result<T, Error> {
        match made {
            Err(Error::Refused(refusal)) => {
                self.begin().await?.refuse(Audit::refused(permitted, &refusal), refusal).await
            }
            made => made,
        }
    }
}

impl Tx {
    /// The instant of this write.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Asks the policy; a refusal is written down before it is returned.
    ///
    /// # Errors
    /// [`Error::Denied`] when the actor may not.
    pub async fn permit<A: Action>(self, actor: &Actor, subject: A::Subject) -> Result<(Self, Authorised<A>), Error> {
        match Authorised::<A>::check(actor, subject) {
            Ok(permitted) => {
                #[cfg(debug_assertions)]
                self.kill_point.permitted(A::NAME);
                Ok((self, permitted))
            }
            Err(denied) => self.deny(actor, denied).await,
        }
    }

    async fn deny<T>(self, actor: &Actor, denied: Denied) -> Result<T, Error> {
        let audit = Audit::by(actor, denied.stream, denied.action, Outcome::Denied);
        self.record_alone(audit).await?;
        Err(denied.into())
    }

    /// A rule said no: undoes everything, writes the attempt down, and returns the refusal.
    ///
    /// # Errors
    /// Always: the refusal, or the database's failure to record it.
    pub async fn refuse<T>(self, audit: Audit, refusal: impl Into<Refusal>) -> Result<T, Error> {
        self.record_alone(audit).await?;
        Err(Error::Refused(refusal.into()))
    }

    /// What was worked out in this write; where a rule said no, as [`Tx::refuse`].
    ///
    /// # Errors
    /// Those of `made`.
    pub async fn made<A: Action, T>(
        self,
        permitted: &Authorised<A>,
        made: Result<T, Error>,
    ) -> Result<(Self, T), Error> {
        match made {
            Ok(made) => Ok((self, made)),
            Err(Error::Refused(refusal)) => self.refuse(Audit::refused(permitted, &refusal), refusal).await,
            Err(error) => Err(error),
        }
    }

    /// Keeps the changes and the row that tells of them.
    pub async fn commit<const N: usize>(self, audit: Audit, changes: [Change; N]) -> Result<(), Error> {
        self.commit_telling([audit], changes).await
    }

    /// Keeps the changes of one act that belongs on several trails (a need that becomes a tender).
    pub async fn commit_telling<const M: usize, const N: usize>(
        self,
        mut audits: [Audit; M],
        changes: [Change; N],
    ) -> Result<(), Error> {
        drop(changes);
        // The heads are locked in one order: two acts that tell the same trails never wait for each other.
        audits.sort_by_key(|row| row.stream);
        for row in audits {
            audit::append(&self, row).await?;
        }
        #[cfg(debug_assertions)]
        self.kill_point.statement();
        self.raw.commit().await?;
        #[cfg(debug_assertions)]
        self.kill_point.statement();
        Ok(())
    }

    /// Keeps what is not a record of anybody's act: sessions, brakes, the state of the outbox.
    pub(super) async fn commit_unaudited(self) -> Result<(), Error> {
        self.raw.commit().await?;
        Ok(())
    }

    async fn record_alone(self, audit: Audit) -> Result<(), Error> {
        let services = self.services.clone();
        self.raw.rollback().await?;
        let tx = services.begin().await?;
        tx.commit(audit, []).await
    }

    /// For one statement.
    pub(super) fn raw(&self) -> &DatabaseTransaction {
        #[cfg(debug_assertions)]
        self.kill_point.statement();
        &self.raw
    }

    pub(super) fn next_id(&self) -> Uuid {
        self.services.next_id()
    }

    /// `select`, its rows locked until the end of this write. SQLite has one writer: nothing to lock.
    pub(super) fn locked<E: EntityTrait>(&self, select: Select<E>) -> Select<E> {
        match self.services.store().backend() {
            Backend::Sqlite => select,
            Backend::Postgres => select.lock_exclusive(),
        }
    }
}
