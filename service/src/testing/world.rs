use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use domain::{
    audit::Stream,
    authz::Actor,
    kernel::{
        ids::{OrganisationId, PersonId},
        time::utc_from_brussels,
    },
    organisation::{Organisation, OrganisationKind, Role},
};
use uuid::Uuid;

use crate::{
    Clock, Ids, MailMode, Services, Settings,
    clock::SystemClock,
    cpv, job, parameter,
    store::{self, Audit, Store, audit::Entry, people::Person},
    testing::{Received, TestDatabase, database, post},
};

/// Monday 23 November 2026, 10:00 in Brussels, until a test moves the clock.
const START: &str = "2026-11-23 10:00";

/// A database, a clock, and the people whom a test needs.
pub struct World {
    pub services: Services,
    pub data_dir: PathBuf,
    pub url: String,
    clock: TestClock,
}

/// An instant from its Brussels writing, `2026-03-02 09:59`.
pub fn at(text: &str) -> DateTime<Utc> {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a test writes a real instant");
    utc_from_brussels(local.date(), local.time()).expect("a test writes an hour that exists once")
}

#[derive(Clone)]
struct TestClock(Arc<Mutex<DateTime<Utc>>>);

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().expect("no test panics while it holds the clock")
    }
}

struct Counting(AtomicU64);

impl Ids for Counting {
    fn next(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.0.fetch_add(1, Ordering::Relaxed) + 1))
    }
}

impl World {
    pub async fn on_sqlite() -> Self {
        Self::on(TestDatabase::sqlite().await).await
    }

    pub async fn on_postgres() -> Self {
        Self::on(TestDatabase::postgres().await).await
    }

    /// For requests to the router: one click signs in, and the clock starts at the machine's time, which the library
    /// that keeps sessions reads too.
    pub async fn for_requests() -> Self {
        Self::starting(TestDatabase::sqlite().await, SystemClock.now(), true).await
    }

    pub async fn for_requests_on_postgres() -> Self {
        Self::starting(TestDatabase::postgres().await, SystemClock.now(), true).await
    }

    pub(super) async fn on(database: TestDatabase) -> Self {
        Self::starting(database, at(START), false).await
    }

    async fn starting(database: TestDatabase, now: DateTime<Utc>, demo: bool) -> Self {
        let clock = TestClock(Arc::new(Mutex::new(now)));
        let settings = Settings {
            base_url: "http://127.0.0.1:3000".to_owned(),
            data_dir: database.data_dir.clone(),
            mail: MailMode::Files,
            demo,
            secret: crate::secret::Secret::new("the secret of the tests, 32 characters"),
            offer_mebibytes: 1024,
            upload_pause: Duration::from_secs(4),
        };
        let services = Services::new(database.store, clock.clone(), Counting(AtomicU64::new(0)), settings);
        parameter::ship(&services).await.expect("the figures of law ship");
        cpv::ship(&services).await.expect("the codes ship");
        Self { services, data_dir: database.data_dir, url: database.url, clock }
    }

    /// The world's clock now stands at this Brussels time.
    pub fn now_is(&self, text: &str) {
        *self.clock.0.lock().expect("no test panics while it holds the clock") = at(text);
    }

    /// The world's clock now stands at this instant.
    pub fn stands_at(&self, instant: DateTime<Utc>) {
        *self.clock.0.lock().expect("no test panics while it holds the clock") = instant;
    }

    /// The world's clock moves on by this many hours.
    pub fn hours_pass(&self, hours: i64) {
        *self.clock.0.lock().expect("no test panics while it holds the clock") += TimeDelta::hours(hours);
    }

    /// Every file in which this world's bytes may lie: those of the data directory and of the database, logs included, that
    /// were written since.
    pub async fn stored_files(&self, since: DateTime<Utc>) -> Vec<PathBuf> {
        let mut files = database::files(&self.url).await;
        files.extend(files_below(&self.data_dir));
        // A database takes files away meanwhile.
        let written = |path: &PathBuf| std::fs::metadata(path).and_then(|known| known.modified());
        files.retain(|path| written(path).is_ok_and(|at| DateTime::<Utc>::from(at) >= since));
        files
    }

    /// The sealed files of offers on the disk, half ones too.
    pub fn sealed_files(&self) -> Vec<PathBuf> {
        files_below(&self.data_dir.join("sealed"))
    }

    pub fn store(&self) -> &Store {
        self.services.store()
    }

    /// A new organisation of this kind.
    pub async fn organisation(&self, kind: OrganisationKind, name: &str) -> Organisation {
        let id = OrganisationId::from_uuid(self.services.next_id());
        let new = Organisation { claimed: true, ..Organisation::named(id, kind, name) };
        let tx = self.services.begin().await.expect("a write begins");
        let inserted = store::organisations::insert(&tx, &new).await.expect("a new organisation");
        tx.commit(Audit::unsigned(Stream::Organisation(new.id), "test.organisation"), [inserted]).await.expect("kept");
        new
    }

    /// A new commune.
    pub async fn commune(&self, name: &str) -> Organisation {
        self.organisation(OrganisationKind::Commune, name).await
    }

    /// Somebody new, with this role in this organisation.
    pub async fn member(&self, organisation: &Organisation, role: Role) -> Actor {
        let person = Person {
            id: PersonId::from_uuid(self.services.next_id()),
            email: format!("{}@example.be", self.services.next_id()),
            name: format!("{} de {}", role.code(), organisation.name),
            password_hash: None,
            confirmed: true,
            theme: String::new(),
            demo: false,
        };
        let tx = self.services.begin().await.expect("a write begins");
        let inserted = store::people::insert(&tx, &person).await.expect("a new person");
        let added = store::people::add_role(&tx, person.id, organisation.id, role).await.expect("a new role");
        tx.commit(Audit::unsigned(Stream::Organisation(organisation.id), "test.member"), [inserted, added])
            .await
            .expect("kept");
        Actor::member(person.id, organisation.id, organisation.kind, [role].into())
    }

    /// The procurement officer of a new commune.
    pub async fn officer(&self, commune: &str) -> Actor {
        let commune = self.commune(commune).await;
        self.member(&commune, Role::ProcurementOfficer).await
    }

    /// Lets the worker work, and takes the letters that were written since the last time.
    pub async fn post(&self) -> Vec<Received> {
        job::run_due(&self.services).await.expect("the worker works");
        post::collect(&self.data_dir.join("mails"))
    }

    /// The latest row of a chain.
    pub async fn last_audit(&self, stream: Stream) -> Entry {
        store::audit::latest(&self.services, stream, 1).await.expect("the chain reads").remove(0)
    }
}

/// Every file of this folder and of those in it; none where it is not there.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.flatten().map(|entry| entry.path());
    paths.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}
