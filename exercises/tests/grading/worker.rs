//! The worker, over its link.

use std::num::NonZeroUsize;
use std::path::Path;

use exercises::link::{Job, JobId, Message, Work};
use exercises::samples::Packed;
use exercises::worker::{SELF_CHECK_EVERY, serve};
use exercises::{Language, Samples};

use super::{MEMOIZE, child, scratch, toolchain, turn};

fn job(id: &str, work: Work, source: &str) -> String {
    let job = Job {
        id: JobId(id.to_owned()),
        work,
        exercise: MEMOIZE.clone(),
        language: Language::Rust,
        source: source.to_owned(),
        earlier: None,
    };
    serde_json::to_string(&job).expect("a job is plain data")
}

/// Lets a worker do these jobs, one a line, and says what it answered.
fn work(jobs: &str, toolchain: &Path, self_check_every: NonZeroUsize) -> Vec<Message> {
    let mut output = Vec::new();
    serve(
        jobs.as_bytes(),
        &mut output,
        toolchain,
        &scratch(),
        &child(),
        self_check_every,
    )
    .expect("the link holds");
    let text = std::str::from_utf8(&output).expect("messages are text");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("a line is a message"))
        .collect()
}

#[test]
fn jobs_are_answered_until_the_link_is_closed() {
    let _turn = turn();
    let starter = &MEMOIZE.programs[&Language::Rust].starter;
    let jobs = [
        job("a", Work::Grade, starter),
        job("b", Work::Examples, starter),
        job("c", Work::Profile, starter),
    ]
    .join("\n");
    let messages = work(&jobs, &toolchain(), SELF_CHECK_EVERY);
    assert!(matches!(messages[0], Message::Ready { .. }), "{messages:?}");
    let graded = messages
        .iter()
        .filter(|message| matches!(message, Message::Graded { job, .. } if job.0 == "a"));
    let run = messages
        .iter()
        .filter(|message| matches!(message, Message::Examples { job, .. } if job.0 == "b"));
    let profiled = messages
        .iter()
        .filter(|message| matches!(message, Message::Profiled { job, .. } if job.0 == "c"));
    assert_eq!(
        (graded.count(), run.count(), profiled.count()),
        (1, 1, 1),
        "{messages:?}"
    );
}

#[test]
fn a_worker_without_a_toolchain_says_what_is_missing() {
    let _turn = turn();
    let nowhere = scratch().join("nowhere");
    let messages = work("", &nowhere, SELF_CHECK_EVERY);
    let [Message::Unavailable { missing }] = messages.as_slice() else {
        panic!("the worker says that it is unavailable, and no more: {messages:?}");
    };
    assert!(
        missing.contains("toolchain") && missing.contains("cargo xtask setup"),
        "{missing}"
    );
}

#[test]
fn a_self_check_comes_after_the_verdict_of_every_job_that_was_measured() {
    let _turn = turn();
    let programs = &MEMOIZE.programs[&Language::Rust];
    let jobs = [
        job("measured", Work::Grade, &programs.reference),
        job("equal code", Work::Grade, &programs.starter),
    ]
    .join("\n");
    let told: Vec<String> = work(&jobs, &toolchain(), NonZeroUsize::MIN)
        .into_iter()
        .filter_map(|message| match message {
            Message::Graded { job, samples, .. } => {
                let read = samples.map(|packed| Samples::read(&packed.0).expect("it was written"));
                Some(format!("{} has samples: {}", job.0, read.is_some()))
            }
            Message::SelfCheck(checked) => Some(format!("self-check of {}", checked.exercise)),
            _ => None,
        })
        .collect();
    assert_eq!(
        told,
        [
            "measured has samples: true",
            "self-check of memoize",
            "equal code has samples: false"
        ]
    );
}

#[test]
fn earlier_samples_that_cannot_be_read_are_no_learners_failure() {
    let _turn = turn();
    let starter = &MEMOIZE.programs[&Language::Rust].starter;
    let mut job: Job =
        serde_json::from_str(&job("a", Work::Grade, starter)).expect("a job is plain data");
    job.earlier = Some(Packed(b"?".to_vec()));
    let line = serde_json::to_string(&job).expect("a job is plain data");
    let messages = work(&line, &toolchain(), SELF_CHECK_EVERY);
    assert!(
        matches!(&messages[1], Message::Failed { reason, .. } if reason.contains("earlier samples")),
        "{messages:?}"
    );
}
