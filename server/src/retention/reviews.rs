//! Ratings and the memories that they amount to: the tables `reviews`, append-only, and `memories`, its fold.
//!
//! A rating is appended, then the item's whole history is folded anew. A late or repeated rating therefore leads to the
//! same memory in whatever order the requests arrive.

use app::api::{ItemId, NewReview, Rating, RatingChoice, Scheduled};
use axum::http::StatusCode;
use jiff::civil::Date;
use sqlx::{Sqlite, Transaction};
use uuid::Uuid;

use super::{
    day,
    schedule::{ALGORITHM, History, MAXIMUM_INTERVAL_DAYS, Memory, Rated, Scheduler},
};
use crate::{
    error::Error,
    learners::{Learner, LearnerId, Visitor},
    state::AppState,
};

/// The most points that a rubric can have ticks for.
const MAXIMUM_TICKS: usize = 64;

/// Keeps a rating, once however often it is sent, and returns what the item's ratings lead to. An answer is rated once:
/// a second rating of it, from another window, changes nothing.
///
/// # Errors
/// The answer is not this learner's answer to this item, the rating is not offered for it, or the database failed.
pub async fn keep(
    state: &AppState,
    visitor: &Visitor,
    new: &NewReview,
) -> Result<Scheduled, Error> {
    let id = Uuid::try_parse(&new.id)
        .map_err(|_| Error::unprocessable(|text| text.id_malformed))?
        .to_string();
    if new.ticks.len() > MAXIMUM_TICKS {
        return Err(Error::unprocessable(|text| text.malformed));
    }
    let now = state.clock.now();
    let mut transaction = state.db.write().await?;
    let learner = visitor
        .learner_or_new(&mut transaction, now, &state.config.time_zone)
        .await?;
    let today = learner.today(now);
    let is_right = sqlx::query_scalar!(
        r#"SELECT is_right AS "is_right: bool" FROM answers WHERE id = ? AND learner_id = ? AND item_id = ?"#,
        new.answer,
        learner.id,
        new.item.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(Error::unprocessable(|text| text.answer_unknown))?;
    if !is_offered(new.rating, is_right) {
        return Err(Error::unprocessable(|text| text.rating_not_offered));
    }
    let (rating, ticks) = (
        i64::from(u8::from(new.rating)),
        serde_json::to_string(&new.ticks)?,
    );
    let (now_ms, reviewed_on) = (now.as_millisecond(), today.to_string());
    sqlx::query!(
        "INSERT INTO reviews (id, learner_id, item_id, answer_id, rating, ticks, reviewed_at_ms, reviewed_on)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE NOT EXISTS (SELECT 1 FROM reviews WHERE answer_id = ?4)
         ON CONFLICT (id) DO NOTHING",
        id,
        learner.id,
        new.item.0,
        new.answer,
        rating,
        ticks,
        now_ms,
        reviewed_on,
    )
    .execute(&mut *transaction)
    .await?;
    let is_rated = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!: i64" FROM reviews WHERE answer_id = ?"#,
        new.answer,
    )
    .fetch_one(&mut *transaction)
    .await?;
    if is_rated == 0 {
        // The id stands for the rating of another answer.
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

/// Whether a rating may be given: a wrong answer was not recalled, and a right one was.
fn is_offered(rating: Rating, is_right: Option<bool>) -> bool {
    is_right.is_none_or(|is_right| is_right == (rating != Rating::Again))
}

/// The rating buttons of an answer: when the item would come back after each rating that may be given.
pub fn choices(
    learner: &Learner,
    remembered: Option<&Remembered>,
    is_right: Option<bool>,
    today: Date,
) -> Vec<RatingChoice> {
    let scheduler = scheduler(learner);
    let elapsed_days = remembered.map_or(0, |remembered| day::between(remembered.last.on, today));
    let memory = remembered.map(|remembered| remembered.memory);
    Rating::ALL
        .into_iter()
        .filter(|rating| is_offered(*rating, is_right))
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
