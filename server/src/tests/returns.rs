//! Exercises that come back after they were passed.

use jiff::civil::{Date, date};

use super::harness::TestServer;
use crate::retention::returns::next_return;

#[test]
fn returns_come_after_a_week_a_month_and_a_quarter_of_a_year() {
    let passes = |days: &[Date]| next_return(days).map(|(_, due_on)| due_on);
    let (first, second, third, fourth) = (
        date(2026, 11, 24),
        date(2026, 12, 1),
        date(2026, 12, 31),
        date(2027, 3, 31),
    );
    assert_eq!(passes(&[]), None);
    assert_eq!(passes(&[first]), Some(second));
    assert_eq!(passes(&[first, second]), Some(third));
    assert_eq!(passes(&[first, second, third]), Some(fourth));
    assert_eq!(
        passes(&[first, second, third, fourth]),
        Some(date(2027, 6, 29))
    );
}

#[test]
fn passing_again_before_the_return_changes_nothing() {
    let passes = [date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 30)];
    assert_eq!(
        next_return(&passes),
        Some((date(2026, 11, 24), date(2026, 12, 1)))
    );
}

#[tokio::test]
async fn a_week_after_a_pass_the_review_leads_to_the_exercise_with_its_slow_starter() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor();
    visitor.get("/en/exercises/memoize").await;
    let request = axum::http::Request::put("/api/v1/exercises/memoize/draft")
        .header("content-type", "application/json");
    let draft = serde_json::json!({"language": "rust", "source": "// my fast draft"}).to_string();
    visitor.send(request, draft.into()).await;
    let mut write = server.state.db.write().await.expect("a write");
    sqlx::query(
        "INSERT INTO submissions (id, learner_id, exercise, language, source, submitted_at_ms, state, verdict, passed, speedup)
         SELECT 'a', id, 'memoize', 'rust', '', ?, 'done', 'faster', 1, 2.5 FROM learners",
    )
    .bind(server.state.clock.now().as_millisecond())
    .execute(&mut *write)
    .await
    .expect("a submission");
    write.commit().await.expect("a commit");

    server.days_pass(6);
    let early = visitor.get("/en/review").await.body;
    assert!(!early.contains("/en/exercises/memoize?again=1"), "{early}");
    server.days_pass(1);
    let review = visitor.get("/en/review").await.body;
    assert!(review.contains("/en/exercises/memoize?again=1"), "{review}");
    assert!(review.contains("2.50×"), "{review}");
    let again = visitor.get("/en/exercises/memoize?again=1").await.body;
    assert!(!again.contains("my fast draft"), "{again}");
    let usual = visitor.get("/en/exercises/memoize").await.body;
    assert!(usual.contains("my fast draft"), "{usual}");
}
