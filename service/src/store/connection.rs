use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

/// Which of the two databases is behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// One file, one server.
    Sqlite,
    /// Several servers.
    Postgres,
}

/// The open database. SQLite has one writing connection and several readers; PostgreSQL one pool.
#[derive(Debug, Clone)]
pub struct Store {
    writer: DatabaseConnection,
    readers: DatabaseConnection,
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
            return Ok(Self { writer, readers, backend: Backend::Sqlite });
        }
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let mut options = ConnectOptions::new(url);
            options.max_connections(16).min_connections(1).sqlx_logging(false);
            let pool = Database::connect(options).await?;
            return Ok(Self { writer: pool.clone(), readers: pool, backend: Backend::Postgres });
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
        if self.backend == Backend::Sqlite { self.writer.close().await } else { Ok(()) }
    }
}

async fn sqlite(url: &str, connections: u32) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).min_connections(1).sqlx_logging(false).map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .foreign_keys(true)
            .busy_timeout(std::time::Duration::from_secs(20))
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
    });
    Database::connect(options).await
}
