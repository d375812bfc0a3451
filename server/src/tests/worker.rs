//! Workers that misbehave: whatever one does, no submission is lost and none fails through our fault.

use app::api::Stage;
use axum::http::StatusCode;
use exercises::{Language, Report, Verdict};
use serde_json::json;
use tokio::time;
use uuid::Uuid;

use super::harness::{TestServer, Visitor};
use crate::grading::submissions::LEASE;

/// A worker that is ready, and never answers.
pub const READY_AND_SILENT: &str = r#"
echo '{"kind":"ready","toolchain_sha256":"0"}'
while read -r job; do :; done
"#;

/// Reads jobs and refuses to answer examples for pages, which the server asks for by itself; `graded` does the others.
pub fn on_each_job(graded: &str) -> String {
    r#"
echo '{"kind":"ready","toolchain_sha256":"0"}'
while read -r job; do
    id=$(printf '%s' "$job" | sed 's/^{"id":"\([^"]*\)".*/\1/')
    case "$job" in
        *'"work":"answers"'*) echo '{"kind":"failed","job":"'"$id"'","reason":"not here"}' ;;
        *) GRADED ;;
    esac
done
"#
    .replace("GRADED", graded)
}

/// A line that answers a job with the verdict `same`.
fn verdict() -> String {
    let report = Report::unmeasured(Verdict::Same, 1.5, Language::Rust);
    let report = serde_json::to_string(&report).expect("JSON");
    format!(r#"echo '{{"kind":"graded","job":"'"$id"'","report":{report},"samples":null}}'"#)
}

/// Answers with a verdict that decided nothing, and goes on to another from the samples of that one.
fn undecided_at_first() -> String {
    let report = Report {
        rerun: true,
        ..Report::unmeasured(Verdict::Inconclusive, 1.5, Language::Rust)
    };
    let report = serde_json::to_string(&report).expect("JSON");
    format!(
        r#"
            case "$job" in
                *'"earlier":"AAEC"'*) {} ;;
                *) echo '{{"kind":"graded","job":"'"$id"'","report":{report},"samples":"AAEC"}}' ;;
            esac"#,
        verdict()
    )
}

async fn submit(visitor: &mut Visitor<'_>) -> String {
    submit_source(visitor, "").await
}

async fn submit_source(visitor: &mut Visitor<'_>, source: &str) -> String {
    let id = Uuid::new_v4().to_string();
    let new = json!({
        "id": id, "exercise": "memoize", "language": "rust", "source": source, "predicted_speedup": null
    });
    visitor.post_json("/api/v1/submissions", &new).await;
    id
}

async fn drain(server: &TestServer) {
    let state = &server.state;
    state.grading.drain(&state.db).await.expect("a database");
}

#[tokio::test]
async fn a_worker_that_dies_in_the_middle_of_a_job_is_replaced_and_the_job_gets_its_verdict() {
    let died_before = r#"[ -e "$0.died" ] || { touch "$0.died"; kill -9 $$; }; "#;
    let worker = on_each_job(&format!("{died_before}{}", verdict()));
    let server = TestServer::with_worker(&worker).await;
    submit(&mut server.visitor()).await;
    drain(&server).await;
    assert_eq!(
        server
            .count("submissions WHERE verdict = 'same' AND tries = 2")
            .await,
        1
    );
}

#[tokio::test]
async fn a_submission_over_which_three_workers_die_is_not_graded_and_says_that_it_is_our_fault() {
    let server = TestServer::with_worker(&on_each_job("exit 1")).await;
    let mut visitor = server.visitor();
    let id = submit(&mut visitor).await;
    drain(&server).await;
    assert_eq!(
        server
            .count("submissions WHERE state = 'not_graded' AND verdict IS NULL")
            .await,
        1
    );
    let page = visitor
        .get(&format!("/en/exercises/memoize/submissions/{id}"))
        .await;
    assert!(
        page.body.contains("our fault") || page.body.contains("fault is ours"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn what_a_worker_says_in_no_language_of_ours_is_no_verdict() {
    let garbage = r#"printf '\377\000{"kind":"graded"}\n'"#;
    let server = TestServer::with_worker(&on_each_job(garbage)).await;
    submit(&mut server.visitor()).await;
    drain(&server).await;
    assert_eq!(
        server.count("submissions WHERE state = 'not_graded'").await,
        1
    );
}

#[tokio::test]
async fn a_worker_that_never_ends_a_job_is_ended_when_its_lease_runs_out() {
    let stage = r#"echo '{"kind":"stage","job":"'"$id"'","stage":"checking"}'"#;
    let hung_before =
        format!(r#"[ -e "$0.hung" ] || {{ touch "$0.hung"; {stage}; read -r _; }}; "#);
    let worker = on_each_job(&format!("{hung_before}{}", verdict()));
    let server = TestServer::with_worker(&worker).await;
    let mut visitor = server.visitor();
    server.learner_of(&mut visitor).await;
    let id = submit(&mut visitor).await;
    let mut stages = server.state.grading.follow(&id);
    stages
        .wait_for(|progress| progress.is_some_and(|progress| progress.stage == Stage::Checking))
        .await
        .expect("a worker takes it");
    time::pause();
    time::advance(LEASE).await;
    time::resume();
    drain(&server).await;
    assert_eq!(server.count("submissions WHERE verdict = 'same'").await, 1);
}

#[tokio::test]
async fn the_stream_of_a_submissions_stages_ends_with_its_verdict() {
    let server = TestServer::with_worker(&on_each_job(&verdict())).await;
    let mut visitor = server.visitor();
    let id = submit(&mut visitor).await;
    // The whole body is read, which would take for ever if the stream went on.
    let events = visitor
        .get(&format!("/api/v1/submissions/{id}/events"))
        .await
        .body;
    let last = events.trim_end().lines().last().unwrap_or_default();
    assert!(last.contains(r#""stage":"done""#), "{events}");
}

#[tokio::test]
async fn measuring_that_decided_nothing_goes_on_once_and_decides_for_everybody_who_handed_in_the_same()
 {
    let server = TestServer::with_worker(&on_each_job(&undecided_at_first())).await;
    let (mut first, mut second) = (server.visitor(), server.visitor());
    server.learner_of(&mut first).await;
    server.learner_of(&mut second).await;
    let id = submit(&mut first).await;
    drain(&server).await;
    assert_eq!(
        server
            .count("submissions WHERE verdict = 'inconclusive'")
            .await,
        1
    );
    let rerun = format!("/api/v1/submissions/{id}/rerun");
    let stranger = second.post_json(&rerun, &json!({})).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    for _ in 0..2 {
        let again = first.post_json(&rerun, &json!({})).await;
        assert_eq!(again.status, StatusCode::OK, "{}", again.body);
    }
    submit(&mut second).await;
    drain(&server).await;
    assert_eq!(
        server
            .count("submissions WHERE verdict = 'same' AND state = 'done'")
            .await,
        2
    );
    first.post_json(&rerun, &json!({})).await;
    assert_eq!(
        server.count("submissions WHERE state = 'done'").await,
        2,
        "the verdict stands"
    );
}

#[tokio::test]
async fn a_self_check_of_the_grader_is_kept_and_shown() {
    let checked = r#"echo '{"kind":"self_check","exercise":"memoize","language":"rust","verdict":"slower","half_width":0.01}'; "#;
    let worker = on_each_job(&format!("{checked}{}", verdict()));
    let server = TestServer::with_worker(&worker).await;
    let page = server.visitor().get("/en/measurement").await;
    assert!(page.body.contains("no such check"), "{}", page.body);
    submit(&mut server.visitor()).await;
    drain(&server).await;
    let page = server.visitor().get("/en/measurement").await;
    assert!(page.body.contains("1 (100.0\u{a0}%)"), "{}", page.body);
}

#[tokio::test]
async fn a_clock_that_jumps_in_the_middle_of_a_job_changes_nothing() {
    let stage = r#"echo '{"kind":"stage","job":"'"$id"'","stage":"checking"}'"#;
    // Opening a pipe waits until somebody opens its other end.
    let waits = format!(r#"{stage}; [ -p "$0.go" ] || mkfifo "$0.go"; read -r _ < "$0.go"; "#);
    let server = TestServer::with_worker(&on_each_job(&format!("{waits}{}", verdict()))).await;
    let mut visitor = server.visitor();
    for years in [1, -2] {
        // Another source each time, since the verdict on the same one is known.
        let id = submit_source(&mut visitor, &format!("// {years}")).await;
        let mut stages = server.state.grading.follow(&id);
        stages
            .wait_for(|progress| progress.is_some_and(|progress| progress.stage == Stage::Checking))
            .await
            .expect("a worker takes it");
        server.days_pass(365 * years);
        let pipe = server.state.config.data.folder.join("worker.go");
        let go_on = tokio::process::Command::new("sh")
            .args(["-c", r#"until [ -p "$0" ]; do :; done; echo > "$0""#])
            .arg(pipe)
            .status();
        assert!(go_on.await.expect("a shell").success());
        drain(&server).await;
    }
    assert_eq!(
        server
            .count("submissions WHERE verdict = 'same' AND tries = 1")
            .await,
        2
    );
}
