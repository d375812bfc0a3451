//! The references' answers to visible examples, which exercise pages show.
//!
//! 1. At the start the catalogue is told those that were computed before.
//! 2. The worker computes the others, while no submission waits, and they are kept under a hash of all that they depend on.
//! 3. What our own failure left open is tried again, each time after twice as long; what is wrong with an exercise is
//!    logged, and stays as it is until the next start.

use std::time::Duration;

use app::text::Language;
use exercises::Language as CodeLanguage;
use tokio::time;

use super::{Grading, catalog::Entry};
use crate::{db::Db, state::AppState};

/// How long after a failure the missing answers are asked for again, at first and at most.
const FIRST_PAUSE: Duration = Duration::from_secs(30);
const LONGEST_PAUSE: Duration = Duration::from_secs(60 * 60);

/// Fills the catalogue with the answers of all examples.
pub(super) async fn learn(grading: Grading, state: AppState) {
    for entry in grading.catalog().entries() {
        if let Err(error) = recall(&state.db, entry).await {
            let error = format!("{error:#}");
            tracing::warn!(
                error,
                exercise = entry.slug(),
                "kept answers cannot be read"
            );
        }
    }
    let mut pause = FIRST_PAUSE;
    loop {
        let mut is_complete = true;
        for entry in grading.catalog().entries() {
            if let Err(error) = learn_one(&grading, &state, entry).await {
                let error = format!("{error:#}");
                tracing::warn!(
                    error,
                    exercise = entry.slug(),
                    "its examples have no answers yet"
                );
                is_complete = false;
            }
        }
        if is_complete {
            return;
        }
        time::sleep(pause).await;
        pause = LONGEST_PAUSE.min(2 * pause);
    }
}

async fn recall(db: &Db, entry: &Entry) -> anyhow::Result<()> {
    if let Some((language, _)) = entry.first_reference()
        && let Some(answers) = kept(db, &entry.exercise().grading_hash(language)).await?
    {
        entry.know_answers(answers);
    }
    Ok(())
}

async fn learn_one(grading: &Grading, state: &AppState, entry: &Entry) -> anyhow::Result<()> {
    let Some((language, reference)) = entry.first_reference().filter(|_| !entry.has_answers())
    else {
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
    let run = grading.run_examples(entry, language, reference, Language::English);
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

async fn kept(db: &Db, hash: &str) -> anyhow::Result<Option<Vec<String>>> {
    let answers = sqlx::query_scalar!(
        "SELECT answers FROM example_answers WHERE grading_hash = ?",
        hash
    )
    .fetch_optional(db.reader())
    .await?;
    Ok(answers
        .map(|answers| serde_json::from_str(&answers))
        .transpose()?)
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
