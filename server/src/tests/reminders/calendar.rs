//! The calendar feed, read by a parser of somebody else's.

use app::api::ItemKind;
use axum::http::{StatusCode, header};
use ical::{IcalParser, parser::ical::component::IcalEvent};

use crate::tests::harness::{TestServer, Visitor};

async fn turns_on(visitor: &mut Visitor<'_>) -> String {
    visitor
        .post_form("/en/account/reminders/calendar", &[])
        .await;
    let page = visitor.get("/en/account/reminders").await.body;
    let (_, rest) = page.split_once("/calendar/").expect("an address");
    let name = rest.split('"').next().expect("an attribute ends");
    format!("/calendar/{name}")
}

async fn events(visitor: &mut Visitor<'_>, path: &str) -> Vec<IcalEvent> {
    let feed = visitor.get(path).await;
    assert_eq!(feed.status, StatusCode::OK, "{}", feed.body);
    assert_eq!(
        feed.header(header::CONTENT_TYPE),
        "text/calendar; charset=utf-8"
    );
    for line in feed.body.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains('\n'), "{line}");
    }
    let mut calendars = IcalParser::new(feed.body.as_bytes());
    let calendar = calendars
        .next()
        .expect("a calendar")
        .expect("a valid calendar");
    assert!(calendars.next().is_none());
    calendar.events
}

fn value(event: &IcalEvent, name: &str) -> String {
    event
        .properties
        .iter()
        .find(|property| property.name == name)
        .and_then(|property| property.value.clone())
        .unwrap_or_default()
}

fn days(events: &[IcalEvent]) -> Vec<(String, String)> {
    events
        .iter()
        .map(|event| (value(event, "DTSTART"), value(event, "SUMMARY")))
        .collect()
}

#[tokio::test]
async fn a_calendar_shows_the_plan_and_the_days_of_reviews_and_events_move_in_place() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor();
    visitor.get("/en/lessons/7").await;
    visitor.post_form("/en/lessons/7/finish", &[]).await;
    let path = turns_on(&mut visitor).await;
    let before = events(&mut visitor, &path).await;
    assert_eq!(
        days(&before),
        [
            (
                "20261125".to_owned(),
                "Planned review: 7 · Queues".to_owned()
            ),
            (
                "20261201".to_owned(),
                "Planned review: 7 · Queues".to_owned()
            ),
        ]
    );

    // A day late: the event waits today, under the same identifier.
    server.days_pass(2);
    let late = events(&mut visitor, &path).await;
    assert_eq!(value(&late[0], "UID"), value(&before[0], "UID"));
    assert_eq!(value(&late[0], "DTSTART"), "20261126");

    let plan = server.item(ItemKind::Plan, 0).await;
    // Easy: it leaves the session at once, for eight days.
    visitor.answers_and_rates(plan, 4).await;
    let after = events(&mut visitor, &path).await;
    let uids: Vec<String> = after.iter().map(|event| value(event, "UID")).collect();
    assert!(
        !uids.contains(&value(&before[0], "UID")),
        "what was reviewed is gone"
    );
    assert!(uids.contains(&value(&before[1], "UID")));
    assert_eq!(
        days(&after)[1],
        ("20261204".to_owned(), "Review: one question".to_owned())
    );
    let sequence = |event| value(event, "SEQUENCE").parse::<i64>().expect("a number");
    assert!(sequence(&after[0]) > sequence(&before[1]));
}

#[tokio::test]
async fn the_feeds_address_is_a_secret_that_can_be_revoked() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor();
    visitor.get("/en/account/reminders").await;
    let first = turns_on(&mut visitor).await;
    // Calendars have no cookie.
    assert_eq!(server.visitor().get(&first).await.status, StatusCode::OK);
    let second = turns_on(&mut visitor).await;
    assert_ne!(first, second);
    assert_eq!(
        server.visitor().get(&first).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(server.visitor().get(&second).await.status, StatusCode::OK);
    visitor
        .post_form("/en/account/reminders/calendar/end", &[])
        .await;
    assert_eq!(
        server.visitor().get(&second).await.status,
        StatusCode::NOT_FOUND
    );
    for forged in ["/calendar/AAAA.ics", "/calendar/.ics", "/calendar/x"] {
        assert_eq!(
            server.visitor().get(forged).await.status,
            StatusCode::NOT_FOUND
        );
    }
}
