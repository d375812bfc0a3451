//! How far learners are with exercises: what the table `submissions` says over time.

use crate::{db::Db, learners::LearnerId};

/// A line in the list of a learner's attempts.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// The submission.
    pub id: String,
    /// When it was handed in.
    pub submitted_at_ms: i64,
    /// The verdict's word.
    pub verdict: Option<String>,
    /// Whether it passed.
    pub passed: bool,
    /// The speed-up, where measured.
    pub speedup: Option<f64>,
    /// The lower end of its interval.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// What the learner expected.
    pub predicted_speedup: Option<f64>,
}

/// The learner's latest attempts at an exercise, newest first.
///
/// # Errors
/// The database failed.
pub async fn of_exercise(
    db: &Db,
    learner: LearnerId,
    exercise: &str,
) -> sqlx::Result<Vec<Attempt>> {
    sqlx::query_as!(
        Attempt,
        r#"SELECT id AS "id!", submitted_at_ms, verdict, coalesce(passed, 0) AS "passed!: bool", speedup,
                  speedup_low AS low, speedup_high AS high, predicted_speedup
           FROM submissions
           WHERE learner_id = ? AND exercise = ? ORDER BY submitted_at_ms DESC, id DESC LIMIT 100"#,
        learner,
        exercise,
    )
    .fetch_all(db.reader())
    .await
}

/// How far a learner is with an exercise.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Standing {
    /// The exercise's slug.
    pub exercise: String,
    /// How many submissions there are.
    pub attempts: u32,
    /// The best speed-up of a pass.
    pub best_speedup: Option<f64>,
    /// The best of what a pass was certain of: the highest lower end of an interval.
    pub best_certain_speedup: Option<f64>,
}

/// How far a learner is with every exercise that they handed something in for.
///
/// # Errors
/// The database failed.
pub async fn standings(db: &Db, learner: LearnerId) -> sqlx::Result<Vec<Standing>> {
    sqlx::query_as!(
        Standing,
        r#"SELECT exercise AS "exercise!", count(*) AS "attempts!: u32",
                  max(CASE WHEN passed = 1 THEN speedup END) AS "best_speedup?: f64",
                  max(CASE WHEN passed = 1 THEN speedup_low END) AS "best_certain_speedup?: f64"
           FROM submissions WHERE learner_id = ? GROUP BY exercise"#,
        learner,
    )
    .fetch_all(db.reader())
    .await
}
