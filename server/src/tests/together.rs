//! Writes that are committed together.

use std::time::Duration;

use axum::http::StatusCode;
use tokio::{task::JoinSet, time};

use super::harness::TestServer;
use crate::{db::Write, error::Error};

/// A write that notes something under a name.
async fn note(write: &mut Write, name: &str) -> Result<(), Error> {
    sqlx::query("INSERT INTO secrets (name, value) VALUES (?, x'00')")
        .bind(name)
        .execute(&mut **write)
        .await?;
    Ok(())
}

#[tokio::test]
async fn one_that_fails_or_panics_takes_nothing_else_with_it() {
    let server = TestServer::start().await;
    let db = &server.state.db;
    let before = server.count("secrets").await;
    // While another holds the connection, all three wait and are then committed together.
    let held = db.write().await.expect("a write");
    let mut waiting = JoinSet::new();
    for name in ["kept", "failed", "panicked", "kept too"] {
        let db = db.clone();
        waiting.spawn(async move {
            let outcome: Result<(), Error> = db
                .together(move |write| {
                    Box::pin(async move {
                        note(write, name).await?;
                        match name {
                            "failed" => Err(Error::NotFound),
                            "panicked" => panic!("on purpose"),
                            _ => Ok(()),
                        }
                    })
                })
                .await;
            (name, outcome.is_ok())
        });
    }
    tokio::task::yield_now().await;
    held.commit().await.expect("a commit");
    while let Some(outcome) = waiting.join_next().await {
        let (name, kept) = outcome.expect("it ended");
        assert_eq!(kept, name.starts_with("kept"), "{name}");
    }
    assert_eq!(server.count("secrets").await, before + 2);
}

#[tokio::test]
async fn a_thousand_answers_at_once_are_all_kept() {
    let server = TestServer::start().await;
    let item = server.item(app::api::ItemKind::Quiz, 0).await;
    let answers = (0..1_000).map(|_| async {
        let mut visitor = server.visitor();
        let answer = serde_json::json!({"id": uuid::Uuid::new_v4(), "item": item, "text": "words"});
        visitor.post_json("/api/v1/answers", &answer).await.status
    });
    let statuses = time::timeout(
        Duration::from_secs(60),
        futures_util::future::join_all(answers),
    )
    .await
    .expect("they are kept in time");
    assert!(statuses.iter().all(|status| *status == StatusCode::OK));
    assert_eq!(server.count("answers").await, 1_000);
}
