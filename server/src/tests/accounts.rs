//! Accounts: registering, signing in, two histories that become one, sessions, passwords, roles.

use std::time::Duration;

use app::{api::ItemKind, text::Language};
use axum::http::{StatusCode, header};
use tokio::time;

use super::{
    harness::{Answer, Outside, TestServer, Visitor},
    reminders::smtp::{SmtpServer, Taken},
};
use crate::{
    accounts::{self, Role},
    mail::{Address, server::Protection},
};

const PASSWORD: &str = "four+words+to+remember";

async fn with_mail(smtp: &SmtpServer) -> TestServer {
    TestServer::reaching(Outside {
        mail: Some(smtp.config()),
        ..Outside::default()
    })
    .await
}

/// The latest of `count` letters, once they are there: they are written after the answer.
async fn letter(smtp: &SmtpServer, count: usize) -> Taken {
    let arrives = async {
        loop {
            let mut letters = smtp.letters();
            if letters.len() >= count {
                return letters.pop().expect("a letter");
            }
            tokio::task::yield_now().await;
        }
    };
    time::timeout(Duration::from_secs(30), arrives)
        .await
        .expect("a letter arrives")
}

async fn asks(visitor: &mut Visitor<'_>, what: &str, email: &str) -> Answer {
    visitor.get("/en/account/register").await;
    visitor
        .post_form(&format!("/en/account/{what}"), &[("email", email)])
        .await
}

async fn chooses(visitor: &mut Visitor<'_>, path: &str, password: &str) -> Answer {
    visitor.post_form(path, &[("password", password)]).await
}

async fn signs_in(visitor: &mut Visitor<'_>, email: &str, password: &str) -> Answer {
    visitor.get("/en/account/sign-in").await;
    let fields = [("email", email), ("password", password)];
    visitor.post_form("/en/account/sign-in", &fields).await
}

/// Makes an account without mail, in this browser.
async fn registers(visitor: &mut Visitor<'_>, email: &str) {
    visitor.get("/en/account/register").await;
    let fields = [("email", email), ("password", PASSWORD)];
    let made = visitor.post_form("/en/account/register", &fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
}

async fn is_known_as(visitor: &mut Visitor<'_>, email: &str) -> bool {
    let page = visitor.get("/en/account/security").await.body;
    page.contains(&format!(">{email}</strong>"))
}

#[tokio::test]
async fn an_anonymous_learner_keeps_their_progress_by_registering_from_a_letter() {
    let smtp = SmtpServer::start(Protection::Tls);
    let server = with_mail(&smtp).await;
    let mut visitor = server.visitor();
    visitor.get("/en/lessons/7").await;
    visitor.post_form("/en/lessons/7/finish", &[]).await;
    let asked = asks(&mut visitor, "register", "Ada@home.example").await;
    assert_eq!(asked.status, StatusCode::OK);
    let path = letter(&smtp, 1).await.path("/register/");
    assert!(visitor.get(&path).await.body.contains("Choose a password"));
    let short = chooses(&mut visitor, &path, "too short").await;
    assert!(
        short.body.contains("at least 10 characters"),
        "{}",
        short.body
    );
    let made = chooses(&mut visitor, &path, PASSWORD).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    assert!(is_known_as(&mut visitor, "ada@home.example").await);
    assert_eq!(server.count("finishes").await, 1);

    let again = chooses(&mut server.visitor(), &path, PASSWORD).await;
    assert!(again.body.contains("works only once"), "{}", again.body);
    let mut elsewhere = server.visitor();
    signs_in(&mut elsewhere, "ada@home.example ", PASSWORD).await;
    let review: app::api::ReviewQueue = elsewhere.get("/api/v1/review").await.json();
    assert_eq!(review.next_due_on.expect("a day").0, "2026-11-25");
}

#[tokio::test]
async fn signing_in_on_a_second_device_merges_both_histories() {
    let server = TestServer::start().await;
    let (first_item, second_item) = (
        server.item(ItemKind::Quiz, 0).await,
        server.item(ItemKind::Quiz, 1).await,
    );
    let mut laptop = server.visitor();
    laptop.get("/en/lessons/7").await;
    laptop.answers_and_rates(first_item, 3).await;
    registers(&mut laptop, "ada@home.example").await;

    server.days_pass(1);
    let mut phone = server.visitor();
    phone.get("/en/lessons/7").await;
    phone.answers_and_rates(first_item, 3).await;
    phone.answers_and_rates(second_item, 1).await;
    phone.post_form("/en/lessons/7/finish", &[]).await;
    server.days_pass(1);
    laptop.post_form("/en/lessons/7/finish", &[]).await;

    let entered = signs_in(&mut phone, "ADA@home.example", PASSWORD).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
    assert_eq!(server.count("learners").await, 1);
    for (table, count) in [
        ("answers", 3),
        ("reviews", 3),
        ("finishes WHERE finished_on = '2026-11-25'", 1),
        ("finishes", 1),
        ("memories WHERE review_count = 2", 1),
        ("memories", 2),
    ] {
        assert_eq!(server.count(table).await, count, "{table}");
    }
    let page = laptop.get("/en/lessons/7").await.body;
    assert!(page.contains("my own words"));
    let (here, there): (app::api::ReviewQueue, app::api::ReviewQueue) = (
        laptop.get("/api/v1/review").await.json(),
        phone.get("/api/v1/review").await.json(),
    );
    assert_eq!(here, there);
}

#[tokio::test]
async fn every_table_that_names_a_learner_is_merged_without_leaving_a_row() {
    let server = TestServer::start().await;
    let mut laptop = server.visitor();
    registers(&mut laptop, "ada@home.example").await;
    let mut phone = server.visitor();
    phone.get("/en/account/reminders").await;
    phone.post_form("/en/account/reminders/calendar", &[]).await;
    server.learner_of(&mut phone).await;
    signs_in(&mut phone, "ada@home.example", PASSWORD).await;
    assert_eq!(
        server.count("reminder_settings WHERE learner_id = 1").await,
        1
    );
    assert_eq!(server.count("drafts WHERE learner_id = 1").await, 1);
    assert_eq!(server.count("learners").await, 1);
    assert_eq!(server.count("pragma_foreign_key_check").await, 0);
}

#[tokio::test]
async fn signing_into_another_account_leaves_the_first_one_whole() {
    let server = TestServer::start().await;
    let mut browser = server.visitor();
    registers(&mut browser, "ada@home.example").await;
    registers(&mut server.visitor(), "bob@home.example").await;
    signs_in(&mut browser, "bob@home.example", PASSWORD).await;
    assert!(is_known_as(&mut browser, "bob@home.example").await);
    assert_eq!(server.count("accounts").await, 2);
}

#[tokio::test]
async fn a_wrong_password_an_unknown_address_and_an_empty_one_get_the_same_answer() {
    let server = TestServer::start().await;
    registers(&mut server.visitor(), "ada@home.example").await;
    let mut visitor = server.visitor();
    let mut bodies = Vec::new();
    for (email, password) in [
        ("ada@home.example", "a+wrong+password"),
        ("nobody@home.example", PASSWORD),
        ("", ""),
    ] {
        let refused = signs_in(&mut visitor, email, password).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let (_, sentence) = refused
            .body
            .split_once("<p class=\"lead\">")
            .expect("a sentence");
        bodies.push(sentence.to_owned());
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "{bodies:?}");
    assert!(!is_known_as(&mut visitor, "ada@home.example").await);
}

#[tokio::test]
async fn registering_and_resetting_answer_alike_whether_or_not_an_address_is_known() {
    let smtp = SmtpServer::start(Protection::Tls);
    let server = with_mail(&smtp).await;
    let mut visitor = server.visitor();
    asks(&mut visitor, "register", "ada@home.example").await;
    let path = letter(&smtp, 1).await.path("/register/");
    chooses(&mut visitor, &path, PASSWORD).await;

    for what in ["register", "password"] {
        let mut answers = Vec::new();
        for email in ["ada@home.example", "nobody@home.example"] {
            let answer = asks(&mut server.visitor(), what, email).await;
            let (_, content) = answer.body.split_once("<main").expect("a page");
            answers.push((answer.status, content.to_owned()));
        }
        assert_eq!(answers[0], answers[1], "{what}");
    }
    // To the known address: that it is known, and a reset. To the other: the link of its registration only.
    let letters = {
        letter(&smtp, 4).await;
        smtp.letters()
    };
    let mut subjects: Vec<(&str, &str)> = letters
        .iter()
        .skip(1)
        .map(|letter| (letter.to[0].as_str(), letter.headers["subject"].as_str()))
        .collect();
    subjects.sort_unstable();
    assert_eq!(
        subjects,
        [
            ("ada@home.example", "A new password"),
            ("ada@home.example", "You already have an account"),
            ("nobody@home.example", "Finish your registration"),
        ]
    );
}

#[tokio::test]
async fn a_new_password_signs_every_other_browser_out() {
    let smtp = SmtpServer::start(Protection::Tls);
    let server = with_mail(&smtp).await;
    let mut laptop = server.visitor();
    asks(&mut laptop, "register", "ada@home.example").await;
    let path = letter(&smtp, 1).await.path("/register/");
    chooses(&mut laptop, &path, PASSWORD).await;

    let mut phone = server.visitor();
    asks(&mut phone, "password", "ada@home.example").await;
    let path = letter(&smtp, 2).await.path("/reset/");
    chooses(&mut phone, &path, "quite+another+password").await;
    assert!(is_known_as(&mut phone, "ada@home.example").await);
    assert!(!is_known_as(&mut laptop, "ada@home.example").await);
    let refused = signs_in(&mut laptop, "ada@home.example", PASSWORD).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);

    asks(&mut phone, "password", "ada@home.example").await;
    let path = letter(&smtp, 3).await.path("/reset/");
    server.clock.advance(jiff::SignedDuration::from_hours(1));
    let expired = chooses(&mut phone, &path, PASSWORD).await;
    assert!(
        expired.body.contains("time has run out"),
        "{}",
        expired.body
    );
}

#[tokio::test]
async fn a_browser_is_signed_out_from_another_and_whoever_goes_on_in_it_is_somebody_new() {
    let server = TestServer::start().await;
    let mut laptop = server.visitor();
    registers(&mut laptop, "ada@home.example").await;
    let mut phone = server.visitor();
    signs_in(&mut phone, "ada@home.example", PASSWORD).await;
    let page = laptop.get("/en/account/security").await.body;
    assert_eq!(
        page.matches("Sign it out").count(),
        1,
        "not this browser: {page}"
    );
    let (_, rest) = page
        .split_once("name=\"session\" value=\"")
        .expect("a form");
    let session = rest.split('"').next().expect("a value");
    laptop
        .post_form("/en/account/security/revoke", &[("session", session)])
        .await;
    assert!(!is_known_as(&mut phone, "ada@home.example").await);
    assert!(is_known_as(&mut laptop, "ada@home.example").await);

    let item = server.item(ItemKind::Quiz, 0).await;
    phone.answers_and_rates(item, 3).await;
    assert_eq!(server.count("answers WHERE learner_id = 1").await, 0);

    laptop.post_form("/en/account/security/sign-out", &[]).await;
    assert!(!is_known_as(&mut laptop, "ada@home.example").await);
}

#[tokio::test]
async fn nobody_can_sign_out_the_browser_of_another_learner() {
    let server = TestServer::start().await;
    let mut ada = server.visitor();
    registers(&mut ada, "ada@home.example").await;
    let mut phone = server.visitor();
    signs_in(&mut phone, "ada@home.example", PASSWORD).await;
    let page = ada.get("/en/account/security").await.body;
    let (_, rest) = page
        .split_once("name=\"session\" value=\"")
        .expect("a form");
    let session = rest.split('"').next().expect("a value").to_owned();
    let mut bob = server.visitor();
    registers(&mut bob, "bob@home.example").await;
    bob.post_form("/en/account/security/revoke", &[("session", &session)])
        .await;
    assert!(is_known_as(&mut phone, "ada@home.example").await);
}

#[tokio::test]
async fn passwords_cannot_be_guessed_by_trying() {
    let server = TestServer::start().await;
    registers(&mut server.visitor(), "ada@home.example").await;
    let mut visitor = server.visitor();
    for _ in 0..10 {
        let refused = signs_in(&mut visitor, "ada@home.example", "a+wrong+password").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let limited = signs_in(&mut visitor, "ada@home.example", PASSWORD).await;
    assert_eq!(limited.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(limited.body.contains("wait 15 minutes"), "{}", limited.body);
    server.clock.advance(jiff::SignedDuration::from_mins(15));
    let entered = signs_in(&mut visitor, "ada@home.example", PASSWORD).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_first_administrator_follows_a_link_that_works_once_and_gives_others_roles() {
    let server = TestServer::start().await;
    let address = Address::read("root@home.example").expect("an address");
    let link = accounts::invite(
        &server.state,
        &address,
        Role::Administrator,
        Language::English,
    )
    .await
    .expect("a link");
    let path = link
        .strip_prefix("https://lab.example")
        .expect("our address");
    let mut visitor = server.visitor();
    visitor.get(path).await;
    let made = chooses(&mut visitor, path, PASSWORD).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let page = visitor.get("/en/account/security").await.body;
    assert!(page.contains("administrator"), "{page}");
    let again = chooses(&mut server.visitor(), path, PASSWORD).await;
    assert_eq!(again.status, StatusCode::GONE);

    let mut teacher = server.visitor();
    registers(&mut teacher, "teacher@home.example").await;
    let people = "/en/account/people";
    assert_eq!(
        server.visitor().get(people).await.status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(teacher.get(people).await.status, StatusCode::FORBIDDEN);
    let grab = [("learner", "2"), ("role", "2")];
    assert_eq!(
        teacher.post_form(people, &grab).await.status,
        StatusCode::FORBIDDEN
    );
    assert!(
        visitor
            .get(people)
            .await
            .body
            .contains("teacher@home.example")
    );
    visitor
        .post_form(people, &[("learner", "2"), ("role", "1")])
        .await;
    assert!(
        teacher
            .get("/en/account/security")
            .await
            .body
            .contains("(<!>instructor")
    );
    // Nobody is left without an administrator.
    visitor
        .post_form(people, &[("learner", "1"), ("role", "0")])
        .await;
    assert_eq!(visitor.get(people).await.status, StatusCode::OK);
}

#[tokio::test]
async fn where_tls_is_cookies_and_browsers_are_told_to_use_nothing_else() {
    let server = TestServer::start().await;
    let page = server.visitor().get("/en/account/sign-in").await;
    assert_eq!(
        page.header(header::STRICT_TRANSPORT_SECURITY),
        "max-age=31536000"
    );
    assert_eq!(page.header(header::X_FRAME_OPTIONS), "DENY");
    assert_eq!(page.header(header::REFERRER_POLICY), "same-origin");
    let cookie = page.header(header::SET_COOKIE);
    for word in ["HttpOnly", "SameSite=Lax", "Secure"] {
        assert!(cookie.contains(word), "{cookie}");
    }
}
