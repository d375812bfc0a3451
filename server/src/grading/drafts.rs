//! What a learner is typing: the table `drafts`.

use app::api::Draft;

use crate::{
    db::Db,
    error::Error,
    learners::{LearnerId, Visitor},
    state::AppState,
};

/// Keeps what the learner typed last.
///
/// # Errors
/// The database failed.
pub async fn keep(
    state: &AppState,
    visitor: &Visitor,
    exercise: &str,
    draft: &Draft,
) -> Result<(), Error> {
    let now = state.clock.now();
    let now_ms = now.as_millisecond();
    let mut transaction = state.db.write().await?;
    let learner = visitor
        .learner_or_new(&mut transaction, now, &state.config.time_zone)
        .await?;
    sqlx::query!(
        "INSERT INTO drafts (learner_id, exercise, language, source, saved_at_ms) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (learner_id, exercise, language)
         DO UPDATE SET source = excluded.source, saved_at_ms = excluded.saved_at_ms",
        learner.id,
        exercise,
        draft.language,
        draft.source,
        now_ms,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// What the learner typed last, if anything.
///
/// # Errors
/// The database failed.
pub async fn find(
    db: &Db,
    learner: LearnerId,
    exercise: &str,
    language: &str,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "SELECT source FROM drafts WHERE learner_id = ? AND exercise = ? AND language = ?",
        learner,
        exercise,
        language,
    )
    .fetch_optional(db.reader())
    .await
}
