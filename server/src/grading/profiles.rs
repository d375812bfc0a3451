//! Where the time of a graded program goes: the table `profiles`, and the way to its rows.
//!
//! 1. When a verdict is stored, the worker is asked for a profile; nobody waits for it, and it is no submission.
//! 2. What it answers is kept under the verdict's key.
//! 3. Whoever looks at a verdict whose profile is missing, such as after a restart, has it asked for again, until that has
//!    failed three times.
//! 4. [`flamegraph`] draws it.

pub mod flamegraph;

use std::{
    collections::{HashMap, HashSet},
    sync::{MutexGuard, PoisonError},
    time::Duration,
};

use exercises::{
    Language, Profile, Report, Verdict,
    link::{Message, Work},
    verdict::{Clock, Reason},
};
use tokio::time;

use super::{Grading, reports, submissions::Submission};
use crate::{db::Db, state::AppState};

/// How long a worker may take over a profile: it is made in about two seconds, and others may be before it.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often a profile is asked for that cannot be made.
const TRIES: u32 = 3;

/// How long somebody who wants to see a profile waits for it.
const VISIT: Duration = Duration::from_secs(20);

/// What there is of a submission's profile.
#[derive(Clone, Debug, PartialEq)]
pub enum ProfileState {
    /// There will be none: the program did not run, its code is the starter's, or the exercise has changed since.
    None,
    /// It is being made.
    Underway,
    /// Here it is.
    Made(Profile),
}

/// What to profile.
struct Subject {
    key: String,
    exercise: String,
    language: Language,
    source: String,
}

impl Subject {
    fn asked(&self) -> (Work, String) {
        (Work::Profile, self.key.clone())
    }
}

impl Grading {
    /// The profile of a submission; where it is missing it is asked for.
    ///
    /// # Errors
    /// The database failed, or what it holds cannot be read.
    pub async fn profile_of(
        &self,
        state: &AppState,
        submission: &Submission,
    ) -> anyhow::Result<ProfileState> {
        let Some((subject, profile)) = subject(&state.db, submission).await? else {
            if reports::world(submission)?.is_some() {
                self.begin_reference(state, submission);
            }
            return Ok(ProfileState::None);
        };
        self.begin_reference(state, submission);
        Ok(match profile {
            Some(profile) => ProfileState::Made(profile),
            None if self.begin(state, subject) => ProfileState::Underway,
            None => ProfileState::None,
        })
    }

    /// The same for somebody who waits for a profile that is being made. When that fails it is not asked for again.
    ///
    /// # Errors
    /// Those of [`Grading::profile_of`].
    pub async fn profile_when_made(
        &self,
        state: &AppState,
        submission: &Submission,
    ) -> anyhow::Result<ProfileState> {
        let deadline = time::Instant::now() + VISIT;
        // Listening begins before looking, so that nothing is missed in between.
        let mut made = self.shared.profiled.notified();
        let mut found = self.profile_of(state, submission).await?;
        while found == ProfileState::Underway && time::timeout_at(deadline, made).await.is_ok() {
            made = self.shared.profiled.notified();
            found = match subject(&state.db, submission).await? {
                Some((_, Some(profile))) => ProfileState::Made(profile),
                Some((subject, None)) if self.asked_for().contains(&subject.asked()) => {
                    ProfileState::Underway
                }
                _ => ProfileState::None,
            };
        }
        Ok(found)
    }

    /// Lets the worker make a profile unless it is at it already; whether there will be one.
    fn begin(&self, state: &AppState, subject: Subject) -> bool {
        let Some(entry) = self.catalog().find(&subject.exercise) else {
            return false;
        };
        // The key says that it is still the same exercise, starter and toolchain.
        let toolchain = self.shared.link.toolchain(subject.language);
        let is_current = toolchain.is_some_and(|toolchain| {
            let source = subject.source.as_bytes();
            exercises::verdict_key(entry.exercise(), subject.language, source, &toolchain)
                == subject.key
        });
        let failures = self.unprofiled().get(&subject.key).copied();
        if !is_current || failures.unwrap_or_default() >= TRIES {
            return false;
        }
        let asked = subject.asked();
        if self.asked_for().insert(asked.clone()) {
            let (grading, state) = (self.clone(), state.clone());
            tokio::spawn(async move {
                if let Err(error) = grading.make(&state, &subject).await {
                    let error = format!("{error:#}");
                    tracing::warn!(error, exercise = subject.exercise, "no profile was made");
                    // Pages that wait for it would have it asked for every second.
                    *grading.unprofiled().entry(subject.key).or_default() += 1;
                }
                grading.asked_for().remove(&asked);
                grading.shared.profiled.notify_waiters();
            });
        }
        true
    }

    fn unprofiled(&self) -> MutexGuard<'_, HashMap<String, u32>> {
        let unprofiled = self.shared.unprofiled.lock();
        unprofiled.unwrap_or_else(PoisonError::into_inner)
    }

    /// What the worker was asked for besides verdicts, and has not answered yet.
    pub(super) fn asked_for(&self) -> MutexGuard<'_, HashSet<(Work, String)>> {
        let asked = self.shared.asked_for.lock();
        asked.unwrap_or_else(PoisonError::into_inner)
    }

    async fn make(&self, state: &AppState, subject: &Subject) -> anyhow::Result<()> {
        let entry = self
            .catalog()
            .find(&subject.exercise)
            .ok_or_else(|| anyhow::anyhow!("the exercise is gone"))?;
        let (language, source) = (subject.language, &subject.source);
        let link = &self.shared.link;
        let mut messages = link.send(Work::Profile, entry.exercise(), language, source, None);
        match time::timeout(PATIENCE, messages.recv()).await? {
            Some(Message::Profiled { profile, .. }) => {
                let profile = serde_json::to_string(&profile)?;
                let now_ms = state.clock.now().as_millisecond();
                keep(&state.db, now_ms, &subject.key, &profile).await?;
                Ok(())
            }
            Some(Message::Failed { reason, .. }) => anyhow::bail!(reason),
            other => anyhow::bail!("the worker answered: {other:?}"),
        }
    }
}

/// Whether a profile says something that the report does not: the program ran, long enough, and is not the starter.
fn has_profile(report: &Report) -> bool {
    let was_measured = report.speedup.is_some() && report.reason != Some(Reason::IdenticalCode);
    // In a simulated world time goes where the report says.
    report.clock == Clock::Cpu && was_measured || report.verdict == Verdict::TimeLimit
}

/// What to profile of a submission, if that would say something, and the profile, if it was made.
async fn subject(
    db: &Db,
    submission: &Submission,
) -> anyhow::Result<Option<(Subject, Option<Profile>)>> {
    let Some(report) = &submission.report else {
        return Ok(None);
    };
    let language = Language::from_name(&submission.language);
    let found = find(db, &submission.id).await?;
    let (Some(language), Some((key, profile))) = (language, found) else {
        return Ok(None);
    };
    if !has_profile(&serde_json::from_str(report)?) {
        return Ok(None);
    }
    let subject = Subject {
        key,
        exercise: submission.exercise.clone(),
        language,
        source: submission.source.clone(),
    };
    let profile = profile.map(|profile| serde_json::from_str(&profile));
    Ok(Some((subject, profile.transpose()?)))
}

/// The key of a submission's verdict, and its profile as JSON, where it was made.
async fn find(db: &Db, submission: &str) -> sqlx::Result<Option<(String, Option<String>)>> {
    let found = sqlx::query!(
        r#"SELECT submissions.verdict_key AS "key!", profile AS "profile?"
           FROM submissions LEFT JOIN profiles ON profiles.verdict_key = submissions.verdict_key
           WHERE id = ? AND submissions.verdict_key IS NOT NULL"#,
        submission
    )
    .fetch_optional(db.reader())
    .await?;
    Ok(found.map(|found| (found.key, found.profile)))
}

async fn keep(db: &Db, now_ms: i64, key: &str, profile: &str) -> sqlx::Result<()> {
    let mut transaction = db.write().await?;
    sqlx::query!(
        "INSERT INTO profiles (verdict_key, profile, made_at_ms) VALUES (?, ?, ?)
         ON CONFLICT (verdict_key) DO NOTHING",
        key,
        profile,
        now_ms,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}
