//! What was found out about which content: the table `verdicts`.

use jiff::Timestamp;
use sqlx::{Sqlite, Transaction};

use crate::db::Db;

/// A verdict to be stored.
#[derive(Clone, Debug)]
pub struct Verdict<'a> {
    /// What it is a verdict on: a hash of both programs, the inputs, the toolchain and the runner.
    pub key: &'a str,
    /// The report as JSON.
    pub report: &'a str,
    /// The raw samples that it was computed from, if anything was measured.
    pub samples: Option<&'a [u8]>,
}

/// A verdict that was given before.
#[derive(Clone, Debug)]
pub struct Known {
    /// The report as JSON.
    pub report: String,
    /// The raw samples, if anything was measured.
    pub samples: Option<Vec<u8>>,
    /// Whether measuring may go on where it stopped, since it decided nothing.
    pub may_go_on: bool,
}

/// The verdict that was given under `key`, if any.
///
/// # Errors
/// The database failed.
pub async fn known(db: &Db, key: &str) -> sqlx::Result<Option<Known>> {
    sqlx::query_as!(
        Known,
        r#"SELECT report, samples, coalesce(report ->> '$.rerun', 0) AS "may_go_on!: bool" FROM verdicts WHERE key = ?"#,
        key
    )
    .fetch_optional(db.reader())
    .await
}

/// The speed-up of the verdict that was given under `key`, if one was measured.
///
/// # Errors
/// The database failed.
pub async fn speedup(db: &Db, key: &str) -> sqlx::Result<Option<f64>> {
    let found = sqlx::query_scalar!(
        r#"SELECT report ->> '$.speedup' AS "speedup?: f64" FROM verdicts WHERE key = ?"#,
        key
    )
    .fetch_optional(db.reader())
    .await?;
    Ok(found.flatten())
}

/// Stores a verdict, as a part of closing a submission. The first one under a key stands, so that nobody can re-roll;
/// only one that decided nothing is replaced, by what measuring found out when it went on.
///
/// # Errors
/// The database failed.
pub(super) async fn keep(
    transaction: &mut Transaction<'static, Sqlite>,
    now: Timestamp,
    verdict: &Verdict<'_>,
) -> sqlx::Result<()> {
    let now_ms = now.as_millisecond();
    sqlx::query!(
        "INSERT INTO verdicts (key, report, samples, graded_at_ms) VALUES (?, ?, ?, ?)
         ON CONFLICT (key) DO UPDATE
         SET report = excluded.report, samples = excluded.samples, graded_at_ms = excluded.graded_at_ms
         WHERE verdicts.report ->> '$.rerun'",
        verdict.key,
        verdict.report,
        verdict.samples,
        now_ms,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
