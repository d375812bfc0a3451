//! Everything about a learner: as one archive, and gone.
//!
//! Both go by the schema instead of a list: every table with a column `learner_id` belongs to its learner, whoever adds
//! it. What such rows refer to (the text of an item, the report of a verdict) is in the archive too.
//!
//! The archive is one JSON document:
//!
//! - `format` (`latency-lab-learner`), `version` (1), `exported_at` (RFC 3339);
//! - `learner`: the row of `learners`, without the secret that signs them in;
//! - `items`: for every item with a history its lesson, language, kind and latest text;
//! - `tables`: by name, every row that belongs to the learner, as an object of its columns. Moments are milliseconds since
//!   1970, days are the learner's own; bytes are written in hexadecimal digits.

use std::fmt::Write as _;

use sqlx::{AssertSqlSafe, Row, SqliteConnection, SqlitePool};

use super::{LearnerId, Visitor};
use crate::{error::Error, state::AppState};

/// The columns that sign somebody in, or that others could use in their name.
fn is_secret(column: &str) -> bool {
    [
        "token",
        "secret",
        "password",
        "hash",
        "private_key",
        "p256dh",
    ]
    .iter()
    .any(|word| column.contains(word))
        || column == "auth"
}

/// A column of a table.
struct Column {
    name: String,
    is_bytes: bool,
}

async fn columns(database: &mut SqliteConnection, table: &str) -> sqlx::Result<Vec<Column>> {
    let rows = sqlx::query("SELECT name, type FROM pragma_table_info(?)")
        .bind(table)
        .fetch_all(database)
        .await?;
    rows.into_iter()
        .map(|row| {
            let kind: String = row.try_get(1)?;
            Ok(Column {
                name: row.try_get(0)?,
                is_bytes: kind.eq_ignore_ascii_case("blob"),
            })
        })
        .collect()
}

/// The tables whose rows belong to a learner.
async fn tables(database: &mut SqliteConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "SELECT name FROM sqlite_schema
         WHERE type = 'table'
           AND EXISTS (SELECT 1 FROM pragma_table_info(sqlite_schema.name) AS columns
                       WHERE columns.name = 'learner_id')
         ORDER BY name",
    )
    .fetch_all(database)
    .await
}

/// A quoted name, for SQL that cannot be written beforehand. Names come from the schema, never from a request.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// SQL that reads rows of `table` as one JSON list.
fn rows_as_json(table: &str, columns: &[Column], condition: &str) -> String {
    let mut members = String::new();
    for column in columns.iter().filter(|column| !is_secret(&column.name)) {
        if !members.is_empty() {
            members.push_str(", ");
        }
        let name = quoted(&column.name);
        let value = if column.is_bytes {
            format!("hex({name})")
        } else {
            name
        };
        _ = write!(members, "'{}', {value}", column.name);
    }
    format!(
        "SELECT coalesce(json_group_array(json_object({members})), '[]') FROM {} WHERE {condition}",
        quoted(table)
    )
}

/// The archive of the visitor; `None` for somebody of whom nothing is stored.
///
/// # Errors
/// The database failed.
pub async fn export(state: &AppState, visitor: &Visitor) -> Result<Option<String>, Error> {
    let Some(learner) = visitor.learner(&state.db).await? else {
        return Ok(None);
    };
    let pool: &SqlitePool = state.db.reader();
    // One transaction, so that the archive is of one moment.
    let mut reading = pool.begin().await?;
    let mut archive = format!(
        r#"{{"format":"latency-lab-learner","version":1,"exported_at":"{}","learner":"#,
        state.clock.now()
    );
    let read = async |database: &mut SqliteConnection, sql: String| -> sqlx::Result<String> {
        sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(learner.id)
            .fetch_one(database)
            .await
    };
    let columns_of_learner = columns(&mut reading, "learners").await?;
    let itself = rows_as_json("learners", &columns_of_learner, "id = ?");
    let itself = read(&mut reading, itself).await?;
    archive.push_str(itself.trim_start_matches('[').trim_end_matches(']'));
    archive.push_str(r#","items":"#);
    archive.push_str(&read(&mut reading, ITEMS.to_owned()).await?);
    archive.push_str(r#","verdicts":"#);
    archive.push_str(&read(&mut reading, VERDICTS.to_owned()).await?);
    archive.push_str(r#","tables":{"#);
    for (place, table) in tables(&mut reading).await?.iter().enumerate() {
        let columns = columns(&mut reading, table).await?;
        let rows = read(
            &mut reading,
            rows_as_json(table, &columns, "learner_id = ?"),
        )
        .await?;
        let comma = if place == 0 { "" } else { "," };
        _ = write!(archive, r#"{comma}"{table}":{rows}"#);
    }
    archive.push_str("}}");
    Ok(Some(archive))
}

/// What the learner's items say: answers and reviews name them by number.
const ITEMS: &str = "
    SELECT coalesce(json_group_array(json_object(
               'id', items.id, 'lesson', lessons.number, 'language', lessons.language, 'kind', items.kind,
               'text', (SELECT text FROM version_items WHERE version_items.item_id = items.id
                        ORDER BY version_id DESC LIMIT 1))), '[]')
    FROM items JOIN lessons ON lessons.id = items.lesson_id
    WHERE items.id IN (SELECT item_id FROM answers WHERE learner_id = ?1
                       UNION SELECT item_id FROM memories WHERE learner_id = ?1)";

/// What the grader said: submissions name the reports by key.
const VERDICTS: &str = "
    SELECT coalesce(json_group_array(json_object('key', key, 'report', json(report), 'graded_at_ms', graded_at_ms)), '[]')
    FROM verdicts WHERE key IN (SELECT verdict_key FROM submissions WHERE learner_id = ?)";

/// Deletes the visitor and everything that belongs to them, at once and for good.
///
/// # Errors
/// The database failed; then nothing is deleted.
pub async fn delete(state: &AppState, visitor: &Visitor) -> Result<(), Error> {
    let Some(learner) = visitor.learner(&state.db).await? else {
        return Ok(());
    };
    let mut write = state.db.write().await?;
    delete_rows(&mut write, learner.id).await?;
    write.commit().await?;
    Ok(())
}

async fn delete_rows(write: &mut SqliteConnection, learner: LearnerId) -> sqlx::Result<()> {
    // Rows refer to each other; what counts is that nothing dangles at the end.
    sqlx::query("PRAGMA defer_foreign_keys = ON")
        .execute(&mut *write)
        .await?;
    let verdicts: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT verdict_key FROM submissions AS own WHERE learner_id = ? AND verdict_key IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM submissions AS other
                           WHERE other.verdict_key = own.verdict_key AND other.learner_id <> own.learner_id)",
    )
    .bind(learner)
    .fetch_all(&mut *write)
    .await?;
    for table in tables(&mut *write).await? {
        let sql = format!("DELETE FROM {} WHERE learner_id = ?", quoted(&table));
        sqlx::query(AssertSqlSafe(sql))
            .bind(learner)
            .execute(&mut *write)
            .await?;
    }
    for key in verdicts {
        for sql in [
            "DELETE FROM profiles WHERE verdict_key = ?",
            "DELETE FROM verdicts WHERE key = ?",
        ] {
            sqlx::query(sql).bind(&key).execute(&mut *write).await?;
        }
    }
    sqlx::query("DELETE FROM learners WHERE id = ?")
        .bind(learner)
        .execute(&mut *write)
        .await?;
    Ok(())
}
