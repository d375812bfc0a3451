//! What is due, and when: the authored plan first, then what is being forgotten, then what is new.

use app::api::{ItemKind, Revealed, ReviewQueue, Scheduled};
use axum::http::StatusCode;

use super::harness::{TestServer, Visitor};

async fn queue(visitor: &mut Visitor<'_>) -> ReviewQueue {
    visitor.get("/api/v1/review").await.json()
}

fn minutes_pass(server: &TestServer, minutes: i64) {
    server
        .clock
        .advance(jiff::SignedDuration::from_mins(minutes));
}

async fn finish(visitor: &mut Visitor<'_>) {
    let answer = visitor.post_form("/en/lessons/7/finish", &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

#[tokio::test]
async fn nothing_is_due_before_a_lesson_is_finished() {
    let server = TestServer::start().await;
    let queue = queue(&mut server.visitor()).await;
    assert_eq!(
        (queue.due_count, queue.next, queue.next_due_on),
        (0, None, None)
    );
}

#[tokio::test]
async fn on_the_day_of_finishing_nothing_is_due_and_on_the_next_day_the_plan_comes_first() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor();
    visitor.get("/en/lessons/7").await;
    finish(&mut visitor).await;
    let today = queue(&mut visitor).await;
    assert_eq!(today.due_count, 0);
    assert_eq!(today.next_due_on.expect("a next day").0, "2026-11-25");

    server.days_pass(1);
    let tomorrow = queue(&mut visitor).await;
    assert_eq!(tomorrow.next.expect("a question").kind, ItemKind::Plan);
    // One plan row, two quiz questions, two concepts and one pitfall.
    assert_eq!(tomorrow.due_count, 6);
}

#[tokio::test]
async fn finishing_again_changes_nothing() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor();
    visitor.get("/en/lessons/7").await;
    finish(&mut visitor).await;
    server.days_pass(1);
    finish(&mut visitor).await;
    assert_eq!(
        server
            .count("finishes WHERE finished_on = '2026-11-24'")
            .await,
        1
    );
    assert_eq!(server.count("finishes").await, 1);
}

#[tokio::test]
async fn the_learners_day_ends_at_four_in_the_morning_in_their_time_zone() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor();
    visitor.get("/en/lessons/7").await;
    finish(&mut visitor).await;
    server
        .clock
        .advance(jiff::SignedDuration::from_mins(17 * 60 + 59));
    assert_eq!(queue(&mut visitor).await.due_count, 0);
    server.clock.advance(jiff::SignedDuration::from_mins(1));
    assert_eq!(queue(&mut visitor).await.due_count, 6);
}

#[tokio::test]
async fn a_rated_item_leaves_the_queue_and_comes_back_on_its_day() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor();
    visitor.get("/en/lessons/7").await;
    finish(&mut visitor).await;
    server.days_pass(1);
    for _ in 0..2 {
        for _ in 0..6 {
            let item = queue(&mut visitor).await.next.expect("a question").item;
            visitor.answers_and_rates(item, 3).await;
        }
        minutes_pass(&server, 10);
    }
    let done = queue(&mut visitor).await;
    assert_eq!((done.due_count, done.reviewed_today), (0, 6));
    assert_eq!(done.next_due_on.expect("a next day").0, "2026-11-27");
    server.days_pass(2);
    assert_eq!(queue(&mut visitor).await.due_count, 6);
}

#[tokio::test]
async fn a_row_of_the_plan_comes_earlier_when_the_lesson_is_being_forgotten_and_never_later() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor();
    let plan = [
        server.item(ItemKind::Plan, 0).await,
        server.item(ItemKind::Plan, 1).await,
    ];
    for position in 0..2 {
        let item = server.item(ItemKind::Quiz, position).await;
        visitor.answers_and_rates_in_lesson(item, 1).await;
    }
    finish(&mut visitor).await;
    // Two answers rated Again: by the next day recall of the lesson is far below the target.
    server.days_pass(1);
    assert_eq!(
        queue(&mut visitor).await.next.expect("a question").item,
        plan[0]
    );
    visitor.answers_and_rates(plan[0], 1).await;
    assert_ne!(
        queue(&mut visitor).await.next.expect("a question").item,
        plan[1],
        "one row a day is enough"
    );
    server.days_pass(1);
    assert_eq!(
        queue(&mut visitor).await.next.expect("a question").item,
        plan[1]
    );
    visitor.answers_and_rates(plan[1], 4).await;

    let mut diligent = server.visitor();
    let item = server.item(ItemKind::Quiz, 0).await;
    diligent.answers_and_rates_in_lesson(item, 4).await;
    finish(&mut diligent).await;
    server.days_pass(7);
    assert!(
        queue(&mut diligent).await.due_count >= 2,
        "both rows of the plan are due after a week at the latest"
    );
}

#[tokio::test]
async fn ten_new_items_a_day_enter_the_review() {
    let server = TestServer::start().await;
    let concepts = (1..=15)
        .map(|number| format!("- Concept {number} – Says {number}.\n"))
        .collect::<String>();
    let lesson =
        super::harness::LESSON.replace("- Arrival rate", &format!("{concepts}- Arrival rate"));
    server.write("en/7.md", &lesson);
    server.import().await;
    let mut visitor = server.visitor();
    visitor.get("/en/lessons/7").await;
    finish(&mut visitor).await;
    server.days_pass(1);
    assert_eq!(
        queue(&mut visitor).await.due_count,
        11,
        "a row of the plan and ten new items"
    );
    for _ in 0..11 {
        let item = queue(&mut visitor).await.next.expect("a question").item;
        visitor.answers_and_rates(item, 4).await;
    }
    let done = queue(&mut visitor).await;
    assert_eq!(done.due_count, 0);
    assert_eq!(done.next_due_on.expect("a next day").0, "2026-11-26");
}

#[tokio::test]
async fn a_forgotten_item_comes_back_in_the_session_when_its_minutes_are_over() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor();
    visitor.get("/en/lessons/7").await;
    finish(&mut visitor).await;
    server.days_pass(1);
    let first = queue(&mut visitor).await.next.expect("a question").item;
    let scheduled: Scheduled = visitor.answers_and_rates(first, 1).await.json();
    assert_eq!(scheduled.minutes, Some(1));
    assert!(
        scheduled.words.contains("след 1\u{a0}минута"),
        "{}",
        scheduled.words
    );
    let meanwhile = queue(&mut visitor).await;
    assert_eq!((meanwhile.due_count, meanwhile.waiting_count), (5, 1));
    assert_ne!(meanwhile.next.expect("another question").item, first);
    minutes_pass(&server, 1);
    let back = queue(&mut visitor).await;
    assert_eq!((back.due_count, back.waiting_count), (6, 0));
    assert_eq!(back.next.expect("a question").item, first);
}

#[tokio::test]
async fn when_all_that_is_left_is_waiting_the_page_says_when_it_goes_on_and_reloads_then() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor();
    visitor.get("/en/lessons/7").await;
    finish(&mut visitor).await;
    server.days_pass(1);
    for _ in 0..6 {
        let item = queue(&mut visitor).await.next.expect("a question").item;
        visitor.answers_and_rates(item, 3).await;
    }
    let page = visitor.get("/en/review").await.body;
    assert!(
        page.contains("6\u{a0}questions come back in this session"),
        "{page}"
    );
    assert!(
        page.contains("10:10"),
        "ten o'clock in Sofia and ten minutes: {page}"
    );
    assert!(
        page.contains(r#"<meta http-equiv="refresh" content="601">"#),
        "{page}"
    );
    assert!(page.contains("What moved today"), "{page}");
}

#[tokio::test]
async fn the_last_rating_can_be_taken_back_and_given_again() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor();
    visitor.get("/en/lessons/7").await;
    finish(&mut visitor).await;
    server.days_pass(1);
    let item = queue(&mut visitor).await.next.expect("a question").item;
    visitor.answers_and_rates(item, 4).await;
    let page = visitor.get("/en/review").await.body;
    let review = page
        .split_once(r#"name="review" value=""#)
        .and_then(|(_, rest)| rest.split('"').next())
        .expect("an undo form")
        .to_owned();
    for _ in 0..2 {
        let undone = visitor
            .post_form("/en/review/undo", &[("review", &review)])
            .await;
        assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
        let back = undone.header(axum::http::header::LOCATION).to_owned();
        assert_eq!(back, format!("/en/review?item={}", item.0));
        let page = visitor.get(&back).await.body;
        assert!(
            page.contains("my own words") && page.contains(r#"class="rating""#),
            "{page}"
        );
    }
    assert_eq!(server.count("memories").await, 0);
    assert_eq!(server.count("reviews").await, 1);
    let again = queue(&mut visitor).await;
    assert_eq!(again.due_count, 6);
    let answer = again.revealed.expect("the answer still waits").answer;
    visitor.rates(item, &answer, 1, true).await;
    assert_eq!(
        server
            .count("memories WHERE last_rating = 1 AND review_count = 1")
            .await,
        1
    );
}

#[tokio::test]
async fn nobody_takes_back_the_rating_of_somebody_else() {
    let server = TestServer::start().await;
    let item = server.item(ItemKind::Quiz, 0).await;
    let mut visitor = server.visitor();
    visitor.answers_and_rates(item, 3).await;
    let review: String = sqlx::query_scalar("SELECT id FROM reviews")
        .fetch_one(server.state.db.reader())
        .await
        .expect("a review");
    let mut stranger = server.visitor();
    stranger.get("/en/lessons/7").await;
    stranger
        .post_form("/en/review/undo", &[("review", &review)])
        .await;
    assert_eq!(server.count("standing_reviews").await, 1);
    assert_eq!(server.count("memories").await, 1);
}

#[tokio::test]
async fn a_daily_limit_holds_for_what_comes_back_and_not_for_the_plan() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor();
    for (kind, count) in [
        (ItemKind::Quiz, 2),
        (ItemKind::Concept, 2),
        (ItemKind::Pitfall, 1),
    ] {
        for position in 0..count {
            let item = server.item(kind, position).await;
            visitor.answers_and_rates_in_lesson(item, 3).await;
        }
    }
    finish(&mut visitor).await;
    let mut write = server.state.db.write().await.expect("a write");
    sqlx::query("UPDATE learners SET reviews_per_day = 2")
        .execute(&mut *write)
        .await
        .expect("an update");
    write.commit().await.expect("a commit");
    server.days_pass(7);
    // Two rows of the plan, and two of the five items.
    let limited = queue(&mut visitor).await;
    assert_eq!(limited.due_count, 4);
    assert_eq!(limited.next_due_on.expect("a next day").0, "2026-12-02");
    for _ in 0..4 {
        let item = queue(&mut visitor).await.next.expect("a question").item;
        visitor.answers_and_rates(item, 4).await;
    }
    assert_eq!(queue(&mut visitor).await.due_count, 0);
    server.days_pass(1);
    assert_eq!(queue(&mut visitor).await.due_count, 2);
}

#[tokio::test]
async fn earlier_answers_stand_beside_todays() {
    let server = TestServer::start().await;
    let item = server.item(ItemKind::Quiz, 0).await;
    let mut visitor = server.visitor();
    visitor.answers_and_rates_in_lesson(item, 3).await;
    server.days_pass(2);
    let new = serde_json::json!({
        "id": uuid::Uuid::new_v4(), "item": item, "text": "better words", "session": true
    });
    let revealed: Revealed = visitor.post_json("/api/v1/answers", &new).await.json();
    assert_eq!(revealed.text, "better words");
    assert!(
        revealed.earlier_html.contains("my own words"),
        "{}",
        revealed.earlier_html
    );
    assert!(
        revealed.earlier_html.contains("24\u{a0}"),
        "{}",
        revealed.earlier_html
    );
    assert!(
        !revealed.earlier_html.contains("better words"),
        "{}",
        revealed.earlier_html
    );
}

#[tokio::test]
async fn an_earlier_answer_is_gone_when_its_learner_deletes_it_and_only_then() {
    let server = TestServer::start().await;
    let item = server.item(ItemKind::Quiz, 0).await;
    let mut visitor = server.visitor();
    let answer = visitor.answers(item, false).await;
    visitor.rates(item, &answer, 3, false).await;
    let url = format!("/en/answers/{answer}/delete");
    let mut stranger = server.visitor();
    stranger.answers_and_rates(item, 3).await;
    stranger.post_form(&url, &[]).await;
    assert_eq!(server.count("answers WHERE text <> ''").await, 2);
    visitor.post_form(&url, &[]).await;
    assert_eq!(server.count("answers WHERE text <> ''").await, 1);
    assert_eq!(
        (
            server.count("reviews").await,
            server.count("memories").await
        ),
        (2, 2)
    );
    server.days_pass(2);
    let again = serde_json::json!({
        "id": uuid::Uuid::new_v4(), "item": item, "text": "new", "session": true
    });
    let revealed: Revealed = visitor.post_json("/api/v1/answers", &again).await.json();
    assert_eq!(revealed.earlier_html, "");
}
