//! Every kind of question: nothing gives the answer away before it is given, and afterwards all that the author says is shown.

use app::api::{ItemId, ItemKind, Revealed};
use axum::http::StatusCode;
use serde_json::json;

use super::harness::{LESSON, TestServer, Visitor};

/// The lesson with a question of every kind; what gives an answer away has `Secret` in it.
fn lesson() -> String {
    let (before, rest) = LESSON
        .split_once("1. What makes a queue grow?")
        .expect("the quiz");
    let (_, behind) = rest.split_once("## 8. Quick Recap").expect("the recap");
    let lesson = format!(
        "{before}1. What makes a queue grow?
   > SecretModel: work arrives faster than it is done.
   >
   > - SecretPoint one
   > - SecretPoint two
2. What is the arrival rate of a queue?
3. Which one is a latency?
   - [x] 12 ms
     SecretReason: it is a time.
   - [ ] 80 requests per second
     SecretReason: it is a throughput.
4. Which are percentiles?
   - [x] p50
   - [x] p99
   - [ ] mean
     SecretReason: it is an average.
5. What limits the whole system?
   - Answer: `secret bottleneck`, `тясно място`
6. How many of a hundred calls are above the p99?
   - Answer: `1 ± 10%`

## 8. Quick Recap{behind}"
    );
    lesson
        .replace(
            "How many requests arrive in a second.",
            "SecretDefinition of it.",
        )
        .replace(
            "A server that is never idle has a queue without end.",
            "SecretText of it.",
        )
}

async fn reveal(visitor: &mut Visitor<'_>, item: ItemId, text: &str) -> Revealed {
    let answer = json!({"id": uuid::Uuid::new_v4(), "item": item, "text": text, "session": true});
    let kept = visitor.post_json("/api/v1/answers", &answer).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    kept.json()
}

#[tokio::test]
async fn nothing_on_the_pages_or_in_the_api_gives_an_answer_away() {
    let server = TestServer::start().await;
    server.write("en/7.md", &lesson());
    server.import().await;
    let mut visitor = server.visitor();
    let page = visitor.get("/en/lessons/7").await.body;
    for secret in [
        "SecretModel",
        "SecretPoint",
        "SecretReason",
        "secret bottleneck",
        "тясно място",
    ] {
        assert!(!page.contains(secret), "{secret} stands in the lesson");
    }
    visitor.post_form("/en/lessons/7/finish", &[]).await;
    server.days_pass(1);
    for kind in ItemKind::ALL {
        for position in 0..6 {
            let lessons = server.state.library.all(app::text::Language::English).await;
            let Some(item) = lessons.expect("lessons")[0].item(kind, position) else {
                continue;
            };
            let page = visitor
                .get(&format!("/en/review?item={}", item.0))
                .await
                .body;
            for secret in ["Secret", "secret", "тясно"] {
                assert!(
                    !page.contains(secret),
                    "{secret} stands in the review of {kind:?} {position}"
                );
            }
        }
    }
    let queue = visitor.get("/api/v1/review").await.body;
    assert!(!queue.to_lowercase().contains("secret"), "{queue}");
}

#[tokio::test]
async fn an_open_question_shows_its_model_answer_and_rubric() {
    let server = TestServer::start().await;
    server.write("en/7.md", &lesson());
    server.import().await;
    let mut visitor = server.visitor();
    let revealed = reveal(&mut visitor, server.item(ItemKind::Quiz, 0).await, "work").await;
    assert!(revealed.model_html.contains("SecretModel") && revealed.rubric.len() == 2);
    assert_eq!((revealed.right, revealed.choices.len()), (None, 4));
}

#[tokio::test]
async fn an_open_question_without_a_model_answer_shows_the_passages_that_treat_its_terms() {
    let server = TestServer::start().await;
    server.write("en/7.md", &lesson());
    server.import().await;
    let mut visitor = server.visitor();
    let item = server.item(ItemKind::Quiz, 1).await;
    let revealed = reveal(&mut visitor, item, "requests a second").await;
    assert!(
        revealed.model_html.contains("SecretDefinition"),
        "{}",
        revealed.model_html
    );
    let page = visitor
        .get(&format!("/en/review?item={}", item.0))
        .await
        .body;
    let (_, rest) = page
        .split_once("review-explain")
        .expect("a way back to the explanation");
    let (_, url) = rest.split_once("href=\"").expect("a link");
    let url = url.split('"').next().unwrap_or_default();
    let (_, anchor) = url.split_once('#').expect("a passage of the lesson");
    let lesson = visitor.get("/en/lessons/7").await.body;
    let (_, passage) = lesson
        .split_once(&format!("id=\"{anchor}\""))
        .expect("it is there");
    assert!(passage.contains("SecretDefinition"), "{url}");
}

#[tokio::test]
async fn choices_are_checked_as_a_whole_and_say_why() {
    let server = TestServer::start().await;
    server.write("en/7.md", &lesson());
    server.import().await;
    let mut visitor = server.visitor();
    for (position, answer, right) in [
        (2, "0", true),
        (2, "1", false),
        (3, "0 1", true),
        (3, "1 0", true),
        (3, "0", false),
        (3, "0 1 2", false),
    ] {
        let item = server.item(ItemKind::Quiz, position).await;
        let revealed = reveal(&mut visitor, item, answer).await;
        assert_eq!(revealed.right, Some(right), "{position} {answer}");
        assert!(
            revealed.model_html.contains("SecretReason"),
            "{}",
            revealed.model_html
        );
        // Wrong is Again; right leaves the rest.
        let ratings = revealed
            .choices
            .iter()
            .map(|choice| u8::from(choice.rating));
        let expected: &[u8] = if right { &[2, 3, 4] } else { &[1] };
        assert_eq!(ratings.collect::<Vec<_>>(), expected);
    }
}

#[tokio::test]
async fn short_and_numeric_answers_are_forgiven_what_says_nothing_about_knowing() {
    let server = TestServer::start().await;
    server.write("en/7.md", &lesson());
    server.import().await;
    let mut visitor = server.visitor();
    for (position, answer, right) in [
        (4, "Secret Bottleneck!", true),
        // The o and the e are Cyrillic.
        (4, "sеcret bоttleneck", true),
        (4, "ТЯСНО  място.", true),
        (4, "the network", false),
        (5, "1", true),
        (5, "0,95", true),
        (5, "1.2", false),
    ] {
        let item = server.item(ItemKind::Quiz, position).await;
        let revealed = reveal(&mut visitor, item, answer).await;
        assert_eq!(revealed.right, Some(right), "{position} {answer}");
    }
}

#[tokio::test]
async fn concepts_and_pitfalls_are_asked_for_in_the_learners_own_words() {
    let server = TestServer::start().await;
    server.write("en/7.md", &lesson());
    server.import().await;
    let mut visitor = server.visitor();
    for (kind, secret) in [
        (ItemKind::Concept, "SecretDefinition"),
        (ItemKind::Pitfall, "SecretText"),
    ] {
        let revealed = reveal(&mut visitor, server.item(kind, 0).await, "words").await;
        assert!(
            revealed.model_html.contains(secret),
            "{}",
            revealed.model_html
        );
        assert_eq!(revealed.choices.len(), 4);
    }
}
