//! Publishing a version of a lesson, with its items. The tables `lessons`, `lesson_versions`, `items` and
//! `version_items` are written here only.

use std::{collections::BTreeMap, path::Path};

use app::api::{ItemId, ItemKind};
use content::lesson::Lesson;
use jiff::Timestamp;
use sqlx::{Sqlite, Transaction};

use super::identity::{self, KnownItem, NewItem};
use crate::db::Db;

/// A parsed file that may be published.
#[derive(Debug)]
pub struct Candidate<'a> {
    /// Where the file is.
    pub path: &'a Path,
    /// Its text.
    pub source: &'a str,
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub source_sha256: &'a str,
    /// What it became.
    pub lesson: &'a Lesson,
}

/// What publishing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Learners already read exactly this.
    Unchanged,
    /// Learners now read this version.
    Published,
}

/// Publishes `candidate` unless it is what learners already read.
///
/// # Errors
/// The database failed; the version that learners read then still stands.
pub async fn publish(
    db: &Db,
    now: Timestamp,
    candidate: &Candidate<'_>,
) -> anyhow::Result<Outcome> {
    if is_published(db, candidate).await? {
        return Ok(Outcome::Unchanged);
    }
    let mut transaction = db.write().await?;
    let lesson_id = lesson_id(&mut transaction, candidate.lesson).await?;
    let version_id = match known_version(&mut transaction, lesson_id, candidate).await? {
        Some(version_id) => version_id,
        None => new_version(&mut transaction, lesson_id, candidate, now).await?,
    };
    sqlx::query!(
        "UPDATE lessons SET published_version_id = ? WHERE id = ?",
        version_id,
        lesson_id
    )
    .execute(&mut *transaction)
    .await?;
    retire(&mut transaction, lesson_id, version_id, now).await?;
    transaction.commit().await?;
    Ok(Outcome::Published)
}

async fn is_published(db: &Db, candidate: &Candidate<'_>) -> sqlx::Result<bool> {
    let (number, language) = (
        i64::from(candidate.lesson.number),
        candidate.lesson.language.code(),
    );
    let renderer_version = i64::from(content::RENDERER_VERSION);
    let found = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!: i64" FROM lessons
           JOIN lesson_versions ON lesson_versions.id = lessons.published_version_id
           WHERE number = ? AND language = ? AND source_sha256 = ? AND renderer_version = ?"#,
        number,
        language,
        candidate.source_sha256,
        renderer_version,
    )
    .fetch_one(db.reader())
    .await?;
    Ok(found > 0)
}

async fn lesson_id(
    transaction: &mut Transaction<'static, Sqlite>,
    lesson: &Lesson,
) -> sqlx::Result<i64> {
    let (number, language) = (i64::from(lesson.number), lesson.language.code());
    sqlx::query!(
        "INSERT INTO lessons (number, language) VALUES (?, ?) ON CONFLICT (number, language) DO NOTHING",
        number,
        language,
    )
    .execute(&mut **transaction)
    .await?;
    sqlx::query_scalar!(
        r#"SELECT id AS "id!" FROM lessons WHERE number = ? AND language = ?"#,
        number,
        language
    )
    .fetch_one(&mut **transaction)
    .await
}

async fn known_version(
    transaction: &mut Transaction<'static, Sqlite>,
    lesson_id: i64,
    candidate: &Candidate<'_>,
) -> sqlx::Result<Option<i64>> {
    let renderer_version = i64::from(content::RENDERER_VERSION);
    sqlx::query_scalar!(
        r#"SELECT id AS "id!" FROM lesson_versions
           WHERE lesson_id = ? AND source_sha256 = ? AND renderer_version = ?"#,
        lesson_id,
        candidate.source_sha256,
        renderer_version,
    )
    .fetch_optional(&mut **transaction)
    .await
}

async fn new_version(
    transaction: &mut Transaction<'static, Sqlite>,
    lesson_id: i64,
    candidate: &Candidate<'_>,
    now: Timestamp,
) -> anyhow::Result<i64> {
    let known = known_items(transaction, lesson_id).await?;
    let path = candidate.path.display().to_string();
    let parsed = serde_json::to_string(candidate.lesson)?;
    let (now_ms, renderer_version) = (now.as_millisecond(), i64::from(content::RENDERER_VERSION));
    let version_id = sqlx::query!(
        "INSERT INTO lesson_versions
             (lesson_id, path, source, source_sha256, renderer_version, parsed, imported_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        lesson_id,
        path,
        candidate.source,
        candidate.source_sha256,
        renderer_version,
        parsed,
        now_ms,
    )
    .execute(&mut **transaction)
    .await?
    .last_insert_rowid();

    let rows = rows(candidate.lesson);
    let new: Vec<NewItem> = rows.iter().map(|row| row.item.clone()).collect();
    for (row, id) in rows.iter().zip(identity::assign(&known, &new)) {
        let kind = row.item.kind.name();
        let item_id = match id {
            Some(id) => id.0,
            None => sqlx::query!(
                "INSERT INTO items (lesson_id, kind) VALUES (?, ?)",
                lesson_id,
                kind
            )
            .execute(&mut **transaction)
            .await?
            .last_insert_rowid(),
        };
        sqlx::query!(
            "INSERT INTO version_items (version_id, item_id, position, key, text, interval_days)
             VALUES (?, ?, ?, ?, ?, ?)",
            version_id,
            item_id,
            row.position,
            row.item.key,
            row.item.text,
            row.interval_days,
        )
        .execute(&mut **transaction)
        .await?;
    }
    Ok(version_id)
}

/// An item of the lesson as `version_items` has it.
struct Row {
    item: NewItem,
    position: i64,
    interval_days: Option<i64>,
}

fn rows(lesson: &Lesson) -> Vec<Row> {
    let quiz = lesson.quiz.iter().map(|question| {
        (
            ItemKind::Quiz,
            &question.prompt.key,
            &question.prompt.text,
            None,
        )
    });
    let concepts = lesson
        .concepts
        .iter()
        .map(|concept| (ItemKind::Concept, &concept.key, &concept.term, None));
    let pitfalls = lesson
        .pitfalls
        .iter()
        .map(|pitfall| (ItemKind::Pitfall, &pitfall.key, &pitfall.name, None));
    let plan = lesson.plan.iter().map(|row| {
        (
            ItemKind::Plan,
            &row.prompt.key,
            &row.prompt.text,
            Some(i64::from(row.interval.days())),
        )
    });
    let mut positions = BTreeMap::new();
    quiz.chain(concepts)
        .chain(pitfalls)
        .chain(plan)
        .map(|(kind, key, text, interval_days)| {
            let next: &mut i64 = positions.entry(kind.name()).or_default();
            let position = *next;
            *next += 1;
            Row {
                item: NewItem {
                    kind,
                    key: key.0.clone(),
                    text: text.clone(),
                },
                position,
                interval_days,
            }
        })
        .collect()
}

async fn known_items(
    transaction: &mut Transaction<'static, Sqlite>,
    lesson_id: i64,
) -> sqlx::Result<Vec<KnownItem>> {
    let rows = sqlx::query!(
        r#"SELECT items.id AS "id!", kind AS "kind!", key AS "key!", text AS "text!" FROM items
           JOIN version_items ON version_items.item_id = items.id
           WHERE lesson_id = ? ORDER BY version_id"#,
        lesson_id,
    )
    .fetch_all(&mut **transaction)
    .await?;
    let mut items = BTreeMap::new();
    for row in rows {
        let Some(kind) = ItemKind::from_name(&row.kind) else {
            continue;
        };
        let item = items.entry(row.id).or_insert_with(|| KnownItem {
            id: ItemId(row.id),
            kind,
            keys: Vec::new(),
            text: String::new(),
        });
        item.keys.push(row.key);
        item.text = row.text;
    }
    Ok(items.into_values().collect())
}

/// Items that the published version lacks retire; those that it has again come back.
async fn retire(
    transaction: &mut Transaction<'static, Sqlite>,
    lesson_id: i64,
    version_id: i64,
    now: Timestamp,
) -> sqlx::Result<()> {
    let now_ms = now.as_millisecond();
    sqlx::query!(
        "UPDATE items SET retired_at_ms =
             CASE WHEN id IN (SELECT item_id FROM version_items WHERE version_id = ?) THEN NULL
                  ELSE coalesce(retired_at_ms, ?) END
         WHERE lesson_id = ?",
        version_id,
        now_ms,
        lesson_id,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
