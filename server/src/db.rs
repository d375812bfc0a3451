//! The database: how it is opened and how writes begin. The queries stand in the modules that own the tables.

mod together;

use std::{path::Path, time::Duration};

use anyhow::{Context, anyhow};
use sqlx::{
    Row, Sqlite, SqlitePool, Transaction,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use together::Writer;

pub use together::{NotWritten, Write};

/// The migrations, compiled in.
pub static MIGRATOR: Migrator = sqlx::migrate!("../migrations");

/// A write waits this long for another process, such as a backup, before it fails.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Databases up to this size are checked page by page at every start; a larger one would delay the start by seconds.
const QUICK_CHECK_LIMIT_BYTES: u64 = 64 * 1024 * 1024;

/// One database file, with one connection that writes and several that read.
#[derive(Clone, Debug)]
pub struct Db {
    reader: SqlitePool,
    writer: SqlitePool,
    together: Writer,
}

impl Db {
    /// Opens `file`, makes it if it does not exist, checks that it is whole, and applies the migrations that it lacks.
    ///
    /// # Errors
    /// A sentence that names the file: not writable, not a database, damaged, or made by a newer version.
    pub async fn open(file: &Path) -> anyhow::Result<Db> {
        let db = Db::connect(file).await?;
        db.migrate().await.with_context(|| {
            format!(
                "the database {} cannot be brought up to date",
                file.display()
            )
        })?;
        Ok(db)
    }

    /// Opens `file` without changing its schema.
    ///
    /// # Errors
    /// As [`Db::open`].
    pub async fn connect(file: &Path) -> anyhow::Result<Db> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT);
        let broken = || {
            format!(
                "the database {} cannot be opened: check that its folder is writable and that it is a database of \
                 Latency Lab, or restore a backup",
                file.display()
            )
        };
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options.clone())
            .await
            .with_context(broken)?;
        let reader = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_with(options.read_only(true))
            .await
            .with_context(broken)?;
        let db = Db {
            reader,
            together: Writer::start(writer.clone()),
            writer,
        };
        db.check(file).await.with_context(broken)?;
        Ok(db)
    }

    async fn check(&self, file: &Path) -> anyhow::Result<()> {
        sqlx::query("SELECT count(*) FROM sqlite_schema")
            .fetch_one(&self.writer)
            .await?;
        if std::fs::metadata(file)?.len() <= QUICK_CHECK_LIMIT_BYTES {
            let answer: String = sqlx::query("PRAGMA quick_check(1)")
                .fetch_one(&self.writer)
                .await?
                .try_get(0)?;
            if answer != "ok" {
                return Err(anyhow!("it is damaged: {answer}"));
            }
        }
        Ok(())
    }

    /// Applies the migrations that the database lacks and returns their descriptions.
    ///
    /// # Errors
    /// A migration that fails, or one that this program does not know.
    pub async fn migrate(&self) -> anyhow::Result<Vec<String>> {
        let pending = self.pending_migrations().await?;
        MIGRATOR.run(&self.writer).await?;
        Ok(pending)
    }

    async fn pending_migrations(&self) -> anyhow::Result<Vec<String>> {
        let table = "SELECT count(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'";
        let started: i64 = sqlx::query(table)
            .fetch_one(&self.writer)
            .await?
            .try_get(0)?;
        let mut applied = Vec::new();
        if started > 0 {
            for row in sqlx::query("SELECT version FROM _sqlx_migrations")
                .fetch_all(&self.writer)
                .await?
            {
                applied.push(row.try_get::<i64, _>(0)?);
            }
        }
        Ok(MIGRATOR
            .iter()
            .filter(|migration| !applied.contains(&migration.version))
            .map(|migration| format!("{:04} {}", migration.version, migration.description))
            .collect())
    }

    /// The connections that read.
    pub fn reader(&self) -> &SqlitePool {
        &self.reader
    }

    /// Reads something.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn answers(&self) -> sqlx::Result<()> {
        sqlx::query("SELECT 1").execute(&self.reader).await?;
        Ok(())
    }

    /// Begins a write. It takes the write lock at once: a transaction that read first and wrote later would fail
    /// whenever another had written in between.
    ///
    /// # Errors
    /// Another process held the lock for longer than the busy timeout, or the disk failed.
    pub async fn write(&self) -> sqlx::Result<Transaction<'static, Sqlite>> {
        self.writer.begin_with("BEGIN IMMEDIATE").await
    }

    /// Writes a consistent copy into `file` while others go on.
    ///
    /// # Errors
    /// The disk failed, or `file` exists and is not empty.
    pub async fn copy_to(&self, file: &Path) -> anyhow::Result<()> {
        let name = file
            .to_str()
            .ok_or_else(|| anyhow!("the name of a backup must be UTF-8"))?;
        sqlx::query("VACUUM INTO ?")
            .bind(name)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Closes every connection, so that the write-ahead log is folded into the file.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}
