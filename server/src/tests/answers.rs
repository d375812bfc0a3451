//! The answers to visible examples.

use std::time::Duration;

use exercises::{ExampleReport, check::ExampleRun};
use tokio::{task, time};

use super::{harness::TestServer, worker::READY_AND_SILENT};

const PAGE: &str = "/en/exercises/memoize";

/// Far longer than any answer takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// A worker that answers every trial run with one example, whose answer is `AnAnswer`.
fn answering() -> String {
    let example = ExampleRun {
        input: "[7]".to_owned(),
        expected: "AnAnswer".to_owned(),
        got: Some("AnAnswer".to_owned()),
        passed: true,
        failure: None,
    };
    let report = ExampleReport {
        verdict: None,
        message: None,
        failure: None,
        examples: vec![example],
    };
    let report = serde_json::to_string(&report).expect("JSON");
    r#"
echo '{"kind":"ready","toolchain_sha256":"0"}'
while read -r job; do
    id=$(printf '%s' "$job" | sed 's/^{"id":"\([^"]*\)".*/\1/')
    echo '{"kind":"examples","job":"'"$id"'","report":REPORT}'
done
"#
    .replace("REPORT", &report)
}

/// Waits until the answers to the exercise's examples are known.
async fn known(server: &TestServer) {
    let entry = server.state.grading.catalog().find("memoize");
    let entry = entry.expect("the catalogue has it");
    let known = async {
        while !entry.has_answers() {
            task::yield_now().await;
        }
    };
    time::timeout(PATIENCE, known).await.expect("answers");
}

#[tokio::test]
async fn answers_are_computed_once_and_shown_after_the_next_start_without_a_worker() {
    let server = TestServer::with_worker(READY_AND_SILENT).await;
    let page = server.visitor().get(PAGE).await;
    assert!(page.body.contains("still being computed"), "{}", page.body);

    server.write("../worker", &format!("#!/bin/sh\n{}", answering()));
    let server = server.restart().await;
    known(&server).await;

    server.write("../worker", &format!("#!/bin/sh\n{READY_AND_SILENT}"));
    let server = server.restart().await;
    known(&server).await;
    let page = server.visitor().get(PAGE).await;
    assert!(page.body.contains("AnAnswer"), "{}", page.body);
}
