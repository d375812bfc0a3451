//! The worker: reads jobs, writes stages and verdicts, and touches nothing else but its scratch folder.
//!
//! Grading goes through one lane, since only one measurement may run at a time; examples have a lane of their own, so
//! that a learner who tries something out does not wait for other people's verdicts, and so have profiles, which come
//! after a verdict and must not delay another.

use std::io::{self, BufRead, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::grade::Grader;
use crate::link::{Job, Message, Work};

/// Works until the dispatcher closes `jobs`, and finishes what was begun. The three paths are those of [`Grader::open`].
///
/// # Errors
/// When the link breaks, or carries something that is no job.
pub fn serve(
    jobs: impl BufRead,
    messages: impl Write + Send,
    toolchain: &Path,
    scratch: &Path,
    child: &Path,
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
            toolchain_sha256: grader.toolchain_sha256().to_owned(),
        },
    )?;
    thread::scope(|scope| {
        let (grading, to_grade) = channel();
        let (running, to_run) = channel();
        let (profiling, to_profile) = channel();
        let lanes = [to_grade, to_run, to_profile].map(|lane| scope.spawn(|| work(&grader, lane, &messages)));
        for line in jobs.lines() {
            let job: Job = serde_json::from_str(&line?)?;
            let lane = match job.work {
                Work::Grade => &grading,
                Work::Examples => &running,
                Work::Profile => &profiling,
            };
            // A lane only closes when its messages can no longer be written, and then says so below.
            if lane.send(job).is_err() {
                break;
            }
        }
        drop((grading, running, profiling));
        for lane in lanes {
            lane.join()
                .unwrap_or_else(|_| Err(io::Error::other("a lane of the worker panicked")))?;
        }
        Ok(())
    })
}

/// Does the jobs of one lane in turn.
fn work(grader: &Grader, jobs: Receiver<Job>, messages: &Mutex<impl Write>) -> io::Result<()> {
    for Job {
        id: job,
        work,
        exercise,
        language,
        source,
    } in jobs
    {
        let source = source.as_bytes();
        let done = match work {
            Work::Examples => grader
                .run_examples(&exercise, language, source)
                .map(|report| Message::Examples {
                    job: job.clone(),
                    report,
                }),
            Work::Profile => {
                grader
                    .profile(&exercise, language, source)
                    .map(|profile| Message::Profiled {
                        job: job.clone(),
                        profile: Box::new(profile),
                    })
            }
            Work::Grade => {
                let mut broken = Ok(());
                let mut on_stage = |stage| {
                    let told = send(
                        messages,
                        &Message::Stage {
                            job: job.clone(),
                            stage,
                        },
                    );
                    broken = std::mem::replace(&mut broken, Ok(())).and(told);
                };
                let graded = grader.grade(&exercise, language, source, &mut on_stage);
                broken?;
                graded.map(|report| Message::Graded {
                    job: job.clone(),
                    report: Box::new(report),
                })
            }
        };
        send(
            messages,
            &done.unwrap_or_else(|error| Message::Failed {
                job,
                reason: error.to_string(),
            }),
        )?;
    }
    Ok(())
}

fn send(messages: &Mutex<impl Write>, message: &Message) -> io::Result<()> {
    let mut line = serde_json::to_vec(message)?;
    line.push(b'\n');
    let mut messages = messages.lock().unwrap_or_else(PoisonError::into_inner);
    messages.write_all(&line)?;
    messages.flush()
}
