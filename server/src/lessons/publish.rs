//! Publishing a version of a lesson, with its items. The tables `lessons`, `lesson_versions`, `items` and
//! `version_items` are written here only.

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
};

use app::api::{ItemId, ItemKind};
use content::lesson::Lesson;
use jiff::Timestamp;
use sqlx::{Sqlite, Transaction};

use super::{
    identity::{self, KnownItem, NewItem},
    images::{self, Image},
    search,
};
use crate::db::Db;

/// A parsed file that may be published.
#[derive(Debug)]
pub struct Candidate<'a> {
    /// Where the file is.
    pub path: &'a Path,
    /// Its text.
    pub source: &'a str,
    /// The SHA-256 of its bytes and its pictures, in hexadecimal digits.
    pub source_sha256: String,
    /// What it became.
    pub lesson: &'a Lesson,
    /// The pictures that it shows.
    pub images: &'a [Image],
}

impl Candidate<'_> {
    /// Whether it is what learners read already.
    pub fn is_standing(&self, standing: &HashMap<(u32, String), Standing>) -> bool {
        let key = (self.lesson.number, self.lesson.language.code().to_owned());
        standing.get(&key).is_some_and(|standing| {
            standing.source_sha256 == self.source_sha256
                && standing.renderer_version == i64::from(content::RENDERER_VERSION)
        })
    }
}

/// The version of a lesson that learners read.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Where its file was.
    pub path: String,
    /// The SHA-256 of its bytes and its pictures, in hexadecimal digits.
    pub source_sha256: String,
    renderer_version: i64,
}

/// What learners read, by number and language.
///
/// # Errors
/// The database failed.
pub async fn standing(db: &Db) -> sqlx::Result<HashMap<(u32, String), Standing>> {
    let rows = sqlx::query!(
        r#"SELECT number AS "number!: u32", language, path, source_sha256, renderer_version FROM lessons
           JOIN lesson_versions ON lesson_versions.id = lessons.published_version_id"#,
    )
    .fetch_all(db.reader())
    .await?;
    let standing = rows.into_iter().map(|row| {
        let standing = Standing {
            path: row.path,
            source_sha256: row.source_sha256,
            renderer_version: row.renderer_version,
        };
        ((row.number, row.language), standing)
    });
    Ok(standing.collect())
}

/// Publishes candidates, all or none.
///
/// # Errors
/// A picture changed meanwhile, or the database failed; what learners read then still stands.
pub async fn publish(db: &Db, now: Timestamp, candidates: &[Candidate<'_>]) -> anyhow::Result<()> {
    if candidates.is_empty() {
        return Ok(());
    }
    let mut transaction = db.write().await?;
    for candidate in candidates {
        publish_one(&mut transaction, now, candidate).await?;
    }
    transaction.commit().await?;
    Ok(())
}

async fn publish_one(
    transaction: &mut Transaction<'static, Sqlite>,
    now: Timestamp,
    candidate: &Candidate<'_>,
) -> anyhow::Result<()> {
    let lesson_id = lesson_id(transaction, candidate.lesson).await?;
    let version_id = match known_version(transaction, lesson_id, candidate).await? {
        Some(version_id) => version_id,
        None => new_version(transaction, lesson_id, candidate, now).await?,
    };
    sqlx::query!(
        "UPDATE lessons SET published_version_id = ? WHERE id = ?",
        version_id,
        lesson_id
    )
    .execute(&mut **transaction)
    .await?;
    search::index(transaction, lesson_id, candidate.lesson).await?;
    retire(transaction, lesson_id, version_id, now).await?;
    Ok(())
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
    for image in candidate.images {
        images::keep(transaction, image).await?;
    }
    let known = known_items(transaction, lesson_id).await?;
    let path = candidate.path.display().to_string();
    let source_sha256 = candidate.source_sha256.as_str();
    let parsed = serde_json::to_string(candidate.lesson)?;
    let (now_ms, renderer_version) = (now.as_millisecond(), i64::from(content::RENDERER_VERSION));
    let version_id = sqlx::query!(
        "INSERT INTO lesson_versions
             (lesson_id, path, source, source_sha256, renderer_version, parsed, imported_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        lesson_id,
        path,
        candidate.source,
        source_sha256,
        renderer_version,
        parsed,
        now_ms,
    )
    .execute(&mut **transaction)
    .await?
    .last_insert_rowid();

    let rows = rows(candidate.lesson);
    let new: Vec<NewItem> = rows.iter().map(|row| row.item.clone()).collect();
    let mut next_id: i64 =
        sqlx::query_scalar!(r#"SELECT coalesce(max(id), 0) + 1 AS "next!: i64" FROM items"#)
            .fetch_one(&mut **transaction)
            .await?;
    let mut new_items = Vec::new();
    let mut version_items = Vec::new();
    for (row, id) in rows.iter().zip(identity::assign(&known, &new)) {
        let item_id = id.map_or_else(
            || {
                new_items.push((next_id, row.item.kind.name()));
                next_id += 1;
                next_id - 1
            },
            |id| id.0,
        );
        version_items.push((
            item_id,
            row.position,
            &row.item.key,
            &row.item.text,
            row.interval_days,
        ));
    }
    // One statement for all: a lesson has dozens of items, and a course is published at once.
    let (new_items, version_items) = (
        serde_json::to_string(&new_items)?,
        serde_json::to_string(&version_items)?,
    );
    sqlx::query!(
        "INSERT INTO items (id, lesson_id, kind) SELECT value ->> 0, ?, value ->> 1 FROM json_each(?)",
        lesson_id,
        new_items,
    )
    .execute(&mut **transaction)
    .await?;
    sqlx::query!(
        "INSERT INTO version_items (version_id, item_id, position, key, text, interval_days)
         SELECT ?, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?)",
        version_id,
        version_items,
    )
    .execute(&mut **transaction)
    .await?;
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
