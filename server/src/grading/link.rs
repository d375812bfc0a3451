//! The link to the supervised worker: its standard input and output, a JSON document a line.
//!
//! The worker is started with the server and again whenever it ends. What it was working on then has no outcome, which
//! the dispatcher takes as a failure of ours.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    process::Stdio,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use anyhow::Context;
use exercises::{
    Compiler, Exercise, Language, Stage,
    link::{Job, JobId, Message, Order, ProgramJob, SelfCheck, Work},
    samples::Packed,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    process::{Child, Command},
    sync::{Notify, mpsc, watch},
    task::JoinHandle,
    time,
};
use uuid::Uuid;

use super::submissions::LEASE;
use crate::config::Config;

/// How long after its end the worker is started again.
const RESTART_PAUSE: Duration = Duration::from_secs(1);

/// The same where something is missing for it to work.
const UNAVAILABLE_PAUSE: Duration = Duration::from_secs(30);

/// How many jobs may wait in front of the worker; a submission waits in the database, so these are trial runs.
const WAITING_JOBS: usize = 64;

/// The link. Jobs that are sent while no worker runs wait for the next one.
pub(super) struct Link {
    program: Option<PathBuf>,
    toolchain: PathBuf,
    scratch: PathBuf,
    jobs: mpsc::Sender<Order>,
    inbox: Mutex<Option<mpsc::Receiver<Order>>>,
    waiting: Arc<Waiting>,
    status: watch::Sender<Status>,
    restart: Arc<Notify>,
}

/// Whether the worker can work.
#[derive(Clone, Debug, PartialEq)]
enum Status {
    /// It has not said yet.
    Starting,
    /// It can, with this toolchain, and in these languages.
    Ready {
        toolchain_sha256: String,
        compilers: BTreeMap<Language, Compiler>,
    },
    /// It cannot, for this reason.
    Unavailable(String),
}

/// Who waits for messages about which job.
#[derive(Default)]
struct Waiting(Mutex<HashMap<JobId, mpsc::UnboundedSender<Message>>>);

impl Waiting {
    fn jobs(&self) -> MutexGuard<'_, HashMap<JobId, mpsc::UnboundedSender<Message>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether somebody still wants to know about a job.
    fn wants(&self, job: &JobId) -> bool {
        self.jobs()
            .get(job)
            .is_some_and(|sender| !sender.is_closed())
    }

    fn deliver(&self, job: &JobId, message: Message) {
        let is_last = !matches!(message, Message::Stage { .. });
        let mut jobs = self.jobs();
        if let Some(sender) = jobs.get(job) {
            // Whoever asked may have gone; then nobody wants to know.
            _ = sender.send(message);
        }
        if is_last {
            jobs.remove(job);
        }
    }
}

impl Link {
    /// A link that is not connected yet.
    pub(super) fn new(config: &Config) -> Link {
        let (jobs, inbox) = mpsc::channel(WAITING_JOBS);
        let status = match config.worker {
            Some(_) => Status::Starting,
            None => Status::Unavailable("`serve` was started with `--no-worker`.".to_owned()),
        };
        Link {
            program: config.worker.clone(),
            toolchain: config.toolchain.clone(),
            scratch: config.data.folder.join("scratch"),
            jobs,
            inbox: Mutex::new(Some(inbox)),
            waiting: Arc::default(),
            status: watch::Sender::new(status),
            restart: Arc::default(),
        }
    }

    /// Why the worker cannot work, if it said so.
    pub(super) fn refusal(&self) -> Option<String> {
        match &*self.status.borrow() {
            Status::Unavailable(reason) => Some(reason.clone()),
            Status::Starting | Status::Ready { .. } => None,
        }
    }

    /// Whether a worker is ready.
    pub(super) fn is_ready(&self) -> bool {
        matches!(*self.status.borrow(), Status::Ready { .. })
    }

    /// The hash of the worker's toolchain for a language, once it is ready.
    pub(super) fn toolchain(&self, language: Language) -> Option<String> {
        match &*self.status.borrow() {
            Status::Ready {
                toolchain_sha256,
                compilers,
            } => Some(
                compilers
                    .get(&language)
                    .map_or(toolchain_sha256, |compiler| &compiler.sha256)
                    .clone(),
            ),
            Status::Starting | Status::Unavailable(_) => None,
        }
    }

    /// The worker's compiler for a language: its name and version, or why it is not installed; none until the worker is
    /// ready.
    pub(super) fn compiler(&self, language: Language) -> Option<Result<String, String>> {
        match &*self.status.borrow() {
            Status::Ready { compilers, .. } => Some(compilers.get(&language)?.version.clone()),
            Status::Starting | Status::Unavailable(_) => None,
        }
    }

    /// Waits until a worker is ready.
    pub(super) async fn ready(&self) {
        let mut status = self.status.subscribe();
        // The sender lives as long as the link.
        _ = status
            .wait_for(|status| matches!(status, Status::Ready { .. }))
            .await;
    }

    /// Ends the worker, which is then started again: it took longer over a job than any job takes.
    fn restart(&self) {
        self.restart.notify_one();
    }

    /// Sends a job; the messages about it come through the channel, which closes when the worker ends or cannot take it.
    pub(super) fn send(
        &self,
        work: Work,
        exercise: &Exercise,
        language: Language,
        source: &str,
        earlier: Option<Packed>,
    ) -> mpsc::UnboundedReceiver<Message> {
        self.order(|id| {
            Order::Job(Box::new(Job {
                id,
                work,
                exercise: exercise.clone(),
                language,
                source: source.to_owned(),
                earlier,
            }))
        })
    }

    /// The same for a program of a lesson.
    pub(super) fn send_program(&self, program: &str) -> mpsc::UnboundedReceiver<Message> {
        self.order(|id| {
            Order::Program(ProgramJob {
                id,
                program: program.to_owned(),
            })
        })
    }

    fn order(&self, order: impl FnOnce(JobId) -> Order) -> mpsc::UnboundedReceiver<Message> {
        let (sender, messages) = mpsc::unbounded_channel();
        let id = JobId(Uuid::now_v7().to_string());
        self.waiting.jobs().insert(id.clone(), sender);
        if self.jobs.try_send(order(id.clone())).is_err() {
            self.waiting.jobs().remove(&id);
        }
        messages
    }

    /// Has a source graded, and gives the report as JSON and the raw samples, if anything was measured. A worker that has
    /// it for longer than a grading can take is ended.
    ///
    /// # Errors
    /// The worker failed, ended, or did not answer.
    pub(super) async fn grade(
        &self,
        exercise: &Exercise,
        language: Language,
        source: &str,
        earlier: Option<Packed>,
        mut on_stage: impl FnMut(Stage),
    ) -> anyhow::Result<(String, Option<Vec<u8>>)> {
        let mut messages = self.send(Work::Grade, exercise, language, source, earlier);
        let deadline = time::Instant::now() + LEASE;
        loop {
            let Ok(message) = time::timeout_at(deadline, messages.recv()).await else {
                self.restart();
                anyhow::bail!("the worker did not answer within the lease");
            };
            match message.context("the worker ended before it had a verdict")? {
                Message::Stage { stage, .. } => on_stage(stage),
                Message::Graded {
                    report, samples, ..
                } => {
                    let report = serde_json::to_string(&report)?;
                    return Ok((report, samples.map(|samples| samples.0)));
                }
                Message::Failed { reason, .. } => anyhow::bail!(reason),
                other => anyhow::bail!("the worker answered another question: {other:?}"),
            }
        }
    }

    /// Starts the supervisor, where there is a worker to supervise. Self-checks that the worker makes go to
    /// `self_checks`.
    pub(super) fn start(
        &self,
        self_checks: mpsc::UnboundedSender<SelfCheck>,
        stopped: watch::Receiver<bool>,
    ) -> Option<JoinHandle<()>> {
        let program = self.program.clone()?;
        let inbox = self
            .inbox
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()?;
        let supervisor = Supervisor {
            program,
            toolchain: self.toolchain.clone(),
            scratch: self.scratch.clone(),
            inbox,
            waiting: Arc::clone(&self.waiting),
            status: self.status.clone(),
            restart: Arc::clone(&self.restart),
            self_checks,
            stopped,
        };
        Some(tokio::spawn(supervisor.run()))
    }
}

struct Supervisor {
    program: PathBuf,
    toolchain: PathBuf,
    scratch: PathBuf,
    inbox: mpsc::Receiver<Order>,
    waiting: Arc<Waiting>,
    status: watch::Sender<Status>,
    restart: Arc<Notify>,
    self_checks: mpsc::UnboundedSender<SelfCheck>,
    stopped: watch::Receiver<bool>,
}

impl Supervisor {
    async fn run(mut self) {
        let mut stopped = self.stopped.clone();
        let restart = Arc::clone(&self.restart);
        loop {
            let ended = tokio::select! {
                ended = self.serve_once() => ended,
                () = restart.notified() => Err(anyhow::anyhow!("it did not come to an end with a job")),
                _ = stopped.wait_for(|stopped| *stopped) => {
                    self.forget_jobs();
                    return;
                }
            };
            self.forget_jobs();
            let is_unavailable = matches!(*self.status.borrow(), Status::Unavailable(_));
            if !is_unavailable {
                self.status.send_replace(Status::Starting);
                if let Err(error) = ended {
                    let error = format!("{error:#}");
                    tracing::error!(error, "the worker ended and is started again");
                }
            }
            // What is missing may be installed while the server runs.
            let pause = if is_unavailable {
                UNAVAILABLE_PAUSE
            } else {
                RESTART_PAUSE
            };
            time::sleep(pause).await;
        }
    }

    /// Drops every job that the worker had or was to have: whoever waits for one sees its channel close.
    fn forget_jobs(&mut self) {
        while self.inbox.try_recv().is_ok() {}
        self.waiting.jobs().clear();
    }

    /// Runs one worker until it ends.
    async fn serve_once(&mut self) -> anyhow::Result<()> {
        let mut worker = start(&self.program, &self.toolchain, &self.scratch)?;
        let mut input = worker
            .stdin
            .take()
            .ok_or_else(|| anyhow::anyhow!("the worker has no standard input"))?;
        let output = worker
            .stdout
            .take()
            .ok_or_else(|| anyhow::anyhow!("the worker has no standard output"))?;
        let mut lines = BufReader::new(output).lines();
        loop {
            tokio::select! {
                line = lines.next_line() => match line? {
                    Some(line) => self.take(&line)?,
                    None => {
                        let status = worker.wait().await?;
                        anyhow::bail!("it ended with {status}");
                    }
                },
                Some(order) = self.inbox.recv() => {
                    if !self.waiting.wants(order.id()) {
                        continue;
                    }
                    let mut line = serde_json::to_vec(&order)?;
                    line.push(b'\n');
                    input.write_all(&line).await?;
                    input.flush().await?;
                }
            }
        }
    }

    fn take(&self, line: &str) -> anyhow::Result<()> {
        let message: Message = serde_json::from_str(line)?;
        let job = match &message {
            Message::Ready {
                toolchain_sha256,
                compilers,
            } => {
                self.status.send_replace(Status::Ready {
                    toolchain_sha256: toolchain_sha256.clone(),
                    compilers: compilers.clone(),
                });
                return Ok(());
            }
            Message::Unavailable { missing } => {
                let unavailable = Status::Unavailable(missing.clone());
                let previous = self.status.send_replace(unavailable.clone());
                // A worker that is started again and lacks the same is no news.
                if previous != unavailable {
                    tracing::error!(missing, "nothing can be graded");
                }
                return Ok(());
            }
            Message::SelfCheck(checked) => {
                // Nobody listens only when the server is about to stop.
                _ = self.self_checks.send(checked.clone());
                return Ok(());
            }
            Message::Stage { job, .. }
            | Message::Graded { job, .. }
            | Message::Examples { job, .. }
            | Message::Profiled { job, .. }
            | Message::Printed { job, .. }
            | Message::Swept { job, .. }
            | Message::Failed { job, .. } => job.clone(),
        };
        self.waiting.deliver(&job, message);
        Ok(())
    }
}

fn start(program: &Path, toolchain: &Path, scratch: &Path) -> std::io::Result<Child> {
    Command::new(program)
        .arg("worker")
        .arg("--toolchain")
        .arg(toolchain)
        .arg("--scratch")
        .arg(scratch)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // A key that stops the server in a terminal must not reach the worker first.
        .process_group(0)
        .kill_on_drop(true)
        .spawn()
}
