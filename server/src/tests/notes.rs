//! What a learner writes down in a lesson.

use app::api::{ItemKind, Revealed};
use axum::http::{Request, StatusCode, header};
use serde_json::json;

use super::harness::{Answer, LESSON, TestServer, Visitor};

const STEP: &str = "/en/lessons/7/steps/1";
const ID: &str = "0190a5c4-0000-7000-8000-000000000009";

/// The smallest PNG that can be: its signature.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\nand the rest";

/// The names of the fields that stand in a page behind `name="`.
fn field(page: &str, before: &str) -> String {
    let (_, rest) = page.split_once(before).expect("it is on the page");
    let (_, rest) = rest.split_once("name=\"").expect("a field follows");
    rest.split('"').next().unwrap_or_default().to_owned()
}

async fn send_image(visitor: &mut Visitor<'_>, bytes: &[u8]) -> Answer {
    let mut body =
        b"--cut\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\n"
            .to_vec();
    body.extend(bytes);
    body.extend(b"\r\n--cut--\r\n");
    let request = Request::post(format!("{STEP}/image"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut");
    visitor.send(request, body.into()).await
}

#[tokio::test]
async fn what_was_known_before_reading_is_kept_and_stands_beside_the_recap() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor();
    let page = visitor.get("/en/lessons/7").await.body;
    let prompt = field(&page, "Where did you last wait");
    for _ in 0..2 {
        let kept = visitor
            .post_form(
                "/en/lessons/7/prior",
                &[("id", ID), (&prompt, "At the <till>")],
            )
            .await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    }
    assert_eq!(server.count("notes").await, 1);
    let page = visitor.get("/en/lessons/7").await.body;
    let (_, recap) = page
        .split_once("Queues grow near full load")
        .expect("the recap");
    assert!(recap.contains("At the &lt;till&gt;"), "{recap}");
    assert!(
        !server
            .visitor()
            .get("/en/lessons/7")
            .await
            .body
            .contains("&lt;till&gt;")
    );
    visitor.post_form("/en/lessons/7/prior/delete", &[]).await;
    assert_eq!(server.count("notes").await, 0);
}

#[tokio::test]
async fn a_step_keeps_its_note_its_answers_and_that_it_is_done() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor();
    let page = visitor.get(STEP).await.body;
    let question = field(&page, "When is it longest?");
    let fields = [
        ("id", ID),
        ("note", "It *grows* at noon."),
        (&*question, "At noon"),
        ("done", "1"),
    ];
    for _ in 0..2 {
        let kept = visitor.post_form(STEP, &fields).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    }
    assert_eq!(
        (
            server.count("notes").await,
            server.count("done_steps").await
        ),
        (2, 1)
    );
    let page = visitor.get(STEP).await.body;
    assert!(page.contains("It <em>grows</em> at noon."), "{page}");
    assert!(
        page.contains("\nAt noon</textarea>") && page.contains("checked"),
        "{page}"
    );
    let lesson = visitor.get("/en/lessons/7").await.body;
    assert!(
        lesson.contains("✓ done") && lesson.contains("It <em>grows</em> at noon."),
        "{lesson}"
    );

    // Every text stays until it is deleted.
    let other_id = ID.replace('9', "8");
    let changed = [
        ("id", &*other_id),
        ("note", "It shrinks."),
        (&*question, "At noon"),
    ];
    visitor.post_form(STEP, &changed).await;
    assert_eq!(
        (
            server.count("notes").await,
            server.count("done_steps").await
        ),
        (3, 0)
    );
    visitor.post_form(&format!("{STEP}/delete"), &[]).await;
    assert_eq!(server.count("notes").await, 0);
}

#[tokio::test]
async fn a_picture_is_known_by_its_content_and_seen_by_its_learner_only() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor();
    visitor.get(STEP).await;
    let refused = send_image(&mut visitor, b"<svg onload=alert(1)>").await;
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        refused.body
    );
    assert!(
        refused.body.contains("PNG, JPEG, WebP or GIF"),
        "{}",
        refused.body
    );
    let mut large = PNG.to_vec();
    large.resize(3 * 1024 * 1024, 0);
    let refused = send_image(&mut visitor, &large).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(refused.body.contains("2 MiB"), "{}", refused.body);
    assert_eq!(server.count("note_images").await, 0);

    let kept = send_image(&mut visitor, PNG).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let image = visitor.get(&format!("{STEP}/image")).await;
    assert_eq!(image.header(header::CONTENT_TYPE), "image/png");
    assert!(
        image
            .header(header::CONTENT_SECURITY_POLICY)
            .contains("default-src 'none'")
    );
    let stranger = server.visitor().get(&format!("{STEP}/image")).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn after_a_month_the_plan_shows_what_was_written_down_in_the_lesson() {
    let server = TestServer::start().await;
    server.write("en/7.md", &LESSON.replace("| 1 week |", "| 1 month |"));
    server.import().await;
    let mut visitor = server.visitor();
    visitor.get(STEP).await;
    visitor
        .post_form(STEP, &[("id", ID), ("note", "It grows.")])
        .await;
    for (position, expected) in [(0, false), (1, true)] {
        let item = server.item(ItemKind::Plan, position).await;
        let answer =
            json!({"id": uuid::Uuid::new_v4(), "item": item, "text": "words", "session": true});
        let revealed: Revealed = visitor.post_json("/api/v1/answers", &answer).await.json();
        assert_eq!(
            revealed.earlier_html.contains("It grows."),
            expected,
            "{position}"
        );
    }
}
