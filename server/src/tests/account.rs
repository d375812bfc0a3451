//! What a learner may choose, the archive of everything about them, and its deletion.

use app::api::{ItemKind, ReviewQueue};
use axum::http::{StatusCode, header};
use jiff::Timestamp;
use serde_json::Value;

use super::harness::{Answer, TestServer, Visitor};

/// The settings form, with the values of somebody who changed nothing but `changed`.
async fn choose(visitor: &mut Visitor<'_>, changed: &[(&str, &str)]) -> Answer {
    let mut fields = vec![
        ("time_zone", "Europe/Sofia"),
        ("day_starts_at_hour", "4"),
        ("desired_retention", "90"),
        ("reviews_per_day", "100"),
        ("new_items_per_day", "10"),
    ];
    for (name, value) in changed {
        let field = fields.iter_mut().find(|(field, _)| field == name);
        field.expect("a field of the form").1 = value;
    }
    visitor.post_form("/en/account", &fields).await
}

fn set_clock(server: &TestServer, moment: &str) {
    let moment: Timestamp = moment.parse().expect("a moment");
    let by = moment.duration_since(server.state.clock.now());
    server.clock.advance(by);
}

#[tokio::test]
async fn the_page_shows_what_was_chosen() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor();
    visitor.get("/en/account").await;
    let saved = choose(
        &mut visitor,
        &[
            ("time_zone", "America/New_York"),
            ("desired_retention", "85"),
        ],
    )
    .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let page = visitor.get("/en/account").await.body;
    assert!(page.contains(r#"value="America/New_York""#), "{page}");
    assert!(page.contains(r#"value="85""#), "{page}");
    // Ten o'clock in Sofia.
    assert!(page.contains("The clock there shows 03:00."), "{page}");
}

#[tokio::test]
async fn what_cannot_be_chosen_is_said_and_what_was_typed_stays() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor();
    for (field, value, sentence) in [
        ("time_zone", "Europe/Plovdiv", "There is no such time zone"),
        ("time_zone", "", "There is no such time zone"),
        ("day_starts_at_hour", "24", "from 0 to 23"),
        ("desired_retention", "79", "from 80 to 95"),
        ("desired_retention", "ninety", "from 80 to 95"),
        ("reviews_per_day", "-1", "from 0 to 9999"),
        ("new_items_per_day", "1e9", "from 0 to 9999"),
    ] {
        let refused = choose(&mut visitor, &[(field, value)]).await;
        assert_eq!(
            refused.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{field} {value}"
        );
        assert!(
            refused.body.contains(sentence),
            "{field} {value}: {}",
            refused.body
        );
        assert!(
            refused.body.contains(&format!(r#"value="{value}""#)),
            "{field} {value}"
        );
    }
    assert_eq!(server.count("learners").await, 0);
}

#[tokio::test]
async fn a_higher_retention_brings_what_was_rated_back_earlier() {
    let server = TestServer::start().await;
    let item = server.item(ItemKind::Plan, 0).await;
    let mut visitor = server.visitor();
    visitor.answers_and_rates(item, 4).await;
    assert_eq!(
        server.count("memories WHERE due_on = '2026-12-02'").await,
        1
    );
    choose(&mut visitor, &[("desired_retention", "95")]).await;
    assert_eq!(
        server.count("memories WHERE due_on = '2026-11-27'").await,
        1
    );
    choose(&mut visitor, &[]).await;
    assert_eq!(
        server.count("memories WHERE due_on = '2026-12-02'").await,
        1
    );
}

#[tokio::test]
async fn a_day_ends_at_the_chosen_hour_also_when_clocks_are_changed() {
    let server = TestServer::start().await;
    set_clock(&server, "2027-03-26T10:00:00Z");
    let mut visitor = server.visitor();
    visitor.get("/en/lessons/7").await;
    choose(
        &mut visitor,
        &[("time_zone", "Europe/Berlin"), ("day_starts_at_hour", "2")],
    )
    .await;
    set_clock(&server, "2027-03-27T10:00:00Z");
    visitor.post_form("/en/lessons/7/finish", &[]).await;
    // On 28 March at two in the morning clocks in Berlin go on to three: there is no two o'clock, and the day begins then.
    set_clock(&server, "2027-03-28T00:59:59Z");
    assert_eq!(due(&mut visitor).await, 0);
    set_clock(&server, "2027-03-28T01:00:00Z");
    assert_eq!(due(&mut visitor).await, 6);
}

#[tokio::test]
async fn in_the_night_with_one_hour_twice_the_day_does_not_begin_twice() {
    let server = TestServer::start().await;
    set_clock(&server, "2027-10-30T10:00:00Z");
    let mut visitor = server.visitor();
    visitor.get("/en/lessons/7").await;
    choose(
        &mut visitor,
        &[("time_zone", "Europe/Berlin"), ("day_starts_at_hour", "3")],
    )
    .await;
    visitor.post_form("/en/lessons/7/finish", &[]).await;
    // Two o'clock comes twice on 31 October; three, when the day begins, once.
    for (moment, expected) in [
        ("2027-10-31T00:30:00Z", 0),
        ("2027-10-31T01:30:00Z", 0),
        ("2027-10-31T02:00:00Z", 6),
    ] {
        set_clock(&server, moment);
        assert_eq!(due(&mut visitor).await, expected, "{moment}");
    }
}

async fn due(visitor: &mut Visitor<'_>) -> u32 {
    let queue: ReviewQueue = visitor.get("/api/v1/review").await.json();
    queue.due_count
}

#[tokio::test]
async fn the_archive_holds_everything_of_the_learner_and_nothing_of_others() {
    let server = TestServer::start().await;
    let item = server.item(ItemKind::Quiz, 0).await;
    let mut other = server.visitor();
    let answer = serde_json::json!({"id": uuid::Uuid::new_v4(), "item": item, "text": "not mine"});
    other.post_json("/api/v1/answers", &answer).await;

    let mut visitor = server.visitor();
    visitor.answers_and_rates(item, 3).await;
    visitor.post_form("/en/lessons/7/finish", &[]).await;
    let archive = visitor.get("/en/account/export").await;
    assert_eq!(archive.status, StatusCode::OK);
    assert!(
        archive
            .header(header::CONTENT_DISPOSITION)
            .contains("attachment")
    );
    let json: Value = archive.json();
    assert_eq!(json["format"], "latency-lab-learner");
    assert_eq!(json["learner"]["time_zone"], "Europe/Sofia");
    assert_eq!(json["learner"].get("token"), None);
    assert_eq!(json["items"][0]["text"], "What makes a queue grow?");
    assert_eq!(json["tables"]["answers"][0]["text"], "my own words");
    for table in ["answers", "reviews", "memories", "finishes"] {
        assert_eq!(
            json["tables"][table].as_array().map(Vec::len),
            Some(1),
            "{table}"
        );
    }
    assert!(!archive.body.contains("not mine"));
}

#[tokio::test]
async fn deletion_leaves_nothing_of_the_learner_and_everything_of_others() {
    let server = TestServer::start().await;
    let item = server.item(ItemKind::Quiz, 0).await;
    let mut other = server.visitor();
    other.answers_and_rates(item, 3).await;
    let mut visitor = server.visitor();
    visitor.answers_and_rates(item, 3).await;
    visitor.post_form("/en/lessons/7/finish", &[]).await;

    let unconfirmed = visitor.post_form("/en/account/delete", &[]).await;
    assert_eq!(unconfirmed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(server.count("learners").await, 2);

    let deleted = visitor
        .post_form("/en/account/delete", &[("understood", "1")])
        .await;
    assert_eq!(deleted.status, StatusCode::SEE_OTHER, "{}", deleted.body);
    for (table, left) in [
        ("learners", 1),
        ("answers", 1),
        ("reviews", 1),
        ("memories", 1),
        ("finishes", 0),
    ] {
        assert_eq!(server.count(table).await, left, "{table}");
    }
    assert_eq!(
        visitor.get("/en/account/export").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(other.get("/en/account/export").await.status, StatusCode::OK);
}
