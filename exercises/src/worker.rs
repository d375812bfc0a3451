//! The worker: reads jobs, writes stages and verdicts, and touches nothing else but its scratch folder.
//!
//! Grading goes through one lane, since only one measurement may run at a time; examples have a lane of their own, so
//! that a learner who tries something out does not wait for other people's verdicts, and so have profiles, which come
//! after a verdict, and the answers that pages show: these two must not delay a verdict.

use std::io::{self, BufRead, Write};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use rustix::process::setpriority_process;

use crate::grade::{EqualCode, Grader, Submission};
use crate::language::Language;
use crate::link::{Job, Message, Order, ProgramJob, Work};
use crate::samples::{Packed, Samples};

/// After how many measured jobs the grader times a starter against itself, unless told otherwise.
pub const SELF_CHECK_EVERY: NonZeroUsize = NonZeroUsize::new(20).expect("it is not zero");

/// Works until the dispatcher closes `jobs`, and finishes what was begun. The three paths are those of [`Grader::open`];
/// after every `self_check_every` measured jobs the grader times a starter against itself.
///
/// # Errors
/// When the link breaks, or carries something that is no job.
pub fn serve(
    jobs: impl BufRead,
    messages: impl Write + Send,
    toolchain: &Path,
    scratch: &Path,
    child: &Path,
    self_check_every: NonZeroUsize,
) -> io::Result<()> {
    let messages = Mutex::new(messages);
    let grader = match Grader::open(toolchain, scratch, child) {
        Ok(grader) => grader,
        Err(unavailable) => {
            return send(
                &messages,
                &Message::Unavailable {
                    missing: unavailable.missing,
                },
            );
        }
    };
    send(
        &messages,
        &Message::Ready {
            toolchain_sha256: grader.toolchain_sha256(Language::Rust),
            compilers: grader.compilers(),
        },
    )?;
    thread::scope(|scope| {
        let (grading, to_grade) = channel();
        let (running, to_run) = channel();
        let (profiling, to_profile) = channel();
        let (answering, to_answer) = channel();
        let (grader, messages) = (&grader, &messages);
        let lanes = [to_grade, to_run]
            .map(|lane| scope.spawn(move || work(grader, lane, messages, self_check_every)));
        let last_lanes = [to_profile, to_answer].map(|lane| {
            scope.spawn(move || {
                give_way()?;
                work(grader, lane, messages, self_check_every)
            })
        });
        for line in jobs.lines() {
            let order: Order = serde_json::from_str(&line?)?;
            let lane = match &order {
                Order::Program(_) => &running,
                Order::Job(job) => match job.work {
                    Work::Grade => &grading,
                    Work::Examples | Work::Sweep => &running,
                    Work::Profile => &profiling,
                    Work::Answers => &answering,
                },
            };
            // A lane only closes when its messages can no longer be written, and then says so below.
            if lane.send(order).is_err() {
                break;
            }
        }
        drop((grading, running, profiling, answering));
        for lane in lanes.into_iter().chain(last_lanes) {
            lane.join()
                .unwrap_or_else(|_| Err(io::Error::other("a lane of the worker panicked")))?;
        }
        Ok(())
    })
}

/// Lets this thread, and what it starts, have only the time that others leave: nobody waits for a profile or for answers that
/// pages show, and all that is not timed shares its cores with them.
fn give_way() -> io::Result<()> {
    const LAST: i32 = 19;
    Ok(setpriority_process(None, LAST)?)
}

/// Does the jobs of one lane in turn. A self-check comes after its job's verdict, so that nobody's verdict waits for it
/// but the next one's.
fn work(
    grader: &Grader,
    orders: Receiver<Order>,
    messages: &Mutex<impl Write>,
    self_check_every: NonZeroUsize,
) -> io::Result<()> {
    let mut measured_jobs = 0;
    for order in orders {
        let job = match order {
            Order::Job(job) => job,
            Order::Program(job) => {
                send(messages, &run_program(grader, job))?;
                continue;
            }
        };
        let answer = match job.work {
            Work::Examples | Work::Answers => run_examples(grader, &job),
            Work::Profile => profile(grader, &job),
            Work::Sweep => sweep(grader, &job),
            Work::Grade => grade(grader, &job, messages)?,
        };
        let was_measured = matches!(
            answer,
            Ok(Message::Graded {
                samples: Some(_),
                ..
            })
        );
        let message = answer.unwrap_or_else(|reason| Message::Failed {
            job: job.id.clone(),
            reason,
        });
        send(messages, &message)?;
        measured_jobs += usize::from(was_measured);
        if was_measured && measured_jobs.is_multiple_of(self_check_every.get()) {
            match grader.check_itself(&job.exercise, job.language) {
                Ok(checked) => send(messages, &Message::SelfCheck(checked))?,
                Err(error) => eprintln!("the self-check failed: {error}"),
            }
        }
    }
    Ok(())
}

fn run_program(grader: &Grader, job: ProgramJob) -> Message {
    match grader.run_program(&job.program) {
        Ok(report) => Message::Printed {
            job: job.id,
            report,
        },
        Err(error) => Message::Failed {
            job: job.id,
            reason: error.to_string(),
        },
    }
}

fn run_examples(grader: &Grader, job: &Job) -> Result<Message, String> {
    let report = grader.run_examples(&job.exercise, job.language, job.source.as_bytes());
    Ok(Message::Examples {
        job: job.id.clone(),
        report: report.map_err(|error| error.to_string())?,
    })
}

fn profile(grader: &Grader, job: &Job) -> Result<Message, String> {
    let profile = grader.profile(&job.exercise, job.language, job.source.as_bytes());
    Ok(Message::Profiled {
        job: job.id.clone(),
        profile: Box::new(profile.map_err(|error| error.to_string())?),
    })
}

fn sweep(grader: &Grader, job: &Job) -> Result<Message, String> {
    let sweep = grader.sweep(&job.exercise, job.language);
    Ok(Message::Swept {
        job: job.id.clone(),
        sweep: Box::new(sweep.map_err(|error| error.to_string())?),
    })
}

/// The outer error is the link's, the inner one a failure of ours.
fn grade(
    grader: &Grader,
    job: &Job,
    messages: &Mutex<impl Write>,
) -> io::Result<Result<Message, String>> {
    let earlier = job.earlier.as_ref();
    let earlier = match earlier.map(|packed| Samples::read(&packed.0)).transpose() {
        Ok(earlier) => earlier,
        Err(error) => return Ok(Err(format!("the earlier samples cannot be read: {error}"))),
    };
    let may_be_continued =
        |earlier: &Samples| earlier.may_be_continued(&job.exercise.slug, job.language);
    if !earlier.as_ref().is_none_or(may_be_continued) {
        return Ok(Err(
            "the earlier samples are of something else, or their verdict is final".to_owned(),
        ));
    }
    let submission = Submission {
        exercise: &job.exercise,
        language: job.language,
        source: job.source.as_bytes(),
        earlier: earlier.as_ref(),
        equal_code: EqualCode::IsSame,
    };
    let mut told = Ok(());
    let graded = grader.grade_submission(&submission, &mut |stage| {
        if told.is_ok() {
            told = send(
                messages,
                &Message::Stage {
                    job: job.id.clone(),
                    stage,
                },
            );
        }
    });
    told?;
    Ok(match graded {
        Ok(graded) => Ok(Message::Graded {
            job: job.id.clone(),
            report: Box::new(graded.report),
            samples: graded.samples.map(|samples| Packed(samples.write())),
        }),
        Err(error) => Err(error.to_string()),
    })
}

fn send(messages: &Mutex<impl Write>, message: &Message) -> io::Result<()> {
    let mut line = serde_json::to_vec(message)?;
    line.push(b'\n');
    let mut messages = messages.lock().unwrap_or_else(PoisonError::into_inner);
    messages.write_all(&line)?;
    messages.flush()
}
