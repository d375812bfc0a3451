//! How a learner stands: what the page of their progress shows.
//!
//! It reads tables that other modules write, and writes none.

use std::collections::{BTreeMap, BTreeSet};

use app::api::{ItemId, ItemKind};
use jiff::{Timestamp, civil::Date};

use super::{
    day,
    schedule::{self, LEECH_LAPSES, Memory},
};
use crate::{
    learners::{Learner, LearnerId},
    lessons::library::LessonId,
    state::AppState,
};

/// How many days the forecast looks ahead, today included.
pub const FORECAST_DAYS: u32 = 30;

/// How many days back the tested recall looks.
const RECALL_DAYS: u32 = 90;

/// A learner's standing.
#[derive(Debug)]
pub struct Overview {
    /// How many items come back on each day from today on; what is overdue counts today.
    pub forecast: Vec<u32>,
    /// By lesson, how much is remembered.
    pub lessons: Vec<LessonRecall>,
    /// Every concept that was rated, the weakest first.
    pub concepts: Vec<ItemRecall>,
    /// The items that repetition alone does not teach.
    pub leeches: Vec<ItemRecall>,
    /// Days in a row with a review; one missed day between two others is forgiven.
    pub streak_days: u32,
    /// Days with a review.
    pub active_days: u32,
    /// What was predicted and measured.
    pub predictions: Vec<Prediction>,
}

/// What is remembered of a lesson.
#[derive(Debug)]
pub struct LessonRecall {
    /// The lesson.
    pub lesson: LessonId,
    /// How many items were rated.
    pub items: u32,
    /// The mean probability of recalling one of them today.
    pub predicted: f32,
    /// How many reviews of the last months came back after a day or more.
    pub tested: u32,
    /// How many of those were recalled.
    pub recalled: u32,
}

/// What is remembered of an item.
#[derive(Debug)]
pub struct ItemRecall {
    /// The item.
    pub item: ItemId,
    /// What it asks, as plain text.
    pub text: String,
    /// The probability of recalling it today.
    pub predicted: f32,
}

/// A speed-up that was expected and then measured.
#[derive(Clone, Copy, Debug)]
pub struct Prediction {
    /// What was expected.
    pub predicted: f64,
    /// What was measured.
    pub measured: f64,
}

/// Reads how the learner stands at `now`.
///
/// # Errors
/// The database failed.
pub async fn read(state: &AppState, learner: &Learner, now: Timestamp) -> anyhow::Result<Overview> {
    let today = learner.today(now);
    let items = items(state, learner, today).await?;
    let days = active_days(state, learner.id).await?;
    let mut concepts: Vec<ItemRecall> = Vec::new();
    let mut leeches: Vec<ItemRecall> = Vec::new();
    let mut lessons: BTreeMap<i64, (u32, f32)> = BTreeMap::new();
    let mut forecast = vec![0; FORECAST_DAYS as usize];
    for item in &items {
        let lesson = lessons.entry(item.lesson.0).or_default();
        *lesson = (lesson.0 + 1, lesson.1 + item.predicted);
        let recall = || ItemRecall {
            item: item.id,
            text: item.text.clone(),
            predicted: item.predicted,
        };
        if item.kind == Some(ItemKind::Concept) {
            concepts.push(recall());
        }
        if item.lapses >= LEECH_LAPSES {
            leeches.push(recall());
        }
        count(&mut forecast, today, item.due_on);
    }
    for due_on in plan_days(state, learner.id).await? {
        count(&mut forecast, today, due_on);
    }
    concepts.sort_by(|left, right| left.predicted.total_cmp(&right.predicted));
    let tested = tested(state, learner, today).await?;
    #[expect(clippy::cast_precision_loss, reason = "items are far fewer than 2^24")]
    let lessons = lessons
        .into_iter()
        .map(|(lesson, (items, sum))| {
            let (tested, recalled) = tested.get(&lesson).copied().unwrap_or_default();
            LessonRecall {
                lesson: LessonId(lesson),
                items,
                predicted: sum / items as f32,
                tested,
                recalled,
            }
        })
        .collect();
    Ok(Overview {
        forecast,
        lessons,
        concepts,
        leeches,
        streak_days: streak(&days, today),
        active_days: u32::try_from(days.len())?,
        predictions: predictions(state, learner.id).await?,
    })
}

fn count(forecast: &mut [u32], today: Date, due_on: Date) {
    let ahead = usize::try_from(day::between(today, due_on)).unwrap_or(usize::MAX);
    if let Some(count) = forecast.get_mut(ahead) {
        *count += 1;
    }
}

struct Item {
    id: ItemId,
    lesson: LessonId,
    kind: Option<ItemKind>,
    text: String,
    predicted: f32,
    lapses: u32,
    due_on: Date,
}

async fn items(state: &AppState, learner: &Learner, today: Date) -> anyhow::Result<Vec<Item>> {
    let rows = sqlx::query!(
        r#"SELECT items.id AS "id!", items.lesson_id AS "lesson_id!: LessonId", kind AS "kind!", text AS "text!",
                  stability AS "stability!: f32", difficulty AS "difficulty!: f32",
                  last_reviewed_on AS "last_reviewed_on!", lapses AS "lapses!: u32", due_on AS "due_on!"
           FROM memories JOIN items ON items.id = memories.item_id
           JOIN lessons ON lessons.id = items.lesson_id
           JOIN version_items ON version_items.item_id = items.id
                             AND version_items.version_id = lessons.published_version_id
           WHERE learner_id = ? AND retired_at_ms IS NULL ORDER BY items.id"#,
        learner.id,
    )
    .fetch_all(state.db.reader())
    .await?;
    rows.into_iter()
        .map(|row| {
            let memory = Memory {
                stability: row.stability,
                difficulty: row.difficulty,
            };
            let elapsed_days = day::between(row.last_reviewed_on.parse()?, today);
            Ok(Item {
                id: ItemId(row.id),
                lesson: row.lesson_id,
                kind: ItemKind::from_name(&row.kind),
                text: row.text,
                predicted: schedule::retrievability(memory, elapsed_days, &learner.parameters),
                lapses: row.lapses,
                due_on: row.due_on.parse()?,
            })
        })
        .collect()
}

/// The days of the rows of plans that were not rated yet.
async fn plan_days(state: &AppState, learner: LearnerId) -> anyhow::Result<Vec<Date>> {
    let rows = sqlx::query!(
        r#"SELECT finished_on, interval_days AS "interval_days!: u32" FROM finishes
           JOIN lessons ON lessons.id = finishes.lesson_id
           JOIN version_items ON version_items.version_id = lessons.published_version_id
           LEFT JOIN memories ON memories.learner_id = finishes.learner_id
                             AND memories.item_id = version_items.item_id
           WHERE finishes.learner_id = ? AND memories.item_id IS NULL AND interval_days IS NOT NULL"#,
        learner,
    )
    .fetch_all(state.db.reader())
    .await?;
    rows.into_iter()
        .map(|row| Ok(day::after(row.finished_on.parse()?, row.interval_days)))
        .collect()
}

/// By lesson, how many reviews came back after a day or more, and how many of those were recalled.
async fn tested(
    state: &AppState,
    learner: &Learner,
    today: Date,
) -> anyhow::Result<BTreeMap<i64, (u32, u32)>> {
    let since = today
        .saturating_sub(jiff::Span::new().days(RECALL_DAYS))
        .to_string();
    let rows = sqlx::query!(
        r#"SELECT items.lesson_id AS "lesson_id!", count(*) AS "tested!: u32", sum(rating > 1) AS "recalled!: u32"
           FROM (SELECT item_id, rating, reviewed_on,
                        lag(reviewed_on) OVER (PARTITION BY item_id ORDER BY reviewed_at_ms, id) AS before_on
                 FROM standing_reviews WHERE learner_id = ?) AS followed
           JOIN items ON items.id = followed.item_id
           WHERE before_on < reviewed_on AND reviewed_on > ? GROUP BY items.lesson_id"#,
        learner.id,
        since,
    )
    .fetch_all(state.db.reader())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.lesson_id, (row.tested, row.recalled)))
        .collect())
}

async fn active_days(state: &AppState, learner: LearnerId) -> anyhow::Result<BTreeSet<Date>> {
    let days = sqlx::query_scalar!(
        r#"SELECT DISTINCT reviewed_on FROM reviews WHERE learner_id = ?"#,
        learner,
    )
    .fetch_all(state.db.reader())
    .await?;
    days.into_iter().map(|day| Ok(day.parse()?)).collect()
}

/// Days with a review up to today, going back until two days in a row have none. Today may still come.
pub fn streak(days: &BTreeSet<Date>, today: Date) -> u32 {
    let mut streak = 0;
    let mut missed = 0;
    let mut on = today;
    while missed < 2 {
        if days.contains(&on) {
            streak += 1;
            missed = 0;
        } else if on != today {
            missed += 1;
        }
        let Ok(before) = on.yesterday() else { break };
        on = before;
    }
    streak
}

async fn predictions(state: &AppState, learner: LearnerId) -> anyhow::Result<Vec<Prediction>> {
    Ok(sqlx::query_as!(
        Prediction,
        r#"SELECT predicted_speedup AS "predicted!", speedup AS "measured!" FROM submissions
           WHERE learner_id = ? AND predicted_speedup IS NOT NULL AND speedup IS NOT NULL
           ORDER BY submitted_at_ms DESC LIMIT 200"#,
        learner,
    )
    .fetch_all(state.db.reader())
    .await?)
}
