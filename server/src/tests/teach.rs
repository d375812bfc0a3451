//! The instructor's pages.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

use super::harness::{LESSON, TestServer, Visitor};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n not much of a picture";

/// An author's browser, which has its cookie.
async fn author(server: &TestServer) -> Visitor<'_> {
    let mut author = server.visitor();
    author.get("/en/teach/lessons/7").await;
    author.get("/en/teach/lessons/7").await;
    author
}

fn hidden<'a>(page: &'a str, name: &str) -> &'a str {
    let (_, field) = page
        .split_once(&format!("name=\"{name}\" value=\""))
        .expect("the field is there");
    field.split('"').next().expect("it ends")
}

async fn base(author: &mut Visitor<'_>) -> String {
    hidden(&author.get("/en/teach/lessons/7").await.body, "base").to_owned()
}

async fn sends(author: &mut Visitor<'_>, action: &str, text: &str, base: &str) -> String {
    let form: String = [("action", action), ("text", text), ("base", base)]
        .iter()
        .map(|(name, value)| {
            let value: String = value.bytes().map(|byte| format!("%{byte:02X}")).collect();
            format!("{name}={value}&")
        })
        .collect();
    let request = Request::post("/en/teach/lessons/7")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer = author.send(request, Body::from(form)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.header(header::LOCATION).to_owned()
}

fn file(server: &TestServer) -> String {
    std::fs::read_to_string(server.content().join("en/7.md")).expect("the file")
}

#[tokio::test]
async fn nobody_but_an_instructor_reaches_any_of_it() {
    let server = TestServer::start().await;
    for (method, path) in [
        ("GET", "/en/teach"),
        ("POST", "/en/teach/lessons"),
        ("GET", "/en/teach/lessons/7"),
        ("POST", "/en/teach/lessons/7"),
        ("GET", "/en/teach/lessons/7/versions/1"),
        ("POST", "/en/teach/lessons/7/versions/1"),
        ("GET", "/api/v1/teach/events"),
        ("GET", "/api/v1/teach/images/a.png"),
        ("POST", "/api/v1/teach/lessons/en/7/preview"),
        ("PUT", "/api/v1/teach/lessons/en/7/images?name=a&alt=b"),
    ] {
        let (kind, body) = match path.contains("/preview") {
            true => ("application/json", "{\"text\":\"\"}"),
            false => (
                "application/x-www-form-urlencoded",
                "text=a&base=b&action=draft&number=1&title=x",
            ),
        };
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, kind);
        let answer = server.visitor().send(request, Body::from(body)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method} {path}");
    }
}

#[tokio::test]
async fn the_lessons_are_listed_with_their_state() {
    let server = TestServer::of_author().await;
    server.write(
        "en/8.md",
        &LESSON
            .replace("# 7 - Queues", "# 8 - Broken")
            .replace("## 5. Examples", "## 5. Exam"),
    );
    server.import().await;
    std::fs::remove_file(server.content().join("en/7.md")).expect("it is gone");
    server.import().await;
    let page = server.visitor().get("/en/teach").await.body;
    for part in [
        "7 · Queues",
        "the file is gone",
        "8 · Broken",
        "not published: it has errors",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[tokio::test]
async fn a_draft_is_kept_for_its_author_and_changes_nothing_for_learners() {
    let server = TestServer::of_author().await;
    let mut author = author(&server).await;
    let base = base(&mut author).await;
    let changed = LESSON.replace("A till", "A bakery");
    assert!(
        sends(&mut author, "draft", &changed, &base)
            .await
            .ends_with("notice=draft")
    );
    assert!(
        author
            .get("/en/teach/lessons/7")
            .await
            .body
            .contains("A bakery")
    );
    assert!(
        !server
            .visitor()
            .get("/en/teach/lessons/7")
            .await
            .body
            .contains("A bakery")
    );
    assert!(
        !server
            .visitor()
            .get("/en/lessons/7")
            .await
            .body
            .contains("A bakery")
    );
    assert_eq!(file(&server), LESSON);
    sends(&mut author, "discard", &changed, &base).await;
    assert!(
        !author
            .get("/en/teach/lessons/7")
            .await
            .body
            .contains("A bakery")
    );
}

#[tokio::test]
async fn publishing_is_a_clean_change_of_the_file() {
    let server = TestServer::of_author().await;
    let mut author = author(&server).await;
    let base = base(&mut author).await;
    let changed = LESSON.replace("A till", "A bakery");
    // Browsers send the lines of a field with CRLF.
    let sent = changed.replace('\n', "\r\n");
    assert!(
        sends(&mut author, "publish", &sent, &base)
            .await
            .ends_with("notice=published")
    );
    assert_eq!(file(&server), changed);
    assert!(
        server
            .visitor()
            .get("/en/lessons/7")
            .await
            .body
            .contains("A bakery")
    );
    assert_eq!(server.count("lesson_drafts").await, 0);
}

#[tokio::test]
async fn a_text_with_errors_is_kept_and_not_published() {
    let server = TestServer::of_author().await;
    let mut author = author(&server).await;
    let base = base(&mut author).await;
    for broken in [
        LESSON.replace("## 5. Examples", "## 5. Exam"),
        LESSON.replace("# 7 -", "# 8 -"),
    ] {
        assert!(
            sends(&mut author, "publish", &broken, &base)
                .await
                .ends_with("notice=refused")
        );
        assert_eq!(file(&server), LESSON);
        assert_eq!(server.count("lesson_drafts").await, 1);
    }
}

#[tokio::test]
async fn two_authors_of_one_lesson_are_told_and_lose_nothing() {
    let server = TestServer::of_author().await;
    let (mut ada, mut boris) = (author(&server).await, author(&server).await);
    let page = ada.get("/en/teach/lessons/7").await.body;
    let (_, others) = page
        .split_once("teach-others\"")
        .expect("the word is there");
    assert!(!others.starts_with(" hidden"), "each is told of the other");
    let base = base(&mut ada).await;
    let (of_ada, of_boris) = (
        LESSON.replace("A till", "A bakery"),
        LESSON.replace("A till", "A bank"),
    );
    assert!(
        sends(&mut ada, "publish", &of_ada, &base)
            .await
            .ends_with("notice=published")
    );
    assert!(
        sends(&mut boris, "publish", &of_boris, &base)
            .await
            .ends_with("notice=conflict")
    );
    assert_eq!(file(&server), of_ada);
    let page = boris.get("/en/teach/lessons/7").await.body;
    for part in ["<del>### Example 1: A bakery", "<ins>### Example 1: A bank"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    // Now that the difference was seen, the text may go over the other.
    let base = hidden(&page, "base").to_owned();
    assert!(
        sends(&mut boris, "publish", &of_boris, &base)
            .await
            .ends_with("notice=published")
    );
    assert_eq!(file(&server), of_boris);
}

#[tokio::test]
async fn an_earlier_version_comes_back_as_a_draft() {
    let server = TestServer::of_author().await;
    server.write("en/7.md", &LESSON.replace("A till", "A bakery"));
    server.import().await;
    let mut author = author(&server).await;
    let page = author.get("/en/teach/lessons/7/versions/1").await.body;
    assert!(page.contains("<del>### Example 1: A till"), "{page}");
    author
        .post_form("/en/teach/lessons/7/versions/1", &[])
        .await;
    assert!(
        author
            .get("/en/teach/lessons/7")
            .await
            .body
            .contains("Example 1: A till")
    );
    assert!(file(&server).contains("A bakery"));
}

#[tokio::test]
async fn a_preview_is_what_learners_would_get_with_remarks_at_their_line() {
    let server = TestServer::of_author().await;
    let mut author = author(&server).await;
    let text = LESSON.replace("A queue forms", "A *queue* [forms](javascript:alert(1))");
    let preview = author
        .post_json(
            "/api/v1/teach/lessons/en/7/preview",
            &serde_json::json!({"text": text}),
        )
        .await
        .json::<serde_json::Value>();
    let html = preview["preview_html"].as_str().expect("it has no errors");
    assert!(html.contains("A <em>queue</em> <a"), "{html}");
    assert!(!html.contains("javascript:"));
    assert!(!html.contains("TheModelAnswer"));
    assert_eq!(preview["problems"][0]["code"], "link-scheme");
    assert_eq!(preview["problems"][0]["line"], 9);

    server.write("en/7.md", &text);
    server.import().await;
    let page = server.visitor().get("/en/lessons/7").await.body;
    let (_, overview) = page
        .split_once("A <em>queue</em>")
        .expect("the page has it");
    let (_, previewed) = html
        .split_once("A <em>queue</em>")
        .expect("so has the preview");
    assert_eq!(
        overview.split("</section>").next(),
        previewed.split("</section>").next()
    );
}

#[tokio::test]
async fn a_picture_is_stored_beside_the_lesson_when_it_is_one_and_described() {
    let server = TestServer::of_author().await;
    let mut author = author(&server).await;
    let put = |query: &str| Request::put(format!("/api/v1/teach/lessons/en/7/images?{query}"));
    let stored = author
        .send(put("name=My%20Queue.PNG&alt=A%20queue"), Body::from(PNG))
        .await;
    assert_eq!(
        stored.json::<serde_json::Value>()["markdown"],
        "![A queue](my-queue.png)"
    );
    assert_eq!(
        std::fs::read(server.content().join("en/my-queue.png")).expect("a file"),
        PNG
    );
    let again = author
        .send(put("name=My%20Queue.PNG&alt=A%20queue"), Body::from(PNG))
        .await;
    assert_eq!(
        again.json::<serde_json::Value>()["markdown"],
        "![A queue](my-queue.png)"
    );
    let other = [PNG, b"other"].concat();
    let other = author
        .send(put("name=../../my%20queue.exe&alt=x"), Body::from(other))
        .await;
    assert_eq!(
        other.json::<serde_json::Value>()["markdown"],
        "![x](my-queue-2.png)"
    );

    for (query, body, status) in [
        (
            "name=a.png&alt=x",
            &b"<html>"[..],
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        ("name=a.png&alt=", PNG, StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        assert_eq!(
            author.send(put(query), Body::from(body)).await.status,
            status
        );
    }
    let large = [PNG, &vec![0; 5 << 20]].concat();
    assert_eq!(
        author
            .send(put("name=a.png&alt=x"), Body::from(large))
            .await
            .status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
}

#[tokio::test]
async fn a_new_lesson_is_a_skeleton_and_never_written_over_a_file() {
    let server = TestServer::of_author().await;
    let mut author = author(&server).await;
    let created = author
        .post_form("/en/teach/lessons", &[("number", "8"), ("title", "Caches")])
        .await;
    assert_eq!(
        created.header(header::LOCATION),
        "/en/teach/lessons/8?notice=created"
    );
    let written = std::fs::read_to_string(server.content().join("en/8.md")).expect("a file");
    assert!(written.starts_with("# 8 - Caches\n"));
    assert_eq!(
        author.get("/en/lessons/8").await.status,
        StatusCode::NOT_FOUND
    );
    author
        .post_form("/en/teach/lessons", &[("number", "7"), ("title", "Other")])
        .await;
    assert_eq!(file(&server), LESSON);
}
