//! A large database, made inside SQLite.

use std::{path::Path, time::Instant};

use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, Executor,
    sqlite::{SqliteConnectOptions, SqliteSynchronous},
};

use super::Scale;
use crate::db::Db;

/// Items of one learner: fifty lessons of twenty.
pub(super) const ITEMS_EACH: u32 = 1_000;

/// Numbers from 1 to `?`.
const NUMBERS: &str =
    "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n <";

/// The id of a row: a UUID that grows with its number, as those of version 7 do.
const ID: &str = "printf('%08x-%04x-7000-8000-%012x', (n >> 16) & 4294967295, n & 65535, n)";

/// Fills the database and prints how large it became.
///
/// # Errors
/// The database failed.
pub(super) async fn fill(db: &Db, file: &Path, scale: Scale) -> anyhow::Result<()> {
    let started = Instant::now();
    let Scale {
        learners,
        reviews_each,
    } = scale;
    // Loading needs no safety: what is not finished is thrown away.
    let mut loader = SqliteConnectOptions::new()
        .filename(file)
        .synchronous(SqliteSynchronous::Off)
        .foreign_keys(false)
        .pragma("cache_size", "-400000")
        .connect()
        .await?;
    let memories = u64::from(learners) * u64::from(ITEMS_EACH);
    let reviews = memories * u64::from(reviews_each);
    // The review number k of a memory was k ∙ 10 days ago; every item is due once within the next hundred days.
    let statements = [
        format!(
            "{NUMBERS} 50) INSERT INTO lessons (id, number, language) SELECT n, n, 'en' FROM numbers"
        ),
        "INSERT INTO lesson_versions (id, lesson_id, path, source, source_sha256, renderer_version, parsed, imported_at_ms)
         SELECT id, id, '', '', id, 1, '{}', 0 FROM lessons".to_owned(),
        "UPDATE lessons SET published_version_id = id".to_owned(),
        format!(
            "{NUMBERS} {ITEMS_EACH}) INSERT INTO items (id, lesson_id, kind)
             SELECT n, (n - 1) / 20 + 1, CASE WHEN n % 20 < 4 THEN 'plan' ELSE 'quiz' END FROM numbers"
        ),
        "INSERT INTO version_items (version_id, item_id, position, key, text, interval_days)
         SELECT lesson_id, id, id, id, 'What is item ' || id || '?', CASE WHEN kind = 'plan' THEN 7 END FROM items"
            .to_owned(),
        format!(
            "{NUMBERS} {learners}) INSERT INTO learners (id, token, created_at_ms, time_zone)
             SELECT n, 'learner-' || n, 0, 'Europe/Sofia' FROM numbers"
        ),
        "INSERT INTO sessions (token, learner_id, created_at_ms, last_used_at_ms) SELECT token, id, 0, 0 FROM learners"
            .to_owned(),
        "INSERT INTO finishes (learner_id, lesson_id, finished_on, finished_at_ms)
         SELECT learners.id, lessons.id, date('now', '-200 days'), 0 FROM learners JOIN lessons".to_owned(),
        format!(
            "{NUMBERS} {reviews}) INSERT INTO answers (id, learner_id, item_id, version_id, text, answered_at_ms)
             SELECT {ID}, (n - 1) / {reviews_each} / {ITEMS_EACH} + 1, (n - 1) / {reviews_each} % {ITEMS_EACH} + 1, 1,
                    'an answer in my own words, about as long as one is', 0 FROM numbers"
        ),
        format!(
            "{NUMBERS} {reviews}) INSERT INTO reviews
                 (id, learner_id, item_id, answer_id, rating, ticks, reviewed_at_ms, reviewed_on)
             SELECT {ID}, (n - 1) / {reviews_each} / {ITEMS_EACH} + 1, (n - 1) / {reviews_each} % {ITEMS_EACH} + 1, {ID},
                    3, '[]', (unixepoch('now') - (n % {reviews_each} + 1) * 864000) * 1000,
                    date('now', '-' || ((n % {reviews_each} + 1) * 10) || ' days') FROM numbers"
        ),
        format!(
            "{NUMBERS} {memories}) INSERT INTO memories
                 (learner_id, item_id, algorithm, stability, difficulty, first_reviewed_on, last_reviewed_on,
                  last_rating, review_count, due_on)
             SELECT (n - 1) / {ITEMS_EACH} + 1, (n - 1) % {ITEMS_EACH} + 1, 'fsrs-6', 40, 5,
                    date('now', '-100 days'), date('now', '-10 days'), 3, {reviews_each},
                    date('now', (n * 7 % 100) || ' days') FROM numbers"
        ),
        "ANALYZE".to_owned(),
    ];
    for statement in statements {
        loader.execute(AssertSqlSafe(statement)).await?;
    }
    loader.close().await?;
    let bytes: i64 = sqlx::query_scalar(
        "SELECT (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size)",
    )
    .fetch_one(db.reader())
    .await?;
    #[expect(clippy::cast_precision_loss, reason = "shown with three digits")]
    let (gigabytes, per_million) = (bytes as f64 / 1e9, bytes as f64 / reviews.max(1) as f64);
    println!(
        "  {memories} items with {reviews} reviews: {gigabytes:.2} GB, {per_million:.0} MB per million reviews with their \
         answers (made in {} s)",
        started.elapsed().as_secs()
    );
    Ok(())
}
