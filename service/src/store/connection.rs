use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, DatabaseTransaction, DbErr,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};

/// Which of the two databases is behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// One file, one server.
    Sqlite,
    /// Several servers.
    Postgres,
}

/// The open database. SQLite has one writing connection, several readers and one that watches; PostgreSQL one pool.
#[derive(Debug, Clone)]
pub struct Store {
    writer: DatabaseConnection,
    readers: DatabaseConnection,
    watcher: DatabaseConnection,
    backend: Backend,
}

impl Store {
    /// Opens `url` (`sqlite://path?mode=rwc` or `postgres://…`).
    ///
    /// # Errors
    /// The database can't be reached, or the scheme is another one.
    pub async fn open(url: &str) -> Result<Self, DbErr> {
        if url.starts_with("sqlite:") {
            let writer = sqlite(url, 1).await?;
            let readers = sqlite(url, 4).await?;
            let watcher = sqlite(url, 1).await?;
            return Ok(Self { writer, readers, watcher, backend: Backend::Sqlite });
        }
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let mut options = ConnectOptions::new(url);
            options.max_connections(16).min_connections(1).sqlx_logging(false);
            let pool = Database::connect(options).await?;
            return Ok(Self { writer: pool.clone(), readers: pool.clone(), watcher: pool, backend: Backend::Postgres });
        }
        Err(DbErr::Custom("DATABASE_URL: sqlite:// or postgres:// is expected".to_owned()))
    }

    pub fn backend(&self) -> Backend {
        self.backend
    }

    pub(super) fn reader(&self) -> &DatabaseConnection {
        &self.readers
    }

    /// Begins a write; on SQLite at once exclusive, so that two writers queue instead of failing half-way.
    pub(super) async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: (self.backend == Backend::Sqlite).then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.writer.begin_with_options(options).await
    }

    /// Two equal answers: nobody, here or on another server, has committed anything between them.
    ///
    /// SQLite counts for one connection what the others committed, so this one never writes and never reopens. PostgreSQL
    /// tells which transactions a read would see.
    pub async fn version(&self) -> Result<String, DbErr> {
        let (backend, question) = match self.backend {
            Backend::Sqlite => (DatabaseBackend::Sqlite, "PRAGMA data_version"),
            Backend::Postgres => (DatabaseBackend::Postgres, "SELECT pg_current_snapshot()::text"),
        };
        let answer = self.watcher.query_one_raw(Statement::from_string(backend, question)).await?;
        let answer = answer.ok_or_else(|| DbErr::Custom(question.to_owned()))?;
        match self.backend {
            Backend::Sqlite => answer.try_get_by_index::<i64>(0).map(|version| version.to_string()),
            Backend::Postgres => answer.try_get_by_index(0),
        }
    }

    /// Brings the tables up to date.
    ///
    /// # Errors
    /// A step failed; the steps before it stay.
    pub async fn migrate(&self) -> Result<(), DbErr> {
        use migration::MigratorTrait as _;
        migration::Migrator::up(&self.writer, None).await
    }

    /// The database answers and no step is missing.
    pub async fn is_ready(&self) -> bool {
        use migration::MigratorTrait as _;
        match migration::Migrator::get_pending_migrations(&self.readers).await {
            Ok(pending) => pending.is_empty(),
            Err(_) => false,
        }
    }

    /// Closes the connections; SQLite then folds its log into the file.
    pub async fn close(self) -> Result<(), DbErr> {
        self.readers.close().await?;
        if self.backend == Backend::Postgres {
            return Ok(());
        }
        self.watcher.close().await?;
        self.writer.close().await
    }
}

async fn sqlite(url: &str, connections: u32) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    // A file does not hang up: no question before each use, and no new connection from time to time.
    options.test_before_acquire(false).idle_timeout(None).max_lifetime(None);
    options.max_connections(connections).min_connections(1).sqlx_logging(false).map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .foreign_keys(true)
            .busy_timeout(std::time::Duration::from_secs(20))
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
    });
    Database::connect(options).await
}
