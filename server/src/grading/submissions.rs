//! Code handed in: the table `submissions`, the truth about grading.

use std::{collections::HashMap, time::Duration};

use app::api::{NewSubmission, Stage};
use axum::http::StatusCode;
use jiff::Timestamp;
use sqlx::{Sqlite, Transaction};

use crate::{
    db::Db,
    error::Error,
    grading::verdicts::{self, Verdict},
    learners::{LearnerId, Visitor},
    retention::answers::client_ids,
    state::AppState,
};

/// How long a worker may have a job: a grading ends within 15 s, and a compile queue may stand before it.
pub const LEASE: Duration = Duration::from_secs(60);

/// How often a job is given out before we admit that we cannot grade it.
const TRIES: i64 = 3;

/// How many submissions of one learner may wait.
const MAXIMUM_OPEN: u32 = 200;

/// A submission as it was handed in, and how far it is.
#[derive(Clone, Debug)]
pub struct Submission {
    /// The client's UUID.
    pub id: String,
    /// Who handed it in.
    pub learner_id: LearnerId,
    /// The exercise's slug.
    pub exercise: String,
    /// The programming language of the source.
    pub language: String,
    /// The source.
    pub source: String,
    /// The speed-up that the learner expected.
    pub predicted_speedup: Option<f64>,
    /// When it was handed in.
    pub submitted_at_ms: i64,
    /// `queued`, `leased`, `done` or `not_graded`.
    pub state: String,
    /// The report as JSON, once there is a verdict; none while another is being made.
    pub report: Option<String>,
}

impl Submission {
    /// The stage that its row tells; a leased one may be further than that.
    pub fn stage(&self) -> Stage {
        match self.state.as_str() {
            "done" => Stage::Done,
            "not_graded" => Stage::NotGraded,
            "leased" => Stage::Compiling,
            _ => Stage::Queued,
        }
    }
}

/// Keeps a submission, once however often it is sent, and returns it as it is kept.
///
/// # Errors
/// The id is not a UUID or stands for something else, the prediction is no speed-up, or the database failed.
pub async fn keep(
    state: &AppState,
    visitor: &Visitor,
    new: &NewSubmission,
) -> Result<Submission, Error> {
    let content = format!("{} {} {}", new.exercise, new.language, new.source);
    let ids = client_ids(&new.id, &content)?;
    if new
        .predicted_speedup
        .is_some_and(|speedup| !(0.01..=1000.0).contains(&speedup))
    {
        return Err(Error::unprocessable(|text| text.prediction_out_of_range));
    }
    let now = state.clock.now();
    let mut transaction = state.db.write().await?;
    let learner = visitor
        .learner_or_new(&mut transaction, now, &state.config.time_zone)
        .await?;
    if open_of(&mut transaction, learner.id).await? >= MAXIMUM_OPEN {
        return Err(Error::Refused(StatusCode::TOO_MANY_REQUESTS, |text| {
            text.too_many_submissions
        }));
    }
    for id in ids {
        if keep_under_id(&mut transaction, learner.id, &id, new, now).await? {
            transaction.commit().await?;
            let kept = find(&state.db, learner.id, &id).await?;
            return Ok(kept.ok_or(sqlx::Error::RowNotFound)?);
        }
    }
    Err(Error::Refused(StatusCode::CONFLICT, |text| text.id_taken))
}

/// Keeps `new` under `id` unless that is taken, and says whether it is kept there.
async fn keep_under_id(
    transaction: &mut Transaction<'static, Sqlite>,
    learner: LearnerId,
    id: &str,
    new: &NewSubmission,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let now_ms = now.as_millisecond();
    sqlx::query!(
        "INSERT INTO submissions
             (id, learner_id, exercise, language, source, predicted_speedup, submitted_at_ms, state)
         VALUES (?, ?, ?, ?, ?, ?, ?, 'queued') ON CONFLICT (id) DO NOTHING",
        id,
        learner,
        new.exercise,
        new.language,
        new.source,
        new.predicted_speedup,
        now_ms,
    )
    .execute(&mut **transaction)
    .await?;
    let kept = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!: i64" FROM submissions
           WHERE id = ? AND learner_id = ? AND exercise = ? AND language = ? AND source = ?"#,
        id,
        learner,
        new.exercise,
        new.language,
        new.source,
    )
    .fetch_one(&mut **transaction)
    .await?;
    Ok(kept > 0)
}

async fn open_of(
    transaction: &mut Transaction<'static, Sqlite>,
    learner: LearnerId,
) -> sqlx::Result<u32> {
    sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!: u32" FROM submissions
           WHERE learner_id = ? AND state IN ('queued', 'leased')"#,
        learner,
    )
    .fetch_one(&mut **transaction)
    .await
}

/// The submission with this id, if it is the learner's.
///
/// # Errors
/// The database failed.
pub async fn find(db: &Db, learner: LearnerId, id: &str) -> sqlx::Result<Option<Submission>> {
    let found = by_id(db, id).await?;
    Ok(found.filter(|submission| submission.learner_id == learner))
}

/// The submission with this id, whoever's it is.
///
/// # Errors
/// The database failed.
pub async fn by_id(db: &Db, id: &str) -> sqlx::Result<Option<Submission>> {
    sqlx::query_as!(
        Submission,
        r#"SELECT id AS "id!", learner_id AS "learner_id: LearnerId", exercise, source, predicted_speedup,
                  submitted_at_ms, state, verdicts.report AS "report?", language
           FROM submissions LEFT JOIN verdicts ON verdicts.key = submissions.verdict_key AND state = 'done'
           WHERE id = ?"#,
        id,
    )
    .fetch_optional(db.reader())
    .await
}

/// How many submissions will be graded before each one that is queued, if nobody hands in another: the learner's own
/// earlier ones, and of each other learner's at most one more, since learners take turns.
///
/// # Errors
/// The database failed.
pub async fn ahead(db: &Db) -> sqlx::Result<HashMap<String, u32>> {
    let waiting = sqlx::query!(
        r#"SELECT id AS "id!", learner_id AS "learner: LearnerId", state = 'queued' AS "is_queued!: bool"
           FROM submissions WHERE state IN ('queued', 'leased') ORDER BY submitted_at_ms, id"#
    )
    .fetch_all(db.reader())
    .await?;
    let mut counts: HashMap<LearnerId, u32> = HashMap::new();
    for row in &waiting {
        *counts.entry(row.learner).or_default() += 1;
    }
    let most = counts.values().copied().max().unwrap_or(0);
    // How many are graded while everybody has at most so many turns.
    let in_turns: Vec<u32> = (0..=most)
        .map(|turns| counts.values().map(|&count| count.min(turns)).sum())
        .collect();
    let mut turns: HashMap<LearnerId, usize> = HashMap::new();
    let mut ahead = HashMap::new();
    for row in waiting {
        let turn = turns.entry(row.learner).or_default();
        *turn += 1;
        if row.is_queued {
            // All but itself, which has the last of these turns.
            ahead.insert(row.id, in_turns[*turn] - 1);
        }
    }
    Ok(ahead)
}

/// The speed-up of the learner's last pass of the same exercise before this submission.
///
/// # Errors
/// The database failed.
pub async fn last_pass_before(db: &Db, submission: &Submission) -> sqlx::Result<Option<f64>> {
    let speedup = sqlx::query_scalar!(
        r#"SELECT speedup FROM submissions
           WHERE learner_id = ? AND exercise = ? AND passed = 1 AND (submitted_at_ms, id) < (?, ?)
           ORDER BY submitted_at_ms DESC, id DESC LIMIT 1"#,
        submission.learner_id,
        submission.exercise,
        submission.submitted_at_ms,
        submission.id,
    )
    .fetch_optional(db.reader())
    .await?;
    Ok(speedup.flatten())
}

/// A submission given to a worker.
#[derive(Clone, Debug)]
pub struct Leased {
    /// The submission.
    pub id: String,
    /// The exercise's slug.
    pub exercise: String,
    /// The language of the source.
    pub language: String,
    /// The source.
    pub source: String,
}

/// Gives out the next submission. Learners take turns: first comes who has waited longest since they were last served,
/// or since they handed in for the first time. So a hundred submissions of one delay another by two jobs at most, and
/// nobody gets ahead by coming under a new name.
///
/// # Errors
/// The database failed.
pub async fn lease(db: &Db, now: Timestamp) -> sqlx::Result<Option<Leased>> {
    let now_ms = now.as_millisecond();
    let lease_ms = i64::try_from(LEASE.as_millis()).unwrap_or(i64::MAX);
    let until_ms = now_ms.saturating_add(lease_ms);
    let mut transaction = db.write().await?;
    sqlx::query!(
        "UPDATE submissions SET state = iif(verdict_key IS NULL, 'not_graded', 'done')
         WHERE state = 'leased' AND leased_until_ms <= ? AND tries >= ?",
        now_ms,
        TRIES,
    )
    .execute(&mut *transaction)
    .await?;
    let leased = sqlx::query_as!(
        Leased,
        r#"SELECT id AS "id!", exercise, language, source FROM submissions AS waiting
           WHERE state = 'queued' OR (state = 'leased' AND leased_until_ms <= ?)
           ORDER BY coalesce((SELECT max(leased_until_ms) - ? FROM submissions AS other
                              WHERE other.learner_id = waiting.learner_id), submitted_at_ms),
                    submitted_at_ms, id LIMIT 1"#,
        now_ms,
        lease_ms,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    if let Some(leased) = &leased {
        sqlx::query!(
            "UPDATE submissions SET state = 'leased', tries = tries + 1, leased_until_ms = ? WHERE id = ?",
            until_ms,
            leased.id,
        )
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await?;
    Ok(leased)
}

/// Takes back a submission whose grading failed through our fault. After three tries it is not graded, or keeps the
/// verdict that it had.
///
/// # Errors
/// The database failed; the lease then runs out by itself.
pub async fn take_back(db: &Db, id: &str) -> sqlx::Result<()> {
    let mut transaction = db.write().await?;
    sqlx::query!(
        "UPDATE submissions
         SET state = CASE WHEN tries < ? THEN 'queued' WHEN verdict_key IS NULL THEN 'not_graded' ELSE 'done' END
         WHERE id = ? AND state = 'leased'",
        TRIES,
        id,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}

/// Takes back everything that the worker of an earlier run of this server had. It costs the submissions no try: the
/// server was stopped, nothing was wrong with them.
///
/// # Errors
/// The database failed.
pub async fn take_back_all(db: &Db) -> sqlx::Result<()> {
    let mut transaction = db.write().await?;
    sqlx::query!(
        "UPDATE submissions SET state = 'queued', tries = tries - 1 WHERE state = 'leased'"
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}

/// Stores a verdict and closes the submission with it, and every other one of the same content.
///
/// # Errors
/// The database failed; the submission is then graded again.
pub async fn close(db: &Db, now: Timestamp, id: &str, verdict: &Verdict<'_>) -> sqlx::Result<()> {
    let now_ms = now.as_millisecond();
    let mut transaction = db.write().await?;
    verdicts::keep(&mut transaction, now, verdict).await?;
    sqlx::query!(
        "UPDATE submissions SET state = 'done', verdict_key = ?1, graded_at_ms = ?2,
             (verdict, passed, speedup, speedup_low, speedup_high) =
             (SELECT report ->> '$.verdict', report ->> '$.passed', report ->> '$.speedup',
                     report ->> '$.interval[0]', report ->> '$.interval[1]'
              FROM verdicts WHERE key = ?1)
         WHERE id = ?3 OR verdict_key = ?1",
        verdict.key,
        now_ms,
        id,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}

/// Puts a submission into the queue again: one that measuring decided nothing about, where it may go on, or one that we
/// could not grade. Anything else stays as it is, so that asking twice is asking once.
///
/// # Errors
/// The database failed.
pub async fn ask_again(db: &Db, learner: LearnerId, id: &str) -> sqlx::Result<()> {
    let mut transaction = db.write().await?;
    sqlx::query!(
        "UPDATE submissions SET state = 'queued', tries = 0, leased_until_ms = NULL
         WHERE id = ? AND learner_id = ? AND (state = 'not_graded' OR (state = 'done' AND EXISTS
             (SELECT 1 FROM verdicts WHERE key = verdict_key AND report ->> '$.rerun')))",
        id,
        learner,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}

/// How many submissions have no verdict yet.
///
/// # Errors
/// The database failed.
pub async fn waiting(db: &Db) -> sqlx::Result<u32> {
    sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!: u32" FROM submissions WHERE state IN ('queued', 'leased')"#
    )
    .fetch_one(db.reader())
    .await
}
