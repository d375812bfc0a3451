//! Answers in the learner's own words: the table `answers`, append-only.

use std::sync::Arc;

use app::api::{ItemId, NewAnswer};
use axum::http::StatusCode;
use jiff::Timestamp;
use uuid::Uuid;

use super::questions;
use crate::{
    db::Write,
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
    /// Whether it is right, where that is checked automatically.
    pub right: Option<bool>,
    /// When it was given.
    pub answered_at: Timestamp,
    /// Whether it was rated.
    pub rated: bool,
}

impl Answer {
    /// Whether it still waits for its rating. Only on the day on which it was given: what was recalled yesterday says
    /// nothing about today.
    pub fn waits_for_rating(&self, learner: &Learner, now: Timestamp) -> bool {
        !self.rated && learner.today(self.answered_at) == learner.today(now)
    }
}

/// An answer as it was sent.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The answer.
    pub answer: NewAnswer,
    /// When it was given by the client's clock, in milliseconds since 1970, where it comes later than it was given.
    pub given_at_ms: Option<i64>,
}

/// Keeps an answer, once however often it is sent, and returns what is kept.
///
/// # Errors
/// The answer is empty, too long, or under another learner's id; or the database failed.
pub async fn keep(
    state: &AppState,
    visitor: &Visitor,
    published: &Arc<Published>,
    sent: &Sent,
) -> Result<(Learner, Answer), Error> {
    let new = &sent.answer;
    if new.text.trim().is_empty() {
        return Err(Error::unprocessable(|text| text.answer_empty));
    }
    if new.text.chars().count() > MAXIMUM_CHARACTERS {
        return Err(Error::unprocessable(|text| text.answer_too_long));
    }
    let [id, other_id] = client_ids(&new.id, &format!("{} {}", new.item.0, new.text))?;
    let now = state.clock.now();
    let given_at = sent.given_at_ms.map(Timestamp::from_millisecond);
    let given_at = given_at
        .transpose()
        .map_err(|_| Error::unprocessable(|text| text.malformed))?;
    let mut answer = Answer {
        id,
        item: new.item,
        text: new.text.clone(),
        right: questions::mark(published, new.item, &new.text),
        // A client's clock may be ahead of ours.
        answered_at: given_at.unwrap_or(now).min(now),
        rated: false,
    };
    let (visitor, published) = (visitor.clone(), Arc::clone(published));
    let time_zone = state.config.time_zone.clone();
    state
        .db
        .together(move |write| {
            Box::pin(async move {
                let learner = visitor.learner_or_new(write, now, &time_zone).await?;
                let mut kept = keep_under_id(write, &learner, &published, &answer).await?;
                if kept.item != answer.item || kept.text != answer.text {
                    answer.id = other_id;
                    kept = keep_under_id(write, &learner, &published, &answer).await?;
                }
                Ok((learner, kept))
            })
        })
        .await
}

/// Keeps `answer` unless its id is taken, and returns what is kept under its id.
async fn keep_under_id(
    write: &mut Write,
    learner: &Learner,
    published: &Published,
    answer: &Answer,
) -> Result<Answer, Error> {
    let answered_at_ms = answer.answered_at.as_millisecond();
    sqlx::query!(
        "INSERT INTO answers (id, learner_id, item_id, version_id, text, is_right, answered_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        answer.id,
        learner.id,
        answer.item.0,
        published.version_id,
        answer.text,
        answer.right,
        answered_at_ms,
    )
    .execute(&mut **write)
    .await?;
    let kept = sqlx::query_as!(
        AnswerRow,
        r#"SELECT id AS "id!", item_id, text, is_right AS "is_right: bool", answered_at_ms,
                  EXISTS (SELECT 1 FROM standing_reviews WHERE answer_id = answers.id) AS "rated!: bool"
           FROM answers WHERE id = ? AND learner_id = ?"#,
        answer.id,
        learner.id,
    )
    .fetch_optional(&mut **write)
    .await?
    .ok_or(Error::Refused(StatusCode::CONFLICT, |text| text.id_taken))?;
    Ok(kept.try_into()?)
}

/// The learner's latest answers to an item, the last first.
///
/// # Errors
/// The database failed.
pub async fn latest(
    state: &AppState,
    learner: LearnerId,
    item: ItemId,
    count: u32,
) -> anyhow::Result<Vec<Answer>> {
    let rows = sqlx::query_as!(
        AnswerRow,
        r#"SELECT id AS "id!", item_id, text, is_right AS "is_right: bool", answered_at_ms,
                  EXISTS (SELECT 1 FROM standing_reviews WHERE answer_id = answers.id) AS "rated!: bool"
           FROM answers WHERE learner_id = ? AND item_id = ? ORDER BY answered_at_ms DESC, id DESC LIMIT ?"#,
        learner,
        item.0,
        count,
    )
    .fetch_all(state.db.reader())
    .await?;
    rows.into_iter().map(Answer::try_from).collect()
}

/// Empties an answer, because its learner wants its words to be gone. That it was given, and its ratings, stay.
///
/// # Errors
/// The database failed.
pub async fn forget(state: &AppState, learner: LearnerId, answer: String) -> Result<(), Error> {
    state
        .db
        .together(move |write| {
            Box::pin(async move {
                sqlx::query!(
                    "UPDATE answers SET text = '' WHERE id = ? AND learner_id = ?",
                    answer,
                    learner,
                )
                .execute(&mut **write)
                .await?;
                Ok(())
            })
        })
        .await
}

/// A row of `answers`.
struct AnswerRow {
    id: String,
    item_id: i64,
    text: String,
    is_right: Option<bool>,
    answered_at_ms: i64,
    rated: bool,
}

impl TryFrom<AnswerRow> for Answer {
    type Error = anyhow::Error;

    fn try_from(row: AnswerRow) -> anyhow::Result<Answer> {
        Ok(Answer {
            id: row.id,
            item: ItemId(row.item_id),
            text: row.text,
            right: row.is_right,
            answered_at: Timestamp::from_millisecond(row.answered_at_ms)?,
            rated: row.rated,
        })
    }
}

/// The ids under which `content` that a client sends under `id` may be kept: its own, or, where something else is kept
/// under that, one made from both. So the same request leads to the same id however often it is repeated, and content
/// that was edited after a lost response is not mistaken for the old.
///
/// # Errors
/// The client's id is no UUID.
pub fn client_ids(id: &str, content: &str) -> Result<[String; 2], Error> {
    let id = Uuid::try_parse(id).map_err(|_| Error::unprocessable(|text| text.id_malformed))?;
    let other = Uuid::new_v5(&id, content.as_bytes());
    Ok([id.to_string(), other.to_string()])
}
