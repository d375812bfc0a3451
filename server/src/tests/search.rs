//! The search over the lessons.

use super::harness::{LESSON, TestServer};

#[tokio::test]
async fn every_form_of_a_word_finds_the_lesson_and_is_marked() {
    let server = TestServer::start().await;
    for query in ["queues", "queue", "QUEUEING", "arrival+rates"] {
        let page = server.visitor().get(&format!("/en/search?q={query}")).await;
        assert!(
            page.body.contains("href=\"/en/lessons/7\""),
            "{query}: {}",
            page.body
        );
        assert!(page.body.contains("<mark>"), "{query}");
    }
}

#[tokio::test]
async fn a_bulgarian_lesson_is_found_by_other_forms_than_it_has() {
    let server = TestServer::start().await;
    let bulgarian = include_str!("../../../content/lessons/bg/22-performance-and-latency.md");
    server.write("bg/22.md", bulgarian);
    assert_eq!(server.import().await.published, 1);
    for query in ["системата", "СИСТЕМИ", "тесните места", "профилирането"]
    {
        let encoded: String = query.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let page = server
            .visitor()
            .get(&format!("/bg/search?q={encoded}"))
            .await;
        assert!(page.body.contains("href=\"/bg/lessons/22#"), "{query}");
    }
    // The other language is searched from its own pages.
    let page = server.visitor().get("/en/search?q=latency").await;
    assert!(!page.body.contains("/lessons/22"));
}

#[tokio::test]
async fn what_nobody_wrote_is_not_found_and_no_answer_is() {
    let server = TestServer::start().await;
    for query in ["zebra", "TheModelAnswer", "%22+OR+%22", "*", "AND", "%00"] {
        let page = server.visitor().get(&format!("/en/search?q={query}")).await;
        assert_eq!(page.status, axum::http::StatusCode::OK, "{query}");
        assert!(!page.body.contains("<mark>"), "{query}: {}", page.body);
    }
}

#[tokio::test]
async fn an_edited_lesson_is_found_by_its_new_words_only() {
    let server = TestServer::start().await;
    server.write("en/7.md", &LESSON.replace("A till", "A bakery"));
    server.import().await;
    let found = |body: &str| body.contains("href=\"/en/lessons/7\"");
    assert!(found(
        &server.visitor().get("/en/search?q=bakeries").await.body
    ));
    assert!(!found(
        &server.visitor().get("/en/search?q=till").await.body
    ));
}

#[tokio::test]
async fn a_query_is_shown_as_text() {
    let server = TestServer::start().await;
    let page = server
        .visitor()
        .get("/en/search?q=%3Cscript%3Ealert(1)%3C/script%3E%22")
        .await;
    assert!(!page.body.contains("<script>alert"), "{}", page.body);
}
