//! The sandbox itself (42): what a compiler that someone has taken over could try natively.

use std::io::Write;
use std::process::{Command, Stdio};

use exercises::child::{CHILD_ARGUMENT, Task};
use exercises::{Exercise, Grader};

use super::super::{child, toolchain, turn};
use super::{BRIEF, Language, scratch, survive};

/// What a child in a weaker sandbox, with these permissions more, finds that it can do.
fn escapes(permissions: &[&str]) -> Vec<String> {
    let program = child();
    let program = program.to_str().expect("the path is a text");
    let mut command = Command::new("bwrap")
        .args([
            "--unshare-all",
            "--cap-drop",
            "ALL",
            "--die-with-parent",
            "--clearenv",
        ])
        .args(["--ro-bind", "/lib", "/lib", "--ro-bind", "/lib64", "/lib64"])
        .args([
            "--ro-bind",
            "/usr/lib",
            "/usr/lib",
            "--ro-bind",
            program,
            "/job/child",
        ])
        .args(permissions)
        .args(["--remount-ro", "/", "/job/child", CHILD_ARGUMENT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("bubblewrap is there");
    let task = serde_json::to_vec(&Task::Probe).expect("a task is plain data");
    let mut input = command.stdin.take().expect("it was asked for");
    input.write_all(&task).expect("the child reads its task");
    drop(input);
    let output = command.wait_with_output().expect("the child ends");
    let answer: Result<Vec<String>, String> =
        serde_json::from_slice(&output.stdout).expect("the child answers");
    answer.expect("trying cannot fail")
}

#[test]
fn every_attempt_succeeds_where_the_sandbox_has_the_hole_for_it() {
    let _turn = turn();
    let (files, processes) = ("read the host's files", "see the host's processes");
    let outside = "write outside its own folder";
    // Namespaces alone, without the filter of system calls, limits and control groups.
    let unlimited = [
        "open a network connection",
        "start processes without end",
        "hold 3 GiB of memory",
    ];
    let with = |more: &[&'static str]| {
        let mut names: Vec<&str> = more.iter().copied().chain(unlimited).collect();
        names.sort_unstable();
        names
    };
    let found = |permissions: &[&str]| {
        let mut names = escapes(permissions);
        names.sort_unstable();
        names
    };
    assert_eq!(found(&[]), with(&[]));
    assert_eq!(found(&["--ro-bind", "/etc", "/etc"]), with(&[files]));
    assert_eq!(found(&["--proc", "/proc"]), with(&[processes]));
    assert_eq!(found(&["--tmpfs", "/tmp"]), with(&[outside]));
}

#[test]
fn a_grader_whose_sandbox_has_a_hole_does_not_open() {
    let _turn = turn();
    // A child that says of itself that it got out stands in for the hole, which this sandbox does not have.
    let folder = tempfile::tempdir().expect("a folder can be made");
    let talkative = folder.path().join("child");
    std::fs::copy("/bin/echo", &talkative).expect("every machine has it");
    let unavailable = Grader::open(&toolchain(), &folder.path().join("scratch"), &talkative)
        .expect_err("the self-test was not passed");
    assert!(
        unavailable
            .missing
            .starts_with("the sandbox does not work: "),
        "{unavailable}"
    );
}

#[test]
fn a_name_that_is_a_path_leads_nowhere() {
    use exercises::link::{Job, JobId, Work};
    let exercise: Exercise = BRIEF.clone();
    let outside = scratch().join("x");
    let job = Job {
        id: JobId("../../x".to_owned()),
        work: Work::Examples,
        source: exercise.programs[&Language::Rust].starter.clone(),
        exercise,
        language: Language::Rust,
        earlier: None,
    };
    let mut output = Vec::new();
    survive("19: a job called `../../x`", || {
        let jobs = serde_json::to_vec(&job).expect("a job is plain data");
        exercises::worker::serve(
            &jobs[..],
            &mut output,
            &toolchain(),
            &scratch(),
            &child(),
            exercises::worker::SELF_CHECK_EVERY,
        )
    })
    .expect("the link holds");
    let output = String::from_utf8(output).expect("messages are text");
    assert!(
        output.contains(r#""kind":"examples","job":"../../x""#),
        "{output}"
    );
    assert!(!outside.exists() && !scratch().join("../../x").exists());
}
