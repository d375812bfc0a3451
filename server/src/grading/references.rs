//! How fast the author's own solutions are on this installation, for learners to compare with.
//!
//! A reference is graded like a submission, and its verdict is kept under the same kind of key, once for each exercise and
//! language. That happens after a learner's verdict, when no submission waits, so that no learner waits for it.

use exercises::{Language, link::Work};

use super::{
    Grading,
    submissions::{self, Submission},
    verdicts::{self, Verdict},
};
use crate::{db::Db, state::AppState};

impl Grading {
    /// The measured speed-up of the reference of a submission's exercise, in its language.
    ///
    /// # Errors
    /// The database failed.
    pub(super) async fn reference_speedup(
        &self,
        db: &Db,
        submission: &Submission,
    ) -> sqlx::Result<Option<f64>> {
        match self.reference_of(submission) {
            Some((key, ..)) => verdicts::speedup(db, &key).await,
            None => Ok(None),
        }
    }

    /// Has the reference of a submission's exercise measured, unless that was done or somebody waits for a verdict.
    /// Nobody waits for it.
    pub(super) fn begin_reference(&self, state: &AppState, submission: &Submission) {
        let Some((key, ..)) = self.reference_of(submission) else {
            return;
        };
        let asked = (Work::Grade, key);
        if !self.asked_for().insert(asked.clone()) {
            return;
        }
        let (grading, state) = (self.clone(), state.clone());
        let submission = submission.clone();
        tokio::spawn(async move {
            if let Err(error) = grading.measure_reference(&state, &submission).await {
                let (error, exercise) = (format!("{error:#}"), submission.exercise);
                tracing::warn!(error, exercise, "the reference was not measured");
            }
            grading.asked_for().remove(&asked);
        });
    }

    async fn measure_reference(
        &self,
        state: &AppState,
        submission: &Submission,
    ) -> anyhow::Result<()> {
        let Some((key, language, source)) = self.reference_of(submission) else {
            return Ok(());
        };
        let is_known = verdicts::known(&state.db, &key).await?.is_some();
        if is_known || submissions::waiting(&state.db).await? > 0 {
            return Ok(());
        }
        let Some(entry) = self.catalog().find(&submission.exercise) else {
            return Ok(());
        };
        let (exercise, link) = (entry.exercise(), &self.shared.link);
        let graded = link.grade(exercise, language, source, None, |_| {});
        let (report, samples) = graded.await?;
        let verdict = Verdict {
            key: &key,
            report: &report,
            samples: samples.as_deref(),
        };
        let mut transaction = state.db.write().await?;
        verdicts::keep(&mut transaction, state.clock.now(), &verdict).await?;
        Ok(transaction.commit().await?)
    }

    /// The key of the verdict on the reference, its language and its source, while a worker is ready.
    fn reference_of(&self, submission: &Submission) -> Option<(String, Language, &str)> {
        let entry = self.catalog().find(&submission.exercise)?;
        let language = Language::from_name(&submission.language)?;
        let source = entry.reference(language)?;
        let toolchain = self.shared.link.toolchain(language)?;
        let key = exercises::verdict_key(entry.exercise(), language, source.as_bytes(), &toolchain);
        Some((key, language, source))
    }
}
