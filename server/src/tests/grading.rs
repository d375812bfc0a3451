//! The queue of submissions: nothing is lost, nobody waits for somebody else's hundred, and nobody can re-roll.

use app::api::SubmissionState;
use axum::http::StatusCode;
use serde_json::json;
use uuid::Uuid;

use super::{harness::TestServer, worker::READY_AND_SILENT};
use crate::grading::{
    submissions,
    verdicts::{self, Verdict},
};

/// Stores `count` submissions of a learner who is called `token`, a millisecond apart.
async fn hand_in(server: &TestServer, token: &str, count: u32, from_ms: i64) {
    let mut transaction = server.state.db.write().await.expect("a write");
    sqlx::query(
        "INSERT INTO learners (token, created_at_ms, time_zone) VALUES (?, 0, 'UTC') ON CONFLICT DO NOTHING",
    )
    .bind(token)
    .execute(&mut *transaction)
    .await
    .expect("a learner");
    for place in 0..count {
        sqlx::query(
            "INSERT INTO submissions (id, learner_id, exercise, language, source, submitted_at_ms, state)
             VALUES (?, (SELECT id FROM learners WHERE token = ?), 'memoize', 'rust', '', ?, 'queued')",
        )
        .bind(format!("{token}-{place}"))
        .bind(token)
        .bind(from_ms + i64::from(place))
        .execute(&mut *transaction)
        .await
        .expect("a submission");
    }
    transaction.commit().await.expect("a commit");
}

/// Leases and closes the next submission, and says which it was.
async fn grade_next(server: &TestServer) -> Option<String> {
    let leased = submissions::lease(&server.state.db, server.state.clock.now())
        .await
        .expect("a lease")?;
    let verdict = Verdict {
        key: &leased.id,
        report: r#"{"verdict": "faster", "passed": true, "speedup": 2.0}"#,
        samples: None,
    };
    submissions::close(
        &server.state.db,
        server.state.clock.now(),
        &leased.id,
        &verdict,
    )
    .await
    .expect("a verdict");
    server.clock.advance(jiff::SignedDuration::from_secs(1));
    Some(leased.id)
}

#[tokio::test]
async fn one_learner_with_a_hundred_submissions_delays_another_by_at_most_two_jobs() {
    let server = TestServer::start().await;
    hand_in(&server, "eager", 100, 0).await;
    grade_next(&server).await;
    hand_in(&server, "patient", 1, 1_000).await;
    let order = [grade_next(&server).await, grade_next(&server).await];
    assert!(order.contains(&Some("patient-0".to_owned())), "{order:?}");
}

#[tokio::test]
async fn learners_take_turns_and_each_learners_submissions_keep_their_order() {
    let server = TestServer::start().await;
    hand_in(&server, "a", 3, 0).await;
    hand_in(&server, "b", 2, 10).await;
    let mut order = Vec::new();
    while let Some(id) = grade_next(&server).await {
        order.push(id);
    }
    assert_eq!(order, ["a-0", "b-0", "a-1", "b-1", "a-2"]);
}

#[tokio::test]
async fn a_submission_that_we_fail_to_grade_three_times_is_not_graded_and_never_has_a_verdict() {
    let server = TestServer::start().await;
    hand_in(&server, "unlucky", 1, 0).await;
    for _ in 0..3 {
        let leased = submissions::lease(&server.state.db, server.state.clock.now())
            .await
            .expect("a lease")
            .expect("it waits");
        submissions::take_back(&server.state.db, &leased.id)
            .await
            .expect("it is taken back");
    }
    assert_eq!(grade_next(&server).await, None);
    assert_eq!(
        server
            .count("submissions WHERE state = 'not_graded' AND verdict IS NULL")
            .await,
        1
    );
}

#[tokio::test]
async fn a_lease_that_runs_out_is_given_out_again() {
    let server = TestServer::start().await;
    hand_in(&server, "waiting", 1, 0).await;
    let now = || server.state.clock.now();
    let lease = async || {
        submissions::lease(&server.state.db, now())
            .await
            .expect("a lease")
    };
    assert!(lease().await.is_some());
    assert!(lease().await.is_none());
    server.clock.advance(jiff::SignedDuration::from_mins(2));
    assert!(lease().await.is_some());
}

#[tokio::test]
async fn a_restart_in_the_middle_of_grading_costs_no_try() {
    let server = TestServer::start().await;
    hand_in(&server, "interrupted", 1, 0).await;
    for _ in 0..5 {
        submissions::lease(&server.state.db, server.state.clock.now())
            .await
            .expect("a lease")
            .expect("it waits");
        submissions::take_back_all(&server.state.db)
            .await
            .expect("it is taken back");
    }
    assert!(grade_next(&server).await.is_some());
}

#[tokio::test]
async fn the_first_verdict_under_a_key_stands() {
    let server = TestServer::start().await;
    hand_in(&server, "twice", 2, 0).await;
    let reports = [
        r#"{"verdict": "faster", "passed": true, "speedup": 2.0, "interval": [1.9, 2.1]}"#,
        r#"{"verdict": "slower", "passed": false, "speedup": 0.5}"#,
    ];
    for report in reports {
        let leased = submissions::lease(&server.state.db, server.state.clock.now())
            .await
            .expect("a lease")
            .expect("it waits");
        let verdict = Verdict {
            key: "same content",
            report,
            samples: None,
        };
        submissions::close(
            &server.state.db,
            server.state.clock.now(),
            &leased.id,
            &verdict,
        )
        .await
        .expect("a verdict");
    }
    let known = verdicts::known(&server.state.db, "same content").await;
    let known = known.expect("a query").expect("a verdict");
    assert_eq!(known.report, reports[0]);
    assert_eq!(
        server
            .count("submissions WHERE verdict = 'faster' AND passed = 1 AND speedup = 2.0")
            .await,
        2
    );
    assert_eq!(
        server
            .count("submissions WHERE speedup_low = 1.9 AND speedup_high = 2.1")
            .await,
        2
    );
}

#[tokio::test]
async fn a_submission_belongs_to_its_learner_alone() {
    let server = TestServer::start().await;
    hand_in(&server, "owner", 1, 0).await;
    let mut stranger = server.visitor();
    stranger.get("/bg/lessons/7").await;
    for path in [
        "/api/v1/submissions/owner-0",
        "/api/v1/submissions/owner-0/events",
        "/bg/exercises/memoize/submissions/owner-0",
    ] {
        assert_eq!(
            stranger.get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn without_a_worker_a_submission_is_refused_with_the_reason_and_not_kept() {
    let server = TestServer::start().await;
    let new = json!({
        "id": Uuid::new_v4().to_string(), "exercise": "memoize", "language": "rust", "source": "", "predicted_speedup": 2.0
    });
    let refused = server
        .visitor()
        .post_json("/api/v1/submissions", &new)
        .await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(refused.body.contains("--no-worker"), "{}", refused.body);
    assert_eq!(server.count("submissions").await, 0);
    let page = server.visitor().get("/bg/exercises/memoize").await;
    assert!(page.body.contains("--no-worker"));
}

#[tokio::test]
async fn what_is_being_typed_comes_back_to_its_learner() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor();
    visitor.get("/bg/exercises/memoize").await;
    let request = axum::http::Request::put("/api/v1/exercises/memoize/draft")
        .header(axum::http::header::CONTENT_TYPE, "application/json");
    let draft = json!({"language": "rust", "source": "// half a thought"}).to_string();
    let kept = visitor.send(request, draft.into()).await;
    assert_eq!(kept.status, StatusCode::NO_CONTENT);
    assert!(
        visitor
            .get("/bg/exercises/memoize")
            .await
            .body
            .contains("// half a thought")
    );
    assert!(
        !server
            .visitor()
            .get("/bg/exercises/memoize")
            .await
            .body
            .contains("// half a thought")
    );
}

#[tokio::test]
async fn an_unknown_exercise_or_language_is_refused() {
    let server = TestServer::start().await;
    for (exercise, language, status) in [
        ("nothing", "rust", StatusCode::NOT_FOUND),
        ("memoize", "cobol", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let new = json!({
            "id": Uuid::new_v4().to_string(), "exercise": exercise, "language": language, "source": "",
            "predicted_speedup": null
        });
        assert_eq!(
            server
                .visitor()
                .post_json("/api/v1/submissions", &new)
                .await
                .status,
            status
        );
    }
}

#[tokio::test]
async fn a_submission_says_how_many_are_ahead_of_it() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor();
    let token = server.learner_of(&mut visitor).await;
    hand_in(&server, "other", 2, 0).await;
    hand_in(&server, &token, 1, 10).await;
    let state: SubmissionState = visitor
        .get(&format!("/api/v1/submissions/{token}-0"))
        .await
        .json();
    assert_eq!(state.ahead, Some(1), "learners take turns");
}

#[tokio::test]
async fn a_repeated_submission_is_one_and_another_source_under_the_same_number_is_another() {
    let server = TestServer::with_worker(READY_AND_SILENT).await;
    let mut visitor = server.visitor();
    let id = Uuid::new_v4().to_string();
    let new = |source: &str| {
        json!({
            "id": id, "exercise": "memoize", "language": "rust", "source": source, "predicted_speedup": null
        })
    };
    let mut kept = Vec::new();
    for source in ["first", "first", "second", "second"] {
        let answer = visitor.post_json("/api/v1/submissions", &new(source)).await;
        kept.push(answer.json::<SubmissionState>().id);
    }
    assert_eq!(kept[0], id);
    assert_eq!((&kept[0], &kept[2]), (&kept[1], &kept[3]));
    assert_ne!(kept[0], kept[2]);
    assert_eq!(server.count("submissions").await, 2);
    let mut stranger = server.visitor();
    let refused = stranger
        .post_json("/api/v1/submissions", &new("third"))
        .await;
    assert_eq!(server.count("submissions").await, 3, "{}", refused.body);
}

#[tokio::test]
async fn two_hundred_submissions_may_wait_and_the_next_is_refused_with_a_sentence() {
    let server = TestServer::with_worker(READY_AND_SILENT).await;
    let mut visitor = server.visitor();
    let mut answers = Vec::new();
    for place in 0..201 {
        let new = json!({
            "id": Uuid::new_v4().to_string(), "exercise": "memoize", "language": "rust",
            "source": place.to_string(), "predicted_speedup": null
        });
        answers.push(visitor.post_json("/api/v1/submissions", &new).await);
    }
    assert_eq!(answers[199].status, StatusCode::OK);
    assert_eq!(answers[200].status, StatusCode::TOO_MANY_REQUESTS);
    assert!(answers[200].body.contains("200"), "{}", answers[200].body);
    assert_eq!(server.count("submissions").await, 200);
}
