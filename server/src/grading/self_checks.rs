//! How far measuring can be trusted on this installation: the table `self_checks`.

use exercises::link::SelfCheck;
use jiff::Timestamp;
use tokio::sync::mpsc;

use crate::{db::Db, state::AppState};

/// How many of the latest self-checks count: the machine of last year says nothing about today's.
const LATEST: i64 = 1_000;

/// Keeps every self-check that the worker makes, for as long as the link lives.
pub(super) async fn keep_all(state: AppState, mut made: mpsc::UnboundedReceiver<SelfCheck>) {
    while let Some(checked) = made.recv().await {
        tracing::info!(?checked, "the grader timed a starter against itself");
        metrics::counter!("self_checks", "verdict" => checked.verdict.word()).increment(1);
        if let Err(error) = keep(&state.db, state.clock.now(), &checked).await {
            tracing::error!(%error, "a self-check could not be kept");
        }
    }
}

/// Keeps what came of timing a starter against itself.
///
/// # Errors
/// The database failed.
pub async fn keep(db: &Db, now: Timestamp, checked: &SelfCheck) -> sqlx::Result<()> {
    let now_ms = now.as_millisecond();
    let (exercise, language) = (checked.exercise.as_str(), checked.language.name());
    let verdict = checked.verdict.word();
    let mut transaction = db.write().await?;
    sqlx::query!(
        "INSERT INTO self_checks (checked_at_ms, exercise, language, verdict, half_width) VALUES (?, ?, ?, ?, ?)",
        now_ms,
        exercise,
        language,
        verdict,
        checked.half_width,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}

/// What the latest self-checks amount to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Trust {
    /// How many there were.
    pub checks: u32,
    /// How many called equal code faster or slower.
    pub false_verdicts: u32,
    /// How many could not decide.
    pub undecided: u32,
    /// The mean of half the widths of their intervals, as a share of the speed-up.
    pub mean_half_width: Option<f64>,
    /// When the latest was made.
    pub latest_at_ms: Option<i64>,
}

/// Sums up the latest self-checks.
///
/// # Errors
/// The database failed.
pub async fn trust(db: &Db) -> sqlx::Result<Trust> {
    sqlx::query_as!(
        Trust,
        r#"SELECT count(*) AS "checks!: u32",
                  coalesce(sum(verdict IN ('faster', 'slower')), 0) AS "false_verdicts!: u32",
                  coalesce(sum(verdict = 'inconclusive'), 0) AS "undecided!: u32",
                  avg(half_width) AS "mean_half_width: f64", max(checked_at_ms) AS "latest_at_ms: i64"
           FROM (SELECT * FROM self_checks ORDER BY id DESC LIMIT ?)"#,
        LATEST,
    )
    .fetch_one(db.reader())
    .await
}
