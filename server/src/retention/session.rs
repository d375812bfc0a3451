//! What a learner did in today's review: the last rating, which can be taken back, and what all of them moved.

use app::{
    api::{ItemId, Rating},
    pages::due,
    text::Language,
};
use jiff::Timestamp;

use super::{day, schedule::LEECH_LAPSES};
use crate::{learners::Learner, state::AppState};

/// An item that was rated today.
#[derive(Clone, Debug)]
pub struct Moved {
    /// The item.
    pub item: ItemId,
    /// The last rating of today.
    pub review: String,
    /// That rating.
    pub rating: Rating,
    /// What the item asks, as plain text.
    pub text: String,
    /// When it comes back, in words.
    pub comes_back: String,
    /// Whether it was forgotten so often that repeating alone does not teach it.
    pub is_leech: bool,
}

/// The items that were rated today, the last first.
///
/// # Errors
/// The database failed.
pub async fn today(
    state: &AppState,
    learner: &Learner,
    now: Timestamp,
    language: Language,
) -> anyhow::Result<Vec<Moved>> {
    let today = learner.today(now);
    let today_text = today.to_string();
    let rows = sqlx::query!(
        r#"SELECT (SELECT id FROM standing_reviews
                   WHERE standing_reviews.learner_id = ?1 AND standing_reviews.item_id = memories.item_id
                   ORDER BY reviewed_at_ms DESC, id DESC LIMIT 1) AS "id!: String",
                  (SELECT max(reviewed_at_ms) FROM standing_reviews
                   WHERE standing_reviews.learner_id = ?1
                     AND standing_reviews.item_id = memories.item_id) AS "at!: i64",
                  item_id AS "item_id!", last_rating AS "rating!: u8", due_on AS "due_on!", due_at_ms,
                  lapses AS "lapses!: u32",
                  (SELECT text FROM version_items WHERE version_items.item_id = memories.item_id
                   ORDER BY version_id DESC LIMIT 1) AS "text: String"
           FROM memories WHERE learner_id = ?1 AND last_reviewed_on = ?2 ORDER BY 2 DESC, 1 DESC"#,
        learner.id,
        today_text,
    )
    .fetch_all(state.db.reader())
    .await?;
    rows.into_iter()
        .map(|row| {
            let minutes = row.due_at_ms.map(|due_at_ms| {
                let left_ms = (due_at_ms - now.as_millisecond()).max(0).unsigned_abs();
                u32::try_from(left_ms.div_ceil(60_000)).unwrap_or(u32::MAX)
            });
            let days = day::between(today, row.due_on.parse()?);
            Ok(Moved {
                item: ItemId(row.item_id),
                review: row.id,
                rating: Rating::try_from(row.rating).map_err(anyhow::Error::msg)?,
                text: row.text.unwrap_or_default(),
                comes_back: due::comes_back(days, minutes, language),
                is_leech: row.lapses >= LEECH_LAPSES,
            })
        })
        .collect()
}
