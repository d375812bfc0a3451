//! What a learner has done in one lesson, read in one query: a lesson page is loaded more often than any other.
//!
//! It reads tables that other modules write, and writes none: the lists come back as JSON, so that the page costs one
//! round through the database however much the learner has done.

use std::collections::HashMap;

use app::api::{ItemId, Rating};
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;

use super::{
    answers::Answer,
    reviews::Remembered,
    schedule::{Memory, Rated},
};
use crate::{
    grading::attempts::Standing,
    learners::{Learner, LearnerId, Visitor},
    lessons::library::Published,
    state::AppState,
};

/// A learner's history with a lesson.
#[derive(Debug)]
pub struct Progress {
    /// The learner.
    pub learner: Learner,
    /// The day of finishing.
    pub finished_on: Option<Date>,
    /// The latest answer to each item.
    pub answers: HashMap<ItemId, Answer>,
    /// The memory of each item that was rated.
    pub memories: HashMap<ItemId, Remembered>,
    /// How far the learner is with each exercise that they handed something in for.
    pub standings: Vec<Standing>,
}

#[derive(Deserialize)]
struct AnswerRow {
    id: String,
    item: ItemId,
    text: String,
    right: Option<u8>,
    answered_at_ms: i64,
    rated: u8,
}

#[derive(Deserialize)]
struct MemoryRow {
    item: ItemId,
    stability: f32,
    difficulty: f32,
    last_reviewed_on: Date,
    last_rating: u8,
    due_on: Date,
}

/// Reads the history; nothing for a visitor who was never stored.
///
/// # Errors
/// The database failed.
pub async fn read(
    state: &AppState,
    visitor: &Visitor,
    published: &Published,
) -> anyhow::Result<Option<Progress>> {
    let Some(token) = visitor.returning_token() else {
        return Ok(None);
    };
    let row = sqlx::query!(
        r#"SELECT learners.id AS "id!: LearnerId", time_zone, day_starts_at_hour AS "day_starts_at_hour: i8",
                  desired_retention AS "desired_retention: f32", new_items_per_day AS "new_items_per_day: u32",
                  (SELECT finished_on FROM finishes
                   WHERE learner_id = learners.id AND lesson_id = ?) AS "finished_on?: String",
                  (SELECT json_group_array(json_object('id', id, 'item', item_id, 'text', text, 'right', is_right,
                              'answered_at_ms', answered_at_ms, 'rated', rated))
                   FROM (SELECT answers.id, answers.item_id, answers.text, is_right, max(answered_at_ms) AS answered_at_ms,
                                EXISTS (SELECT 1 FROM reviews WHERE answer_id = answers.id) AS rated
                         FROM version_items JOIN answers
                           ON answers.learner_id = learners.id AND answers.item_id = version_items.item_id
                         WHERE version_items.version_id = ? GROUP BY answers.item_id)) AS "answers!: String",
                  (SELECT json_group_array(json_object('item', memories.item_id, 'stability', stability,
                              'difficulty', difficulty, 'last_reviewed_on', last_reviewed_on,
                              'last_rating', last_rating, 'due_on', due_on))
                   FROM version_items JOIN memories
                     ON memories.learner_id = learners.id AND memories.item_id = version_items.item_id
                   WHERE version_items.version_id = ?) AS "memories!: String",
                  (SELECT json_group_array(json_object('exercise', exercise, 'attempts', attempts, 'best_speedup', best))
                   FROM (SELECT exercise, count(*) AS attempts, max(CASE WHEN passed = 1 THEN speedup END) AS best
                         FROM submissions WHERE learner_id = learners.id GROUP BY exercise)) AS "standings!: String"
           FROM learners WHERE token = ?"#,
        published.lesson_id,
        published.version_id,
        published.version_id,
        token,
    )
    .fetch_optional(state.db.reader())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let answers: Vec<AnswerRow> = serde_json::from_str(&row.answers)?;
    let memories: Vec<MemoryRow> = serde_json::from_str(&row.memories)?;
    let learner = Learner::new(
        row.id,
        &row.time_zone,
        row.day_starts_at_hour,
        row.desired_retention,
        row.new_items_per_day,
    );
    Ok(Some(Progress {
        learner,
        finished_on: row.finished_on.as_deref().map(str::parse).transpose()?,
        answers: answers.into_iter().map(answer).collect::<Result<_, _>>()?,
        memories: memories
            .into_iter()
            .map(remembered)
            .collect::<Result<_, _>>()?,
        standings: serde_json::from_str(&row.standings)?,
    }))
}

fn answer(row: AnswerRow) -> anyhow::Result<(ItemId, Answer)> {
    let answer = Answer {
        id: row.id,
        item: row.item,
        text: row.text,
        right: row.right.map(|right| right != 0),
        answered_at: Timestamp::from_millisecond(row.answered_at_ms)?,
        rated: row.rated != 0,
    };
    Ok((row.item, answer))
}

fn remembered(row: MemoryRow) -> anyhow::Result<(ItemId, Remembered)> {
    let remembered = Remembered {
        item: row.item,
        memory: Memory {
            stability: row.stability,
            difficulty: row.difficulty,
        },
        last: Rated {
            rating: Rating::try_from(row.last_rating).map_err(anyhow::Error::msg)?,
            on: row.last_reviewed_on,
        },
        due_on: row.due_on,
    };
    Ok((row.item, remembered))
}
