//! Files as they should not be: each is told of, and what learners read stays.

use std::{fs, os::unix::fs::symlink};

use axum::http::{StatusCode, header};

use super::harness::{LESSON, TestServer};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n not much of a picture";

/// Lesson 7 is still read as it was published.
async fn stands(server: &TestServer) {
    let page = server.visitor().get("/en/lessons/7").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("A till"), "{}", page.body);
}

fn codes(server: &TestServer) -> Vec<&'static str> {
    let latest = server.state.importer.latest();
    latest
        .iter()
        .flat_map(|judged| judged.diagnostics().map(|told| told.code))
        .collect()
}

#[tokio::test]
async fn a_file_of_other_bytes_than_a_lesson_has_changes_nothing() {
    let server = TestServer::start().await;
    let path = server.content().join("en/7.md");
    for (bytes, code) in [
        ([LESSON.as_bytes(), b"\xff\xfe"].concat(), "not-utf8"),
        (vec![b'a'; 50 << 20], "file-too-large"),
        (
            LESSON.as_bytes()[..LESSON.len() / 2].to_vec(),
            "section-missing",
        ),
        (
            format!("---\n\ttags: [a]\n---\n{LESSON}").into_bytes(),
            "front-matter-syntax",
        ),
        (Vec::new(), "title-missing"),
    ] {
        fs::write(&path, bytes).expect("a file");
        let summary = server.import().await;
        assert_eq!((summary.published, summary.refused), (0, 1), "{code}");
        assert!(
            codes(&server).contains(&code),
            "{code}: {:?}",
            codes(&server)
        );
        stands(&server).await;
    }
}

#[tokio::test]
async fn line_ends_and_byte_order_marks_are_no_obstacle() {
    let server = TestServer::start().await;
    let changed = LESSON.replace("A till", "A bakery").replace('\n', "\r\n");
    server.write("en/7.md", &format!("\u{feff}{changed}"));
    assert_eq!(server.import().await.published, 1);
    assert!(
        server
            .visitor()
            .get("/en/lessons/7")
            .await
            .body
            .contains("A bakery")
    );
    assert_eq!(codes(&server), ["byte-order-mark", "crlf"]);
}

#[tokio::test]
async fn a_file_that_is_renamed_or_deleted_leaves_its_lesson_standing() {
    let server = TestServer::start().await;
    let path = server.content().join("en/7.md");
    fs::rename(&path, server.content().join("en/renamed.md")).expect("a new name");
    assert_eq!(server.import().await.refused, 0);
    stands(&server).await;
    fs::remove_file(server.content().join("en/renamed.md")).expect("it is gone");
    assert_eq!(server.import().await.files, 0);
    stands(&server).await;
}

#[tokio::test]
async fn of_two_files_with_one_number_the_published_one_stays() {
    let server = TestServer::start().await;
    // Its name comes first, but the other is what learners read.
    server.write("en/1-new.md", &LESSON.replace("A till", "An intruder"));
    let summary = server.import().await;
    assert_eq!((summary.published, summary.refused), (0, 1));
    assert!(codes(&server).contains(&"number-taken"));
    stands(&server).await;
}

#[tokio::test]
async fn a_link_out_of_the_folder_is_not_followed() {
    let server = TestServer::start().await;
    let outside = tempfile::tempdir().expect("a folder");
    let secret = outside.path().join("secret.md");
    fs::write(&secret, LESSON.replace("# 7", "# 8")).expect("a file");
    symlink(&secret, server.content().join("en/8.md")).expect("a link");
    assert_eq!(server.import().await.published, 0);
    assert_eq!(
        server.visitor().get("/en/lessons/8").await.status,
        StatusCode::NOT_FOUND
    );
    stands(&server).await;
}

#[tokio::test]
async fn a_picture_is_served_as_published_also_when_its_file_is_replaced_by_something_else() {
    let server = TestServer::start().await;
    fs::write(server.content().join("en/queue.png"), PNG).expect("a picture");
    server.write(
        "en/7.md",
        &LESSON.replace("A queue forms", "![A queue](queue.png) A queue forms"),
    );
    assert_eq!(server.import().await.published, 1);
    let page = server.visitor().get("/en/lessons/7").await;
    let (_, rest) = page
        .body
        .split_once("src=\"/images/")
        .expect("the picture has an address");
    let name = rest.split('"').next().expect("an end");
    let picture = server.visitor().get(&format!("/images/{name}")).await;
    assert_eq!(
        (picture.status, picture.header(header::CONTENT_TYPE)),
        (StatusCode::OK, "image/png")
    );

    fs::write(server.content().join("en/queue.png"), "<html>").expect("a file");
    server.import().await;
    assert!(codes(&server).contains(&"image-unusable"));
    let picture = server.visitor().get(&format!("/images/{name}")).await;
    assert_eq!(picture.status, StatusCode::OK);
    assert_eq!(
        server.visitor().get("/images/none.png").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_drawing_that_is_opened_by_itself_runs_nothing() {
    let server = TestServer::start().await;
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    fs::write(server.content().join("en/a.svg"), drawing).expect("a drawing");
    server.write(
        "en/7.md",
        &LESSON.replace("A queue forms", "![A queue](a.svg) A queue forms"),
    );
    server.import().await;
    let page = server.visitor().get("/en/lessons/7").await;
    let (_, rest) = page
        .body
        .split_once("src=\"/images/")
        .expect("the drawing has an address");
    let name = rest.split('"').next().expect("an end");
    let drawing = server.visitor().get(&format!("/images/{name}")).await;
    let policy = drawing.header(header::CONTENT_SECURITY_POLICY);
    assert!(
        policy.contains("default-src 'none'") && policy.contains("sandbox"),
        "{policy}"
    );
}

#[tokio::test]
async fn a_skeleton_is_not_published_before_it_is_filled_in() {
    let server = TestServer::start().await;
    let skeleton = content::skeleton(8, content::lesson::Language::English, None);
    server.write("en/8.md", &skeleton);
    assert_eq!(server.import().await.published, 0);
    server.write("en/8.md", &skeleton.replace(['‹', '›'], ""));
    assert_eq!(server.import().await.published, 1);
}

#[tokio::test]
async fn a_file_that_did_not_change_is_not_read_again() {
    let server = TestServer::start().await;
    let before = server.state.importer.latest();
    server.import().await;
    let after = server.state.importer.latest();
    assert!(std::sync::Arc::ptr_eq(&before[0].file, &after[0].file));
}
