//! Two histories become one: what a person did in a browser before signing in belongs to their account.
//!
//! 1. Every table that names a learner is asked of the database itself, so that none is forgotten: its rows get the new
//!    owner. Where both have a row that can exist only once, the account's stays, but of two days of finishing the earlier.
//! 2. Memories are the fold of the reviews, and folded anew.
//! 3. Nothing is left of the other learner.

use sqlx::{Row, Sqlite, Transaction};

use crate::{
    error::Error,
    learners::{self, LearnerId},
    retention::memories,
};

/// Makes everything of `from` a part of `into`.
///
/// # Errors
/// The database failed.
pub async fn merge(
    transaction: &mut Transaction<'static, Sqlite>,
    from: LearnerId,
    into: LearnerId,
) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE finishes SET (finished_on, finished_at_ms) =
             (SELECT finished_on, finished_at_ms FROM finishes AS other
              WHERE other.learner_id = ?1 AND other.lesson_id = finishes.lesson_id)
         WHERE learner_id = ?2 AND EXISTS (SELECT 1 FROM finishes AS other
              WHERE other.learner_id = ?1 AND other.lesson_id = finishes.lesson_id
                AND other.finished_at_ms < finishes.finished_at_ms)",
        from,
        into,
    )
    .execute(&mut **transaction)
    .await?;
    // A draft that is younger replaces the account's.
    sqlx::query!(
        "DELETE FROM drafts WHERE learner_id = ?2 AND EXISTS (SELECT 1 FROM drafts AS other
              WHERE other.learner_id = ?1 AND other.exercise = drafts.exercise AND other.language = drafts.language
                AND other.saved_at_ms > drafts.saved_at_ms)",
        from,
        into,
    )
    .execute(&mut **transaction)
    .await?;
    for (table, column) in tables(transaction).await? {
        // The names come from the schema, not from a person.
        let move_rows =
            format!("UPDATE OR IGNORE \"{table}\" SET \"{column}\" = ? WHERE \"{column}\" = ?");
        sqlx::query(sqlx::AssertSqlSafe(move_rows))
            .bind(into.0)
            .bind(from.0)
            .execute(&mut **transaction)
            .await?;
        let drop_rest = format!("DELETE FROM \"{table}\" WHERE \"{column}\" = ?");
        sqlx::query(sqlx::AssertSqlSafe(drop_rest))
            .bind(from.0)
            .execute(&mut **transaction)
            .await?;
    }
    sqlx::query!("DELETE FROM learners WHERE id = ?", from)
        .execute(&mut **transaction)
        .await?;
    let learner = learners::by_id(&mut **transaction, into)
        .await?
        .ok_or(sqlx::Error::RowNotFound)?;
    memories::fold_all(transaction, &learner).await?;
    Ok(())
}

/// The tables with a column that names a learner.
async fn tables(
    transaction: &mut Transaction<'static, Sqlite>,
) -> sqlx::Result<Vec<(String, String)>> {
    let rows = sqlx::query(
        "SELECT schema.name, keys.\"from\" FROM sqlite_schema AS schema, pragma_foreign_key_list(schema.name) AS keys
         WHERE schema.type = 'table' AND keys.\"table\" = 'learners'",
    )
    .fetch_all(&mut **transaction)
    .await?;
    rows.into_iter()
        .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
        .collect()
}
