//! Memories: the table `memories`, the fold of an item's ratings. It can be made again from them at any time.

use app::{
    api::{ItemId, ItemKind, Rating, RatingChoice, Scheduled},
    pages::due,
    text::Language,
};
use jiff::{Timestamp, civil::Date};
use sqlx::SqliteConnection;

use super::{
    day,
    schedule::{
        ALGORITHM, History, MAXIMUM_INTERVAL_DAYS, Memory, Phase, Rated, Review, Scheduler, Spread,
        history::Due,
    },
};
use crate::{
    db::Write,
    learners::{Learner, LearnerId},
    state::AppState,
};

/// The scheduler that the learner wishes for.
pub fn scheduler(learner: &Learner) -> Scheduler {
    Scheduler::new(
        &learner.parameters,
        learner.desired_retention,
        MAXIMUM_INTERVAL_DAYS,
    )
}

/// Rows of review plans come back on the very day; everything else may be moved a little.
fn spread(item: ItemId, kind: ItemKind) -> Option<Spread> {
    (kind != ItemKind::Plan).then_some(Spread { item })
}

/// Folds the item's standing ratings anew and keeps what they amount to; nothing is left where all were taken back.
///
/// # Errors
/// The database failed.
pub async fn fold(
    write: &mut Write,
    learner: &Learner,
    item: ItemId,
    kind: ItemKind,
) -> anyhow::Result<Option<History>> {
    let rows = sqlx::query!(
        r#"SELECT rating AS "rating!: u8", reviewed_at_ms AS "reviewed_at_ms!", reviewed_on AS "reviewed_on!",
                  in_session AS "in_session!: bool"
           FROM standing_reviews WHERE learner_id = ? AND item_id = ? ORDER BY reviewed_at_ms, id"#,
        learner.id,
        item.0,
    )
    .fetch_all(&mut **write)
    .await?;
    let mut reviews = Vec::with_capacity(rows.len());
    for row in rows {
        reviews.push(Review {
            rating: Rating::try_from(row.rating).map_err(anyhow::Error::msg)?,
            at: Timestamp::from_millisecond(row.reviewed_at_ms)?,
            on: row.reviewed_on.parse()?,
            in_session: row.in_session,
        });
    }
    let history = scheduler(learner).fold(reviews, spread(item, kind));
    match &history {
        Some(history) => store(write, learner.id, item, history).await?,
        None => {
            sqlx::query!(
                "DELETE FROM memories WHERE learner_id = ? AND item_id = ?",
                learner.id,
                item.0
            )
            .execute(&mut **write)
            .await?;
        }
    }
    Ok(history)
}

/// Folds everything that the learner ever rated anew: what to do when their wishes or parameters change.
///
/// # Errors
/// The database failed.
pub async fn fold_all(write: &mut Write, learner: &Learner) -> anyhow::Result<()> {
    let rows = sqlx::query!(
        r#"SELECT item_id AS "item_id!", kind AS "kind!" FROM memories
           JOIN items ON items.id = memories.item_id WHERE learner_id = ?"#,
        learner.id,
    )
    .fetch_all(&mut **write)
    .await?;
    for row in rows {
        let kind = ItemKind::from_name(&row.kind).unwrap_or(ItemKind::Quiz);
        fold(write, learner, ItemId(row.item_id), kind).await?;
    }
    Ok(())
}

async fn store(
    write: &mut SqliteConnection,
    learner: LearnerId,
    item: ItemId,
    history: &History,
) -> anyhow::Result<()> {
    let (first, last) = (
        history.first_reviewed_on.to_string(),
        history.last.on.to_string(),
    );
    let (due_on, due_at_ms) = (
        history.due.on.to_string(),
        history.due.at.map(Timestamp::as_millisecond),
    );
    let rating = i64::from(u8::from(history.last.rating));
    let (phase, step) = (history.phase.name(), i64::try_from(history.step)?);
    sqlx::query!(
        "INSERT INTO memories (learner_id, item_id, algorithm, stability, difficulty, first_reviewed_on,
                               last_reviewed_on, last_rating, review_count, due_on, phase, step, due_at_ms, lapses)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (learner_id, item_id) DO UPDATE SET
             algorithm = excluded.algorithm, stability = excluded.stability, difficulty = excluded.difficulty,
             first_reviewed_on = excluded.first_reviewed_on, last_reviewed_on = excluded.last_reviewed_on,
             last_rating = excluded.last_rating, review_count = excluded.review_count, due_on = excluded.due_on,
             phase = excluded.phase, step = excluded.step, due_at_ms = excluded.due_at_ms, lapses = excluded.lapses",
        learner,
        item.0,
        ALGORITHM,
        history.memory.stability,
        history.memory.difficulty,
        first,
        last,
        rating,
        history.review_count,
        due_on,
        phase,
        step,
        due_at_ms,
        history.lapses,
    )
    .execute(write)
    .await?;
    Ok(())
}

/// Every item that the learner ever rated.
///
/// # Errors
/// The database failed.
pub async fn rated_items(state: &AppState, learner: LearnerId) -> sqlx::Result<Vec<ItemId>> {
    let items = sqlx::query_scalar!(
        r#"SELECT item_id AS "item_id!" FROM memories WHERE learner_id = ?"#,
        learner
    )
    .fetch_all(state.db.reader())
    .await?;
    Ok(items.into_iter().map(ItemId).collect())
}

/// The learner's memory of one item, if it was ever rated.
///
/// # Errors
/// The database failed.
pub async fn of_item(
    state: &AppState,
    learner: LearnerId,
    item: ItemId,
) -> anyhow::Result<Option<History>> {
    let row = sqlx::query_as!(
        MemoryRow,
        r#"SELECT item_id AS item, stability AS "stability: f32", difficulty AS "difficulty: f32", phase,
                  step AS "step: u32", first_reviewed_on, last_reviewed_on, last_rating AS "last_rating: u8",
                  review_count AS "review_count: u32", lapses AS "lapses: u32", due_on, due_at_ms
           FROM memories WHERE learner_id = ? AND item_id = ?"#,
        learner,
        item.0,
    )
    .fetch_optional(state.db.reader())
    .await?;
    row.map(History::try_from).transpose()
}

/// A row of `memories`.
#[derive(Debug, serde::Deserialize)]
pub(super) struct MemoryRow {
    pub(super) item: i64,
    stability: f32,
    difficulty: f32,
    phase: String,
    step: u32,
    first_reviewed_on: String,
    last_reviewed_on: String,
    last_rating: u8,
    review_count: u32,
    lapses: u32,
    due_on: String,
    due_at_ms: Option<i64>,
}

impl TryFrom<MemoryRow> for History {
    type Error = anyhow::Error;

    fn try_from(row: MemoryRow) -> anyhow::Result<History> {
        Ok(History {
            memory: Memory {
                stability: row.stability,
                difficulty: row.difficulty,
            },
            phase: Phase::from_name(&row.phase).unwrap_or(Phase::Review),
            step: usize::try_from(row.step)?,
            first_reviewed_on: row.first_reviewed_on.parse()?,
            last: Rated {
                rating: Rating::try_from(row.last_rating).map_err(anyhow::Error::msg)?,
                on: row.last_reviewed_on.parse()?,
            },
            review_count: row.review_count,
            lapses: row.lapses,
            due: Due {
                on: row.due_on.parse()?,
                at: row.due_at_ms.map(Timestamp::from_millisecond).transpose()?,
            },
        })
    }
}

/// Whether a rating may be given: a wrong answer was not recalled, and a right one was.
pub fn is_offered(rating: Rating, is_right: Option<bool>) -> bool {
    is_right.is_none_or(|is_right| is_right == (rating != Rating::Again))
}

/// What is asked about when an answer is to be rated.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// The item.
    pub item: ItemId,
    /// What it asks about.
    pub kind: ItemKind,
    /// Whether it is asked in a review session.
    pub in_session: bool,
    /// The language of the page.
    pub language: Language,
}

/// The rating buttons of an answer: when the item would come back after each rating that may be given.
pub fn choices(
    learner: &Learner,
    asked: Asked,
    history: Option<&History>,
    is_right: Option<bool>,
    now: Timestamp,
) -> Vec<RatingChoice> {
    let scheduler = scheduler(learner);
    let today = learner.today(now);
    let choice = |rating| {
        let review = Review {
            rating,
            at: now,
            on: today,
            in_session: asked.in_session,
        };
        let next = scheduler.follow(history, review, spread(asked.item, asked.kind));
        let (interval_days, minutes) = from_now(next.due, today, now);
        RatingChoice {
            rating,
            due_on: day::on_the_wire(next.due.on),
            interval_days,
            minutes,
            words: due::comes_back(interval_days, minutes, asked.language),
        }
    };
    let offered = Rating::ALL.into_iter();
    offered
        .filter(|rating| is_offered(*rating, is_right))
        .map(choice)
        .collect()
}

/// What the last rating led to, as seen now.
pub fn scheduled(history: &History, today: Date, now: Timestamp, language: Language) -> Scheduled {
    let (interval_days, minutes) = from_now(history.due, today, now);
    let due_on = day::on_the_wire(history.due.on);
    Scheduled {
        rating: history.last.rating,
        words: due::rated(
            history.last.rating,
            &due_on,
            interval_days,
            minutes,
            language,
        ),
        due_on,
        interval_days,
        minutes,
        notice: None,
    }
}

/// Days from today, and in a step the minutes from now, at least 0.
fn from_now(due: Due, today: Date, now: Timestamp) -> (u32, Option<u32>) {
    let minutes = due.at.map(|at| {
        let seconds = at.duration_since(now).as_secs().max(0);
        u32::try_from(seconds.unsigned_abs().div_ceil(60)).unwrap_or(u32::MAX)
    });
    (day::between(today, due.on), minutes)
}
