//! What is due today, in the order in which it is asked.
//!
//! 1. Rows of the review plans of finished lessons that were not rated yet: each on its own day, or earlier, one a day,
//!    when the lesson is being forgotten faster than its plan foresaw.
//! 2. Items whose recall has fallen to what the learner wants to keep, longest overdue first.
//! 3. New items of lessons finished before today, a few a day.

use std::collections::HashMap;

use app::api::{ItemId, ItemKind};
use jiff::civil::Date;

use super::{
    day,
    reviews::{MemoryRow, Remembered},
    schedule,
};
use crate::{
    learners::Learner,
    lessons::{library::LessonId, publish::kind_from_name},
    state::AppState,
};

/// A learner's queue.
#[derive(Debug, Default)]
pub struct Queue {
    /// What is due, in order.
    pub due: Vec<ItemId>,
    /// How many items were rated today.
    pub reviewed_today: u32,
    /// The next day after today on which something is due.
    pub next_due_on: Option<Date>,
}

/// Reads the queue of `learner` for `today`.
///
/// # Errors
/// The database failed.
pub async fn read(state: &AppState, learner: &Learner, today: Date) -> anyhow::Result<Queue> {
    let plan = plan_rows(state, learner).await?;
    let memories = memories_of_finished_lessons(state, learner).await?;
    let mut queue = Queue {
        reviewed_today: reviewed_today(state, learner, today).await?,
        ..Queue::default()
    };
    let mut later = Vec::new();

    let mut pulled: HashMap<LessonId, bool> = HashMap::new();
    for row in &plan {
        let first_of_lesson = !pulled.contains_key(&row.lesson);
        let is_pulled = first_of_lesson
            && memories.get(&row.lesson).is_some_and(|memories| {
                // One a day: the next is worth more once this one has been slept over.
                !memories.plan_reviewed_on.contains(&today)
                    && memories.mean_retrievability(today) < learner.desired_retention
            });
        pulled.insert(row.lesson, is_pulled);
        if row.due_on <= today || is_pulled {
            queue.due.push(row.item)
        } else {
            later.push(row.due_on)
        }
    }

    for remembered in remembered(state, learner).await? {
        if remembered.due_on <= today {
            queue.due.push(remembered.item)
        } else {
            later.push(remembered.due_on)
        }
    }

    let new = new_items(state, learner).await?;
    let room = learner
        .new_items_per_day
        .saturating_sub(introduced_today(state, learner, today).await?);
    let (ready, tomorrow): (Vec<_>, Vec<_>) = new
        .into_iter()
        .partition(|(_, finished_on)| *finished_on < today);
    let room = usize::try_from(room).unwrap_or(usize::MAX).min(ready.len());
    queue
        .due
        .extend(ready[..room].iter().map(|(item, _)| *item));
    if room < ready.len() || !tomorrow.is_empty() {
        later.push(day::after(today, 1));
    }
    queue.next_due_on = later.into_iter().min();
    Ok(queue)
}

/// A row of a plan that the learner has not rated yet.
struct PlanRow {
    item: ItemId,
    lesson: LessonId,
    due_on: Date,
}

async fn plan_rows(state: &AppState, learner: &Learner) -> anyhow::Result<Vec<PlanRow>> {
    let rows = sqlx::query!(
        r#"SELECT items.id AS "item_id!", items.lesson_id AS "lesson_id!: LessonId", finished_on,
                  interval_days AS "interval_days!: u32"
           FROM finishes
           JOIN lessons ON lessons.id = finishes.lesson_id
           JOIN version_items ON version_items.version_id = lessons.published_version_id
           JOIN items ON items.id = version_items.item_id AND items.kind = 'plan'
           LEFT JOIN memories ON memories.learner_id = finishes.learner_id AND memories.item_id = items.id
           WHERE finishes.learner_id = ? AND memories.item_id IS NULL AND interval_days IS NOT NULL
           ORDER BY interval_days, position"#,
        learner.id,
    )
    .fetch_all(state.db.reader())
    .await?;
    let mut plan = Vec::with_capacity(rows.len());
    for row in rows {
        let finished_on: Date = row.finished_on.parse()?;
        plan.push(PlanRow {
            item: ItemId(row.item_id),
            lesson: row.lesson_id,
            due_on: day::after(finished_on, row.interval_days),
        });
    }
    plan.sort_by_key(|row| row.due_on);
    Ok(plan)
}

/// What a learner remembers of a finished lesson.
#[derive(Default)]
struct LessonMemories {
    memories: Vec<(schedule::Memory, Date)>,
    /// The days on which rows of its plan were last rated.
    plan_reviewed_on: Vec<Date>,
}

impl LessonMemories {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a lesson has far fewer than 2^24 items"
    )]
    fn mean_retrievability(&self, today: Date) -> f32 {
        let recalled = |(memory, last): &(schedule::Memory, Date)| {
            schedule::retrievability(*memory, day::between(*last, today))
        };
        self.memories.iter().map(recalled).sum::<f32>() / self.memories.len() as f32
    }
}

async fn memories_of_finished_lessons(
    state: &AppState,
    learner: &Learner,
) -> anyhow::Result<HashMap<LessonId, LessonMemories>> {
    let rows = sqlx::query!(
        r#"SELECT finishes.lesson_id AS "lesson_id!: LessonId", kind AS "kind!", stability AS "stability!: f32",
                  difficulty AS "difficulty!: f32", last_reviewed_on AS "last_reviewed_on!"
           FROM finishes
           JOIN items ON items.lesson_id = finishes.lesson_id AND items.retired_at_ms IS NULL
           JOIN memories ON memories.learner_id = finishes.learner_id AND memories.item_id = items.id
           WHERE finishes.learner_id = ?"#,
        learner.id,
    )
    .fetch_all(state.db.reader())
    .await?;
    let mut lessons: HashMap<LessonId, LessonMemories> = HashMap::new();
    for row in rows {
        let lesson = lessons.entry(row.lesson_id).or_default();
        let last_reviewed_on = row.last_reviewed_on.parse()?;
        let memory = schedule::Memory {
            stability: row.stability,
            difficulty: row.difficulty,
        };
        lesson.memories.push((memory, last_reviewed_on));
        if kind_from_name(&row.kind) == Some(ItemKind::Plan) {
            lesson.plan_reviewed_on.push(last_reviewed_on);
        }
    }
    Ok(lessons)
}

async fn remembered(state: &AppState, learner: &Learner) -> anyhow::Result<Vec<Remembered>> {
    let rows = sqlx::query_as!(
        MemoryRow,
        r#"SELECT item_id AS "item_id!", stability AS "stability: f32", difficulty AS "difficulty: f32",
                  last_reviewed_on, last_rating AS "last_rating: u8", due_on
           FROM memories JOIN items ON items.id = memories.item_id
           WHERE learner_id = ? AND retired_at_ms IS NULL ORDER BY due_on, item_id"#,
        learner.id,
    )
    .fetch_all(state.db.reader())
    .await?;
    rows.into_iter().map(Remembered::try_from).collect()
}

/// Items of finished lessons that were never rated, with the day of finishing: the quiz first, as the lesson has it.
async fn new_items(state: &AppState, learner: &Learner) -> anyhow::Result<Vec<(ItemId, Date)>> {
    let rows = sqlx::query!(
        r#"SELECT items.id AS "item_id!", finished_on FROM finishes
           JOIN lessons ON lessons.id = finishes.lesson_id
           JOIN version_items ON version_items.version_id = lessons.published_version_id
           JOIN items ON items.id = version_items.item_id AND items.kind IN ('quiz', 'concept', 'pitfall')
           LEFT JOIN memories ON memories.learner_id = finishes.learner_id AND memories.item_id = items.id
           WHERE finishes.learner_id = ? AND memories.item_id IS NULL
           ORDER BY finished_on, items.kind = 'quiz' DESC, items.kind, position"#,
        learner.id,
    )
    .fetch_all(state.db.reader())
    .await?;
    rows.into_iter()
        .map(|row| Ok((ItemId(row.item_id), row.finished_on.parse()?)))
        .collect()
}

/// How many new items of lessons that were finished before today were rated for the first time today.
async fn introduced_today(state: &AppState, learner: &Learner, today: Date) -> sqlx::Result<u32> {
    let today = today.to_string();
    sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!: u32" FROM memories
           JOIN items ON items.id = memories.item_id AND items.kind <> 'plan'
           JOIN finishes ON finishes.learner_id = memories.learner_id AND finishes.lesson_id = items.lesson_id
           WHERE memories.learner_id = ? AND first_reviewed_on = ? AND finished_on < ?"#,
        learner.id,
        today,
        today,
    )
    .fetch_one(state.db.reader())
    .await
}

async fn reviewed_today(state: &AppState, learner: &Learner, today: Date) -> sqlx::Result<u32> {
    let today = today.to_string();
    sqlx::query_scalar!(
        r#"SELECT count(DISTINCT item_id) AS "count!: u32" FROM reviews WHERE learner_id = ? AND reviewed_on = ?"#,
        learner.id,
        today,
    )
    .fetch_one(state.db.reader())
    .await
}
