//! What is due now, in the order in which it is asked.
//!
//! 1. Items in the steps of today's session whose minutes are over.
//! 2. Rows of the review plans of finished lessons that were not rated yet: each on its own day, or earlier, one a day,
//!    when the lesson is being forgotten faster than its plan foresaw.
//! 3. Items whose recall has fallen to what the learner wants to keep, longest overdue first, up to the learner's limit of
//!    a day. Rows of plans are not counted.
//! 4. New items of lessons finished before today, from each lesson in turn, up to the limit of new items.

use std::collections::{HashMap, HashSet};

use app::api::{ItemId, ItemKind};
use jiff::{Timestamp, civil::Date};

use super::{day, schedule};
use crate::{learners::Learner, lessons::library::LessonId, state::AppState};

/// A learner's queue.
#[derive(Debug, Default)]
pub struct Queue {
    /// What is due, in order.
    pub due: Vec<ItemId>,
    /// How many items come back in this session once their minutes are over.
    pub waiting_count: u32,
    /// When the next of them does.
    pub next_due_at: Option<Timestamp>,
    /// How many items were rated today.
    pub reviewed_today: u32,
    /// The next day after today on which something is due.
    pub next_due_on: Option<Date>,
}

/// Reads the queue of `learner` at `now`.
///
/// # Errors
/// The database failed.
pub async fn read(state: &AppState, learner: &Learner, now: Timestamp) -> anyhow::Result<Queue> {
    let today = learner.today(now);
    let counts = counts_of_today(state, learner, today).await?;
    let mut queue = Queue {
        reviewed_today: counts.reviewed,
        ..Queue::default()
    };
    let mut later = Vec::new();

    let steps = in_steps(state, learner).await?;
    for step in steps.iter().filter(|step| step.began_on == today) {
        if step.due_at <= now {
            queue.due.push(step.item);
        } else {
            queue.waiting_count += 1;
            queue.next_due_at = queue.next_due_at.or(Some(step.due_at));
        }
    }
    add_plan_rows(state, learner, today, &mut queue, &mut later).await?;
    add_reviews(
        state,
        learner,
        today,
        counts.returned,
        &mut queue,
        &mut later,
    )
    .await?;
    add_new_items(state, learner, today, counts.new, &mut queue, &mut later).await?;
    queue.next_due_on = later.into_iter().min();
    Ok(queue)
}

/// What was done today, as far as limits count it.
struct Counts {
    /// Items that were rated.
    reviewed: u32,
    /// Items that came back and were rated, rows of plans not counted.
    returned: u32,
    /// New items of lessons that were finished before today.
    new: u32,
}

async fn counts_of_today(state: &AppState, learner: &Learner, today: Date) -> sqlx::Result<Counts> {
    let today = today.to_string();
    let row = sqlx::query!(
        r#"SELECT count(*) AS "reviewed!: u32",
                  coalesce(sum(items.kind <> 'plan' AND first_reviewed_on < ?1), 0) AS "returned!: u32",
                  coalesce(sum(items.kind <> 'plan' AND first_reviewed_on = ?1
                      AND EXISTS (SELECT 1 FROM finishes
                                  WHERE finishes.learner_id = ?2 AND finishes.lesson_id = items.lesson_id
                                    AND finished_on < ?1)), 0) AS "new!: u32"
           FROM memories JOIN items ON items.id = memories.item_id
           WHERE memories.learner_id = ?2 AND last_reviewed_on = ?1"#,
        today,
        learner.id,
    )
    .fetch_one(state.db.reader())
    .await?;
    Ok(Counts {
        reviewed: row.reviewed,
        returned: row.returned,
        new: row.new,
    })
}

/// An item in a step of a session.
struct InStep {
    item: ItemId,
    began_on: Date,
    due_at: Timestamp,
}

/// The items in steps, the next first.
async fn in_steps(state: &AppState, learner: &Learner) -> anyhow::Result<Vec<InStep>> {
    let rows = sqlx::query!(
        r#"SELECT item_id AS "item_id!", due_on, due_at_ms AS "due_at_ms!" FROM memories
           JOIN items ON items.id = memories.item_id
           WHERE learner_id = ? AND due_at_ms IS NOT NULL AND retired_at_ms IS NULL ORDER BY due_at_ms, item_id"#,
        learner.id,
    )
    .fetch_all(state.db.reader())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(InStep {
                item: ItemId(row.item_id),
                began_on: row.due_on.parse()?,
                due_at: Timestamp::from_millisecond(row.due_at_ms)?,
            })
        })
        .collect()
}

/// A row of a plan that the learner has not rated yet.
struct PlanRow {
    item: ItemId,
    lesson: LessonId,
    due_on: Date,
}

async fn add_plan_rows(
    state: &AppState,
    learner: &Learner,
    today: Date,
    queue: &mut Queue,
    later: &mut Vec<Date>,
) -> anyhow::Result<()> {
    let plan = plan_rows(state, learner).await?;
    if plan.is_empty() {
        return Ok(());
    }
    let lessons: HashSet<LessonId> = plan.iter().map(|row| row.lesson).collect();
    let memories = memories_of_lessons(state, learner, &lessons).await?;
    let mut seen = HashSet::new();
    for row in &plan {
        let is_pulled = seen.insert(row.lesson)
            && memories.get(&row.lesson).is_some_and(|memories| {
                // One a day: the next is worth more once this one has been slept over.
                !memories.plan_reviewed_on.contains(&today)
                    && memories.mean_retrievability(learner, today) < learner.desired_retention
            });
        if row.due_on <= today || is_pulled {
            queue.due.push(row.item);
        } else {
            later.push(row.due_on);
        }
    }
    Ok(())
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
    fn mean_retrievability(&self, learner: &Learner, today: Date) -> f32 {
        let recalled = |(memory, last): &(schedule::Memory, Date)| {
            schedule::retrievability(*memory, day::between(*last, today), &learner.parameters)
        };
        self.memories.iter().map(recalled).sum::<f32>() / self.memories.len() as f32
    }
}

async fn memories_of_lessons(
    state: &AppState,
    learner: &Learner,
    lessons: &HashSet<LessonId>,
) -> anyhow::Result<HashMap<LessonId, LessonMemories>> {
    let ids: Vec<i64> = lessons.iter().map(|lesson| lesson.0).collect();
    let ids = serde_json::to_string(&ids)?;
    let rows = sqlx::query!(
        r#"SELECT items.lesson_id AS "lesson_id!: LessonId", kind AS "kind!", stability AS "stability!: f32",
                  difficulty AS "difficulty!: f32", last_reviewed_on AS "last_reviewed_on!"
           FROM items JOIN memories ON memories.learner_id = ? AND memories.item_id = items.id
           WHERE items.lesson_id IN (SELECT value FROM json_each(?)) AND items.retired_at_ms IS NULL"#,
        learner.id,
        ids,
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
        if ItemKind::from_name(&row.kind) == Some(ItemKind::Plan) {
            lesson.plan_reviewed_on.push(last_reviewed_on);
        }
    }
    Ok(lessons)
}

async fn add_reviews(
    state: &AppState,
    learner: &Learner,
    today: Date,
    returned: u32,
    queue: &mut Queue,
    later: &mut Vec<Date>,
) -> anyhow::Result<()> {
    let today_text = today.to_string();
    let room = learner.reviews_per_day.saturating_sub(returned);
    // Rows of plans are outside the limit; a step that was left on an earlier day is like any other return.
    let due = sqlx::query!(
        r#"SELECT item_id AS "item_id!", kind AS "kind!" FROM memories JOIN items ON items.id = memories.item_id
           WHERE learner_id = ?1 AND due_on <= ?2 AND (due_at_ms IS NULL OR due_on < ?2) AND retired_at_ms IS NULL
           ORDER BY due_on, item_id"#,
        learner.id,
        today_text,
    )
    .fetch_all(state.db.reader())
    .await?;
    let mut left = room;
    for row in due {
        if ItemKind::from_name(&row.kind) != Some(ItemKind::Plan) {
            if left == 0 {
                later.push(day::after(today, 1));
                continue;
            }
            left -= 1;
        }
        queue.due.push(ItemId(row.item_id));
    }
    let next = sqlx::query_scalar!(
        r#"SELECT due_on FROM memories JOIN items ON items.id = memories.item_id
           WHERE learner_id = ? AND due_on > ? AND retired_at_ms IS NULL ORDER BY due_on LIMIT 1"#,
        learner.id,
        today_text,
    )
    .fetch_optional(state.db.reader())
    .await?;
    later.extend(next.map(|day| day.parse::<Date>()).transpose()?);
    Ok(())
}

async fn add_new_items(
    state: &AppState,
    learner: &Learner,
    today: Date,
    introduced: u32,
    queue: &mut Queue,
    later: &mut Vec<Date>,
) -> anyhow::Result<()> {
    let new = new_items(state, learner).await?;
    let room = learner.new_items_per_day.saturating_sub(introduced);
    let (ready, tomorrow): (Vec<_>, Vec<_>) =
        new.into_iter().partition(|item| item.finished_on < today);
    let room = usize::try_from(room).unwrap_or(usize::MAX).min(ready.len());
    queue.due.extend(ready[..room].iter().map(|new| new.item));
    if room < ready.len() || !tomorrow.is_empty() {
        later.push(day::after(today, 1));
    }
    Ok(())
}

/// An item of a finished lesson that was never rated.
struct NewItem {
    item: ItemId,
    finished_on: Date,
}

/// The new items, from each lesson in turn: the quiz first, as the lesson has it.
async fn new_items(state: &AppState, learner: &Learner) -> anyhow::Result<Vec<NewItem>> {
    let rows = sqlx::query!(
        r#"SELECT items.id AS "item_id!", finished_on,
                  row_number() OVER (PARTITION BY items.lesson_id
                                     ORDER BY items.kind = 'quiz' DESC, items.kind, position) AS "turn!: i64"
           FROM finishes
           JOIN lessons ON lessons.id = finishes.lesson_id
           JOIN version_items ON version_items.version_id = lessons.published_version_id
           JOIN items ON items.id = version_items.item_id AND items.kind IN ('quiz', 'concept', 'pitfall')
           LEFT JOIN memories ON memories.learner_id = finishes.learner_id AND memories.item_id = items.id
           WHERE finishes.learner_id = ? AND memories.item_id IS NULL
           ORDER BY 3, finished_on, items.lesson_id"#,
        learner.id,
    )
    .fetch_all(state.db.reader())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(NewItem {
                item: ItemId(row.item_id),
                finished_on: row.finished_on.parse()?,
            })
        })
        .collect()
}
