//! Ratings and the memories that they amount to: the tables `reviews`, append-only, and `memories`, its fold.
//!
//! A rating is appended, then the item's whole history is folded anew. A late or repeated rating therefore leads to the
//! same memory in whatever order the requests arrive.

use app::api::{ItemId, NewReview, Rating, RatingChoice, Scheduled};
use axum::http::StatusCode;
use jiff::civil::Date;
use sqlx::{Sqlite, Transaction};

use super::{
    answers::client_id,
    day,
    schedule::{ALGORITHM, History, MAXIMUM_INTERVAL_DAYS, Memory, Rated, Scheduler},
};
use crate::{
    error::Error,
    learners::{Learner, LearnerId, Visitor},
    state::AppState,
};

/// Keeps a rating, once however often it is sent, and returns what it led to.
///
/// # Errors
/// The answer is not this learner's answer to this item, a wrong answer is not rated Again, or the database failed.
pub async fn keep(
    state: &AppState,
    visitor: &Visitor,
    new: &NewReview,
    is_wrong: impl FnOnce(&str) -> bool,
) -> Result<Scheduled, Error> {
    let (id, answer_id) = (client_id(&new.id)?, client_id(&new.answer)?);
    let now = state.clock.now();
    let mut transaction = state.db.write().await?;
    let learner = visitor
        .learner_or_new(&mut transaction, now, &state.config.time_zone)
        .await?;
    let today = learner.today(now);
    let answer = sqlx::query_scalar!(
        "SELECT text FROM answers WHERE id = ? AND learner_id = ? AND item_id = ?",
        answer_id,
        learner.id,
        new.item.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(Error::unprocessable(|text| text.answer_unknown))?;
    if new.rating != Rating::Again && is_wrong(&answer) {
        return Err(Error::unprocessable(|text| text.wrong_is_again));
    }
    let (rating, ticks) = (
        i64::from(u8::from(new.rating)),
        serde_json::to_string(&new.ticks)?,
    );
    let (now_ms, reviewed_on) = (now.as_millisecond(), today.to_string());
    sqlx::query!(
        "INSERT INTO reviews (id, learner_id, item_id, answer_id, rating, ticks, reviewed_at_ms, reviewed_on)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        id,
        learner.id,
        new.item.0,
        answer_id,
        rating,
        ticks,
        now_ms,
        reviewed_on,
    )
    .execute(&mut *transaction)
    .await?;
    let kept = sqlx::query!(
        r#"SELECT learner_id AS "learner_id: LearnerId", item_id FROM reviews WHERE id = ?"#,
        id,
    )
    .fetch_one(&mut *transaction)
    .await?;
    if kept.learner_id != learner.id || kept.item_id != new.item.0 {
        return Err(Error::Refused(StatusCode::CONFLICT, |text| text.id_taken));
    }
    let history = fold(&mut transaction, &learner, new.item).await?;
    transaction.commit().await?;
    Ok(scheduled(&history, today))
}

async fn fold(
    transaction: &mut Transaction<'static, Sqlite>,
    learner: &Learner,
    item: ItemId,
) -> Result<History, Error> {
    let rows = sqlx::query!(
        r#"SELECT rating AS "rating: u8", reviewed_on FROM reviews
           WHERE learner_id = ? AND item_id = ? ORDER BY reviewed_at_ms, id"#,
        learner.id,
        item.0,
    )
    .fetch_all(&mut **transaction)
    .await?;
    let mut reviews = Vec::with_capacity(rows.len());
    for row in rows {
        let rating = Rating::try_from(row.rating).map_err(anyhow::Error::msg)?;
        reviews.push(Rated {
            rating,
            on: row.reviewed_on.parse()?,
        });
    }
    let history = scheduler(learner)
        .fold(reviews)
        .ok_or(sqlx::Error::RowNotFound)?;
    let (first, last) = (
        history.first_reviewed_on.to_string(),
        history.last.on.to_string(),
    );
    let (due, rating) = (
        history.due_on.to_string(),
        i64::from(u8::from(history.last.rating)),
    );
    sqlx::query!(
        "INSERT INTO memories (learner_id, item_id, algorithm, stability, difficulty, first_reviewed_on,
                               last_reviewed_on, last_rating, review_count, due_on)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (learner_id, item_id) DO UPDATE SET
             algorithm = excluded.algorithm, stability = excluded.stability, difficulty = excluded.difficulty,
             first_reviewed_on = excluded.first_reviewed_on, last_reviewed_on = excluded.last_reviewed_on,
             last_rating = excluded.last_rating, review_count = excluded.review_count, due_on = excluded.due_on",
        learner.id,
        item.0,
        ALGORITHM,
        history.memory.stability,
        history.memory.difficulty,
        first,
        last,
        rating,
        history.review_count,
        due,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(history)
}

fn scheduler(learner: &Learner) -> Scheduler {
    Scheduler::new(learner.desired_retention, MAXIMUM_INTERVAL_DAYS)
}

fn scheduled(history: &History, today: Date) -> Scheduled {
    Scheduled {
        rating: history.last.rating,
        due_on: day::on_the_wire(history.due_on),
        interval_days: day::between(today, history.due_on),
    }
}

/// A learner's memory of an item.
#[derive(Clone, Copy, Debug)]
pub struct Remembered {
    /// The item.
    pub item: ItemId,
    /// What is remembered.
    pub memory: Memory,
    /// The last review.
    pub last: Rated,
    /// The day on which it comes back.
    pub due_on: Date,
}

impl Remembered {
    /// What the last rating led to, as seen today.
    pub fn scheduled(&self, today: Date) -> Scheduled {
        Scheduled {
            rating: self.last.rating,
            due_on: day::on_the_wire(self.due_on),
            interval_days: day::between(today, self.due_on),
        }
    }
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
) -> anyhow::Result<Option<Remembered>> {
    let row = sqlx::query_as!(
        MemoryRow,
        r#"SELECT item_id, stability AS "stability: f32", difficulty AS "difficulty: f32",
                  last_reviewed_on, last_rating AS "last_rating: u8", due_on
           FROM memories WHERE learner_id = ? AND item_id = ?"#,
        learner,
        item.0,
    )
    .fetch_optional(state.db.reader())
    .await?;
    row.map(Remembered::try_from).transpose()
}

/// A row of `memories`.
pub(super) struct MemoryRow {
    pub(super) item_id: i64,
    pub(super) stability: f32,
    pub(super) difficulty: f32,
    pub(super) last_reviewed_on: String,
    pub(super) last_rating: u8,
    pub(super) due_on: String,
}

impl TryFrom<MemoryRow> for Remembered {
    type Error = anyhow::Error;

    fn try_from(row: MemoryRow) -> anyhow::Result<Remembered> {
        Ok(Remembered {
            item: ItemId(row.item_id),
            memory: Memory {
                stability: row.stability,
                difficulty: row.difficulty,
            },
            last: Rated {
                rating: Rating::try_from(row.last_rating).map_err(anyhow::Error::msg)?,
                on: row.last_reviewed_on.parse()?,
            },
            due_on: row.due_on.parse()?,
        })
    }
}

/// The four rating buttons of an item: when it would come back after each.
pub fn choices(
    learner: &Learner,
    remembered: Option<&Remembered>,
    today: Date,
) -> Vec<RatingChoice> {
    let scheduler = scheduler(learner);
    let elapsed_days = remembered.map_or(0, |remembered| day::between(remembered.last.on, today));
    let memory = remembered.map(|remembered| remembered.memory);
    Rating::ALL
        .into_iter()
        .map(|rating| {
            let interval_days = scheduler.next(memory, elapsed_days, rating).interval_days;
            RatingChoice {
                rating,
                due_on: day::on_the_wire(day::after(today, interval_days)),
                interval_days,
            }
        })
        .collect()
}
