//! A learner as the simulation sees them.

use jiff::Timestamp;

use super::{day, schedule::Memory, simulation::Subject};
use crate::{
    db::Db,
    learners::{self, Learner, LearnerId},
};

/// The learner with this number; nothing where there is none.
///
/// # Errors
/// The database failed.
pub async fn read(db: &Db, learner: LearnerId, now: Timestamp) -> anyhow::Result<Option<Subject>> {
    let Some(learner) = learners::by_id(db.reader(), learner).await? else {
        return Ok(None);
    };
    let new_items = new_items(db, &learner).await?;
    let today = learner.today(now);
    let rows = sqlx::query!(
        r#"SELECT stability AS "stability: f32", difficulty AS "difficulty: f32", last_reviewed_on
           FROM memories JOIN items ON items.id = memories.item_id
           WHERE learner_id = ? AND retired_at_ms IS NULL"#,
        learner.id,
    )
    .fetch_all(db.reader())
    .await?;
    let mut memories = Vec::with_capacity(rows.len());
    for row in rows {
        let memory = Memory {
            stability: row.stability,
            difficulty: row.difficulty,
        };
        let days_ago = day::between(row.last_reviewed_on.parse()?, today);
        memories.push((memory, days_ago));
    }
    Ok(Some(Subject {
        parameters: learner.parameters,
        reviews_per_day: learner.reviews_per_day,
        new_items_per_day: learner.new_items_per_day,
        memories,
        new_items,
    }))
}

async fn new_items(db: &Db, learner: &Learner) -> sqlx::Result<u32> {
    sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!: u32" FROM finishes
           JOIN lessons ON lessons.id = finishes.lesson_id
           JOIN version_items ON version_items.version_id = lessons.published_version_id
           LEFT JOIN memories ON memories.learner_id = finishes.learner_id
                             AND memories.item_id = version_items.item_id
           WHERE finishes.learner_id = ? AND memories.item_id IS NULL"#,
        learner.id,
    )
    .fetch_one(db.reader())
    .await
}
