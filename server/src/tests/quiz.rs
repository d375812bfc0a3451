//! Answers and ratings: kept once, revealed only afterwards, reachable by their learner only.

use app::api::{ItemKind, Revealed, Scheduled};
use axum::http::{StatusCode, header};
use serde_json::json;

use super::harness::TestServer;

const ANSWER: &str = "0190a5c4-0000-7000-8000-000000000001";
/// 8 days, moved by the place of the lesson's first item among the days around it.
const EASY_DAYS: u32 = 7;

const REVIEW: &str = "0190a5c4-0000-7000-8000-000000000002";

#[tokio::test]
async fn an_answer_is_kept_and_then_the_model_answer_is_shown() {
    let server = TestServer::start().await;
    let item = server.item(ItemKind::Quiz, 0).await;
    let mut visitor = server.visitor();
    let answer = visitor
        .post_json(
            "/api/v1/answers",
            &json!({"id": ANSWER, "item": item, "text": "Too much work"}),
        )
        .await;
    let revealed: Revealed = answer.json();
    assert!(revealed.model_html.contains("TheModelAnswer"));
    assert_eq!(revealed.rubric.len(), 2);
    assert_eq!(
        revealed
            .choices
            .iter()
            .map(|choice| choice.interval_days)
            .collect::<Vec<_>>(),
        [1, 1, 2, EASY_DAYS]
    );
    assert!(
        visitor
            .get("/en/lessons/7")
            .await
            .body
            .contains("Too much work")
    );
}

#[tokio::test]
async fn a_repeated_answer_and_a_repeated_rating_are_stored_once() {
    let server = TestServer::start().await;
    let item = server.item(ItemKind::Quiz, 0).await;
    let mut visitor = server.visitor();
    visitor.get("/en/lessons/7").await;
    let review = json!({"id": REVIEW, "item": item, "answer": ANSWER, "rating": 3, "ticks": [0]});
    for _ in 0..3 {
        visitor
            .post_json(
                "/api/v1/answers",
                &json!({"id": ANSWER, "item": item, "text": "Once"}),
            )
            .await;
        let scheduled: Scheduled = visitor.post_json("/api/v1/reviews", &review).await.json();
        assert_eq!(
            (scheduled.interval_days, scheduled.due_on.0.as_str()),
            (2, "2026-11-26")
        );
    }
    assert_eq!(
        (server.count("answers").await, server.count("reviews").await),
        (1, 1)
    );
    assert_eq!(server.count("learners").await, 1);
}

#[tokio::test]
async fn an_answer_is_rated_once_also_from_two_windows() {
    let server = TestServer::start().await;
    let item = server.item(ItemKind::Quiz, 0).await;
    let mut visitor = server.visitor();
    let answer = json!({"id": ANSWER, "item": item, "text": "Once"});
    visitor.post_json("/api/v1/answers", &answer).await;
    let mut lead_to = Vec::new();
    for rating in [3, 1] {
        let id = uuid::Uuid::new_v4().to_string();
        let review =
            json!({"id": id, "item": item, "answer": ANSWER, "rating": rating, "ticks": []});
        let scheduled: Scheduled = visitor.post_json("/api/v1/reviews", &review).await.json();
        lead_to.push(scheduled.interval_days);
    }
    assert_eq!(lead_to, [2, 2]);
    // Both are kept, and the earlier counts.
    assert_eq!(server.count("reviews").await, 2);
    assert_eq!(server.count("standing_reviews WHERE rating = 3").await, 1);
    assert_eq!(server.count("standing_reviews").await, 1);
}

#[tokio::test]
async fn other_words_under_the_same_number_are_another_answer_and_nothing_is_lost() {
    let server = TestServer::start().await;
    let item = server.item(ItemKind::Quiz, 0).await;
    let mut visitor = server.visitor();
    for text in ["First", "Second", "Second"] {
        let answer = json!({"id": ANSWER, "item": item, "text": text});
        let kept = visitor.post_json("/api/v1/answers", &answer).await;
        assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
        assert!(kept.body.contains(text), "{}", kept.body);
    }
    assert_eq!(server.count("answers").await, 2);
}

#[tokio::test]
async fn an_answer_that_was_left_unrated_is_asked_again_on_the_next_day() {
    let server = TestServer::start().await;
    let item = server.item(ItemKind::Quiz, 0).await;
    let mut visitor = server.visitor();
    let answer = json!({"id": ANSWER, "item": item, "text": "Yesterday's words"});
    visitor.post_json("/api/v1/answers", &answer).await;
    let today = visitor.get("/en/lessons/7").await.body;
    assert!(today.contains("TheModelAnswer"));
    server.days_pass(1);
    let tomorrow = visitor.get("/en/lessons/7").await.body;
    assert!(!tomorrow.contains("TheModelAnswer"));
}

#[tokio::test]
async fn forms_without_scripts_lead_back_to_the_question() {
    let server = TestServer::start().await;
    let item = server.item(ItemKind::Quiz, 0).await.0.to_string();
    let mut visitor = server.visitor();
    let answer = [
        ("id", ANSWER),
        ("item", item.as_str()),
        ("text", "In a form"),
    ];
    let kept = visitor.post_form("/en/lessons/7/answers", &answer).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    assert_eq!(
        kept.header(header::LOCATION),
        format!("/en/lessons/7#q-{item}")
    );
    assert!(
        visitor
            .get("/en/lessons/7")
            .await
            .body
            .contains("TheModelAnswer")
    );
    let rating = [
        ("id", REVIEW),
        ("item", item.as_str()),
        ("answer", ANSWER),
        ("rating", "2"),
        ("tick", "0"),
    ];
    assert_eq!(
        visitor
            .post_form("/en/lessons/7/reviews", &rating)
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(server.count("memories").await, 1);
}

#[tokio::test]
async fn an_answer_cannot_be_rated_or_taken_over_by_somebody_else() {
    let server = TestServer::start().await;
    let item = server.item(ItemKind::Quiz, 0).await;
    let answer = json!({"id": ANSWER, "item": item, "text": "Mine"});
    server.visitor().post_json("/api/v1/answers", &answer).await;
    let mut stranger = server.visitor();
    let review = json!({"id": REVIEW, "item": item, "answer": ANSWER, "rating": 3, "ticks": []});
    assert_eq!(
        stranger.post_json("/api/v1/reviews", &review).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let taken = stranger.post_json("/api/v1/answers", &answer).await;
    assert_eq!(taken.status, StatusCode::CONFLICT);
    assert!(!taken.body.contains("Mine") && !taken.body.contains("TheModelAnswer"));
    assert!(
        !stranger
            .get("/en/lessons/7")
            .await
            .body
            .contains("TheModelAnswer")
    );
}

#[tokio::test]
async fn what_cannot_be_accepted_is_refused_with_a_sentence_and_stored_nowhere() {
    let server = TestServer::start().await;
    let item = server.item(ItemKind::Quiz, 0).await;
    let long = "x".repeat(8_001);
    for (answer, sentence) in [
        (json!({"id": ANSWER, "item": item, "text": "  "}), "empty"),
        (json!({"id": ANSWER, "item": item, "text": long}), "8000"),
        (json!({"id": "1", "item": item, "text": "a"}), "number"),
        (
            json!({"id": ANSWER, "item": 4711, "text": "a"}),
            "no longer part",
        ),
    ] {
        let request = axum::http::Request::post("/api/v1/answers")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT_LANGUAGE, "en");
        let refused = server
            .visitor()
            .send(request, answer.to_string().into())
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains(sentence), "{}", refused.body);
    }
    assert_eq!(
        (
            server.count("answers").await,
            server.count("learners").await
        ),
        (0, 0)
    );
}

#[tokio::test]
async fn a_learner_cookie_is_out_of_reach_of_scripts_and_cannot_be_forged() {
    let server = TestServer::start().await;
    let page = server.visitor().get("/en/lessons/7").await;
    let cookie = page.header(header::SET_COOKIE);
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );

    let item = server.item(ItemKind::Quiz, 0).await;
    let mut visitor = server.visitor();
    visitor
        .post_json(
            "/api/v1/answers",
            &json!({"id": ANSWER, "item": item, "text": "Mine alone"}),
        )
        .await;
    let token: String = sqlx::query_scalar("SELECT token FROM learners")
        .fetch_one(server.state.db.reader())
        .await
        .expect("a learner");
    let request = axum::http::Request::get("/en/lessons/7")
        .header(header::COOKIE, format!("learner={token}"));
    let page = server
        .visitor()
        .send(request, axum::body::Body::empty())
        .await;
    assert!(!page.body.contains("Mine alone"));
}
