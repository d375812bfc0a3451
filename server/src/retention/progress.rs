//! What a learner has done in one lesson, read in one query: a lesson page is loaded more often than any other.
//!
//! It reads tables that other modules write, and writes none: the lists come back as JSON, so that the page costs one
//! round through the database however much the learner has done.

use std::collections::HashMap;

use app::api::ItemId;
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;

use super::{answers::Answer, memories::MemoryRow, notes::Notes, schedule::History};
use crate::{
    grading::attempts::Standing,
    learners::{Learner, LearnerId, LearnerRow, Visitor},
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
    pub memories: HashMap<ItemId, History>,
    /// What the learner wrote down in it.
    pub notes: Notes,
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
                  reviews_per_day AS "reviews_per_day: u32", parameters,
                  (SELECT finished_on FROM finishes
                   WHERE learner_id = learners.id AND lesson_id = ?) AS "finished_on?: String",
                  (SELECT json_group_array(json_object('id', id, 'item', item_id, 'text', text, 'right', is_right,
                              'answered_at_ms', answered_at_ms, 'rated', rated))
                   FROM (SELECT answers.id, answers.item_id, answers.text, is_right, max(answered_at_ms) AS answered_at_ms,
                                EXISTS (SELECT 1 FROM standing_reviews WHERE answer_id = answers.id) AS rated
                         FROM version_items JOIN answers
                           ON answers.learner_id = learners.id AND answers.item_id = version_items.item_id
                         WHERE version_items.version_id = ? GROUP BY answers.item_id)) AS "answers!: String",
                  (SELECT json_group_array(json_object('item', memories.item_id, 'stability', stability,
                              'difficulty', difficulty, 'phase', phase, 'step', step,
                              'first_reviewed_on', first_reviewed_on, 'last_reviewed_on', last_reviewed_on,
                              'last_rating', last_rating, 'review_count', review_count, 'lapses', lapses,
                              'due_on', due_on, 'due_at_ms', due_at_ms))
                   FROM version_items JOIN memories
                     ON memories.learner_id = learners.id AND memories.item_id = version_items.item_id
                   WHERE version_items.version_id = ?) AS "memories!: String",
                  (SELECT json_group_array(json_object('kind', kind, 'key', key, 'text', text))
                   FROM (SELECT kind, key, text, max(written_at_ms) FROM notes
                         WHERE learner_id = learners.id AND lesson_id = ? GROUP BY kind, key)) AS "notes!: String",
                  (SELECT json_group_array(step_key) FROM done_steps
                   WHERE learner_id = learners.id AND lesson_id = ?) AS "done!: String",
                  (SELECT json_group_array(json_object('exercise', exercise, 'attempts', attempts, 'best_speedup', best,
                              'best_certain_speedup', certain))
                   FROM (SELECT exercise, count(*) AS attempts, max(CASE WHEN passed = 1 THEN speedup END) AS best,
                                max(CASE WHEN passed = 1 THEN speedup_low END) AS certain
                         FROM submissions WHERE learner_id = learners.id GROUP BY exercise)) AS "standings!: String"
           FROM learners WHERE id = (SELECT learner_id FROM sessions WHERE token = ?)"#,
        published.lesson_id,
        published.version_id,
        published.version_id,
        published.lesson_id,
        published.lesson_id,
        token,
    )
    .fetch_optional(state.db.reader())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let answers: Vec<AnswerRow> = serde_json::from_str(&row.answers)?;
    let memories: Vec<MemoryRow> = serde_json::from_str(&row.memories)?;
    let learner = Learner::from(LearnerRow {
        id: row.id,
        time_zone: row.time_zone,
        day_starts_at_hour: row.day_starts_at_hour,
        desired_retention: row.desired_retention,
        new_items_per_day: row.new_items_per_day,
        reviews_per_day: row.reviews_per_day,
        parameters: row.parameters,
    });
    Ok(Some(Progress {
        learner,
        finished_on: row.finished_on.as_deref().map(str::parse).transpose()?,
        answers: answers.into_iter().map(answer).collect::<Result<_, _>>()?,
        memories: memories
            .into_iter()
            .map(|row| Ok((ItemId(row.item), History::try_from(row)?)))
            .collect::<anyhow::Result<_>>()?,
        notes: Notes::new(
            serde_json::from_str(&row.notes)?,
            serde_json::from_str(&row.done)?,
            Vec::new(),
        ),
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
