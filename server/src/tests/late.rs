//! Ratings that arrive late, twice, out of order, from the future or for something that is gone: nothing is lost, nothing
//! is scheduled twice, and the learner is told.

use app::api::{ItemId, ItemKind, Scheduled};
use axum::http::StatusCode;
use jiff::SignedDuration;
use proptest::test_runner::{Config, TestRunner};
use proptest::{collection, prelude::*};
use serde_json::json;
use uuid::Uuid;

use super::harness::{TestServer, Visitor};

/// What a client that was offline delivers.
#[derive(Clone, Debug)]
enum Delivery {
    Review {
        answer: usize,
        rating: u8,
        hours_ago: i64,
        session: bool,
        id: u128,
    },
    Undo(u128),
}

fn id(number: u128) -> String {
    Uuid::from_u128(number + (0x8000 << 64)).to_string()
}

async fn deliver(
    server: &TestServer,
    visitor: &mut Visitor<'_>,
    item: ItemId,
    answers: &[String],
    delivery: &Delivery,
) -> StatusCode {
    match delivery {
        Delivery::Review {
            answer,
            rating,
            hours_ago,
            session,
            id: number,
        } => {
            let given_at = server.state.clock.now().as_millisecond() - hours_ago * 3_600_000;
            let review = json!({
                "id": id(*number), "item": item, "answer": answers[answer % answers.len()], "rating": rating,
                "ticks": [], "session": session, "given_at_ms": given_at
            });
            visitor.post_json("/api/v1/reviews", &review).await.status
        }
        Delivery::Undo(number) => {
            let url = format!("/api/v1/reviews/{}/undo", id(*number));
            visitor.post_json(&url, &()).await.status
        }
    }
}

/// Everything that the server remembers of the item, as text.
async fn remembered(server: &TestServer) -> String {
    let row: Option<String> = sqlx::query_scalar(
        "SELECT json_array(stability, difficulty, phase, step, first_reviewed_on, last_reviewed_on, last_rating,
                           review_count, lapses, due_on, due_at_ms) FROM memories",
    )
    .fetch_optional(server.state.db.reader())
    .await
    .expect("it can be read");
    row.unwrap_or_default()
}

fn deliveries() -> impl Strategy<Value = Vec<Delivery>> {
    let review = (0_usize..5, 1_u8..=4, 0_i64..2_000, any::<bool>(), 0_u128..8).prop_map(
        |(answer, rating, hours_ago, session, id)| Delivery::Review {
            answer,
            rating,
            // One id stands for one event.
            hours_ago,
            session,
            id,
        },
    );
    let delivery = prop_oneof![4 => review, 1 => (0_u128..8).prop_map(Delivery::Undo)];
    collection::vec(delivery, 1..10).prop_map(|deliveries| {
        let mut seen = std::collections::HashSet::new();
        let first_of_its_id = |delivery: &Delivery| match delivery {
            Delivery::Review { id, .. } => seen.insert(*id),
            Delivery::Undo(_) => true,
        };
        deliveries.into_iter().filter(first_of_its_id).collect()
    })
}

#[test]
fn events_lead_to_the_same_memory_in_any_order_and_however_often_they_are_sent() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mut runner = TestRunner::new(Config::with_cases(12));
    let orders = deliveries().prop_flat_map(|deliveries| {
        let twice: Vec<Delivery> = deliveries.iter().chain(&deliveries).cloned().collect();
        (Just(deliveries), Just(twice).prop_shuffle())
    });
    let outcome = runner.run(&orders, |(in_order, shuffled)| {
        let memories = runtime.block_on(async {
            let mut memories = Vec::new();
            for order in [&in_order, &shuffled] {
                let server = TestServer::start().await;
                let mut visitor = server.visitor();
                visitor.get("/en/lessons/7").await;
                let item = server.item(ItemKind::Quiz, 0).await;
                let mut answers = Vec::new();
                for number in 0..5 {
                    let answer = json!({"id": id(1_000 + number), "item": item, "text": "words"});
                    visitor.post_json("/api/v1/answers", &answer).await;
                    answers.push(id(1_000 + number));
                }
                for delivery in order {
                    deliver(&server, &mut visitor, item, &answers, delivery).await;
                }
                memories.push(remembered(&server).await);
            }
            memories
        });
        prop_assert_eq!(&memories[0], &memories[1]);
        Ok(())
    });
    outcome.expect("the order does not matter");
}

async fn rate(
    visitor: &mut Visitor<'_>,
    item: ItemId,
    answer: &str,
    given_at_ms: i64,
) -> Scheduled {
    let review = json!({
        "id": Uuid::new_v4(), "item": item, "answer": answer, "rating": 3, "ticks": [], "given_at_ms": given_at_ms
    });
    let request = axum::http::Request::post("/api/v1/reviews")
        .header("content-type", "application/json")
        .header("accept-language", "en");
    let kept = visitor.send(request, review.to_string().into()).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    kept.json()
}

#[tokio::test]
async fn a_rating_from_the_future_counts_from_now() {
    let server = TestServer::start().await;
    let item = server.item(ItemKind::Quiz, 0).await;
    let mut visitor = server.visitor();
    let answer = visitor.answers(item, false).await;
    let tomorrow = server.state.clock.now().as_millisecond() + 86_400_000;
    let scheduled = rate(&mut visitor, item, &answer, tomorrow).await;
    assert_eq!(scheduled.due_on.0, "2026-11-26");
    assert!(scheduled.notice.expect("a word about it").contains("ahead"));
}

#[tokio::test]
async fn a_rating_that_arrives_out_of_order_takes_its_place_in_the_history() {
    let server = TestServer::start().await;
    let item = server.item(ItemKind::Quiz, 0).await;
    let mut visitor = server.visitor();
    let (first, second) = (
        visitor.answers(item, false).await,
        visitor.answers(item, false).await,
    );
    server.days_pass(2);
    let now = server.state.clock.now().as_millisecond();
    assert_eq!(rate(&mut visitor, item, &second, now).await.notice, None);
    let late = rate(&mut visitor, item, &first, now - 2 * 86_400_000).await;
    assert!(late.notice.expect("a word about it").contains("anew"));
    let history = "memories WHERE review_count = 2 AND first_reviewed_on = '2026-11-24' AND last_reviewed_on = '2026-11-26'";
    assert_eq!(server.count(history).await, 1);
}

#[tokio::test]
async fn after_the_servers_clock_was_set_back_a_rating_still_comes_last() {
    let server = TestServer::start().await;
    let item = server.item(ItemKind::Quiz, 0).await;
    let mut visitor = server.visitor();
    visitor.answers_and_rates(item, 1).await;
    server.clock.advance(SignedDuration::from_hours(-50));
    let again: Scheduled = visitor.answers_and_rates(item, 4).await.json();
    assert!(again.notice.is_some(), "{again:?}");
    assert_eq!(
        server
            .count("memories WHERE last_rating = 4 AND review_count = 2")
            .await,
        1
    );
}

#[tokio::test]
async fn an_answer_and_a_rating_of_a_question_that_was_removed_meanwhile_are_kept() {
    let server = TestServer::start().await;
    let item = server.item(ItemKind::Quiz, 1).await;
    let mut visitor = server.visitor();
    visitor.get("/en/lessons/7").await;
    let without = super::harness::LESSON.replace(
        "2. What does an idle moment do for a queue?\n   > It lets the queue shrink.\n",
        "",
    );
    server.write("en/7.md", &without);
    server.import().await;
    let answer = visitor.answers(item, true).await;
    let now = server.state.clock.now().as_millisecond();
    let scheduled = rate(&mut visitor, item, &answer, now).await;
    assert!(
        scheduled
            .notice
            .expect("a word about it")
            .contains("no longer part")
    );
    assert_eq!(
        (server.count("answers").await, server.count("reviews").await),
        (1, 1)
    );
}

#[tokio::test]
async fn a_rating_that_was_taken_back_before_it_arrived_does_not_count() {
    let server = TestServer::start().await;
    let item = server.item(ItemKind::Quiz, 0).await;
    let mut visitor = server.visitor();
    let answer = visitor.answers(item, true).await;
    let undone = deliver(&server, &mut visitor, item, &[], &Delivery::Undo(7)).await;
    assert_eq!(undone, StatusCode::NO_CONTENT);
    let review = Delivery::Review {
        answer: 0,
        rating: 3,
        hours_ago: 0,
        session: true,
        id: 7,
    };
    let refused = deliver(&server, &mut visitor, item, &[answer], &review).await;
    assert_eq!(refused, StatusCode::CONFLICT);
    assert_eq!(server.count("memories").await, 0);
}
