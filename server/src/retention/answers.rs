//! Answers in the learner's own words: the table `answers`, append-only.

use app::api::{ItemId, NewAnswer};
use axum::http::StatusCode;
use uuid::Uuid;

use crate::{
    error::Error,
    learners::{Learner, LearnerId, Visitor},
    lessons::library::Published,
    state::AppState,
};

/// The longest answer, in characters.
const MAXIMUM_CHARACTERS: usize = 8_000;

/// An answer that is kept.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The client's UUID.
    pub id: String,
    /// The item answered.
    pub item: ItemId,
    /// The learner's words.
    pub text: String,
    /// Whether it was rated.
    pub rated: bool,
}

/// Keeps an answer, once however often it is sent, and returns what is kept.
///
/// # Errors
/// The answer is empty, too long, or for an item that no published lesson has; or the database failed.
pub async fn keep(
    state: &AppState,
    visitor: &Visitor,
    published: &Published,
    new: &NewAnswer,
) -> Result<(Learner, Answer), Error> {
    let id = client_id(&new.id)?;
    if new.text.trim().is_empty() {
        return Err(Error::unprocessable(|text| text.answer_empty));
    }
    if new.text.chars().count() > MAXIMUM_CHARACTERS {
        return Err(Error::unprocessable(|text| text.answer_too_long));
    }
    let now = state.clock.now();
    let now_ms = now.as_millisecond();
    let mut transaction = state.db.write().await?;
    let learner = visitor
        .learner_or_new(&mut transaction, now, &state.config.time_zone)
        .await?;
    sqlx::query!(
        "INSERT INTO answers (id, learner_id, item_id, version_id, text, answered_at_ms)
         VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        id,
        learner.id,
        new.item.0,
        published.version_id,
        new.text,
        now_ms,
    )
    .execute(&mut *transaction)
    .await?;
    let kept = sqlx::query!(
        r#"SELECT learner_id AS "learner_id: LearnerId", item_id, text,
                  EXISTS (SELECT 1 FROM reviews WHERE answer_id = answers.id) AS "rated!: bool"
           FROM answers WHERE id = ?"#,
        id,
    )
    .fetch_one(&mut *transaction)
    .await?;
    if kept.learner_id != learner.id || kept.item_id != new.item.0 {
        return Err(Error::Refused(StatusCode::CONFLICT, |text| text.id_taken));
    }
    transaction.commit().await?;
    Ok((
        learner,
        Answer {
            id,
            item: new.item,
            text: kept.text,
            rated: kept.rated,
        },
    ))
}

/// The learner's latest answer to an item, if it was not rated yet.
///
/// # Errors
/// The database failed.
pub async fn unrated(
    state: &AppState,
    learner: LearnerId,
    item: ItemId,
) -> sqlx::Result<Option<Answer>> {
    let row = sqlx::query!(
        r#"SELECT id AS "id!", text, EXISTS (SELECT 1 FROM reviews WHERE answer_id = answers.id) AS "rated!: bool"
           FROM answers WHERE learner_id = ? AND item_id = ? ORDER BY answered_at_ms DESC LIMIT 1"#,
        learner,
        item.0,
    )
    .fetch_optional(state.db.reader())
    .await?;
    Ok(row.filter(|row| !row.rated).map(|row| Answer {
        id: row.id,
        item,
        text: row.text,
        rated: false,
    }))
}

/// A UUID that a client made, in its canonical form.
///
/// # Errors
/// It is not one.
pub fn client_id(id: &str) -> Result<String, Error> {
    let id = Uuid::try_parse(id).map_err(|_| Error::unprocessable(|text| text.id_malformed))?;
    Ok(id.hyphenated().to_string())
}
