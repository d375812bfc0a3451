//! Finished lessons: the table `finishes`. Finishing begins the lesson's review plan; finishing again changes nothing.

use jiff::civil::Date;

use crate::{
    error::Error,
    learners::{LearnerId, Visitor},
    lessons::library::{LessonId, Published},
    state::AppState,
};

/// Notes that the learner finished the lesson today, unless they did before.
///
/// # Errors
/// The database failed.
pub async fn finish(
    state: &AppState,
    visitor: &Visitor,
    published: &Published,
) -> Result<(), Error> {
    let (now, time_zone) = (state.clock.now(), state.config.time_zone.clone());
    let (visitor, lesson) = (visitor.clone(), published.lesson_id);
    state
        .db
        .together(move |write| {
            Box::pin(async move {
                let learner = visitor.learner_or_new(write, now, &time_zone).await?;
                let (finished_on, now_ms) = (learner.today(now).to_string(), now.as_millisecond());
                sqlx::query!(
                    "INSERT INTO finishes (learner_id, lesson_id, finished_on, finished_at_ms) VALUES (?, ?, ?, ?)
                     ON CONFLICT (learner_id, lesson_id) DO NOTHING",
                    learner.id,
                    lesson,
                    finished_on,
                    now_ms,
                )
                .execute(&mut **write)
                .await?;
                Ok(())
            })
        })
        .await
}

/// The days on which the learner finished lessons.
///
/// # Errors
/// The database failed.
pub async fn all(state: &AppState, learner: LearnerId) -> anyhow::Result<Vec<(LessonId, Date)>> {
    let rows = sqlx::query!(
        r#"SELECT lesson_id AS "lesson_id: LessonId", finished_on FROM finishes WHERE learner_id = ?"#,
        learner,
    )
    .fetch_all(state.db.reader())
    .await?;
    rows.into_iter()
        .map(|row| Ok((row.lesson_id, row.finished_on.parse()?)))
        .collect()
}
