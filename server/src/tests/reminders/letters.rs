//! Letters, through a real mail server.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use jiff::SignedDuration;

use super::smtp::{SmtpServer, Taken};
use crate::{
    mail::{MailServer, server::Protection},
    reminders::pass::{self, Entry, Options},
    tests::harness::{Outside, TestServer, Visitor},
};

async fn reaching(smtp: &SmtpServer) -> TestServer {
    TestServer::reaching(Outside {
        mail: Some(smtp.config()),
        ..Outside::default()
    })
    .await
}

const PAGE: &str = "/en/account/reminders";

async fn leaves(visitor: &mut Visitor<'_>, address: &str) -> StatusCode {
    visitor.get(PAGE).await;
    let form = [("address", address)];
    visitor
        .post_form("/en/account/reminders/address", &form)
        .await
        .status
}

/// Leaves an address and confirms it, and finishes the lesson, so that a row of its plan is due tomorrow.
async fn is_reminded(server: &TestServer, smtp: &SmtpServer, address: &str) {
    let mut visitor = server.visitor();
    assert_eq!(leaves(&mut visitor, address).await, StatusCode::SEE_OTHER);
    let letter = smtp.letters().pop().expect("a letter");
    let path = letter.path("/confirm/");
    assert_eq!(visitor.get(&path).await.status, StatusCode::OK);
    let confirmed = visitor.post_form(&path, &[]).await;
    assert_eq!(
        confirmed.status,
        StatusCode::SEE_OTHER,
        "{}",
        confirmed.body
    );
    visitor.post_form("/en/lessons/7/finish", &[]).await;
}

/// An address that refuses letters could not have confirmed itself: it is set afterwards.
async fn address_becomes(server: &TestServer, address: &str) {
    let mut transaction = server.state.db.write().await.expect("a write");
    sqlx::query("UPDATE reminder_settings SET address = ?")
        .bind(address)
        .execute(&mut *transaction)
        .await
        .expect("an update");
    transaction.commit().await.expect("a commit");
}

async fn pass(server: &TestServer, dry_run: bool) -> Vec<Entry> {
    let options = Options {
        at: server.state.clock.now(),
        dry_run,
        everyone: true,
    };
    let mut entries = Vec::new();
    pass::make(&server.state, options, |entry| entries.push(entry))
        .await
        .expect("a pass");
    entries
}

fn said(entries: &[Entry]) -> Vec<(bool, &str)> {
    entries
        .iter()
        .map(|entry| (entry.send, entry.reason))
        .collect()
}

fn reminders(smtp: &SmtpServer) -> Vec<Taken> {
    smtp.letters()
        .into_iter()
        .filter(|letter| letter.headers.contains_key("list-unsubscribe"))
        .collect()
}

#[tokio::test]
async fn an_address_is_confirmed_by_a_link_and_stays_confirmed_however_often_it_is_followed() {
    for protection in [Protection::Tls, Protection::Starttls] {
        let smtp = SmtpServer::start(protection);
        let server = reaching(&smtp).await;
        let mut visitor = server.visitor();
        assert_eq!(
            leaves(&mut visitor, "ada@home.example").await,
            StatusCode::SEE_OTHER
        );
        // A second press of the button is the same request.
        leaves(&mut visitor, "ada@home.example").await;
        let letters = smtp.letters();
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].to, ["ada@home.example"]);
        assert_eq!(
            letters[0].headers["subject"],
            "Confirm your address for reminders"
        );
        assert!(letters[0].html.contains("/en/confirm/"));
        assert!(
            visitor
                .get(PAGE)
                .await
                .body
                .contains("waits for you to confirm")
        );

        let path = letters[0].path("/confirm/");
        let asked = visitor.get(&path).await;
        assert!(
            asked.body.contains("<form method=\"post\""),
            "{}",
            asked.body
        );
        assert!(
            visitor
                .get(PAGE)
                .await
                .body
                .contains("waits for you to confirm")
        );
        for _ in 0..2 {
            // The letter may be opened on another device.
            let confirmed = server.visitor().post_form(&path, &[]).await;
            assert_eq!(
                confirmed.status,
                StatusCode::SEE_OTHER,
                "{}",
                confirmed.body
            );
        }
        assert!(visitor.get(PAGE).await.body.contains("confirmed."));
    }
}

#[tokio::test]
async fn what_is_no_address_gets_a_sentence_and_no_letter() {
    let smtp = SmtpServer::start(Protection::Tls);
    let server = reaching(&smtp).await;
    let mut visitor = server.visitor();
    visitor.get(PAGE).await;
    for (address, sentence) in [
        ("ada%40home.example%0ABcc:eve@evil.example", "line break"),
        ("ada@home.example%0D%0A", "line break"),
        ("", "not an e-mail address"),
        ("ada", "not an e-mail address"),
        ("ada@", "not an e-mail address"),
        ("a@b@c", "not an e-mail address"),
    ] {
        let refused = visitor
            .post_form("/en/account/reminders/address", &[("address", address)])
            .await;
        assert_eq!(
            refused.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{address}"
        );
        assert!(
            refused.body.contains(sentence),
            "{address}: {}",
            refused.body
        );
    }
    assert!(smtp.letters().is_empty());
    assert_eq!(server.count("reminder_settings").await, 0);
}

#[tokio::test]
async fn a_forged_or_expired_or_outdated_link_gets_a_sentence_and_changes_nothing() {
    let smtp = SmtpServer::start(Protection::Tls);
    let server = reaching(&smtp).await;
    let mut visitor = server.visitor();
    leaves(&mut visitor, "ada@home.example").await;
    let path = smtp.letters()[0].path("/confirm/");

    let forged = visitor.post_form("/en/confirm/AAAA", &[]).await;
    assert_eq!(forged.status, StatusCode::NOT_FOUND);
    assert!(
        forged.body.contains("We did not make this link"),
        "{}",
        forged.body
    );

    leaves(&mut visitor, "ada@work.example").await;
    let outdated = visitor.post_form(&path, &[]).await;
    assert!(
        outdated.body.contains("no longer left for reminders"),
        "{}",
        outdated.body
    );

    let path = smtp.letters()[1].path("/confirm/");
    server.days_pass(4);
    let expired = visitor.post_form(&path, &[]).await;
    assert_eq!(expired.status, StatusCode::GONE);
    assert!(
        expired.body.contains("time has run out"),
        "{}",
        expired.body
    );
    assert!(
        visitor
            .get(PAGE)
            .await
            .body
            .contains("waits for you to confirm")
    );
}

#[tokio::test]
async fn nobody_can_have_a_stranger_flooded_with_letters() {
    let smtp = SmtpServer::start(Protection::Tls);
    let server = reaching(&smtp).await;
    let mut statuses = Vec::new();
    for _ in 0..8 {
        statuses.push(leaves(&mut server.visitor(), "stranger@home.example").await);
    }
    assert_eq!(smtp.letters().len(), 5);
    assert_eq!(statuses[5], StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn without_a_mail_server_the_page_says_so_and_all_else_works() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor();
    let page = visitor.get(PAGE).await;
    assert!(page.body.contains("sends no e-mail") && !page.body.contains("name=\"address\""));
    let refused = leaves(&mut visitor, "ada@home.example").await;
    assert_eq!(refused, StatusCode::SERVICE_UNAVAILABLE);
    let saved = [("quiet_from", "22"), ("quiet_until", "7")];
    let saved = visitor
        .post_form("/en/account/reminders/choices", &saved)
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn on_the_day_of_the_plan_one_letter_comes_and_only_one() {
    let smtp = SmtpServer::start(Protection::Tls);
    let server = reaching(&smtp).await;
    is_reminded(&server, &smtp, "ada@home.example").await;
    assert_eq!(said(&pass(&server, false).await), [(false, "nothing_due")]);

    server.days_pass(1);
    assert_eq!(said(&pass(&server, true).await), [(true, "plan_row")]);
    assert!(reminders(&smtp).is_empty(), "a dry run sends nothing");
    let sent = pass(&server, false).await;
    assert_eq!(said(&sent), [(true, "plan_row")]);
    let json = serde_json::to_value(&sent).expect("JSON");
    assert_eq!(json[0]["learner"], 1);
    assert_eq!(json[0]["channel"], "email");
    assert_eq!(json[0]["at"], "2026-11-25T08:00:00Z");
    assert_eq!(json[0]["items"].as_array().map(Vec::len), Some(6));

    assert_eq!(
        said(&pass(&server, false).await),
        [(false, "already_today")]
    );
    let letters = reminders(&smtp);
    assert_eq!(letters.len(), 1);
    let letter = &letters[0];
    assert_eq!(letter.headers["subject"], "6 questions are due for review");
    assert!(
        letter.text.contains("- Explain how a queue forms."),
        "{}",
        letter.text
    );
    assert!(letter.html.contains("<li>Explain how a queue forms.</li>"));
    assert!(
        letter.text.contains("What is Arrival rate?"),
        "{}",
        letter.text
    );
    assert!(!letter.text.contains("TheModelAnswer") && !letter.html.contains("TheModelAnswer"));
}

#[tokio::test]
async fn nothing_is_sent_in_quiet_hours() {
    let smtp = SmtpServer::start(Protection::Tls);
    let server = reaching(&smtp).await;
    is_reminded(&server, &smtp, "ada@home.example").await;
    // 06:00 in Sofia on the next day.
    server.clock.advance(SignedDuration::from_hours(20));
    let held = pass(&server, false).await;
    assert_eq!(said(&held), [(false, "quiet_hours")]);
    assert_eq!(held[0].at.to_string(), "2026-11-25T06:00:00Z");
    server.clock.advance(SignedDuration::from_hours(2));
    assert_eq!(said(&pass(&server, false).await), [(true, "plan_row")]);
}

#[tokio::test]
async fn the_link_in_a_reminder_signs_another_device_in_once() {
    let smtp = SmtpServer::start(Protection::Tls);
    let server = reaching(&smtp).await;
    is_reminded(&server, &smtp, "ada@home.example").await;
    server.days_pass(1);
    pass(&server, false).await;
    let path = reminders(&smtp)[0].path("/enter/");

    let mut phone = server.visitor();
    let asked = phone.get(&path).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.body);
    let entered = phone.post_form(&path, &[]).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER);
    assert_eq!(entered.header(header::LOCATION), "/en/review");
    assert!(phone.get("/en/review").await.body.contains("6"));
    let review: app::api::ReviewQueue = phone.get("/api/v1/review").await.json();
    assert_eq!(review.due_count, 6);
    // The same device goes on without the link's help.
    assert_eq!(phone.get(&path).await.status, StatusCode::SEE_OTHER);

    let mut stranger = server.visitor();
    let again = stranger.post_form(&path, &[]).await;
    assert_eq!(again.status, StatusCode::GONE);
    assert!(again.body.contains("works only once"), "{}", again.body);
    server.days_pass(8);
    let expired = stranger.get(&path).await;
    assert!(
        expired.body.contains("time has run out"),
        "{}",
        expired.body
    );
}

#[tokio::test]
async fn one_click_in_a_mail_program_ends_letters() {
    let smtp = SmtpServer::start(Protection::Tls);
    let server = reaching(&smtp).await;
    is_reminded(&server, &smtp, "ada@home.example").await;
    server.days_pass(1);
    pass(&server, false).await;
    let letter = reminders(&smtp).remove(0);
    assert_eq!(
        letter.headers["list-unsubscribe-post"],
        "List-Unsubscribe=One-Click"
    );
    let url = letter.headers["list-unsubscribe"]
        .trim_matches(['<', '>'])
        .to_owned();
    let path = url.trim_start_matches("https://lab.example");
    assert!(path.starts_with("/en/unsubscribe/"), "{url}");

    // Looking is not clicking.
    assert_eq!(server.visitor().get(path).await.status, StatusCode::OK);
    server.days_pass(7);
    assert!(pass(&server, true).await[0].send);
    for _ in 0..2 {
        // As RFC 8058 has it: a form with one field, no cookie, no origin.
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let body = Body::from("List-Unsubscribe=One-Click");
        let ended = server.visitor().send(request, body).await;
        assert_eq!(ended.status, StatusCode::OK, "{}", ended.body);
    }
    assert!(pass(&server, false).await.is_empty());
    let forged = server
        .visitor()
        .post_form("/en/unsubscribe/AAAA", &[])
        .await;
    assert_eq!(forged.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whoever_ignores_reminders_gets_fewer_and_after_a_month_a_farewell() {
    let smtp = SmtpServer::start(Protection::Tls);
    let server = reaching(&smtp).await;
    is_reminded(&server, &smtp, "ada@home.example").await;
    let mut days = Vec::new();
    for day in 1..60 {
        server.days_pass(1);
        if let Some(entry) = pass(&server, false).await.iter().find(|entry| entry.send) {
            days.push((day, entry.reason));
        }
    }
    assert_eq!(
        days,
        [
            (1, "plan_row"),
            // Until then a fuller session was coming: the row of a week.
            (7, "plan_row"),
            (11, "nothing_fuller"),
            (18, "nothing_fuller"),
            (25, "nothing_fuller"),
            (30, "farewell"),
        ]
    );
    let farewell = reminders(&smtp).pop().expect("a letter");
    assert_eq!(farewell.headers["subject"], "We will stop reminding you");
}

#[tokio::test]
async fn an_address_that_refuses_is_tried_less_and_less_often_and_then_parked() {
    let smtp = SmtpServer::start(Protection::Tls);
    let server = reaching(&smtp).await;
    is_reminded(&server, &smtp, "ada@home.example").await;
    address_becomes(&server, "full@home.example").await;
    server.days_pass(1);
    assert_eq!(said(&pass(&server, false).await), [(false, "refused")]);
    assert_eq!(said(&pass(&server, false).await), [(false, "backing_off")]);
    server.clock.advance(SignedDuration::from_hours(1));
    // The same day's reminder, which was certainly not delivered.
    assert_eq!(said(&pass(&server, false).await), [(false, "refused")]);
    for _ in 0..60 {
        server.clock.advance(SignedDuration::from_hours(6));
        pass(&server, false).await;
    }
    let parked = pass(&server, false).await;
    assert!(
        ["parked", "quiet_hours"].contains(&parked[0].reason),
        "{parked:?}"
    );
    assert_eq!(
        server
            .count("reminder_settings WHERE failures = 5 AND parked_at_ms IS NOT NULL")
            .await,
        1
    );
    assert!(reminders(&smtp).is_empty());
}

#[tokio::test]
async fn a_mail_server_that_cannot_be_used_costs_no_reminder_and_no_address() {
    let smtp = SmtpServer::start(Protection::Tls);
    let server = reaching(&smtp).await;
    is_reminded(&server, &smtp, "ada@home.example").await;
    server.days_pass(1);
    let mut state = server.state.clone();
    let mut wrong = smtp.config();
    wrong.certificate = None;
    state.mail = Some(MailServer::new(wrong).expect("a configuration"));
    let options = Options {
        at: state.clock.now(),
        dry_run: false,
        everyone: true,
    };
    let mut entries = Vec::new();
    pass::make(&state, options, |entry| entries.push(entry))
        .await
        .expect("a pass");
    assert_eq!(said(&entries), [(false, "mail_server_failed")]);
    assert_eq!(
        server.count("reminder_settings WHERE failures > 0").await,
        0
    );
    assert_eq!(said(&pass(&server, false).await), [(true, "plan_row")]);
}

#[tokio::test]
async fn a_reminder_whose_delivery_nobody_knows_is_not_sent_again_after_a_crash() {
    let smtp = SmtpServer::start(Protection::Tls);
    let server = reaching(&smtp).await;
    is_reminded(&server, &smtp, "ada@home.example").await;
    address_becomes(&server, "silent@home.example").await;
    server.days_pass(1);
    let (state, at) = (server.state.clone(), server.state.clock.now());
    let dying = tokio::spawn(async move {
        let options = Options {
            at,
            dry_run: false,
            everyone: true,
        };
        pass::make(&state, options, |_| {}).await
    });
    // The mail server has the letter and does not answer; in this moment the server dies.
    while reminders(&smtp).is_empty() {
        tokio::task::yield_now().await;
    }
    dying.abort();
    dying.await.expect_err("it was aborted");

    let server = server.restart().await;
    assert_eq!(
        said(&pass(&server, false).await),
        [(false, "already_today")]
    );
    assert_eq!(reminders(&smtp).len(), 1);
}
