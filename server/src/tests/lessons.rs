//! Lessons: what is published, and what stands when a file is broken.

use axum::http::{StatusCode, header};

use super::harness::{LESSON, TestServer};

#[tokio::test]
async fn a_lesson_is_read_with_every_part_of_it() {
    let server = TestServer::start().await;
    let page = server.visitor().get("/en/lessons/7").await;
    assert_eq!(page.status, StatusCode::OK);
    for part in [
        "Queues",
        "Arrival rate",
        "Count how many",
        "arrive, wait",
        "Full load",
        "What makes a queue grow?",
    ] {
        assert!(page.body.contains(part), "{part} is missing");
    }
}

#[tokio::test]
async fn no_answer_stands_in_the_page_before_it_was_given() {
    let server = TestServer::start().await;
    let page = server.visitor().get("/en/lessons/7").await;
    assert!(!page.body.contains("TheModelAnswer"));
    assert!(!page.body.contains("names the arrival rate"));
}

#[tokio::test]
async fn a_broken_file_leaves_the_published_version_standing_also_after_a_restart() {
    let server = TestServer::start().await;
    server.write(
        "en/7.md",
        &LESSON.replace("# 7 - Queues", "# Queues without a number"),
    );
    let summary = server.import().await;
    assert_eq!((summary.published, summary.refused), (0, 1));
    assert_eq!(
        server.visitor().get("/en/lessons/7").await.status,
        StatusCode::OK
    );

    let server = server.restart().await;
    let page = server.visitor().get("/en/lessons/7").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("7 · Queues"));
}

#[tokio::test]
async fn a_saved_file_is_published_and_the_same_file_again_changes_nothing() {
    let server = TestServer::start().await;
    server.write("en/7.md", &LESSON.replace("A till", "A bakery"));
    assert_eq!(server.import().await.published, 1);
    assert!(
        server
            .visitor()
            .get("/en/lessons/7")
            .await
            .body
            .contains("A bakery")
    );
    assert_eq!(server.import().await.published, 0);
    assert_eq!(server.count("lesson_versions").await, 2);
}

#[tokio::test]
async fn an_earlier_text_comes_back_as_the_version_that_it_was() {
    let server = TestServer::start().await;
    server.write("en/7.md", &LESSON.replace("A till", "A bakery"));
    server.import().await;
    server.write("en/7.md", LESSON);
    assert_eq!(server.import().await.published, 1);
    assert!(
        server
            .visitor()
            .get("/en/lessons/7")
            .await
            .body
            .contains("A till")
    );
    assert_eq!(server.count("lesson_versions").await, 2);
}

#[tokio::test]
async fn a_question_keeps_its_item_when_its_wording_is_improved_and_retires_when_it_is_replaced() {
    let server = TestServer::start().await;
    let items = server.count("items").await;
    server.write(
        "en/7.md",
        &LESSON.replace(
            "What makes a queue grow?",
            "What makes a waiting queue grow?",
        ),
    );
    server.import().await;
    assert_eq!(server.count("items").await, items);
    server.write(
        "en/7.md",
        &LESSON.replace("What makes a queue grow?", "Why is coffee brown?"),
    );
    server.import().await;
    assert_eq!(server.count("items").await, items + 1);
    assert_eq!(
        server.count("items WHERE retired_at_ms IS NOT NULL").await,
        1
    );
}

#[tokio::test]
async fn a_lesson_that_lacks_a_language_is_a_404_that_links_to_the_other() {
    let server = TestServer::start().await;
    let page = server.visitor().get("/bg/lessons/7").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.body.contains(r#"href="/en/lessons/7""#));
}

#[tokio::test]
async fn an_unknown_page_is_a_404_with_the_way_back() {
    let server = TestServer::start().await;
    for path in [
        "/bg/lessons/99",
        "/bg/nowhere",
        "/bg/lessons/seven",
        "/de/lessons/7",
        "/bg/exercises/none",
    ] {
        let page = server.visitor().get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(
            page.body.contains(r#"href="/bg/""#),
            "{path}: {}",
            page.body
        );
    }
}

#[tokio::test]
async fn the_root_leads_to_the_course_in_the_browsers_language_else_in_bulgarian() {
    let server = TestServer::start().await;
    for (accepted, place) in [
        ("en-GB,en;q=0.9", "/en/"),
        ("de", "/bg/"),
        ("en;q=0.5, bg", "/bg/"),
        ("", "/bg/"),
    ] {
        let request = axum::http::Request::get("/").header(header::ACCEPT_LANGUAGE, accepted);
        let answer = server
            .visitor()
            .send(request, axum::body::Body::empty())
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.header(header::LOCATION), place, "{accepted}");
    }
}
