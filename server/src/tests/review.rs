//! What is due, and when: the authored plan first, then what is being forgotten, then what is new.

use app::api::{ItemKind, ReviewQueue};
use axum::http::StatusCode;

use super::harness::{TestServer, Visitor};

async fn queue(visitor: &mut Visitor<'_>) -> ReviewQueue {
    visitor.get("/api/v1/review").await.json()
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
    for _ in 0..6 {
        let item = queue(&mut visitor).await.next.expect("a question").item;
        visitor.answers_and_rates(item, 3).await;
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
        visitor.answers_and_rates(item, 1).await;
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
    diligent.answers_and_rates(item, 4).await;
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
