//! Drafts of lessons, and the table `lesson_drafts`.

use app::text::Language;
use jiff::Timestamp;

use crate::db::Db;

/// A text that is not published.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The text.
    pub text: String,
    /// The SHA-256 of the file that it was made from.
    pub base_sha256: String,
}

/// Which lesson, and whose.
#[derive(Clone, Copy, Debug)]
pub struct Desk<'a> {
    /// The lesson's number.
    pub number: u32,
    /// Its language.
    pub language: Language,
    /// The token of the author's browser.
    pub author: &'a str,
}

/// The author's draft, if there is one.
///
/// # Errors
/// The database failed.
pub async fn find(db: &Db, desk: Desk<'_>) -> sqlx::Result<Option<Draft>> {
    let code = desk.language.code();
    sqlx::query_as!(
        Draft,
        "SELECT text, base_sha256 FROM lesson_drafts WHERE number = ? AND language = ? AND author = ?",
        desk.number,
        code,
        desk.author,
    )
    .fetch_optional(db.reader())
    .await
}

/// The numbers of the lessons that anybody has a draft of.
///
/// # Errors
/// The database failed.
pub async fn numbers(db: &Db, language: Language) -> sqlx::Result<Vec<u32>> {
    let code = language.code();
    sqlx::query_scalar!(
        r#"SELECT DISTINCT number AS "number!: u32" FROM lesson_drafts WHERE language = ?"#,
        code
    )
    .fetch_all(db.reader())
    .await
}

/// Keeps a draft in the place of the author's last one.
///
/// # Errors
/// The database failed.
pub async fn keep(db: &Db, now: Timestamp, desk: Desk<'_>, draft: &Draft) -> sqlx::Result<()> {
    let (code, now_ms) = (desk.language.code(), now.as_millisecond());
    let mut transaction = db.write().await?;
    sqlx::query!(
        "INSERT INTO lesson_drafts (number, language, author, text, base_sha256, saved_at_ms) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (number, language, author) DO UPDATE
         SET text = excluded.text, base_sha256 = excluded.base_sha256, saved_at_ms = excluded.saved_at_ms",
        desk.number,
        code,
        desk.author,
        draft.text,
        draft.base_sha256,
        now_ms,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}

/// Removes the author's draft.
///
/// # Errors
/// The database failed.
pub async fn remove(db: &Db, desk: Desk<'_>) -> sqlx::Result<()> {
    let code = desk.language.code();
    let mut transaction = db.write().await?;
    sqlx::query!(
        "DELETE FROM lesson_drafts WHERE number = ? AND language = ? AND author = ?",
        desk.number,
        code,
        desk.author,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}
