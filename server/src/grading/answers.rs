//! The references' answers to visible examples, which exercise pages show.
//!
//! 1. At the start the catalogue is told those that were computed before.
//! 2. The worker computes the others with the time that submissions leave, and they are kept under a hash of all that they
//!    depend on.
//! 3. What our own failure left open is tried again, each time after twice as long; what is wrong with an exercise is
//!    logged, and stays as it is until the next start.

use std::{collections::HashMap, time::Duration};

use app::text::Language;
use exercises::{Language as CodeLanguage, link::Work};
use tokio::time;

use super::{Grading, catalog::Entry};
use crate::{db::Db, state::AppState};

/// How long after a failure the missing answers are asked for again, at first and at most.
const FIRST_PAUSE: Duration = Duration::from_secs(30);
const LONGEST_PAUSE: Duration = Duration::from_secs(60 * 60);

/// Fills the catalogue with the answers of all examples.
pub(super) async fn learn(grading: Grading, state: AppState) {
    if let Err(error) = recall(&grading, &state.db).await {
        let error = format!("{error:#}");
        tracing::warn!(error, "kept answers to examples cannot be read");
    }
    let mut open: Vec<&Entry> = grading.catalog().entries().collect();
    open.retain(|entry| !entry.has_answers());
    let mut pause = FIRST_PAUSE;
    loop {
        let mut failed = Vec::new();
        for entry in open {
            if let Err(error) = learn_one(&grading, &state, entry).await {
                let error = format!("{error:#}");
                tracing::warn!(
                    error,
                    exercise = entry.slug(),
                    "its examples have no answers yet"
                );
                failed.push(entry);
            }
        }
        open = failed;
        if open.is_empty() {
            return;
        }
        time::sleep(pause).await;
        pause = LONGEST_PAUSE.min(2 * pause);
    }
}

/// Tells the catalogue what was computed before.
async fn recall(grading: &Grading, db: &Db) -> anyhow::Result<()> {
    let rows = sqlx::query!("SELECT grading_hash, answers FROM example_answers")
        .fetch_all(db.reader())
        .await?;
    let mut kept: HashMap<String, String> = rows
        .into_iter()
        .map(|row| (row.grading_hash, row.answers))
        .collect();
    for entry in grading.catalog().entries() {
        let hash = entry
            .first_reference()
            .map(|(language, _)| entry.exercise().grading_hash(language));
        if let Some(answers) = hash.and_then(|hash| kept.remove(&hash)) {
            entry.know_answers(serde_json::from_str(&answers)?);
        }
    }
    Ok(())
}

async fn learn_one(grading: &Grading, state: &AppState, entry: &Entry) -> anyhow::Result<()> {
    let Some((language, reference)) = entry.first_reference() else {
        return Ok(());
    };
    grading.shared.link.ready().await;
    grading.drain(&state.db).await?;
    if let Some(answers) = compute(grading, entry, (language, reference)).await? {
        keep(state, &entry.exercise().grading_hash(language), &answers).await?;
        entry.know_answers(answers);
    }
    Ok(())
}

/// Lets the worker compute answers; none where the exercise itself is wrong.
async fn compute(
    grading: &Grading,
    entry: &Entry,
    (language, reference): (CodeLanguage, &str),
) -> anyhow::Result<Option<Vec<String>>> {
    let program = (entry, language, reference);
    let run = grading.answer_examples(Work::Answers, program, Language::English);
    let report = run
        .await
        .map_err(|_| anyhow::anyhow!("the worker did not run the reference"))?;
    if let Some(verdict) = report.verdict {
        let message = report.message.unwrap_or_default();
        tracing::error!(
            ?verdict,
            message,
            exercise = entry.slug(),
            "its reference does not answer the examples"
        );
        return Ok(None);
    }
    let answers = report.examples.into_iter().map(|example| example.expected);
    Ok(Some(answers.collect()))
}

async fn keep(state: &AppState, hash: &str, answers: &[String]) -> anyhow::Result<()> {
    let answers = serde_json::to_string(answers)?;
    let now_ms = state.clock.now().as_millisecond();
    let mut transaction = state.db.write().await?;
    sqlx::query!(
        "INSERT INTO example_answers (grading_hash, answers, answered_at_ms) VALUES (?, ?, ?)
         ON CONFLICT (grading_hash) DO NOTHING",
        hash,
        answers,
        now_ms,
    )
    .execute(&mut *transaction)
    .await?;
    Ok(transaction.commit().await?)
}
