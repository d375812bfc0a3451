//! Profiles: made after verdicts, kept, shown to their learner only.

use std::time::Duration;

use axum::http::{StatusCode, header};
use exercises::{
    Language, Profile, Report, Verdict,
    profile::{Frame, Origin, Stack},
};
use serde_json::json;
use uuid::Uuid;

use super::{
    harness::{TestServer, Visitor},
    worker::on_each_job,
};

/// A report of a program that was measured.
fn report() -> Report {
    Report {
        speedup: Some(2.0),
        interval: Some([1.9, 2.1]),
        ..Report::unmeasured(Verdict::Faster, 1.5, Language::Rust)
    }
}

/// A profile in which everything happens in one function, whose name is hostile.
fn profile() -> Profile {
    let stacks = |samples| {
        let frame = Frame {
            name: "work<script>".to_owned(),
            line: Some(7),
            origin: Origin::Source,
        };
        vec![Stack {
            frames: vec![frame],
            samples,
        }]
    };
    Profile {
        before: stacks(400),
        after: stacks(20),
    }
}

/// A worker that answers every job at once, and a profile with what `profiled` prints; `$id` is the job.
fn worker(profiled: &str) -> String {
    let report = serde_json::to_string(&report()).expect("JSON");
    on_each_job(&format!(
        r#"
            case "$job" in
                *'"work":"profile"'*) {profiled} ;;
                *) echo '{{"kind":"graded","job":"'"$id"'","report":{report},"samples":null}}' ;;
            esac"#
    ))
}

fn made() -> String {
    let profile = serde_json::to_string(&profile()).expect("JSON");
    format!(r#"echo '{{"kind":"profiled","job":"'"$id"'","profile":{profile}}}'"#)
}

/// Hands something in, waits for its verdict, and returns the address of its page.
async fn graded(server: &TestServer, visitor: &mut Visitor<'_>) -> String {
    let id = Uuid::new_v4().to_string();
    let new = json!({
        "id": id, "exercise": "memoize", "language": "rust", "source": "", "predicted_speedup": null
    });
    visitor.post_json("/api/v1/submissions", &new).await;
    let state = &server.state;
    state.grading.drain(&state.db).await.expect("a database");
    format!("/en/exercises/memoize/submissions/{id}")
}

#[tokio::test]
async fn a_flamegraph_is_an_image_in_which_nothing_runs() {
    let server = TestServer::with_worker(&worker(&made())).await;
    let mut visitor = server.visitor();
    let page = graded(&server, &mut visitor).await;
    for side in ["before", "after", "difference"] {
        let picture = visitor.get(&format!("{page}/flamegraph/{side}.svg")).await;
        assert_eq!(picture.status, StatusCode::OK);
        assert_eq!(picture.header(header::CONTENT_TYPE), "image/svg+xml");
        let policy = picture.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.contains("default-src 'none'"), "{policy}");
        assert!(!picture.body.contains("<script"), "{}", picture.body);
        assert!(picture.body.contains("work&lt;script"), "{}", picture.body);
    }
    assert_eq!(server.count("profiles").await, 1);
}

#[tokio::test]
async fn the_page_has_the_same_as_a_table_and_says_when_there_are_too_few_samples() {
    let server = TestServer::with_worker(&worker(&made())).await;
    let mut visitor = server.visitor();
    let page = graded(&server, &mut visitor).await;
    visitor.get(&format!("{page}/flamegraph/after.svg")).await;
    let html = visitor.get(&page).await.body;
    assert!(html.contains("<code>work&lt;script&gt;</code>"), "{html}");
    assert!(html.contains("100\u{a0}%"), "{html}");
    assert!(
        html.contains("before.svg") && !html.contains("after.svg"),
        "{html}"
    );
    assert!(html.contains("We saw the program only 20 times"), "{html}");
}

#[tokio::test]
async fn a_profile_is_its_learners_alone() {
    let server = TestServer::with_worker(&worker(&made())).await;
    let page = graded(&server, &mut server.visitor()).await;
    let stranger = server
        .visitor()
        .get(&format!("{page}/flamegraph/after.svg"))
        .await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_profile_that_cannot_be_made_takes_nothing_from_the_verdict() {
    let failed = r#"echo '{"kind":"failed","job":"'"$id"'","reason":"no"}'"#;
    // The first one fails; whoever looks has it asked for again.
    let at_first = format!(
        r#"[ -e "$0.tried" ] || {{ touch "$0.tried"; {failed}; continue; }}; {}"#,
        made()
    );
    let server = TestServer::with_worker(&worker(&at_first)).await;
    let mut visitor = server.visitor();
    let page = graded(&server, &mut visitor).await;
    assert!(visitor.get(&page).await.body.contains("2.00×"));
    let picture = format!("{page}/flamegraph/before.svg");
    // Whoever waits for the one that fails learns that; whoever looks then gets the next.
    let mut statuses = Vec::new();
    while statuses.len() < 3 && !statuses.contains(&StatusCode::OK) {
        statuses.push(visitor.get(&picture).await.status);
    }
    assert_eq!(statuses.last(), Some(&StatusCode::OK), "{statuses:?}");
}

#[tokio::test]
async fn the_authors_solution_is_measured_once_for_everybody() {
    let server = TestServer::with_worker(&worker(&made())).await;
    let mut visitor = server.visitor();
    let page = graded(&server, &mut visitor).await;
    let measured = async {
        while server.count("verdicts").await < 2 {
            tokio::task::yield_now().await;
        }
    };
    let measured = tokio::time::timeout(Duration::from_secs(30), measured).await;
    measured.expect("the reference is measured without anybody asking");
    let html = visitor.get(&page).await.body;
    assert!(
        html.contains("It is 2.00× faster than the starter"),
        "{html}"
    );
    graded(&server, &mut visitor).await;
    assert_eq!(
        server.count("verdicts").await,
        2,
        "one of the reference and one of the source"
    );
}
