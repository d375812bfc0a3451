//! What every request meets: protection, refusals, failures.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};

use super::harness::TestServer;

#[tokio::test]
async fn every_page_has_a_policy_with_a_nonce_of_its_own_and_nothing_inline() {
    let server = TestServer::start().await;
    let mut nonces = Vec::new();
    for path in ["/bg/", "/en/lessons/7", "/bg/review", "/bg/nowhere"] {
        let page = server.visitor().get(path).await;
        let policy = page.header(header::CONTENT_SECURITY_POLICY);
        assert!(
            policy.contains("'wasm-unsafe-eval'") && !policy.contains("unsafe-inline"),
            "{path}: {policy}"
        );
        assert!(
            !page.body.contains(" style=") && !page.body.contains("<style"),
            "{path}"
        );
        assert_eq!(page.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        nonces.push(policy.to_owned());
    }
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), 4);
}

#[tokio::test]
async fn every_write_from_another_site_is_refused() {
    let server = TestServer::start().await;
    for (method, path) in [
        (Method::POST, "/en/lessons/7/answers"),
        (Method::POST, "/en/lessons/7/reviews"),
        (Method::POST, "/en/lessons/7/finish"),
        (Method::POST, "/en/review/answers"),
        (Method::POST, "/en/review/reviews"),
        (Method::POST, "/en/exercises/memoize/submissions"),
        (Method::POST, "/en/lessons/7/programs/none"),
        (Method::POST, "/en/teach/lessons"),
        (Method::POST, "/en/teach/lessons/7"),
        (Method::POST, "/en/teach/lessons/7/versions/1"),
        (Method::POST, "/api/v1/teach/lessons/en/7/preview"),
        (Method::PUT, "/api/v1/teach/lessons/en/7/images"),
        (Method::POST, "/api/v1/answers"),
        (Method::POST, "/api/v1/reviews"),
        (Method::PUT, "/api/v1/exercises/memoize/draft"),
        (Method::POST, "/api/v1/exercises/memoize/runs"),
        (Method::POST, "/api/v1/submissions"),
        (Method::POST, "/api/v1/submissions/1/rerun"),
        (Method::POST, "/en/exercises/memoize/submissions/1/rerun"),
        (Method::POST, "/en/account/sign-in"),
        (Method::POST, "/en/account/register"),
        (Method::POST, "/en/account/password"),
        (Method::POST, "/en/account/people"),
        (Method::POST, "/en/account/security/revoke"),
        (Method::POST, "/en/account/security/sign-out"),
        (Method::POST, "/en/account/reminders/address"),
        (Method::POST, "/en/account/reminders/address/remove"),
        (Method::POST, "/en/account/reminders/choices"),
        (Method::POST, "/en/account/reminders/calendar"),
        (Method::POST, "/en/account/reminders/calendar/end"),
        (Method::POST, "/en/account/reminders/push/end"),
        (Method::POST, "/api/v1/push/subscriptions"),
        (Method::POST, "/en/confirm/AAAA"),
        (Method::POST, "/en/enter/AAAA"),
        (Method::POST, "/en/register/AAAA"),
        (Method::POST, "/en/reset/AAAA"),
        (Method::POST, "/en/invite/AAAA"),
    ] {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost:3000")
            .header(header::ORIGIN, "https://elsewhere.example");
        let refused = server.visitor().send(request, Body::empty()).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn malformed_bodies_get_a_sentence() {
    let server = TestServer::start().await;
    let json = |body: &'static str| {
        let request = Request::post("/api/v1/answers")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT_LANGUAGE, "en");
        (request, Body::from(body))
    };
    for body in ["", "{", "[]", r#"{"id": 1}"#, "\u{0}"] {
        let (request, body) = json(body);
        let refused = server.visitor().send(request, body).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(refused.body.contains("not of the form"), "{}", refused.body);
    }
    let form = server
        .visitor()
        .post_form("/en/lessons/7/answers", &[("text", "a")])
        .await;
    assert_eq!(form.status, StatusCode::BAD_REQUEST);
    assert!(form.body.contains("not of the form"));
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let server = TestServer::start().await;
    let request = Request::post("/api/v1/answers").header(header::CONTENT_TYPE, "application/json");
    let refused = server
        .visitor()
        .send(request, Body::from("x".repeat(600 * 1024)))
        .await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_failure_of_ours_shows_the_number_of_the_request_and_nothing_else() {
    let server = TestServer::start().await;
    let mut transaction = server.state.db.write().await.expect("a write");
    sqlx::query("UPDATE lesson_versions SET parsed = 'SecretInternals'")
        .execute(&mut *transaction)
        .await
        .expect("a broken lesson");
    transaction.commit().await.expect("a commit");
    let server = server.restart().await;
    let page = server.visitor().get("/en/lessons/7").await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
    let id = page
        .headers
        .get("x-request-id")
        .and_then(|id| id.to_str().ok())
        .expect("a request id");
    assert!(page.body.contains(id));
    assert!(!page.body.contains("SecretInternals") && !page.body.contains("expected value"));
}

#[tokio::test]
async fn a_machine_that_watches_this_one_reads_health_and_metrics() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor();
    assert_eq!(visitor.get("/healthz").await.body, "ok\n");
    assert!(visitor.get("/metrics").await.body.contains("http_request"));
}

#[tokio::test]
async fn a_method_that_a_page_does_not_have_is_refused_with_those_that_it_has() {
    let server = TestServer::start().await;
    let refused = server.visitor().post_form("/en/", &[]).await;
    assert_eq!(refused.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(refused.header(header::ALLOW), "GET,HEAD");
}
