//! The worker, over its link.

use exercises::Language;
use exercises::link::{Job, JobId, Message, Work};
use exercises::worker::serve;

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

fn messages(output: &[u8]) -> Vec<Message> {
    let text = std::str::from_utf8(output).expect("messages are text");
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
    ]
    .join("\n");
    let mut output = Vec::new();
    serve(
        jobs.as_bytes(),
        &mut output,
        &toolchain(),
        &scratch(),
        &child(),
    )
    .expect("the link holds");
    let messages = messages(&output);
    assert!(matches!(messages[0], Message::Ready { .. }), "{messages:?}");
    let graded = messages
        .iter()
        .filter(|message| matches!(message, Message::Graded { job, .. } if job.0 == "a"));
    let run = messages
        .iter()
        .filter(|message| matches!(message, Message::Examples { job, .. } if job.0 == "b"));
    assert_eq!((graded.count(), run.count()), (1, 1), "{messages:?}");
}

#[test]
fn a_worker_without_a_toolchain_says_what_is_missing() {
    let _turn = turn();
    let nowhere = scratch().join("nowhere");
    let mut output = Vec::new();
    serve(&b""[..], &mut output, &nowhere, &scratch(), &child()).expect("the link holds");
    let messages = messages(&output);
    let [Message::Unavailable { missing }] = messages.as_slice() else {
        panic!("the worker says that it is unavailable, and no more: {messages:?}");
    };
    assert!(
        missing.contains("toolchain") && missing.contains("cargo xtask setup"),
        "{missing}"
    );
}
