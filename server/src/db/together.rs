//! Writes that wait for the disk together.
//!
//! A commit waits until the disk has it, and that is most of what a small write costs. So whatever waits while one commit
//! is under way goes into the next one together:
//!
//! 1. [`Db::together`] hands the write to the one task that has the connection, and waits.
//! 2. The task takes everything that waits, begins one transaction, and runs each write behind a savepoint of its own:
//!    one that fails, or panics, is undone alone.
//! 3. After the commit each caller gets its answer; nothing is acknowledged before it is on the disk.

use std::{panic::AssertUnwindSafe, sync::Arc};

use futures_util::{FutureExt, future::BoxFuture};
use sqlx::{Sqlite, SqlitePool, Transaction};
use tokio::sync::{mpsc, oneshot};

use super::Db;

/// The most writes in one commit: the first of them waits for all.
const MOST_TOGETHER: usize = 256;

/// How many writes may wait; the next caller waits before handing its own over.
const QUEUE_LENGTH: usize = 4_096;

/// The transaction in which writes stand together.
pub type Write = Transaction<'static, Sqlite>;

/// The database did not take a commit, or the writing task is gone.
#[derive(Clone, Debug)]
pub struct NotWritten(Option<Arc<sqlx::Error>>);

impl NotWritten {
    /// The database's own error, where there is one.
    pub fn cause(&self) -> Option<&sqlx::Error> {
        self.0.as_deref()
    }
}

impl std::fmt::Display for NotWritten {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Some(error) => write!(formatter, "the write was not committed: {error}"),
            None => formatter.write_str("the write was given up"),
        }
    }
}

impl std::error::Error for NotWritten {}

/// A write that was run: whether it stays, and how its caller is told once the commit succeeded or failed.
struct Ran {
    stays: bool,
    tell: Box<dyn FnOnce(Result<(), NotWritten>) + Send>,
}

type Job = Box<dyn for<'t> FnOnce(&'t mut Write) -> BoxFuture<'t, Ran> + Send>;

/// The way to the task that writes.
#[derive(Clone, Debug)]
pub(super) struct Writer(mpsc::Sender<Job>);

impl Writer {
    /// Starts the task that writes through `pool`; it ends with the last sender.
    pub(super) fn start(pool: SqlitePool) -> Writer {
        let (sender, receiver) = mpsc::channel(QUEUE_LENGTH);
        tokio::spawn(write_all(pool, receiver));
        Writer(sender)
    }
}

impl Db {
    /// Runs `work` in a transaction that it may share with other writes, and returns once it is on the disk. Nothing of
    /// it stays when it fails.
    ///
    /// # Errors
    /// Those of `work`, and [`NotWritten`] when the database did not take the commit.
    pub async fn together<T, E, W>(&self, work: W) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<NotWritten> + Send + 'static,
        W: for<'t> FnOnce(&'t mut Write) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let job: Job = Box::new(move |write| {
            Box::pin(async move {
                let outcome = work(write).await;
                Ran {
                    stays: outcome.is_ok(),
                    tell: Box::new(move |committed| {
                        // A caller that went away needs no answer.
                        _ = sender.send(outcome.and_then(|value| {
                            committed.map_err(E::from)?;
                            Ok(value)
                        }));
                    }),
                }
            })
        });
        if self.together.0.send(job).await.is_err() {
            return Err(NotWritten(None).into());
        }
        receiver
            .await
            .unwrap_or_else(|_| Err(NotWritten(None).into()))
    }
}

async fn write_all(pool: SqlitePool, mut waiting: mpsc::Receiver<Job>) {
    let mut jobs = Vec::new();
    while waiting.recv_many(&mut jobs, MOST_TOGETHER).await > 0 {
        let mut ran = Vec::with_capacity(jobs.len());
        let committed = commit(&pool, &mut jobs, &mut ran)
            .await
            .map_err(|error| NotWritten(Some(Arc::new(error))));
        if let Err(error) = &committed {
            tracing::error!(%error, "writes that waited together are lost");
        }
        // What had no turn is dropped, which its caller sees as given up.
        jobs.clear();
        for job in ran {
            (job.tell)(committed.clone());
        }
    }
}

async fn commit(pool: &SqlitePool, jobs: &mut Vec<Job>, ran: &mut Vec<Ran>) -> sqlx::Result<()> {
    let mut write = pool.begin_with("BEGIN IMMEDIATE").await?;
    for job in jobs.drain(..) {
        sqlx::query("SAVEPOINT one").execute(&mut *write).await?;
        let outcome = AssertUnwindSafe(job(&mut write)).catch_unwind().await;
        if !outcome.as_ref().is_ok_and(|job| job.stays) {
            sqlx::query("ROLLBACK TO one").execute(&mut *write).await?;
        }
        sqlx::query("RELEASE one").execute(&mut *write).await?;
        // One that panicked tells nobody: its caller sees that it was given up.
        ran.extend(outcome);
    }
    write.commit().await
}
