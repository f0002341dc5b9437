use std::{
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

use domain::{
    kernel::{Percent, identifier::Bce, ids::OrganisationId},
    procedure::Nature,
};
use entity::{contract, organisation, tender};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, Database, DatabaseBackend, EntityTrait as _, QueryFilter as _, Statement,
    sea_query::Expr,
};
use tokio::sync::OnceCell;

use crate::store::Store;

const POSTGRES: &str = "BEFFROI_TEST_POSTGRES";

/// An empty, migrated database of one test's own.
pub struct TestDatabase {
    pub store: Store,
    pub data_dir: PathBuf,
    /// Where the bytes lie on SQLite, for tests that look at them or break them.
    pub url: String,
}

/// A database without any table.
pub(super) struct Unmade {
    pub(super) data_dir: PathBuf,
    pub(super) url: String,
}

static NUMBER: AtomicU32 = AtomicU32::new(0);
static TEMPLATE: OnceCell<String> = OnceCell::const_new();

/// Is there a server to test on? A missing one is a failure, not a skip.
pub fn postgres_is_expected() -> String {
    std::env::var(POSTGRES).unwrap_or_else(|_| {
        panic!("{POSTGRES} is not set: `make test` starts a private server; tests/postgres.sh does it by hand")
    })
}

impl TestDatabase {
    pub async fn sqlite() -> Self {
        let data_dir = fresh_folder();
        let url = format!("sqlite://{}/beffroi.db?mode=rwc", data_dir.display());
        let store = Store::open(&url).await.expect("SQLite opens a new file");
        store.migrate().await.expect("every step applies to an empty database");
        Self { store, data_dir, url }
    }

    pub async fn postgres() -> Self {
        let server = postgres_is_expected();
        let template = TEMPLATE.get_or_init(|| make_template(server.clone())).await;
        let name = unique_name("test");
        run(&server, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        let url = with_database(&server, &name);
        let store = Store::open(&url).await.expect("the copied database opens");
        Self { store, data_dir: fresh_folder(), url }
    }
}

impl TestDatabase {
    pub(super) fn unmade_sqlite() -> Unmade {
        let data_dir = fresh_folder();
        let url = format!("sqlite://{}/beffroi.db?mode=rwc", data_dir.display());
        Unmade { data_dir, url }
    }

    pub(super) async fn unmade_postgres() -> Unmade {
        let server = postgres_is_expected();
        let name = unique_name("older");
        run(&server, &format!("CREATE DATABASE {name}")).await;
        Unmade { data_dir: fresh_folder(), url: with_database(&server, &name) }
    }
}

/// Writes down the enterprise number of an organisation, past its own page.
pub(super) async fn renumber(url: &str, organisation: OrganisationId, number: &Bce) {
    let database = Database::connect(url).await.expect("the database opens");
    organisation::Entity::update_many()
        .col_expr(organisation::Column::Bce, Expr::value(Some(number.to_string())))
        .filter(organisation::Column::Id.eq(organisation.as_uuid()))
        .exec(&database)
        .await
        .expect("written");
    database.close().await.expect("the connection closes");
}

/// Every tender is of this nature from now on.
pub(super) async fn of_nature(url: &str, nature: Nature) {
    let database = Database::connect(url).await.expect("the database opens");
    tender::Entity::update_many()
        .col_expr(tender::Column::Nature, Expr::value(nature.word()))
        .exec(&database)
        .await
        .expect("written");
    database.close().await.expect("the connection closes");
}

/// Every contract asks this surety of each order from now on.
pub(super) async fn per_order(url: &str, rate: Percent) {
    let database = Database::connect(url).await.expect("the database opens");
    contract::Entity::update_many()
        .col_expr(contract::Column::OrderSuretyMillionths, Expr::value(Some(rate.millionths())))
        .exec(&database)
        .await
        .expect("written");
    database.close().await.expect("the connection closes");
}

/// Where the bytes of a database lie, once it wrote them down, if not beside our own files: tables and write-ahead log of
/// PostgreSQL. The server of the tests runs on this machine.
pub(super) async fn files(url: &str) -> Vec<PathBuf> {
    if url.starts_with("sqlite:") {
        return Vec::new();
    }
    let connection = Database::connect(url).await.expect("the database opens");
    connection.execute_unprepared("CHECKPOINT").await.expect("everything is written down");
    let question =
        "SELECT current_setting('data_directory'), oid::text FROM pg_database WHERE datname = current_database()";
    let answer = connection.query_one_raw(Statement::from_string(DatabaseBackend::Postgres, question)).await;
    let answer = answer.expect("the server answers").expect("this database is listed");
    let [folder, id] = [0, 1].map(|place| answer.try_get_by_index::<String>(place).expect("a text"));
    connection.close().await.expect("the connection closes");
    let folders = [PathBuf::from(&folder).join("base").join(id), PathBuf::from(&folder).join("pg_wal")];
    let entries = folders.iter().flat_map(|folder| std::fs::read_dir(folder).expect("the server's files can be read"));
    entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_file()).collect()
}

/// One migrated database per test binary, copied for each test.
async fn make_template(server: String) -> String {
    let name = unique_name("template");
    run(&server, &format!("CREATE DATABASE {name}")).await;
    let store = Store::open(&with_database(&server, &name)).await.expect("the template opens");
    store.migrate().await.expect("every step applies to an empty database");
    store.close().await.expect("the template closes");
    name
}

async fn run(server: &str, statement: &str) {
    let connection = Database::connect(server).await.expect("the test server answers");
    connection.execute_unprepared(statement).await.expect("the test server makes databases");
    connection.close().await.expect("the connection closes");
}

fn with_database(server: &str, name: &str) -> String {
    let (address, query) = server.split_once('?').map_or((server, None), |(address, query)| (address, Some(query)));
    let (base, _) = address.rsplit_once('/').expect("a database address has a path");
    query.map_or_else(|| format!("{base}/{name}"), |query| format!("{base}/{name}?{query}"))
}

fn unique_name(kind: &str) -> String {
    format!("beffroi_{kind}_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed))
}

fn fresh_folder() -> PathBuf {
    let folder = std::env::temp_dir().join(unique_name("data"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the temporary folder is writable");
    folder
}
