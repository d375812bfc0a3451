//! What was published of a lesson, and the differences between texts.

use app::{
    pages::teach::{Line, LineKind},
    text::Language,
};
use similar::{ChangeTag, TextDiff};

use crate::db::Db;

/// How many lines around a change are shown.
const CONTEXT_LINES: usize = 3;

/// A version.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its number.
    pub id: i64,
    /// When it was published first, in milliseconds since 1970.
    pub imported_at_ms: i64,
    /// Whether learners read it now.
    pub is_current: bool,
}

/// The versions of a lesson, the latest first.
///
/// # Errors
/// The database failed.
pub async fn of(db: &Db, number: u32, language: Language) -> sqlx::Result<Vec<Version>> {
    let code = language.code();
    sqlx::query_as!(
        Version,
        r#"SELECT lesson_versions.id AS "id!", imported_at_ms,
                  coalesce(lesson_versions.id = published_version_id, 0) AS "is_current!: bool"
           FROM lesson_versions JOIN lessons ON lessons.id = lesson_id
           WHERE number = ? AND language = ? ORDER BY lesson_versions.id DESC LIMIT 200"#,
        number,
        code,
    )
    .fetch_all(db.reader())
    .await
}

/// The text of a version and when it was published, if the lesson has it.
///
/// # Errors
/// The database failed.
pub async fn source(
    db: &Db,
    number: u32,
    language: Language,
    version: i64,
) -> sqlx::Result<Option<(String, i64)>> {
    let code = language.code();
    let row = sqlx::query!(
        "SELECT source, imported_at_ms FROM lesson_versions JOIN lessons ON lessons.id = lesson_id
         WHERE number = ? AND language = ? AND lesson_versions.id = ?",
        number,
        code,
        version,
    )
    .fetch_optional(db.reader())
    .await?;
    Ok(row.map(|row| (row.source, row.imported_at_ms)))
}

/// What is different, line by line, with what stands around it.
pub fn difference(before: &str, after: &str) -> Vec<Line> {
    let diff = TextDiff::from_lines(before, after);
    let mut lines = Vec::new();
    for group in diff.grouped_ops(CONTEXT_LINES) {
        for change in group
            .iter()
            .flat_map(|operation| diff.iter_changes(operation))
        {
            lines.push(Line {
                kind: match change.tag() {
                    ChangeTag::Equal => LineKind::Same,
                    ChangeTag::Insert => LineKind::Added,
                    ChangeTag::Delete => LineKind::Removed,
                },
                text: change.value().trim_end_matches(['\n', '\r']).to_owned(),
            });
        }
    }
    lines
}
