//! The way from code that was handed in to its verdict. Nothing here compiles or runs a learner's code: that is the
//! worker's, a process of its own.
//!
//! 1. [`submissions`] keeps what was handed in; the table is the truth, also about what is still to be done.
//! 2. [`dispatcher`] gives the next one to the worker over the [`link`] and stores the verdict.
//! 3. [`reports`] turns a verdict into what the learner is told; [`profiles`] shows where the time goes.
//!
//! Besides, [`answers`] has the worker answer the visible examples, and [`references`] has it measure the authors' solutions.
//!
//! Where the worker cannot work, such as without a sandbox, submissions are refused with the reason.

mod answers;
pub mod attempts;
pub mod catalog;
mod dispatcher;
pub mod drafts;
mod link;
pub mod profiles;
pub mod references;
pub mod reports;
pub mod self_checks;
pub mod submissions;
mod sweeps;
pub mod verdicts;

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use app::{
    api::{Progress, RunReport, Stage, SubmissionState},
    pages::ExerciseSummary,
    text::Language,
};
use axum::http::StatusCode;
use content::lesson::Program;
use exercises::{
    Language as CodeLanguage, ProgramReport,
    link::{Message, Work},
};
use tokio::{
    sync::{Notify, Semaphore, mpsc, watch},
    task::JoinHandle,
};

use self::{
    attempts::Standing,
    catalog::{Catalog, Entry},
    link::Link,
    submissions::Submission,
};
use crate::{
    config::Config,
    db::Db,
    error::{Error, Sentence},
    state::AppState,
};

/// How many trial runs may wait at a time: one takes half a second, and nobody wants to wait for more than a few.
const TRIAL_RUNS: usize = 8;

/// How many programs of lessons are remembered with what they printed, before all are forgotten.
const REMEMBERED_PROGRAMS: usize = 500;

/// The exercises and the way to their grader; cheap to clone.
#[derive(Clone)]
pub struct Grading {
    shared: Arc<Shared>,
}

struct Shared {
    catalog: Catalog,
    link: Link,
    /// A place for each trial run that may wait or run at a time.
    running: Semaphore,
    /// Rung when a submission was kept.
    bell: Notify,
    /// Rung when a submission was closed.
    closed: Notify,
    /// Rung when a profile was made, or will not be.
    profiled: Notify,
    /// What the worker was asked for besides verdicts: profiles and references, by the keys of their verdicts.
    asked_for: Mutex<HashSet<(Work, String)>>,
    /// How often the profile of a verdict with this key could not be made since the start.
    unprofiled: Mutex<HashMap<String, u32>>,
    /// What programs of lessons printed, by their source.
    printed: Mutex<HashMap<String, Arc<ProgramReport>>>,
    /// The stage of each submission that a worker has or somebody follows, for those who follow.
    followed: Mutex<HashMap<String, watch::Sender<Option<Progress>>>>,
}

impl Grading {
    /// Reads the catalogue; the worker is started by [`Grading::start`].
    pub fn open(config: &Config) -> Grading {
        Grading {
            shared: Arc::new(Shared {
                catalog: Catalog::load(&config.exercises),
                link: Link::new(config),
                running: Semaphore::new(TRIAL_RUNS),
                bell: Notify::new(),
                closed: Notify::new(),
                profiled: Notify::new(),
                asked_for: Mutex::default(),
                unprofiled: Mutex::default(),
                printed: Mutex::default(),
                followed: Mutex::default(),
            }),
        }
    }

    /// Starts the worker and the dispatcher; both end when `stopped` says so.
    pub fn start(&self, state: &AppState, stopped: watch::Receiver<bool>) -> Vec<JoinHandle<()>> {
        let (checked, self_checks) = mpsc::unbounded_channel();
        let mut tasks = vec![
            tokio::spawn(dispatcher::run(self.clone(), state.clone())),
            tokio::spawn(answers::learn(self.clone(), state.clone())),
            tokio::spawn(self_checks::keep_all(state.clone(), self_checks)),
        ];
        tasks.extend(self.shared.link.start(checked, stopped));
        tasks
    }

    /// The exercises.
    pub fn catalog(&self) -> &Catalog {
        &self.shared.catalog
    }

    /// The slugs of the exercises, for links in lessons.
    pub fn slugs(&self) -> BTreeSet<String> {
        self.shared
            .catalog
            .entries()
            .map(|entry| entry.slug().to_owned())
            .collect()
    }

    /// Why nothing can be run or graded now, if so.
    pub fn refusal(&self) -> Option<String> {
        self.shared.link.refusal()
    }

    /// Why nothing can be run or graded now in a language, if so: a sentence, and a reason that belongs to this
    /// installation.
    pub fn refusal_in(&self, code_language: CodeLanguage) -> Option<(Sentence, String)> {
        if let Some(reason) = self.refusal() {
            return Some((|text| text.grading_unavailable, reason));
        }
        match self.shared.link.compiler(code_language)? {
            Ok(_) => None,
            Err(reason) => Some((|text| text.language_not_installed, reason)),
        }
    }

    /// The worker's compiler for a language: its name and version, or why it is not installed; none until the worker is
    /// ready.
    pub fn compiler(&self, code_language: CodeLanguage) -> Option<Result<String, String>> {
        self.shared.link.compiler(code_language)
    }

    /// Says that a submission was kept.
    pub fn wake(&self) {
        self.shared.bell.notify_one();
    }

    /// Changes of a submission from now on.
    pub fn follow(&self, id: &str) -> watch::Receiver<Option<Progress>> {
        let mut followed = self.followed();
        // What nobody follows and no worker has is over.
        followed.retain(|_, sender| sender.receiver_count() > 0 || sender.borrow().is_some());
        followed
            .entry(id.to_owned())
            .or_insert_with(|| watch::channel(None).0)
            .subscribe()
    }

    /// Says that a submission came to another stage.
    fn tell(&self, id: &str, progress: Progress) {
        let mut followed = self.followed();
        followed
            .entry(id.to_owned())
            .or_insert_with(|| watch::channel(None).0)
            .send_replace(Some(progress));
        if progress.is_over() {
            // Followers still read the last word; from now on the database has it.
            followed.remove(id);
        }
    }

    /// Ends the streams of everybody who follows a submission; their browsers ask again.
    pub fn part_with_followers(&self) {
        self.followed().clear();
    }

    /// Tells everybody who follows a waiting submission how many are still ahead of it.
    async fn tell_queued(&self, db: &Db) -> sqlx::Result<()> {
        let ahead = submissions::ahead(db).await?;
        for (id, sender) in &*self.followed() {
            if let Some(&ahead) = ahead.get(id) {
                sender.send_replace(Some(Progress {
                    stage: Stage::Queued,
                    ahead: Some(ahead),
                }));
            }
        }
        Ok(())
    }

    fn followed(&self) -> MutexGuard<'_, HashMap<String, watch::Sender<Option<Progress>>>> {
        self.shared
            .followed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Where a submission is.
    ///
    /// # Errors
    /// The database failed.
    pub async fn progress_of(&self, db: &Db, submission: &Submission) -> sqlx::Result<Progress> {
        let told = self
            .followed()
            .get(&submission.id)
            .and_then(|sender| *sender.borrow());
        let stage = match (submission.stage(), told) {
            // The row says that a worker has it, the worker says how far it is.
            (Stage::Compiling, Some(told)) => told.stage,
            (stage, _) => stage,
        };
        let ahead = match stage {
            Stage::Queued => submissions::ahead(db).await?.get(&submission.id).copied(),
            _ => None,
        };
        Ok(Progress { stage, ahead })
    }

    /// Where a submission is, with its report once there is one.
    ///
    /// # Errors
    /// The database failed.
    pub async fn state_of(
        &self,
        db: &Db,
        submission: &Submission,
        language: Language,
    ) -> anyhow::Result<SubmissionState> {
        let Progress { stage, ahead } = self.progress_of(db, submission).await?;
        let report = match &submission.report {
            Some(report) => {
                let last_pass = submissions::last_pass_before(db, submission).await?;
                Some(reports::for_learner(
                    report,
                    language,
                    submission.predicted_speedup,
                    last_pass,
                    self.reference_speedup(db, submission).await?,
                )?)
            }
            None => None,
        };
        Ok(SubmissionState {
            id: submission.id.clone(),
            stage,
            ahead,
            report,
        })
    }

    /// Compiles and runs the visible examples.
    ///
    /// # Errors
    /// Nothing can be run on this installation, or the worker failed.
    pub async fn run_examples(
        &self,
        entry: &Entry,
        code_language: CodeLanguage,
        source: &str,
        language: Language,
    ) -> Result<RunReport, Error> {
        if let Some((sentence, reason)) = self.refusal_in(code_language) {
            return Err(Error::Unavailable(sentence, reason));
        }
        let Ok(_place) = self.shared.running.try_acquire() else {
            return Err(Error::Refused(StatusCode::SERVICE_UNAVAILABLE, |text| {
                text.busy
            }));
        };
        let program = (entry, code_language, source);
        self.answer_examples(Work::Examples, program, language)
            .await
    }

    /// Lets a program answer the visible examples, as work of this kind.
    async fn answer_examples(
        &self,
        work: Work,
        (entry, code_language, source): (&Entry, CodeLanguage, &str),
        language: Language,
    ) -> Result<RunReport, Error> {
        let link = &self.shared.link;
        let mut messages = link.send(work, entry.exercise(), code_language, source, None);
        match messages.recv().await {
            Some(Message::Examples { report, .. }) => Ok(reports::of_examples(report, language)),
            other => {
                tracing::error!(answer = ?other, exercise = entry.slug(), "the worker did not run the examples");
                Err(Error::Unavailable(
                    |text| text.grading_failed,
                    String::new(),
                ))
            }
        }
    }

    /// Runs a program of a lesson. It has no input, no clock and no randomness, so that it runs once and is remembered.
    ///
    /// # Errors
    /// Nothing can be run on this installation, or the worker failed.
    pub async fn run_program(&self, program: &Program) -> Result<Arc<ProgramReport>, Error> {
        if let Some(report) = self.printed().get(&program.source) {
            return Ok(Arc::clone(report));
        }
        if let Some(reason) = self.refusal() {
            return Err(Error::Unavailable(|text| text.grading_unavailable, reason));
        }
        let Ok(_place) = self.shared.running.try_acquire() else {
            return Err(Error::Refused(StatusCode::SERVICE_UNAVAILABLE, |text| {
                text.busy
            }));
        };
        let mut messages = self.shared.link.send_program(&program.source);
        match messages.recv().await {
            Some(Message::Printed { report, .. }) => {
                let report = Arc::new(report);
                let mut printed = self.printed();
                if printed.len() >= REMEMBERED_PROGRAMS {
                    printed.clear();
                }
                printed.insert(program.source.clone(), Arc::clone(&report));
                Ok(report)
            }
            other => {
                tracing::error!(answer = ?other, line = program.line, "the worker did not run the program");
                Err(Error::Unavailable(
                    |text| text.grading_failed,
                    String::new(),
                ))
            }
        }
    }

    fn printed(&self) -> MutexGuard<'_, HashMap<String, Arc<ProgramReport>>> {
        self.shared
            .printed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The exercises as lists and buttons show them, with the learner's standings.
    pub fn summaries(&self, standings: &[Standing], language: Language) -> Vec<ExerciseSummary> {
        let summary = |entry: &Entry| {
            let standing = standings
                .iter()
                .find(|standing| standing.exercise == entry.slug());
            ExerciseSummary {
                slug: entry.slug().to_owned(),
                title: entry.title(language).to_owned(),
                target: entry.exercise().target_speedup,
                attempts: standing.map_or(0, |standing| standing.attempts),
                best_speedup: standing.and_then(|standing| standing.best_speedup),
                stars: standing
                    .and_then(|standing| standing.best_certain_speedup)
                    .map(|speedup| entry.exercise().stars_for(speedup)),
            }
        };
        self.shared.catalog.entries().map(summary).collect()
    }

    /// Waits until no submission waits for a verdict.
    ///
    /// # Errors
    /// The database failed.
    pub async fn drain(&self, db: &Db) -> sqlx::Result<()> {
        loop {
            let closed = self.shared.closed.notified();
            if submissions::waiting(db).await? == 0 {
                return Ok(());
            }
            closed.await;
        }
    }
}
